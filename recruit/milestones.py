"""Whom a milestone of a plan still concerns: counted from the dossiers, never stored."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from recruit.context import reach
from recruit.record import Record
from recruit.tables import Dossier, Organization, Plan
from workflows.plans.milestones import StoredMilestone, StoredYear, open_steps, stages_of, year_of


def stored_year(connection: Connection, plan: str) -> StoredYear:
    """What a version of a plan says of its milestones."""
    row = connection.execute(select(Plan.year, Plan.document).where(Plan.id == plan)).one()
    return year_of(row.year, json.loads(row.document))


@dataclass(frozen=True, slots=True)
class Concerned:
    """`steps`: the acts that are still open for the dossier, with their purpose where they have one."""

    dossier: str
    branch: str
    steps: tuple[str, ...]


def concerned(
    connection: Connection,
    record: Record,
    paths: tuple[str, ...],
    year: StoredYear,
    one: StoredMilestone,
    on: date,
) -> tuple[Concerned, ...]:
    """The dossiers below these paths that it still concerns on that day."""
    return concerned_by_each(connection, record, paths, year, (one,), on)[one.id]


def concerned_by_each(
    connection: Connection,
    record: Record,
    paths: tuple[str, ...],
    year: StoredYear,
    asked: Sequence[StoredMilestone],
    on: date,
) -> dict[str, tuple[Concerned, ...]]:
    """For each milestone, by its id; the dossiers are read once for all of them.

    Only those in the stages of their acts are looked at.
    """
    found: dict[str, list[Concerned]] = {one.id: [] for one in asked}
    for path in paths:
        ground = record.laws.ground(connection, path)
        stages = {one.id: stages_of(year, one, ground, on) for one in asked}
        wanted = (
            select(
                Dossier.id, Dossier.branch, Dossier.stage, Dossier.last_hash, Dossier.facts, Organization.path
            )
            .join(Organization, Organization.id == Dossier.branch)
            .where(reach(Organization.path, (path,)), Dossier.stage.in_(frozenset().union(*stages.values())))
        )
        for id_, branch, stage, last_hash, text, branch_path in connection.execute(wanted):
            facts = record.remembered.facts(id_, bytes(last_hash), text)
            ground = record.laws.ground(connection, branch_path)
            for one in asked:
                if stage not in stages[one.id]:
                    continue
                if steps := open_steps(year, one, facts, ground, on):
                    found[one.id].append(Concerned(id_, branch, steps))
    return {id_: tuple(them) for id_, them in found.items()}
