"""One person after another: the rows of the vote, the present one with its form, the others as they stand."""

from dataclasses import dataclass, field
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from recruit.commands.sitting import DEFERRED, NAMED, ItemRow, SittingRow, count_of
from recruit.queries.meeting_quota import Quota
from recruit.queries.meetings import ItemView, MeetingView
from web import dates
from web.acts.refusal import REFUSING
from web.dossiers.roll import sex_word
from web.language import language
from web.meetings.boxes import Cell, Entered, Number, cells_of, numbers_of, shown_seats
from web.meetings.head import Head, head_of, progress_line
from web.meetings.names import (
    count_lines,
    item_act,
    people,
    result_of,
    vote_name,
)
from web.meetings.panel import Panel, panel_of
from web.words import choice_name, clauses, sentence
from workflows.ballots import VOTES
from workflows.words import finding_sentence


@dataclass(frozen=True, slots=True)
class Row:
    """`css`: cur (the form is open), later, off (cannot be voted on), done, fail."""

    id: str
    name: str
    href: str
    about: str
    what: str
    css: str
    version: int
    cells: list[Cell]
    numbers: list[Number]
    level: str
    result: str
    lines: list[str]
    why: str
    reasons: list[str]
    message: str = ""
    hint: str = ""
    change_href: str = ""
    defer: str = ""
    take_up: str = ""
    all_for_by: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    value: str
    title: str
    text: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class VotesPage:
    id: str
    version: int
    head: Head
    rows: list[Row]
    seats: list[str]
    ballot: str
    is_general: bool
    ways: list[Way]
    votes: list[tuple[str, str]]
    progress: str
    panel: Panel | None
    tiles: list[tuple[str, str, str]] = field(default_factory=list)
    may_keep: bool = False


def votes_page(
    view: MeetingView, quota: Quota | None, *, chosen: str = "", entered: Entered | None = None
) -> VotesPage:
    sitting = view.sitting
    current = entered.item if entered else chosen or _next(view)
    has_begun = any(one.item.counts for one in view.items)
    return VotesPage(
        id=sitting.id,
        version=sitting.version,
        head=head_of(view, "votes"),
        rows=[_row(view, one, current=current, entered=entered) for one in view.items],
        seats=[one.name for one in shown_seats(sitting)],
        ballot=sitting.ballot,
        is_general=sitting.is_general,
        ways=[] if sitting.is_general or has_begun or not view.may_keep else _ways(sitting),
        votes=[(vote, vote_name(vote)) for vote in VOTES],
        progress=progress_line(view),
        panel=panel_of(quota),
        tiles=_tiles(sitting) if sitting.is_general and sitting.is_attended else [],
        may_keep=view.may_keep,
    )


def present_item(view: MeetingView) -> str:
    """The one being discussed: the first who waits and can be voted on."""
    return _next(view)


def about(one: ItemView) -> str:
    """柳树村，女，27岁，农牧民."""
    if one.row is None:
        return _("moved to another organization")
    age = ""
    if one.row.birth_month:
        age = _("born %(month)s", month=_month(one.row.birth_month))
    category = choice_name("category", one.category) if one.category else ""
    return clauses([one.row.branch_name, sex_word(one.row.sex) if one.row.sex else "", age, category])


def reasons_of(one: ItemView) -> list[str]:
    """Why somebody cannot be voted on, what refuses first."""
    found = one.eligible.findings if one.eligible else ()
    return [
        sentence(finding_sentence(each, language()).rstrip("。."))
        for each in found
        if each.severity in REFUSING
    ]


def _next(view: MeetingView) -> str:
    waiting = (
        one.item.id
        for one in view.items
        if one.item.is_waiting and not one.is_gone and not (one.eligible and one.eligible.is_barred)
    )
    return next(waiting, "")


