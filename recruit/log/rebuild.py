"""Rebuilding every projection from the acts and comparing: the acts are the truth, the rest must follow."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from recruit.commands.projections import projected_until, stored_deadlines, wanted_deadlines
from recruit.commands.standing import listed_as
from recruit.commands.writing import acts_of, admission_decided_on, facts_text
from recruit.record import Record
from recruit.tables import Dossier, Organization, Person
from workflows.facts import Facts
from workflows.fold import fold_history
from workflows.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """`ok`: at least one dossier, and no difference; each difference is "dossier: what"."""

    ok: bool
    dossiers: int
    differences: tuple[str, ...]


def check_projections(record: Record) -> Compared:
    """Fold each dossier anew and compare what is stored: stage, branch, facts, deadlines."""
    differences: list[str] = []
    count = 0
    with record.reading() as connection:
        ids = connection.execute(
            select(Dossier.id, Organization.path)
            .join(Organization, Organization.id == Dossier.branch)
            .order_by(Dossier.id),
        )
        for dossier, path in ids.all():
            count += 1
            ground = record.laws.ground(connection, path)
            differences += [f"{dossier}: {what}" for what in _differences(connection, dossier, ground)]
    return Compared(ok=count > 0 and not differences, dossiers=count, differences=tuple(differences))


def _differences(connection: Connection, dossier: str, ground: Ground) -> list[str]:
    acts = acts_of(connection, dossier)
    facts = fold_history(acts, ground).facts
    if facts is None:
        return ["no act begins it"]
    stored = connection.execute(
        select(
            Dossier.stage,
            Dossier.phase,
            Dossier.branch,
            Dossier.version,
            Dossier.facts,
            Dossier.admission_decided_on,
            Dossier.path,
            Dossier.listed,
            Person.strokes,
            Person.name,
            Organization.path.label("branch_path"),
        )
        .join(Organization, Organization.id == Dossier.branch)
        .join(Person, Person.id == Dossier.person)
        .where(Dossier.id == dossier),
    ).one()
    admitted = stored.admission_decided_on.isoformat() if stored.admission_decided_on else None
    found = (stored.stage, stored.phase, stored.branch, stored.version, stored.facts, admitted)
    phase = ground.edition_on(acts[-1].on).stages[facts.stage].phase
    wanted = (facts.stage, phase, facts.branch, len(acts), facts_text(facts), admission_decided_on(facts))
    names = ("stage", "phase", "branch", "version", "facts", "admission_decided_on")
    differing = [name for name, one, other in zip(names, found, wanted, strict=True) if one != other]
    if (stored.path, stored.listed) != (stored.branch_path, listed_as(stored.strokes, stored.name)):
        differing.append("place in lists")
    return differing + _deadline_differences(connection, dossier, facts, ground)


def _deadline_differences(connection: Connection, dossier: str, facts: Facts, ground: Ground) -> list[str]:
    stored = connection.execute(select(Dossier.projected_until).where(Dossier.id == dossier)).scalar_one()
    until = max(stored, projected_until(facts))
    differing = stored_deadlines(connection, dossier) ^ set(wanted_deadlines(facts, ground, until=until))
    return sorted({f"deadline {row[0]}" for row in differing})
