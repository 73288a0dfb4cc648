"""Facts of a dossier in words: each by the act that establishes it, with its days and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from recruit.queries.difference import DeadlineChange
from web import dates
from web.language import language
from web.sayings import outcome_word
from web.words import act_name, choice_name, clauses, field_name, joined, word
from workflows.changes import Change
from workflows.deadlines import Deadline
from workflows.edition import Edition
from workflows.facts import Decision, Examination, Notice, Objection, Pause, Review, Training, Vote

ACT_OF: Mapping[str, str] = {
    "received_on": "application_received", "talk_on": "talk_held", "recommendations": "recommended",
    "activist_on": "activist_decided", "activist_filed_on": "activist_filed", "contacts": "contacts_assigned",
    "contacts_on": "contacts_assigned", "reviews": "review_recorded",
    "thought_reports": "thought_report_received", "papers": "paper_received", "opinions": "opinions_heard",
    "proposed_on": "target_proposed", "consented_on": "target_consented", "listed_on": "target_listed",
    "notices": "notice_posted", "objections": "objection_received", "sponsors": "sponsors_named",
    "sponsors_on": "sponsors_named", "review": "political_review_concluded",
    "trainings": "training_completed", "submitted_on": "papers_submitted", "examination": "branch_examined",
    "inspection": "inspected", "preexamination": "preexamined", "department": "department_preexamined",
    "form": "form_issued", "form_on": "form_issued", "theory": "theory_tested", "votes": "meeting_voted",
    "talks": "committee_talk_held", "deliberated_on": "general_branch_deliberated",
    "prolonged_on": "approval_prolonged", "decisions": "committee_decided",
    "filed_on": "filed_with_department",
    "oath_on": "oath_taken", "group_on": "assigned_to_group", "requested_on": "conversion_requested",
    "archived_on": "file_archived", "pauses": "suspended",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table old -> new."""

    what: str
    old: str
    new: str


def fact_rows(changed: Sequence[Change], edition: Edition, people: Mapping[str, str]) -> list[Row]:
    """What differs, in words; what is kept for the books alone is left out."""
    rows = [
        Row(
            fact_name(one.name, edition),
            fact_text(one.name, one.old, edition, people),
            fact_text(one.name, one.new, edition, people),
        )
        for one in changed
        if not one.is_of_the_books
    ]
    return [Row(row.what, row.old or _("nothing"), row.new or _("nothing")) for row in rows]


def deadline_rows(changed: Sequence[DeadlineChange], edition: Edition) -> list[Row]:
    rows = []
    for one in changed:
        deadline = one.new or one.old
        assert deadline is not None
        what = _("Deadline: %(what)s", what=word("deadline", deadline.id, edition))
        rows.append(Row(what, _deadline(one.old), _deadline(one.new)))
    return rows


def fact_name(name: str, edition: Edition) -> str:
    """By its act where one establishes it, by a word of its own otherwise."""
    own = {
        "stage": _("Stage"), "opened_on": _("Begun on"), "branch": _("Branch"),
        "floating": field_name("floating", "application_received"),
        "league_member": field_name("league_member", "application_received"),
        "category": field_name("category", "application_received"), "leaves_on": _("Leaves on"),
        "admitted_on": _("Probation begins"), "probation_on": _("Admission approved on"),
        "extended_months": _("Probation extended, months"), "moved_in_on": _("Moved in on"),
        "deferred_on": _("Conversion deferred on"), "deferred_until": _("Conversion deferred until"),
        "ended_on": _("Ended on"),
    }  # fmt: skip
    if name in own:
        return own[name]
    title = act_name(ACT_OF[name], None, edition)
    if name in {"contacts_on", "sponsors_on", "form_on"}:
        return _("%(act)s (day)", act=title)
    return title


def fact_text(name: str, value: Any, edition: Edition, people: Mapping[str, str]) -> str:  # noqa: ANN401 - of any field
    """Empty for a fact that is not there."""
    if value in (None, "", (), 0, False):
        return ""
    if name == "stage":
        return word("stage", str(value), edition)
    if value is True:
        return _("yes")
    if isinstance(value, str | int):
        return people.get(str(value)) or choice_name(name, str(value))
    return joined(_item(one, people) for one in (value if isinstance(value, tuple) else (value,)))


def _item(one: Any, people: Mapping[str, str]) -> str:  # noqa: ANN401 - one entry of any field
    """One entry: its day, and what came of it."""
    if isinstance(one, str):
        return people.get(one) or _("1 person")
    if isinstance(one, date):
        return dates.long_day(one, language())
    if isinstance(one, Notice):
        return clauses([_span(one.first, one.last), _closed(one)])
    day = dates.long_day(one.on, language())
    return clauses([day, _result(one)])


def _result(one: Any) -> str:  # noqa: ANN401 - as above
    said = ""
    match one:
        case Vote():
            said = outcome_word(one.outcome)
        case Decision():
            said = _("approved") if one.approved else _("not approved")
        case Examination() | Training():
            said = _("passed") if one.passed else _("not passed")
        case Review():
            said = _("qualified") if one.qualified else _("not qualified")
        case Objection(concluded_on=date() as day):
            said = _("concluded %(day)s", day=_day(day))
        case Pause(resumed_on=date() as day):
            said = _("resumed %(day)s", day=_day(day))
    return said


def _closed(one: Notice) -> str:
    if one.closed_on is not None:
        return _("closed %(day)s", day=_day(one.closed_on))
    return _("dropped") if one.dropped_on is not None else ""


def _deadline(one: Deadline | None) -> str:
    if one is None:
        return _("nothing")
    due = _("due %(day)s", day=_day(one.due))
    if one.closed_on is not None:
        return clauses([due, _("done %(day)s", day=_day(one.closed_on))])
    return clauses([due, _("dropped") if one.dropped_on is not None else _("open")])


def _span(first: date, last: date) -> str:
    return " – ".join((_day(first), _day(last)))


def _day(day: date) -> str:
    return dates.long_day(day, language())
