"""Duties of organizations that belong to no dossier, and those that go by the number of staff (section 6)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from workflows.calendar import Calendar
from workflows.dates import Span
from workflows.deadlines import Deadline
from workflows.edition import Words
from workflows.errors import Sentence
from workflows.shapes import misplaced, validated
from workflows.texts import Path, read_yaml_located

Period = Literal["year", "half_year"]
Level = Literal["branch", "committee", "department"]
_PACKAGED = "plans/duties.yaml"
_HALVES = ((1, 1, 6, 30), (7, 1, 12, 31))


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DutyKind(Words):
    """Done once in each period, by its last day. `ladder`: days before (negative) or after that day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    period: Period
    article: str
    by: tuple[Level, ...]
    ladder: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DutyDone:
    """What an organization did: `on` the day, `paper` what shows it."""

    kind: str
    on: date
    paper: str


# Kinds of organizations; a general branch and a temporary committee are no primary committees (Art. 11).
_LEVELS: Mapping[str, Level] = {
    "branch": "branch",
    "township": "committee",
    "subdistrict": "committee",
    "primary_under_township": "committee",
    "leading_group": "committee",
    "county": "department",
    "city": "department",
    "province": "department",
}
AHEAD = timedelta(days=90)


@lru_cache(maxsize=1)
def duty_kinds() -> Mapping[str, DutyKind]:
    """The duties that every organization of the kind has, by their ids."""

    class _All(_Part):
        duties: Mapping[str, DutyKind]

    text = files("workflows").joinpath("plans", "duties.yaml").read_bytes()
    plain, where = read_yaml_located(text, name=_PACKAGED)
    return validated(_All, plain, name=_PACKAGED, where=where).duties


def level_of(organization_kind: str) -> Level | None:
    """As what an organization of that kind has duties; None: it has none."""
    return _LEVELS.get(organization_kind)


def duties_by(level: Level) -> Mapping[str, DutyKind]:
    return {id_: kind for id_, kind in duty_kinds().items() if level in kind.by}


def duties_ahead(level: Level, entered_on: date, on: date, calendar: Calendar) -> tuple[Deadline, ...]:
    """The duties of the periods that run on that day or begin within 90 days, none of an earlier period.

    An organization that enters the record owes the running period only where the first reminder of it is
    still to come: it has as much notice as every other one.
    """
    kinds = duties_by(level)
    found = duties_of(kinds, date(on.year, 1, 1), on + AHEAD, (), calendar)
    return tuple(one for one in found if one.due >= on and _owes(kinds[one.id], one, entered_on))


def _owes(kind: DutyKind, one: Deadline, entered_on: date) -> bool:
    return entered_on <= one.opened_on or entered_on <= one.due + timedelta(days=min(kind.ladder))


def duties_of(
    kinds: Mapping[str, DutyKind], since: date, until: date, done: tuple[DutyDone, ...], calendar: Calendar
) -> tuple[Deadline, ...]:
    """One deadline for each period that begins between `since` and `until` (both included).

    It is met by the first deed of its kind within the period; what is done later meets it late, unless the
    next period's own deed is meant: a deed counts for the earliest period of its kind that is still open.
    """
    found: list[Deadline] = []
    for kind_id, kind in kinds.items():
        waiting = sorted(one.on for one in done if one.kind == kind_id)
        for period in _periods(kind.period, since, until):
            closed_on = next((on for on in waiting if on >= period.first), None)
            if closed_on is not None:
                waiting = waiting[waiting.index(closed_on) + 1 :]
            found.append(_deadline(kind_id, period, closed_on, calendar))
    return tuple(sorted(found, key=lambda one: (one.opened_on, one.id)))


def _deadline(kind: str, period: Span, closed_on: date | None, calendar: Calendar) -> Deadline:
    return Deadline(
        id=kind,
        key=f"{kind}:{period.first}",
        opened_on=period.first,
        due=period.last,
        grace=calendar.grace(period.last),
        closed_on=closed_on,
        is_provisional=calendar.is_provisional(period.last),
    )


def _periods(period: Period, since: date, until: date) -> Iterator[Span]:
    for year in range(since.year, until.year + 1):
        parts = ((1, 1, 12, 31),) if period == "year" else _HALVES
        for first_month, first_day, last_month, last_day in parts:
            span = Span(date(year, first_month, first_day), date(year, last_month, last_day))
            if since <= span.first <= until:
                yield span


class Tier(_Part):
    """Head counts `from` .. `to`, both included; `to` None: no upper end."""

    first: StrictInt = Field(alias="from", ge=1)
    last: StrictInt | None = Field(alias="to")
    activists_at_least: StrictInt = Field(ge=0)
    admissions_per_year_at_least: StrictInt = Field(ge=0)


class HeadCountDuties(BaseModel):
    """What a new economic or social organization owes by the number of its staff."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    duties: str
    valid_from: date
    tiers: tuple[Tier, ...] = Field(min_length=1)
    boundaries: tuple[Mapping[str, StrictInt], ...] = ()
    county: Mapping[str, Any] = {}
    rules: tuple[Mapping[str, Any], ...] = ()

    def of(self, staff: int) -> tuple[int, int]:
        """(activists, admissions a year), each at least; none below the first tier. ValueError below zero."""
        if staff < 0:
            raise ValueError(f"staff cannot be {staff}: heads are counted from 0")
        for tier in self.tiers:
            if tier.first <= staff and (tier.last is None or staff <= tier.last):
                return tier.activists_at_least, tier.admissions_per_year_at_least
        return 0, 0


def read_head_count_duties(text: bytes | str, *, name: str) -> HeadCountDuties:
    """The tiers of a text, without gap or overlap; `UnreadableText` with file, line and how to mend it."""
    plain, where = read_yaml_located(text, name=name)
    duties = validated(HeadCountDuties, plain, name=name, where=where)
    for path, what in _wrong_tiers(duties.tiers):
        raise misplaced(name, where, path, what)
    return duties


def _wrong_tiers(tiers: tuple[Tier, ...]) -> Iterator[tuple[Path, Sentence]]:
    for index, tier in enumerate(tiers):
        path: Path = ("tiers", index)
        if tier.last is not None and tier.last < tier.first:
            yield (
                path,
                Sentence(zh=f"to {tier.last} 小于 from {tier.first}", en=f"to {tier.last} is too small"),
            )
        before = tiers[index - 1] if index else None
        if before is not None and (before.last is None or before.last + 1 != tier.first):
            zh = f"from {tier.first} 应接着上一档的 to {before.last}"
            yield (
                path,
                Sentence(zh=zh, en=f"from {tier.first} does not follow to {before.last}"),
            )
    if tiers[-1].last is not None:
        yield (
            ("tiers", len(tiers) - 1),
            Sentence(zh="最后一档的 to 应为 null", en="the last tier has no upper end: its to must be null"),
        )
