"""Whom a milestone of a plan still concerns: counted from the dossiers, never stored."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from recruit.context import reach
from recruit.record import Record
from recruit.tables import Dossier, Organization, Plan
from workflows.plans.milestones import StoredMilestone, StoredYear, concerns, stages_of, year_of


def stored_year(connection: Connection, plan: str) -> StoredYear:
    """What a version of a plan says of its milestones."""
    row = connection.execute(select(Plan.year, Plan.document).where(Plan.id == plan)).one()
    return year_of(row.year, json.loads(row.document))


@dataclass(frozen=True, slots=True)
class Concerned:
    dossier: str
    branch: str


def concerned(
    connection: Connection,
    record: Record,
    paths: tuple[str, ...],
    year: StoredYear,
    one: StoredMilestone,
    on: date,
) -> Iterator[Concerned]:
    """The dossiers below these paths that it still concerns on that day.

    Only those in the stages of its acts are looked at.
    """
    for path in paths:
        stages = stages_of(year, one, record.laws.ground(connection, path), on)
        wanted = (
            select(Dossier.id, Dossier.branch, Dossier.last_hash, Dossier.facts, Organization.path)
            .join(Organization, Organization.id == Dossier.branch)
            .where(reach(Organization.path, (path,)), Dossier.stage.in_(stages))
        )
        for id_, branch, last_hash, text, branch_path in connection.execute(wanted):
            facts = record.remembered.facts(id_, bytes(last_hash), text)
            if concerns(year, one, facts, record.laws.ground(connection, branch_path), on):
                yield Concerned(id_, branch)
