"""The year's plan beside the to-dos: its milestones done, now, to come, and the steps without a day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from web import dates
from web.language import language
from web.words import joined, word
from workflows.calendar import Calendar
from workflows.edition import Edition

_ROAD = ("meeting_voted", "committee_decided")
_ONE = timedelta(days=1)
_NOTE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Milestone:
    """One entry of a plan's document; both ends count. `is_end`: only its last day is known."""

    id: str
    label: str
    first: date
    last: date
    acts: tuple[str, ...]
    is_due: bool
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    text: str
    css: str


@dataclass(frozen=True, slots=True)
class Note:
    title: str
    text: str


def milestones(document: Mapping[str, object]) -> list[Milestone]:
    """The plan's milestones in its own order; what cannot be read is left to the linter."""
    listed = document.get("milestones")
    if not isinstance(listed, Sequence):
        return []
    return [_milestone(entry) for entry in listed if isinstance(entry, Mapping) and _has_day(entry)]


def plan_rows(document: Mapping[str, object], today: date, edition: Edition) -> list[Row]:
    """The column of the year: the first that is not over is the present one."""
    rows = []
    is_now_given = False
    planned = milestones(document)
    for one in planned:
        css = "d" if one.last < today else "" if is_now_given else "now"
        is_now_given = is_now_given or css == "now"
        rows.append(Row(_title(one, edition), _text(one, css, today), css))
    missing = [do for do in _ROAD if not any(do in one.acts for one in planned)]
    if planned and missing and "total" in document:  # a part of a plan says nothing about what it lacks
        rows.append(Row(joined(word("act", do, edition) for do in missing), _("no day in the plan"), "q"))
    return rows


def next_due(document: Mapping[str, object], today: date) -> Milestone | None:
    """The next milestone by which something must be in."""
    ahead = [one for one in milestones(document) if one.is_due and one.last >= today]
    return min(ahead, key=lambda one: one.last, default=None)


def next_milestone(document: Mapping[str, object], today: date) -> Milestone | None:
    """What begins next; where nothing does, what is under way."""
    ahead = [one for one in milestones(document) if one.last >= today]
    return min(ahead, key=lambda one: (one.first < today, one.first), default=None)


def title_of(one: Milestone, edition: Edition) -> str:
    return _title(one, edition)


def holiday_notes(
    document: Mapping[str, object],
    today: date,
    calendar: Calendar,
    edition: Edition,
    holiday_name: Callable[[str], str],
) -> list[Note]:
    """Coming milestones that a holiday eats into."""
    notes = []
    for one in milestones(document):
        if not today <= one.first <= today + _NOTE_DAYS * _ONE or one.first == one.last:
            continue
        days = calendar.explain(one.first, one.last)
        off = [day for day, kind in days if not kind.working and kind.name]
        if off:
            notes.append(_note(one, off, calendar, edition, holiday_name(calendar.day_kind(off[0]).name)))
    return notes


def _note(one: Milestone, off: list[date], calendar: Calendar, edition: Edition, name: str) -> Note:
    all_days = (one.last - one.first).days + 1
    worked = calendar.count(one.first, one.last)
    make_up = [
        day
        for day, kind in calendar.explain(one.first, one.last)
        if kind.working and day.weekday() >= 5  # noqa: PLR2004
    ]
    parts = [_("Holiday %(days)s.", days=dates.span(off[0], off[-1], language()))]
    if make_up:
        parts.append(_("%(day)s is a working day.", day=dates.short_day(make_up[0], language())))
    parts.append(
        _(
            "Of the %(all)s days of “%(what)s” only %(n)s is worked; make appointments in time.",
            all=all_days, what=_title(one, edition), n=worked,
        )
    )  # fmt: skip
    return Note(_("%(holiday)s holiday", holiday=name), ("" if language() == "zh" else " ").join(parts))


def _title(one: Milestone, edition: Edition) -> str:
    if language() == "zh" and one.label:
        return one.label
    return joined(dict.fromkeys(word("act", do, edition) for do in one.acts)) or one.id


def _text(one: Milestone, css: str, today: date) -> str:
    if one.first == one.last:
        day = f"{dates.month_day(one.first, language())} {dates.weekday(one.first, language())}"
        if language() == "en":
            day = dates.short_day(one.first, language())
    else:
        day = dates.span(one.first, one.last, language())
    if css == "d":
        return _("%(day)s, done", day=day)
    if one.is_end:
        return _("until %(day)s", day=day)
    if css == "now" and (one.first <= today or one.is_due):
        return _("%(day)s, under way", day=day)
    return day


def _has_day(entry: Mapping[str, object]) -> bool:
    return "on" in entry or "until" in entry or ("from" in entry and "to" in entry)


def _milestone(entry: Mapping[str, object]) -> Milestone:
    single = entry.get("on", entry.get("until"))
    first = _date(single or entry["from"])
    last = _date(single or entry["to"])
    acts = entry.get("acts")
    return Milestone(
        id=str(entry.get("id", "")),
        label=str(entry.get("label", "")),
        first=first,
        last=last,
        acts=tuple(str(act) for act in acts) if isinstance(acts, Sequence) else (),
        is_due=bool(entry.get("due")),
        is_end="until" in entry,
    )


def _date(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