def _row(view: MeetingView, one: ItemView, *, current: str, entered: Entered | None) -> Row:
    sitting, item = view.sitting, one.item
    is_barred = one.is_gone or (item.is_waiting and one.eligible is not None and one.eligible.is_barred)
    may_change = view.may_keep and sitting.state == "open"
    is_current = item.id == current and may_change and sitting.has_quorum and not is_barred
    sent = entered if entered and entered.item == item.id else None
    level, result = result_of(sitting, item)
    count = count_of(sitting, item)
    here = url_for("meetings.votes", meeting=sitting.id, item=item.id, _anchor=f"i{item.id}")
    return Row(
        id=item.id,
        name=item.name,
        href=url_for("dossiers.page", dossier=item.dossier) if one.row else "",
        about=about(one),
        what=item_act(item) if len({each.item.do + each.item.purpose for each in view.items}) > 1 else "",
        css=_css(item, level, is_current=is_current, is_barred=is_barred),
        version=item.version,
        cells=cells_of(view, one, sent) if sitting.ballot == NAMED else [],
        numbers=numbers_of(sitting, item, sent),
        level=level,
        result=result,
        lines=count_lines(count) if count else [],
        why=_why(sitting, one, is_barred=is_barred, is_current=is_current),
        reasons=reasons_of(one) if is_barred else [],
        message=sent.message if sent else "",
        hint=_hint(view, one) if is_current else "",
        change_href=here if item.counts and not is_current and may_change and sitting.has_quorum else "",
        defer=item.id if may_change and item.state != DEFERRED and not item.counts else "",
        take_up=item.id if may_change and item.state == DEFERRED else "",
        all_for_by=view.users.get(item.all_for_by or "", ""),
    )


def _css(item: ItemRow, level: str, *, is_current: bool, is_barred: bool) -> str:
    if is_current:
        return "cur"
    if is_barred or item.state == DEFERRED:
        return "off"
    if level:
        return "done fail" if level == "bad" else "done"
    return "later"


def _why(sitting: SittingRow, one: ItemView, *, is_barred: bool, is_current: bool) -> str:
    """The one sentence in the place of the cells."""
    item = one.item
    if item.counts or is_current:
        return ""
    if item.state == DEFERRED:
        return _("Deferred: not decided today.")
    if is_barred:
        return _barred(one, sitting.on)
    if sitting.is_attended and not sitting.has_quorum:
        return _("Locked: too few are present, %(n)s more are needed.", n=sitting.missing)
    if not sitting.is_attended:
        return _("Take attendance first.")
    return _("Not yet; finish the one above first.")


def _barred(one: ItemView, on: date) -> str:
    earliest = one.eligible.earliest if one.eligible else None
    if one.is_gone:
        return _("The dossier was moved to another organization.")
    if earliest and earliest > on:
        return _("Cannot be voted on; %(day)s at the earliest.", day=dates.long_day(earliest, language()))
    return _("Cannot be voted on today.")


def _hint(view: MeetingView, one: ItemView) -> str:
    """回避 is suggested where a relation is on record; it is the members who decide."""
    if not one.related or view.sitting.ballot == NAMED:
        return ""
    names = {seat.number: seat.name for seat in view.sitting.seats}
    return _(
        "On record with this person: %(names)s. Recused?", names=clauses(names[seat] for seat in one.related)
    )


def _ways(sitting: SittingRow) -> list[Way]:
    ways = [
        Way("named", _("By name"), _("A cell for each member"), sitting.ballot == "named"),
        Way("counts", _("Counted hands"), _("Only the numbers"), sitting.ballot == "counts"),
        Way(
            "secret",
            _("Secret ballot"),
            _("Only the numbers; nobody knows who voted what"),
            sitting.ballot == "secret",
        ),
    ]
    return ways if sitting.seats else ways[1:]


def _tiles(sitting: SittingRow) -> list[tuple[str, str, str]]:
    whole = sitting.whole or 0
    needed = whole // 2 + 1
    left_out = _("%(n)s left out with consent", n=len(sitting.excluded)) if sitting.excluded else ""
    return [
        (_("Entitled"), people(whole), left_out),
        (_("Present"), people(sitting.present), _("at least %(n)s", n=needed)),
        (_("To pass"), _("at least %(n)s for", n=needed), _("more than half of the %(n)s entitled", n=whole)),
    ]


def _month(month: str) -> str:
    year, number = month.split("-")
    return f"{year}年{int(number)}月" if language() == "zh" else f"{year}-{number}"
