"""Public notices: length, two places, end, objections (2026 Art. 13; local settings)."""

from datetime import date, time, timedelta

from workflows.calendar import Calendar, Unit, window
from workflows.case import Case
from workflows.facts import Notice
from workflows.findings import Breach, Shown
from workflows.rules.registry import rule
from workflows.settings import Settings

Lengths = tuple[tuple[int, Unit], ...]
DAY = timedelta(days=1)


def lengths_needed(settings: Settings, purpose: str) -> Lengths:
    """Each length (days, unit) that a notice of that purpose must have.

    A local one stands beside the edition's.
    """
    if purpose == "admission":
        pairs: list[tuple[int, Unit]] = [
            (settings.publicity_admission_days, settings.publicity_admission_unit)
        ]
    elif purpose == "conversion":
        pairs = [(settings.publicity_conversion_days, settings.publicity_conversion_unit)]
    else:
        pairs = [
            (settings.publicity_target_days, settings.publicity_target_unit),
            (settings.publicity_target_working_days, "working"),
        ]
    return tuple(dict.fromkeys((days, unit) for days, unit in pairs if days > 0))


def last_day_needed(calendar: Calendar, settings: Settings, notice: Notice) -> tuple[date, int, Unit] | None:
    """The earliest last day that meets every length, with the length that decides; None where none is set."""
    begins = first_counting(calendar, settings, notice)
    ends = [
        (window(calendar, begins, days, unit).last, days, unit)
        for days, unit in lengths_needed(settings, notice.purpose)
    ]
    return max(ends, default=None)


def first_counting(calendar: Calendar, settings: Settings, notice: Notice) -> date:
    """The first day that counts: not before the notice hung, and after the cut-off the next working day."""
    begins, cutoff = max(notice.first, notice.posted_on), settings.publicity_cutoff
    if begins > notice.posted_on or notice.time is None or cutoff is None:
        return begins
    is_late = time.fromisoformat(notice.time) > cutoff
    return calendar.next_working_day(begins) if is_late else begins


@rule("publicity_length")
def is_long_enough(case: Case) -> Breach | None:
    """A notice lasts its working days (2026: five for a target), a local length as well as them."""
    notices = _notices(case)
    if not notices:
        needed = lengths_needed(case.settings, "target")
        return (
            Breach(found=0, needed=needed[0][0], variant="none", values={"unit": needed[0][1]})
            if needed and _lists(case)
            else None
        )
    for notice in notices:
        needed_end = last_day_needed(case.calendar, case.settings, notice)
        if needed_end is None or notice.last >= needed_end[0]:
            continue
        last, days, unit = needed_end
        has = _common(case.calendar, first_counting(case.calendar, case.settings, notice), notice.last, unit)
        values: dict[str, Shown] = {"days": days, "unit": unit, "first": notice.first, "last": notice.last}
        return Breach(found=has, needed=last, values=values)
    return None


def _lists(case: Case) -> bool:
    return case.act.do in {"target_listed", "target_filed"}


def _notices(case: Case) -> tuple[Notice, ...]:
    act = case.act
    if act.do == "notice_posted":
        first, last = act.day("from") or act.on, act.day("to") or act.on
        return (
            Notice(0, act.purpose or "", act.text("place") or "home", first, last, act.on, act.text("time")),
        )
    if act.do == "notice_closed":
        return case.known.open_notices(act.purpose or "")
    return case.known.current_notices("target")


@rule("publicity_two_places", asked=lambda case: case.known.floating)
def is_public_in_two_places(case: Case) -> Breach | None:
    """A floating person is made public where they come from and where they stay, for common days (2026 Art.

    13).
    """
    notices = case.known.current_notices("target")
    home = [n for n in notices if n.place == "home"]
    stay = [n for n in notices if n.place == "stay"]
    lengths = lengths_needed(case.settings, "target")
    if not home or not stay:
        return Breach(found=len(notices), variant="one_place")
    both = (home[-1], stay[-1])
    first = max(first_counting(case.calendar, case.settings, notice) for notice in both)
    last = min(notice.last for notice in both)
    for days, unit in lengths:
        common = _common(case.calendar, first, last, unit)
        if common < days:
            return Breach(found=common, needed=days, values={"unit": unit})
    return None


def _common(calendar: Calendar, first: date, last: date, unit: str) -> int:
    if last < first:
        return 0
    return calendar.count(first, last) if unit == "working" else (last - first).days + 1


def _waits_for_notice(case: Case) -> bool:
    settings, act = case.settings, case.act
    if act.do == "committee_decided":
        return (
            settings.publicity_admission_days > 0 and settings.publicity_admission_when == "before_decision"
        )
    if act.do == "meeting_voted":
        return settings.publicity_conversion_days > 0
    return True


@rule("publicity_ended", asked=_waits_for_notice)
def has_ended(case: Case) -> Breach | None:
    """Nothing rests on a notice before the day after its last day, and it is closed by then."""
    is_closing = case.act.do == "notice_closed"
    purpose = "target" if case.act.do == "target_listed" else case.act.purpose or ""
    facts = case.known
    notices = facts.open_notices(purpose) if is_closing else facts.current_notices(purpose)
    if not notices:
        return None if is_closing or case.act.do == "target_listed" else Breach(variant="none")
    last = max(n.last for n in notices)
    if case.on <= last:
        return Breach(found=last, needed=last + DAY, earliest=last + DAY)
    if is_closing or all(n.closed_on is not None and n.closed_on <= case.on for n in notices):
        return None
    closed = [n.closed_on for n in notices if n.closed_on is not None]
    return Breach(
        found=last, earliest=max(closed) if len(closed) == len(notices) else None, variant="not_closed"
    )


_OBJECTION_PURPOSES = {"target_listed": "target", "target_proposed": "letter", "preexamined": "letter"}


@rule("objections_concluded", asked=lambda case: case.act.purpose != "cancellation")
def objections_are_concluded(case: Case) -> Breach | None:
    """An objection is investigated before the next step of its purpose.

    An open letter holds proposal, pre-examination and vote (Art. 13). No cancellation is held. What was
    handed in and nobody has looked at yet holds as well; of it, and to the branch of any, nothing is said but
    that the committee is at work.
    """
    act = case.act
    purpose = _OBJECTION_PURPOSES.get(act.do)
    if purpose is None:
        purpose = "letter" if act.do == "meeting_voted" else act.purpose or ""
        purpose = "conversion" if purpose == "extension" else purpose
    still_open = [
        o
        for o in case.known.objections
        if o.purpose == purpose and (o.concluded_on is None or o.concluded_on > case.on)
    ]
    if not still_open or case.around.is_discreet:
        is_held = bool(still_open) or purpose in case.around.unread
        return Breach(variant="unread") if is_held else None
    ends = [o.concluded_on for o in still_open if o.concluded_on is not None]
    earliest = max(ends) if len(ends) == len(still_open) else None
    return Breach(found=len(still_open), earliest=earliest, values={"since": still_open[0].on})
