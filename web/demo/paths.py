"""The path that every applicant follows: from the application to the reports of each quarter."""

from collections.abc import Iterator
from datetime import date, timedelta

from web.demo.cast import Applicant, Branch
from web.demo.scenes import Scene, at_desk, chance
from workflows.calendar import Calendar
from workflows.dates import plus_months, report_periods

LAST_DAY = date(2016, 12, 31)
LEAGUE_AGE = 29


def path_of(branch: Branch, one: Applicant, calendar: Calendar) -> Iterator[Scene]:
    """The acts of one applicant up to `until`, on working days, in time."""
    if one.applied is None:
        return
    until = one.until or LAST_DAY
    received = {"category": one.category, "league_member": one.league}
    yield _scene(one, "application_received", one.applied, **received)
    talk_on = one.talk or calendar.next_working_day(one.applied + timedelta(8 + chance(one.name, 14)))
    if talk_on > until:
        return
    yield _scene(one, "talk_held", talk_on, talker=branch.secretary)
    if one.activist is not None:
        yield from _activist(branch, one, one.activist, calendar)
        yield from (
            _scene(one, "review_recorded", on, result="合格")
            for on in _reviews(one, one.activist, until, calendar)
        )
        yield from (
            _scene(one, "thought_report_received", on) for on in _reports(one, one.activist, until, calendar)
        )


def _activist(branch: Branch, one: Applicant, decided: date, calendar: Calendar) -> Iterator[Scene]:
    recommended = one.recommended or calendar.previous_working_day(
        decided - timedelta(3 + chance(one.name, 6))
    )
    is_young = one.league and decided < plus_months(one.born, 12 * LEAGUE_AGE)
    yield _scene(one, "recommended", recommended, source="league" if is_young else "members")
    yield _scene(one, "activist_decided", decided, **_counts(branch, f"{branch.id}{decided}"))
    contacts = one.contacts or calendar.next_working_day(decided + timedelta(2 + chance(one.name, 9)))
    filed = calendar.next_working_day(decided + timedelta(8 + chance(one.name + "备案", 14)))
    if contacts <= LAST_DAY:
        yield _scene(one, "contacts_assigned", contacts)
    if filed <= LAST_DAY:
        yield _scene(one, "activist_filed", filed)


def _counts(branch: Branch, of: str) -> dict[str, object]:
    """How the branch committee decided, or the general meeting where there is none."""
    if branch.committee == 0:
        return {"for": branch.members - 2, "body": "general_meeting"}
    return {"for": branch.committee - chance(of, 2)}


def _reviews(one: Applicant, decided: date, until: date, calendar: Calendar) -> Iterator[date]:
    """The given ones, then one shortly before each half-year is over."""
    yield from one.reviews
    end = min(until, one.voted or until)
    last = max((decided, *one.reviews))
    while True:
        wanted = plus_months(last, 6) - timedelta(4 + chance(f"{one.name}{last}", 18))
        last = calendar.previous_working_day(wanted)
        if last > end:
            return
        yield last


def _reports(one: Applicant, decided: date, until: date, calendar: Calendar) -> Iterator[date]:
    """One in the last weeks of each full quarter."""
    for period in report_periods("quarter", decided, plus_months(until, 3)):
        if any(period.first <= missing <= period.last for missing in one.no_report):
            continue
        wanted = period.last - timedelta(2 + chance(f"{one.name}{period.first}", 24))
        on = calendar.previous_working_day(wanted)
        if on <= until:
            yield on


def _scene(one: Applicant, do: str, on: date, **details: object) -> Scene:
    return Scene(on=on, at=at_desk(one.name, do, on), who=one.name, do=do, details=details)
