"""Deadlines that the calendar opens: a dossier that has long been still is projected further."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select, tuple_, update

from notifications.batches import BATCH, Outcome, in_batches
from recruit.clock import civil_day
from recruit.commands.projections import HORIZON, project_deadlines, projected_until
from recruit.record import Record
from recruit.tables import Deadline, Dossier, Organization
from workflows.facts import Facts

AHEAD = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Still:
    dossier: str
    until: date
    facts: str
    path: str


def project_ahead(record: Record, now: datetime) -> Outcome:
    """Every dossier whose deadlines are known for fewer than 90 days is projected anew; found by an index."""
    on = civil_day(now)

    def fetch(connection: Connection, last: Still | None) -> Sequence[Still]:
        found = _still(connection, before=on + AHEAD, last=last)
        if any(still.until == date.min for still in found):
            record.laws.forget()  # the law has just changed; whoever changed it may not have said so yet
        return found

    def project(connection: Connection, still: Still) -> int:
        facts = Facts.from_json(json.loads(still.facts))
        until = max(on + HORIZON, projected_until(facts))
        ground = record.laws.ground(connection, still.path)
        project_deadlines(connection, still.dossier, facts, ground, until=until)
        _look_again(connection, still.dossier, until=until)
        return 1

    return in_batches(record, fetch, project, name=lambda still: still.dossier, tick="projection", now=now)


def _still(connection: Connection, *, before: date, last: Still | None) -> Sequence[Still]:
    wanted = (
        select(Dossier.id, Dossier.projected_until, Dossier.facts, Organization.path)
        .join(Organization, Organization.id == Dossier.branch)
        .where(Dossier.projected_until < before)
        .order_by(Dossier.projected_until, Dossier.id)
        .limit(BATCH)
    )
    if last is not None:
        wanted = wanted.where(tuple_(Dossier.projected_until, Dossier.id) > (last.until, last.dossier))
    return [Still(*row) for row in connection.execute(wanted)]


def _look_again(connection: Connection, dossier: str, *, until: date) -> None:
    connection.execute(update(Dossier).where(Dossier.id == dossier).values(projected_until=until))
    connection.execute(
        update(Deadline)
        .where(Deadline.dossier == dossier, Deadline.closed_on.is_(None), Deadline.dropped_on.is_(None))
        .values(next_rung_on=date.min),
    )
