"""What waits for a second person, and whether this actor may be the one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from recruit.commands.proposing import WAITING
from recruit.commands.rights import COMMITTEE, DECIDING, SUPERIORS
from recruit.context import Context
from recruit.errors import NotFound
from recruit.findings import findings_of
from recruit.queries.acted_for import Deed, acted_for
from recruit.queries.rows import within_reach
from recruit.stand_ins import Stint, are_one, stints_of
from recruit.tables import Dossier, Organization, Person, Proposal, User
from workflows.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    """`may_confirm`: this actor holds a role that may, and does not count as one with who was there before.

    `counts_as_one`: whether that is so because the one stands in for the other.
    """

    id: str
    dossier: str
    name: str
    branch_name: str
    stage: str
    do: str
    on: date
    details: Mapping[str, object]
    has_override: bool
    is_confirmed: bool
    proposed_by: str
    proposed_by_name: str
    proposed_instead_of: str | None
    proposed_at: datetime
    findings: tuple[Finding, ...]
    may_confirm: bool
    counts_as_one: bool


_COLUMNS = (
    Proposal.id,
    Proposal.dossier,
    Person.name,
    Organization.name.label("branch_name"),
    Organization.path,
    Dossier.stage,
    Proposal.do,
    Proposal.on,
    Proposal.details,
    Proposal.has_override,
    Proposal.confirmed_by,
    Proposal.overridden_by,
    Proposal.proposed_by,
    Proposal.role,
    Proposal.org,
    User.name.label("proposed_by_name"),
    Proposal.proposed_at,
    Proposal.findings,
)


def proposals(context: Context, *, dossier: str | None = None) -> tuple[ProposalRow, ...]:
    """Those that wait within the actor's reach, the oldest first."""
    wanted = (
        within_reach(context, *_COLUMNS, is_driving=False)
        .join(Proposal, Proposal.dossier == Dossier.id)
        .join(User, User.id == Proposal.proposed_by)
        .where(Proposal.status == WAITING)
        .order_by(Proposal.proposed_at, Proposal.id)
    )
    if dossier is not None:
        wanted = wanted.where(Proposal.dossier == dossier)
    with context.record.reading() as connection:
        rows = connection.execute(wanted).all()
        absent = acted_for(connection, map(_deed, rows))
        persons = {one for row in rows for one in _before(row)} | {context.actor.user_id}
        stints = stints_of(connection, persons) if rows else ()
    return tuple(_row(context, row, stints, absent.get(_deed(row))) for row in rows)


def find_proposal(context: Context, proposal: str) -> ProposalRow:
    """Raises `NotFound` for one that is settled, unknown or out of reach."""
    found = next((row for row in proposals(context) if row.id == proposal), None)
    if found is None:
        raise NotFound(what="proposal")
    return found


def _deed(row: Row[Any]) -> Deed:
    return Deed(user=row.proposed_by, at=row.proposed_at, roles=(row.role,), path=row.path, org=row.org)


def _before(row: Row[Any]) -> list[str]:
    """Whoever proposed, confirmed or answered for it already."""
    return [one for one in (row.proposed_by, row.confirmed_by, row.overridden_by) if one]


def _row(context: Context, row: Row[Any], stints: Sequence[Stint], absent: str | None) -> ProposalRow:
    roles = SUPERIORS if row.has_override and row.confirmed_by is None else DECIDING
    roles = (*COMMITTEE, *DECIDING) if row.do == "corrected" else roles
    me, before = context.actor.user_id, _before(row)
    is_one = any(are_one(stints, me, one, row.proposed_at, context.now) for one in before)
    return ProposalRow(
        id=row.id,
        dossier=row.dossier,
        name=row.name,
        branch_name=row.branch_name,
        stage=row.stage,
        do=row.do,
        on=row.on,
        details=json.loads(row.details),
        has_override=row.has_override,
        is_confirmed=row.confirmed_by is not None,
        proposed_by=row.proposed_by,
        proposed_by_name=row.proposed_by_name,
        proposed_instead_of=absent,
        proposed_at=row.proposed_at,
        findings=findings_of(row.findings),
        may_confirm=not is_one and context.actor.held(roles, row.path) is not None,
        counts_as_one=is_one and me not in before,
    )
