"""Yearly plans of a committee: each change is a new version and an event; the newest counts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func, insert, select

from recruit.commands.obligations import write_milestones
from recruit.context import Context, ensure_role
from recruit.errors import BadInput, problem
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.log.canonical import plain
from recruit.log.events import NewEvent, append_event
from recruit.repeat import repeated
from recruit.tables import Plan
from workflows.plans.milestones import year_of

PLANNERS = ("organizer", "committee_secretary", "department")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlan:
    """`document`: the plan as its file gives it (PROCEDURE section 6)."""

    committee: str
    year: int
    document: Mapping[str, object]


@repeated
def set_plan(context: Context, change: SetPlan) -> str:
    """The milestones become obligations of the committee; none moves a dossier.

    Raises `BadInput` without a readable total, `NotFound`, `NotAllowed`.
    """
    total = change.document.get("total")
    if not isinstance(total, int) or isinstance(total, bool) or total < 0:
        raise BadInput(problem("total", "missing"))
    with context.record.writing() as connection:
        place = find_organization(connection, context, change.committee)
        held = ensure_role(context, PLANNERS, path=place.path, what="set_plan")
        newest = connection.execute(
            select(func.max(Plan.version)).where(Plan.committee == place.id, Plan.year == change.year),
        ).scalar_one()
        version = (newest or 0) + 1
        id_ = new_id(context.now)
        document = json.dumps(plain(change.document), ensure_ascii=False, sort_keys=True)
        connection.execute(
            insert(Plan).values(
                id=id_,
                committee=place.id,
                year=change.year,
                version=version,
                total=total,
                document=document,
                added_at=context.now,
            ),
        )
        details = {
            "plan": id_,
            "year": change.year,
            "version": version,
            "total": total,
            "document": sha256(document.encode()).hexdigest(),
        }
        append_event(
            connection, context, NewEvent(org=place.id, do="plan_set", details=details, role=held.role)
        )
        write_milestones(connection, context, place, plan=id_, year=year_of(change.year, change.document))
    return id_
