"""What an auditor hands in beside the record: who is related, when a place elects, what counts as a rush."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, or_, select

from recruit.context import reach
from recruit.queries.scan_files import Within
from recruit.tables import Organization, Person
from workflows.errors import Sentence, UnreadableText
from workflows.scan.register import Thresholds
from workflows.shapes import misplaced, validated
from workflows.texts import Locator, Path, read_yaml_located

_DEFAULTS = Thresholds()


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Election(_Data):
    """`unit`: an organization's id or name."""

    unit: str
    on: date


class _Limits(_Data):
    rush_days: int = Field(default=_DEFAULTS.rush_days, ge=1)
    rush_percent: int = Field(default=_DEFAULTS.rush_percent, ge=1, le=100)
    rush_branch: int = Field(default=_DEFAULTS.rush_branch, ge=1)
    rush_committee: int = Field(default=_DEFAULTS.rush_committee, ge=1)
    election_days: int = Field(default=_DEFAULTS.election_days, ge=1)
    election_least: int = Field(default=_DEFAULTS.election_least, ge=1)
    none_months: int = Field(default=_DEFAULTS.none_months, ge=1)


class _Text(_Data):
    kinship: tuple[tuple[str, str], ...] | None = None
    elections: tuple[Election, ...] = ()
    thresholds: _Limits = _Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """`kinship`: pairs of persons, by id or name; None: nobody has handed any in, empty: there are none.

    `name`, `where`: the file and its lines, for messages.
    """

    kinship: tuple[tuple[str, str], ...] | None = None
    elections: tuple[Election, ...] = ()
    thresholds: Thresholds = _DEFAULTS
    name: str = ""
    where: Locator = field(default_factory=lambda: Locator({}))


def read_handed_in(text: bytes, *, name: str) -> HandedIn:
    """Raises `UnreadableText` with file and line."""
    plain, where = read_yaml_located(text, name=name)
    read = validated(_Text, {} if plain is None else plain, name=name, where=where)
    return HandedIn(
        kinship=read.kinship,
        elections=read.elections,
        thresholds=Thresholds(**read.thresholds.model_dump()),
        name=name,
        where=where,
    )


def kin_of(
    connection: Connection, within: Within, handed_in: HandedIn
) -> Mapping[str, frozenset[str]] | None:
    """Relatives by person, both directions. Raises `UnreadableText` for a name of nobody, or of several."""
    if handed_in.kinship is None:
        return None
    found: dict[str, set[str]] = {}
    for number, pair in enumerate(handed_in.kinship):
        one, other = (
            _one_of(_persons(connection, within, who), handed_in, ("kinship", number, side), who)
            for side, who in enumerate(pair)
        )
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {person: frozenset(kin) for person, kin in found.items()}


def units_of(connection: Connection, within: Within, handed_in: HandedIn) -> Mapping[str, tuple[date, ...]]:
    """The days of elections by organization. Raises `UnreadableText` as `kin_of`."""
    found: dict[str, tuple[date, ...]] = {}
    for number, election in enumerate(handed_in.elections):
        rows = _organizations(connection, within, election.unit)
        unit = _one_of(rows, handed_in, ("elections", number, "unit"), election.unit)
        found[unit] = (*found.get(unit, ()), election.on)
    return found


def _persons(connection: Connection, within: Within, who: str) -> list[str]:
    wanted = (
        select(Person.id)
        .join(Organization, Organization.id == Person.organization)
        .where(or_(Person.id == who, Person.name == who), reach(Organization.path, within.paths))
    )
    return list(connection.execute(wanted.limit(2)).scalars())


def _organizations(connection: Connection, within: Within, which: str) -> list[str]:
    wanted = select(Organization.id).where(
        or_(Organization.id == which, Organization.name == which), reach(Organization.path, within.paths)
    )
    return list(connection.execute(wanted.limit(2)).scalars())


def _one_of(found: list[str], handed_in: HandedIn, path: Path, who: str) -> str:
    if len(found) == 1:
        return found[0]
    raise _unclear(handed_in, path, who, is_known=bool(found))


def _unclear(handed_in: HandedIn, path: Path, who: str, *, is_known: bool) -> UnreadableText:
    nobody = Sentence(zh=f"没有叫“{who}”的人或者组织", en=f"nobody and no organization is called '{who}'")
    several = Sentence(zh=f"叫“{who}”的不止一个，请写编号", en=f"several are called '{who}'; write the id")
    return misplaced(handed_in.name, handed_in.where, path, several if is_known else nobody)
