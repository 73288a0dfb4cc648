"""The registers (名册) of applicants, activists, targets and probationary members as they stood on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select

from recruit.context import Context
from recruit.queries.rows import within_reach
from recruit.tables import Dossier, Organization, Person
from workflows.facts import Facts

Register = Literal["applicants", "activists", "targets", "probationary"]
REGISTERS: Mapping[Register, tuple[str, ...]] = {
    "applicants": ("applicant",),
    "activists": ("activist", "proposed", "target_publicity"),
    "targets": ("development_target", "vetting", "admission_publicity", "approval"),
    "probationary": ("probation", "extended_probation"),
}
MOST = 2000
_AT_ONCE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """What a printed register says of a person; nothing of it is sealed. `since`: first day on this register.

    `names`: contact persons, from the targets on sponsors.
    """

    name: str
    sex: str | None
    birth_month: str | None
    education: str | None
    branch_name: str
    facts: Facts
    since: date
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """`is_cut`: more dossiers had to be looked at than one answer does; a branch must be chosen."""

    rows: tuple[RegisterRow, ...]
    is_cut: bool


def register_rows(
    context: Context, register: Register, *, on: date, branch: str | None = None, year: int | None = None
) -> Listed:
    """Who stood on it at the end of that day, by the strokes of the surname.

    Of an earlier day by what is known today, corrections included. `year`: only those who came onto it then.
    """
    wanted = (
        within_reach(
            context, Dossier.id, Person.name, Person.sex, Person.birth_month, Person.education,
            Organization.name.label("branch_name"), Dossier.facts, Dossier.last_hash,
        )
        .where(Dossier.opened_on <= on)
        .order_by(Person.strokes, Person.name, Dossier.id)
        .limit(MOST + 1)
    )  # fmt: skip
    if branch is not None:
        wanted = wanted.where(Dossier.branch == branch)
    if on >= context.on:
        wanted = wanted.where(Dossier.stage.in_(REGISTERS[register]))
    with context.record.reading() as connection:
        rows = connection.execute(wanted).all()
        known = [
            (row, context.record.remembered.facts(row.id, bytes(row.last_hash), row.facts))
            for row in rows[:MOST]
        ]
        here = [(row, facts, since) for row, facts in known if (since := _since(facts, register, on))]
        asked = [one for one in here if year is None or one[2].year == year]
        ids = sorted({id_ for _, facts, _ in asked for id_ in _ids(facts, register)})
        names: dict[str, str] = {}
        for start in range(0, len(ids), _AT_ONCE):
            some = select(Person.id, Person.name).where(Person.id.in_(ids[start : start + _AT_ONCE]))
            names |= {row.id: row.name for row in connection.execute(some)}
    return Listed(
        rows=tuple(
            RegisterRow(
                name=row.name,
                sex=row.sex,
                birth_month=row.birth_month,
                education=row.education,
                branch_name=row.branch_name,
                facts=facts,
                since=since,
                names=tuple(names[id_] for id_ in _ids(facts, register) if id_ in names),
            )
            for row, facts, since in asked
        ),
        is_cut=len(rows) > MOST,
    )


def _ids(facts: Facts, register: Register) -> tuple[str, ...]:
    return facts.contacts if register == "activists" else () if register == "applicants" else facts.sponsors


def _since(facts: Facts, register: Register, on: date) -> date | None:
    """The first day of the unbroken stay that lasts on that day; None for who is not on the register."""
    since = None
    for day, stage in facts.stages:
        if day > on:
            break
        if stage not in REGISTERS[register]:
            since = None
        elif since is None:
            since = day
    return since
