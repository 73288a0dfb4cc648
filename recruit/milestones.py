"""Whom a milestone of a plan still concerns: counted from the dossiers, never stored."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
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


def concerned(
    connection: Connection,
    record: Record,
    paths: tuple[str, ...],
    year: StoredYear,
    one: StoredMilestone,
    on: date,
) -> Mapping[str, int]:
    """How many dossiers of each branch below these paths it still concerns on that day; 0 is left out."""
    return Counter(_branches(connection, record, paths, year, one, on))


def concerns_anyone(
    connection: Connection,
    record: Record,
    paths: tuple[str, ...],
    year: StoredYear,
    one: StoredMilestone,
    on: date,
) -> bool:
    return next(_branches(connection, record, paths, year, one, on), None) is not None


def _branches(
    connection: Connection,
    record: Record,
    paths: tuple[str, ...],
    year: StoredYear,
    one: StoredMilestone,
    on: date,
) -> Iterator[str]:
    """The branch of each dossier that it concerns; only those in the stages of its acts are looked at."""
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
                yield branch
