"""The select that every list of dossiers begins with: the dossier, its person and branch, within reach."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute

from recruit.context import Context, reach
from recruit.tables import Act, Dossier, Organization, Person

# Literally as in the partial index, so that it is used.
LATE: ColumnElement[bool] = literal_column("act.is_late")


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRow:
    """`late_count`: how many of its acts were recorded late."""

    id: str
    name: str
    sex: str | None
    birth_month: str | None
    stage: str
    phase: str
    version: int
    branch: str
    branch_name: str
    opened_on: date
    strokes: str
    person: str
    late_count: int


COLUMNS = (
    Dossier.id,
    Person.name,
    Person.sex,
    Person.birth_month,
    Dossier.stage,
    Dossier.phase,
    Dossier.version,
    Dossier.branch,
    Organization.name.label("branch_name"),
    Dossier.opened_on,
    Person.strokes,
    Dossier.person,
    select(func.count())
    .select_from(Act)
    .where(Act.dossier == Dossier.id, LATE)
    .correlate(Dossier)
    .scalar_subquery()
    .label("late_count"),
)


def within_reach(context: Context, *columns: Any, is_driving: bool = True) -> Select[Any]:  # noqa: ANN401 - any columns
    """Select from dossiers joined with person and branch, limited to the actor's subtrees.

    `is_driving` False: another table is read first, and the reach only looks at what that finds.
    """
    path = Dossier.path if is_driving else unindexed(Dossier.path)
    return (
        select(*(columns or COLUMNS))
        .select_from(Dossier)
        .join(Organization, Organization.id == Dossier.branch)
        .join(Person, Person.id == Dossier.person)
        .where(reach(path, context.paths()))
    )


def unindexed(column: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """The same value, by no index.

    A database guesses which index is the shorter way, and guesses wrong for one township among a thousand.
    """
    return column.concat("")


def dossier_row(row: Row[Any]) -> DossierRow:
    return DossierRow(**{name: getattr(row, name) for name in DossierRow.__slots__})


def plain_text(value: object) -> str:
    """A part of a cursor that a database can compare. Raises `ValueError` for what none of ours holds."""
    text = str(value)
    if "\x00" in text:
        raise ValueError("no text")
    text.encode()  # a lone surrogate is no text either
    return text
