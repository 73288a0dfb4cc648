"""Today's page for each kind of role: a branch's people, a committee's numbers, an auditor's oddities."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.context import Context
from recruit.queries.deadlines import overdue_by_branch
from recruit.queries.desk import Desk, Todo
from recruit.queries.dossiers import dossiers
from recruit.queries.locks import LockRow, locks
from recruit.queries.plans import plan_of
from recruit.queries.queues import queue_counts
from recruit.queries.submissions import submissions
from recruit.submissions import OFFICE
from web import dates
from web.deadlines.strip import holiday
from web.desk.groups import Group, groups_of
from web.desk.meetings import meetings_section
from web.desk.oddities import oddities
from web.desk.plan import Note, Row, holiday_notes, next_due, next_milestone, plan_rows, title_of
from web.desk.rows import MOST
from web.desk.sections import Late, Lock, Section, Tile
from web.dossiers.roll import person_row, pill
from web.dossiers.steps import PHASES
from web.duties.names import provisional_note
from web.erasures.page import desk_section
from web.language import language
from web.objections.page import row_of
from web.places import calendar_of
from web.queues.page import READERS as QUEUE_READERS
from web.queues.page import lines_of
from web.substitutes.page import notes_of
from web.visitors import Visitor, visitor
from web.waiting import own_count, own_todos, todo_count
from web.words import edition_of_today, word

PEOPLE = 30


@dataclass(slots=True)
class Page:
    greeting: str
    lede: str
    groups: list[Group]
    todo_count: int
    nothing: str
    more_href: str = ""
    more_text: str = ""
    sections: list[Section] = field(default_factory=list)
    plan: list[Row] = field(default_factory=list)
    plan_href: str = ""
    notes: list[Note] = field(default_factory=list)


def desk_page(context: Context, found: Desk) -> Page:
    """The page as this visitor needs it."""
    seen = visitor()
    assert seen is not None
    mine = own_todos(context)
    plan = plan_of(context, context.on.year)
    page = Page(
        greeting=_greeting(seen, todo_count(context)),
        lede=_lede(context, plan),
        groups=groups_of(context, mine, seen),
        todo_count=todo_count(context),
        nothing="" if seen.is_auditor else _nothing(context, plan),
        plan=plan_rows(plan, context.on, edition_of_today()),
        plan_href=url_for("plans.year", year=context.on.year) if plan else "",
        notes=notes_of(context)
        + holiday_notes(plan, context.on, calendar_of(context), edition_of_today(), holiday),
        sections=[*meetings_section(context), *_sections(context, found, seen)],
    )
    provisional = provisional_note(_provisional_years(context, mine))
    if provisional:
        page.notes.insert(0, Note(provisional, _("Weekends and fixed holidays only.")))
    if (count := own_count(context)) > MOST:
        page.more_text = _("And %(n)s more; the most urgent stand above.", n=count - MOST)
        page.more_href = url_for("dossiers.roll")
    return page


def _provisional_years(context: Context, todos: list[Todo]) -> set[int]:
    """The years of the due days shown whose make-up days nobody knows yet."""
    calendar = calendar_of(context)
    return {todo.due.year for todo in todos if todo.due is not None and calendar.is_provisional(todo.due)}


def _sections(context: Context, found: Desk, seen: Visitor) -> list[Section]:
    if "audit_admin" in seen.roles:
        return [desk_section(context, proposes=False), *oddities(context)]
    if seen.is_auditor:
        return oddities(context)
    if "security_admin" in seen.roles:
        return [_locks(context), desk_section(context, proposes=True)]
    if "system_admin" in seen.roles:
        return [desk_section(context, proposes=False), _administration()]
    if seen.is_branch:
        return [_people(context, found)]
    queues = [_queues(context)] if seen.roles & set(QUEUE_READERS) else []
    return [*_opinions(context, seen), *queues, _phases(found), _branches(context)]


def _opinions(context: Context, seen: Visitor) -> list[Section]:
    """What came from outside and nobody has looked at; it holds people, so it stands first."""
    if not seen.roles & set(OFFICE):
        return []
    rows = [row_of(context, one) for one in submissions(context) if one.state == "new"]
    if not rows:
        return []
    title = _("Opinions that nobody has looked at: %(n)s", n=len(rows))
    return [Section(title, "rows.html", rows, href=url_for("objections.listed"), link=_("All of them"))]


def _queues(context: Context) -> Section:
    """One line for each queue with its number."""
    rows = lines_of(queue_counts(context))
    return Section(_("Who waits for the committee"), "queue_lines.html", rows)


def _administration() -> Section:
    """The way to the pages of the administration, and to what was sent."""
    return Section(
        _("Administration"),
        "rows.html",
        [],
        nothing=_(
            "Organizations, settings, calendars, plans and the state of the system: under “Administration”."
        ),
        href=url_for("administration.start"),
        link=_("Open it"),
    )


def _locks(context: Context) -> Section:
    rows = [_lock(row) for row in locks(context)]
    return Section(_("Log-ins closed for now"), "locks.html", rows, nothing=_("None."))


def _lock(row: LockRow) -> Lock:
    return Lock(row.login, row.name, _("until %(time)s", time=dates.clock_time(row.until)))


def _people(context: Context, found: Desk) -> Section:
    waiting = {proposal.dossier for proposal in found.proposals}
    shown = dossiers(context, is_open=True, limit=PEOPLE)

    def mark(dossier: str) -> tuple[str, str]:
        pressed = shown.pressing.get(dossier)
        if dossier in waiting and pressed != "overdue":
            return "act", _("waits for confirmation")
        return pill(pressed)

    return Section(
        title=_("My branch's people"),
        template="people.html",
        rows=[person_row(row, context.on, mark(row.id)) for row in shown.items],
        nothing=_("Nobody has applied yet."),
        note=_("In the order of the surname's strokes"),
        href=url_for("dossiers.roll"),
        link=_("The whole list"),
    )


def _phases(found: Desk) -> Section:
    edition = edition_of_today()
    by_phase: Counter[str] = Counter()
    for stage, count in found.counts.items():
        by_phase[edition.stages[stage].phase] += count
    tiles = [
        Tile(word("phase", phase, edition), str(by_phase[phase]), href=url_for("dossiers.roll", phase=phase))
        for phase in PHASES
    ]
    members, href = str(found.counts.get("full_member", 0)), url_for("dossiers.roll", stage="full_member")
    tiles.append(Tile(_("Full members"), members, href=href))
    return Section(
        _("People by phase"), "tiles.html", tiles, href=url_for("dossiers.roll"), link=_("The whole list")
    )


def _branches(context: Context) -> Section:
    rows = [
        Late(name, count, url_for("dossiers.roll", branch=branch, due="overdue"))
        for branch, name, count in overdue_by_branch(context)
    ]
    return Section(_("Overdue, by branch"), "late.html", rows, nothing=_("Nothing is overdue."))


def _greeting(seen: Visitor, count: int) -> str:
    if seen.is_auditor:
        return _("Hello, %(name)s.", name=seen.name)
    if not count:
        return _("Hello, %(name)s. Nothing to do today.", name=seen.called)
    return ngettext(
        "Hello, %(name)s. %(num)s thing to do.",
        "Hello, %(name)s. %(num)s things to do.",
        count,
        name=seen.called,
    )


def _lede(context: Context, plan: Mapping[str, object]) -> str:
    day = f"{dates.long_day(context.on, language())} {dates.full_weekday(context.on, language())}"
    if language() == "en":
        day = f"{dates.full_weekday(context.on, language())}, {dates.long_day(context.on, language())}"
    due = next_due(plan, context.on)
    if due is None:
        return day
    left = (due.last - context.on).days
    title = title_of(due, edition_of_today())
    return (
        _("%(day)s; %(n)s days to “%(what)s”", day=day, n=left, what=title)
        if left
        else _("%(day)s; today is the last day of “%(what)s”", day=day, what=title)
    )


def _nothing(context: Context, plan: Mapping[str, object]) -> str:
    coming = next_milestone(plan, context.on)
    if coming is None:
        return _("Nothing to do today.")
    day = dates.month_day(coming.first, language())
    return _(
        "Nothing to do today. Next: %(day)s %(what)s", day=day, what=title_of(coming, edition_of_today())
    )
