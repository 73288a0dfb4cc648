"""Admissions of a unit over time: too many at once, none for years (F64, F65)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from workflows.dates import plus_months
from workflows.findings import Breach, Shown
from workflows.scan.register import Register, Ripe
from workflows.scan.registry import Sighting, across

YEAR = 12
HUNDRED = 100


@across("rush_admissions")
def admissions_are_spread(register: Register) -> Iterator[Sighting]:
    """No more than a share of a year's admissions are voted within thirty days (2014 and 2026 Art. 3).

    Judged for each branch and each approving committee; the fullest days of the year are told.
    """
    limits = register.known.thresholds
    for unit, days in sorted(_voted(register, level="branch").items()):
        yield from _rushed(register, unit, days, least=limits.rush_branch)
    for unit, days in sorted(_voted(register, level="committee").items()):
        yield from _rushed(register, unit, days, least=limits.rush_committee)


def _rushed(register: Register, unit: str, days: Sequence[date], *, least: int) -> Iterator[Sighting]:
    limits = register.known.thresholds
    span = timedelta(days=limits.rush_days)
    for year in sorted({day.year for day in days}):
        of_year = [day for day in days if day.year == year]
        within = {first: sum(first <= day < first + span for day in of_year) for first in of_year}
        fullest = max(sorted(within), key=lambda first: within[first])
        count, total = within[fullest], len(of_year)
        if count < least or not _is_more(count, total, limits.rush_percent):
            continue
        last = max(day for day in of_year if day < fullest + span)
        values: Mapping[str, Shown] = {
            "first": fullest,
            "last": last,
            "total": total,
            "percent": limits.rush_percent,
        }
        breach = Breach(found=count, needed=total * limits.rush_percent // HUNDRED, values=values)
        yield Sighting(on=last, unit=unit, year=year, breach=breach)


@across("rush_before_election", is_checked=lambda register: bool(register.known.elections))
def no_rush_before_an_election(register: Register) -> Iterator[Sighting]:
    """Of the admissions of twelve months no more than a share are voted in ninety days before an election.

    The day of the election itself belongs to neither.
    """
    limits = register.known.thresholds
    for unit, elections in sorted(register.known.elections.items()):
        days = _voted(register, level="any").get(unit, [])
        for election in sorted(set(elections)):
            since = election - timedelta(days=limits.election_days)
            count = sum(since <= day < election for day in days)
            total = sum(plus_months(election, -YEAR) <= day < election for day in days)
            if count < limits.election_least or not _is_more(count, total, limits.rush_percent):
                continue
            values: Mapping[str, Shown] = {"election": election, "total": total, "days": limits.election_days}
            breach = Breach(found=count, needed=total * limits.rush_percent // HUNDRED, values=values)
            yield Sighting(on=election, unit=unit, year=election.year, breach=breach)


def _is_more(count: int, total: int, percent: int) -> bool:
    return count * HUNDRED > total * percent


def _voted(register: Register, *, level: str) -> Mapping[str, list[date]]:
    """The days of the votes by unit, in order."""
    found: dict[str, list[date]] = {}
    for _, admission in register.admitted:
        committee = (admission.committee,) if admission.committee else ()
        units = {"branch": admission.units[:1], "committee": committee, "any": admission.units}[level]
        for unit in units:
            found.setdefault(unit, []).append(admission.voted_on)
    return {unit: sorted(days) for unit, days in found.items()}


@across("none_for_years")
def branch_admits_where_it_can(register: Register) -> Iterator[Sighting]:
    """A branch that always had somebody ripe has admitted within three years (2026 Art. 37).

    Judged as it stands now: a spell that an admission has ended is over.
    """
    months, voted = register.known.thresholds.none_months, _voted(register, level="branch")
    for branch, stays in sorted(_stays(register).items()):
        begun = _covered_since(stays, register.on)
        if begun is None:
            continue
        since = max((begun, *voted.get(branch, ())))
        due = plus_months(since, months)
        if register.on < due:
            continue
        ripe = sum(stay.first <= register.on and _is_there(stay, register.on) for stay in stays)
        breach = Breach(found=since, needed=due, values={"ripe": ripe})
        yield Sighting(on=register.on, unit=branch, breach=breach)


def _stays(register: Register) -> Mapping[str, list[Ripe]]:
    found: dict[str, list[Ripe]] = {}
    for summary in register.summaries:
        for stay in summary.ripe:
            found.setdefault(stay.branch, []).append(stay)
    return found


def _is_there(stay: Ripe, day: date) -> bool:
    return stay.until is None or day < stay.until


def _covered_since(stays: Iterable[Ripe], on: date) -> date | None:
    """The first day of the unbroken time, up to `on`, in which somebody was ripe; None: nobody is."""
    begun: date | None = None
    reached = on
    for stay in sorted((s for s in stays if s.first <= on), key=_until, reverse=True):
        if _until(stay) > on or (begun is not None and _until(stay) >= reached):
            begun = min(begun or stay.first, stay.first)
            reached = begun
    return begun


def _until(stay: Ripe) -> date:
    return stay.until or date.max
