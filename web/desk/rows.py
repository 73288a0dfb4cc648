"""To-do rows from what the record says is to be done: one line each, one button with a verb."""

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from recruit.commands.agenda import DECIDES
from recruit.commands.rights import RECORDERS
from recruit.commands.sitting import KEEPERS
from recruit.context import Context
from recruit.queries.desk import Todo
from recruit.queries.obligations import ObligationRow
from web.deadlines.when import day_of, level_of, verb_of, when
from web.duties.names import href_of, row_title, state_of, why_href_of
from web.language import language
from web.sayings import article_text
from web.visitors import Visitor
from web.words import act_name, clauses, edition_of_today, sentence, word

MOST = 12


@dataclass(frozen=True, slots=True)
class Row:
    """`why_href`: why the day is that day."""

    level: str
    when: str
    day: str
    title: str
    text: str
    href: str
    verb: str
    why_href: str = ""


def todo_row(context: Context, todo: Todo, seen: Visitor) -> Row:
    """One thing to do, as this visitor reads it."""
    if todo.kind == "proposal":
        return _proposal(todo)
    if todo.owed is not None:
        return _owed(todo.owed, context.on, seen)
    return _deadline(context, todo, seen)


def _proposal(todo: Todo) -> Row:
    edition = edition_of_today()
    return Row(
        level="warn",
        when=_("Waits for you"),
        day="",
        title=_("Confirm: %(act)s, %(name)s", act=word("act", todo.id, edition), name=todo.name),
        text=_(
            "%(branch)s. One person has recorded it; it counts when you confirm.", branch=todo.branch_name
        ),
        href=url_for("proposals.waiting", _anchor=f"p{todo.proposal}"),
        verb=_("Check"),
    )


def _owed(row: ObligationRow, today: date, seen: Visitor) -> Row:
    due = row.deadline.due
    meeting = _meeting_href(row, today, seen)
    return Row(
        level=level_of(due, today),
        when=when(due, today),
        day=day_of(due, today),
        title=row_title(row),
        text=sentence(clauses([row.organization_name, state_of(row, today)])),
        href=meeting or href_of(row),
        verb=_("Hold the meeting") if meeting else _("Record") if row.may_record else _("Show"),
        why_href=why_href_of(row),
    )


def _meeting_href(row: ObligationRow, today: date, seen: Visitor) -> str:
    """From the first day of a milestone that the committee decides: its meeting, with the agenda proposed."""
    steps = row.milestone.steps if row.milestone and row.milestone.span.first <= today else ()
    is_decided_there = not set(DECIDES["committee"]).isdisjoint(steps)
    if not is_decided_there or not seen.roles & set(KEEPERS["committee"]):
        return ""
    return url_for("meetings.new", body=f"committee.{row.organization}")


def _deadline(context: Context, todo: Todo, seen: Visitor) -> Row:
    edition = edition_of_today()
    due = _day(todo)
    deadline = word("deadline", todo.id, edition)
    act = act_name(todo.act, None, edition) if todo.act else deadline
    is_late = due < context.on
    may_record = _may_record(todo, seen)
    consequence = _("If it was done, record it now with a reason; if not, do it soon.") if is_late else ""
    if not is_late and todo.id in edition.deadlines:
        consequence = article_text(edition.deadlines[todo.id].article, edition.id)
    where = "" if seen.is_branch and not seen.stands_in else todo.branch_name or ""
    return Row(
        level=level_of(due, context.on),
        when=when(due, context.on),
        day=day_of(due, context.on),
        title=_("%(name)s: %(act)s", name=todo.name, act=act),
        text=_text(where, deadline if deadline != act else "", consequence),
        href=_href(todo, may_record=may_record),
        verb=verb_of(due, context.on) if may_record else _("Show"),
        why_href=url_for("deadlines.why", dossier=todo.dossier, deadline=todo.key),
    )


def _text(where: str, deadline: str, consequence: str) -> str:
    return (
        (" " if language() == "en" else "").join([sentence(clauses([where, deadline])), consequence]).strip()
    )


def _href(todo: Todo, *, may_record: bool) -> str:
    if may_record:
        return url_for("acts.form", dossier=todo.dossier, do=todo.act)
    return url_for("dossiers.page", dossier=todo.dossier, _anchor="next")


def _may_record(todo: Todo, seen: Visitor) -> bool:
    kind = edition_of_today().acts.get(todo.act or "")
    return kind is not None and any(seen.roles & set(RECORDERS[letter]) for letter in kind.by)


def _day(todo: Todo) -> date:
    assert todo.due is not None
    return todo.due
