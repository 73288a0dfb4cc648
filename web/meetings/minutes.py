"""What is printed of a meeting: its minutes, an empty tally sheet before it; and the big screen."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.commands.ballots import asked_counts
from recruit.commands.sitting import CONFIRMED, NAMED, VOID, SittingRow, count_of
from recruit.queries.meetings import ItemView, MeetingView
from web import dates
from web.language import language
from web.meetings.check import Line, lines_of
from web.meetings.head import progress
from web.meetings.names import ballot_name, count_name, item_act, kind_name, result_of, vote_name, when_line
from web.meetings.votes import about, present_item
from web.public.page import kept_line
from web.words import clauses, joined, labelled
from workflows.ballots import VOTES


@dataclass(frozen=True, slots=True)
class Named:
    """How a body voted by name on one person: 赞成：张书记、刘镇长."""

    name: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Resolution:
    title: str
    when: str
    attendance: list[str]
    ways: str
    needed: str
    lines: list[Line]
    named: list[Named]
    text: str
    recorder: str
    confirmer: str
    is_draft: bool
    is_void: bool
    kept: str


@dataclass(frozen=True, slots=True)
class Tally:
    title: str
    when: str
    heads: list[str]
    columns: list[str]
    rows: list[tuple[str, str, str]]
    needed: str


@dataclass(frozen=True, slots=True)
class Screen:
    """`left`: how many are still to come; `counts` only of the person shown."""

    title: str
    name: str
    about: str
    counts: list[tuple[str, int]]
    level: str
    result: str
    progress: str
    back: str


def resolution_of(view: MeetingView) -> Resolution:
    sitting = view.sitting
    return Resolution(
        title=_("%(place)s: minutes", place=f"{sitting.place.name} {kind_name(sitting.kind)}".strip()),
        when=when_line(sitting),
        attendance=_attendance(sitting),
        ways=labelled(_("Way of voting"), ballot_name(sitting.ballot)),
        needed=_needed(sitting),
        lines=lines_of(view),
        named=[_named(sitting, one) for one in view.items if one.item.votes],
        text=_text(view),
        recorder=view.users.get(sitting.handed_by or sitting.recorded_by, ""),
        confirmer=view.users.get(sitting.confirmed_by or "", ""),
        is_draft=sitting.state not in {CONFIRMED, VOID},
        is_void=sitting.state == VOID,
        kept=_kept(view) if sitting.state == CONFIRMED else "",
    )


def tally_of(view: MeetingView) -> Tally:
    sitting = view.sitting
    names = asked_counts(sitting)
    columns = [_written(name) if name.startswith("written_") else count_name(name) for name in names]
    if sitting.ballot == NAMED and not sitting.is_general:
        columns = [one.name for one in sitting.seats]
    heads = [
        f"{_('Entitled')}：{sitting.whole or '＿＿＿'}",
        f"{_('Present')}：{sitting.present if sitting.is_attended else '＿＿＿'}",
    ]
    return Tally(
        title=_("Tally sheet"),
        when=f"{sitting.place.name} · {kind_name(sitting.kind)} · {when_line(sitting)}",
        heads=heads,
        columns=columns,
        rows=[(one.item.name, item_act(one.item), about(one)) for one in view.items],
        needed=_needed(sitting),
    )


def screen_of(view: MeetingView, chosen: str) -> Screen:
    """The person being discussed, or the one asked for; who voted what is never on the wall."""
    sitting = view.sitting
    shown = chosen or present_item(view) or (view.items[-1].item.id if view.items else "")
    one = view.item(shown) if shown else None
    count = count_of(sitting, one.item) if one else None
    level, result = result_of(sitting, one.item) if one else ("", "")
    numbers = (
        [
            (vote_name("for"), count.for_),
            (vote_name("against"), count.against),
            (vote_name("abstain"), count.abstain),
        ]
        if count
        else []
    )
    left = progress(view)[1]
    return Screen(
        title=kind_name(sitting.kind),
        name=one.item.name if one else "",
        about=clauses([item_act(one.item), one.row.branch_name if one.row else ""]) if one else "",
        counts=numbers,
        level=level,
        result=result,
        progress=ngettext("%(num)s person to go", "%(num)s persons to go", left),
        back=shown,
    )


def _attendance(sitting: SittingRow) -> list[str]:
    lines = [_("%(whole)s entitled, %(present)s present.", whole=sitting.whole or 0, present=sitting.present)]
    here = [one.name for one in sitting.seats if one.is_present]
    away = [one.name for one in sitting.seats if not one.is_present]
    if here:
        lines.append(labelled(_("Present"), joined(here)))
    if away:
        lines.append(labelled(_("Not present"), joined(away)))
    if sitting.excluded:
        lines.append(_("%(n)s left out with consent", n=len(sitting.excluded)))
    return lines


def _needed(sitting: SittingRow) -> str:
    whole = sitting.whole or 0
    if not whole:
        return ""
    return _(
        "More than half of the %(whole)s: at least %(n)s present, at least %(n)s for; half is not passed.",
        whole=whole, n=whole // 2 + 1,
    )  # fmt: skip


def _named(sitting: SittingRow, one: ItemView) -> Named:
    seats = {seat.number: seat.name for seat in sitting.seats}
    lines = []
    for vote in VOTES:
        names = [seats[seat] for seat, given in sorted(one.item.votes.items()) if given == vote]
        if names:
            lines.append(labelled(f"{vote_name(vote)} {len(names)}", joined(names)))
    return Named(one.item.name, lines)


def _text(view: MeetingView) -> str:
    sitting = view.sitting
    if sitting.state == VOID:
        return _("The meeting is void: too few were present. Nothing was decided.")
    passed = [one.item.name for one in view.items if result_of(sitting, one.item)[0] == "ok"]
    failed = [one.item.name for one in view.items if result_of(sitting, one.item)[0] == "bad"]
    parts = []
    if passed:
        parts.append(_("Decided for: %(names)s.", names=joined(passed)))
    if failed:
        parts.append(_("Not passed: %(names)s.", names=joined(failed)))
    if sitting.confirmed_at:
        parts.append(
            _(
                "Confirmed on %(day)s.",
                day=dates.long_day(dates.local(sitting.confirmed_at).date(), language()),
            )
        )
    return (" " if language() == "en" else "").join(parts)


def _kept(view: MeetingView) -> str:
    """The first signed state of the log that holds every act of the meeting."""
    if view.kept is None:
        return _("There is no check code yet: the log has not been signed since the confirmation.")
    return kept_line(view.kept)


def _written(name: str) -> str:
    return _("written: %(vote)s", vote=count_name(name))
