"""顺便看: periods of the year's plan near a deadline that holidays eat into."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from web import dates
from web.deadlines.strip import ONE, Cell, Strip, each_day, holiday, strip_of
from web.desk.plan import Milestone, milestones, title_of
from web.language import language
from workflows.calendar import Calendar
from workflows.edition import Edition

_NEAR = 14
_LONGEST = 20


def neighbour_strips(
    document: Mapping[str, object], first: date, last: date, calendar: Calendar, edition: Edition
) -> list[Strip]:
    """Those within fourteen days of the period that have a holiday in them."""
    planned = milestones(document)
    labels = labels_of(document, edition)
    return [
        _strip(one, calendar, edition, labels)
        for one in planned
        if 1 < (one.last - one.first).days + 1 <= _LONGEST
        and one.first <= last + ONE * _NEAR
        and one.last >= first - ONE * _NEAR
        and _holidays(one, calendar)
    ]


def labels_of(document: Mapping[str, object], edition: Edition) -> dict[date, str]:
    """What the plan has on single days."""
    return {one.first: title_of(one, edition) for one in milestones(document) if one.first == one.last}


def _holidays(one: Milestone, calendar: Calendar) -> list[str]:
    """The names of the holidays in the period."""
    kinds = [kind for _day, kind in calendar.explain(one.first, one.last)]
    return list(dict.fromkeys(kind.name for kind in kinds if not kind.working and kind.name))


def _strip(one: Milestone, calendar: Calendar, edition: Edition, labels: Mapping[date, str]) -> Strip:
    title = title_of(one, edition)
    span = dates.span(one.first, one.last, language())

    def cells(day: date) -> tuple[Cell, ...]:
        if not one.first <= day <= one.last:
            return (Cell(labels.get(day, "")), Cell())
        number = _("day %(n)s", n=(day - one.first).days + 1)
        hit = Cell(number, "in hit end" if day == one.last else "in hit")
        is_worked = calendar.is_working(day)
        return (hit, Cell(_("working day"), "if") if is_worked else Cell(_("does not count"), "no"))

    return strip_of(
        _("Beside it: %(what)s, %(days)s", what=title, days=span),
        each_day(one.first - ONE, one.last + ONE, calendar, cells),
        caption=f"{title} {span}",
        rows=(title, _("of these worked")),
        text=_sentence(one, calendar),
    )


def _sentence(one: Milestone, calendar: Calendar) -> str:
    shown = [one.first + ONE * n for n in range((one.last - one.first).days + 1)]
    days = [(day, calendar.shown_kind(day)) for day in shown]
    off = [kind for _day, kind in days if not kind.working and kind.name]
    made_up = [day for day, kind in days if kind.working and day.weekday() > _FRIDAY]
    parts = [
        _(
            "%(off)s of the %(n)s days are free for the %(holiday)s holiday.",
            off=len(off), n=len(days), holiday=holiday(off[0].name),
        )
    ]  # fmt: skip
    parts += [_("%(day)s is a working day.", day=dates.short_day(day, language())) for day in made_up]
    parts.append(_("Days really worked: %(n)s.", n=calendar.count(one.first, one.last)))
    return ("" if language() == "zh" else " ").join(parts)


_FRIDAY = 4
