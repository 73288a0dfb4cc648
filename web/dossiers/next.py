"""The next step: what is missing and why, by which article, who acts; what is done stands quietly below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from recruit.queries.dossiers import DossierView
from web import dates
from web.acts.refusal import mender
from web.deadlines.when import level_of, when
from web.language import language
from web.sayings import article_text
from web.words import act_name
from workflows.deadlines import Deadline
from workflows.edition import Edition
from workflows.findings import Finding
from workflows.steps import Check, Step
from workflows.words import check_line, finding_sentence

# What the button beside a missing item opens: the act that would settle the rule.
MENDED_BY = {
    "talk_before_decision": "talk_held",
    "recommendation_before_decision": "recommended",
    "league_recommendation": "recommended",
    "contacts_missing": "contacts_assigned",
    "review_in_time": "review_recorded",
    "activist_filed": "activist_filed",
    "opinions_heard": "opinions_heard",
    "thought_reports": "thought_report_received",
    "political_review_qualified": "political_review_concluded",
    "political_review_two_places": "political_review_concluded",
    "political_review_valid": "political_review_concluded",
    "training_length": "training_completed",
    "branch_examination_passed": "branch_examined",
    "inspection_passed": "inspected",
    "papers_complete": "paper_received",
    "department_preexamination": "department_preexamined",
    "general_branch_first": "general_branch_deliberated",
    "form_issued_before_vote": "form_issued",
    "vote_passed": "meeting_voted",
    "committee_talk": "committee_talk_held",
    "theory_test": "theory_tested",
    "approval_in_time": "approval_prolonged",
    "conversion_requested": "conversion_requested",
    "two_sponsors": "sponsors_named",
    "sponsors_full_members": "sponsors_named",
    "objections_concluded": "objection_concluded",
    "consent_before_notice": "target_consented",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the checklist."""

    css: str
    mark: str
    title: str
    text: str = ""
    rule: str = ""
    state: str = ""
    href: str = ""
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Pill:
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Next:
    title: str
    checks: tuple[Shown, ...]
    due: Pill | None
    href: str
    verb: str
    hint: str


def next_of(
    view: DossierView, today: date, *, openable: frozenset[str], people: Mapping[str, str]
) -> Next | None:
    """The awaited step; `openable` are the acts that this visitor may record."""
    if view.main is None:
        return None
    do, _sep, purpose = view.main.partition(" ")
    edition = view.ground.edition_on(today)
    name = act_name(do, purpose or None, edition)
    checks = tuple(_check(view, check, edition, openable, people) for check in view.checks)
    missing = sum(check.css == "miss" for check in checks)
    step = next((step for step in view.steps if step.name == view.main), None)
    return Next(
        title=_title(name, missing),
        checks=checks,
        due=_due(view.deadlines, do, edition, today),
        href=_act_href(view, do, purpose) if view.main in openable else "",
        verb=name,
        hint=_hint(step, missing, may_press=view.main in openable, by=edition.acts[do].recorders(purpose)),
    )


def _title(name: str, missing: int) -> str:
    if missing:
        return _("Next: %(what)s, %(n)s missing", what=name, n=missing)
    return _("Next: %(what)s", what=name)


def _check(
    view: DossierView, check: Check, edition: Edition, openable: frozenset[str], people: Mapping[str, str]
) -> Shown:
    title = check_line(check.rule, "met" if check.state == "met" else "missing", language())
    article = article_text(edition.rules[check.rule].article, edition.id)
    if check.state == "met":
        return Shown("", "✓", title, rule=article, state=_("done"))
    finding = check.finding
    if finding is None:
        why = check_line(check.rule, check.state, language()).partition("：" if language() == "zh" else ": ")[
            2
        ]
        is_unchecked = check.state == "not_checked"
        state = _("not checked") if is_unchecked else _("not needed")
        return Shown(
            "warn" if is_unchecked else "wait", "?" if is_unchecked else "–", title, text=why, state=state
        )
    mends = MENDED_BY.get(check.rule, "")
    return Shown(
        css="miss" if finding.is_blocking else "warn",
        mark="!",
        title=title,
        text=finding_sentence(finding, language(), names=people),
        rule=_by_whom(article, finding),
        state=_("missing"),
        href=_act_href(view, mends, "") if mends in openable and _is_open(view.steps, mends) else "",
        verb=_("Record it"),
    )


def _by_whom(article: str, finding: Finding) -> str:
    who = (
        _("To be mended by: %(who)s", who=mender(finding.who))
        if finding.who != "time"
        else _("Time alone mends it")
    )
    parts = [article, who]
    if finding.earliest:
        parts.append(_("Earliest %(day)s", day=dates.long_day(finding.earliest, language())))
    return ("。" if language() == "zh" else ". ").join(part for part in parts if part)


def _due(deadlines: Sequence[Deadline], do: str, edition: Edition, today: date) -> Pill | None:
    running = [
        one for one in deadlines
        if one.is_running and one.status(today) in {"due_soon", "overdue"}
        and one.id in edition.deadlines and edition.deadlines[one.id].act == do
    ]  # fmt: skip
    if not running:
        return None
    first = min(running, key=lambda one: one.due)
    level = level_of(first.due, today)
    return Pill(
        "act" if level == "soon" else level,
        f"{when(first.due, today)} · {dates.short_day(first.due, language())}",
    )


def _hint(step: Step | None, missing: int, *, may_press: bool, by: Sequence[str]) -> str:
    if not may_press:
        return _("This is recorded by: %(who)s", who=recorders(by))
    if missing:
        return _(
            "Pressed now, it tells you which %(n)s are missing. It can be recorded when they are there.",
            n=missing,
        )
    if step and step.earliest:
        return _("Earliest %(day)s", day=dates.long_day(step.earliest, language()))
    return _("Everything is there.")


def recorders(by: Sequence[str]) -> str:
    """Whose act it is."""
    names = {
        "B": _("the branch"), "G": _("the general branch"), "C": _("the township committee"),
        "D": _("the county's organization department"), "P": _("the person, through the branch"),
    }  # fmt: skip
    return ("、" if language() == "zh" else ", ").join(names[letter] for letter in by)


def _is_open(steps: Sequence[Step], do: str) -> bool:
    return any(step.do == do for step in steps)


def _act_href(view: DossierView, do: str, purpose: str) -> str:
    extra: dict[str, Any] = {"purpose": purpose} if purpose else {}
    return url_for("acts.form", dossier=view.row.id, do=do, **extra)
