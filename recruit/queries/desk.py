"""The desk: what this person has to do today, the most urgent first."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import ScalarSelect, select

from recruit.context import Context, Day
from recruit.law import organizations_of
from recruit.queries.deadlines import DeadlineRow, Seat, pressing, pressing_number
from recruit.queries.dossiers import counts
from recruit.queries.obligations import ObligationRow, own_obligations
from recruit.queries.proposals import ProposalRow, proposals
from recruit.tables import Plan
from workflows.deadlines import SOON_DAYS
from workflows.edition import EDITIONS, Edition, load_edition

Kind = Literal["proposal", "overdue", "due_soon", "waiting", "milestone"]
_KINDS: dict[str, Kind] = {"overdue": "overdue", "due_soon": "due_soon"}
_ORDER: dict[Kind, int] = {"overdue": 0, "proposal": 1, "due_soon": 2, "waiting": 3, "milestone": 4}
# Somebody is held until it is settled: it is shown however far its day.
_HOLDS = frozenset({"objection"})
_MILESTONE_DAYS = 31
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """`id`: the deadline, the act of the proposal, or the milestone; `days`: until it is due.

    `act`: what would settle it. `label`: the plan's own words for a milestone. `owed`: the obligation of an
    organization of the actor's own, where it is one; it has neither dossier nor act. `path` (of the
    branch) and `key` (within the dossier) of a deadline.
    """

    kind: Kind
    id: str
    dossier: str | None
    name: str | None
    branch_name: str | None
    due: date | None
    days: int | None
    act: str | None
    proposal: str | None = None
    label: str | None = None
    owed: ObligationRow | None = None
    path: str = ""
    key: str = ""

    @classmethod
    def of_obligation(cls, on: date, row: ObligationRow) -> "Todo":
        due = row.deadline.due
        return cls(
            kind=_KINDS.get(row.status(on), "waiting"),
            id=row.deadline.id,
            dossier=None,
            name=None,
            branch_name=row.organization_name,
            due=due,
            days=(due - on).days,
            act=None,
            owed=row,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`more`: how many deadlines there are beside those among the `todos`."""

    todos: tuple[Todo, ...]
    more: int
    counts: dict[str, int]
    proposals: tuple[ProposalRow, ...]


def desk(context: Context, *, seats: Sequence[Seat] | None = None, most: int | None = None) -> Desk:
    """The to-dos of the actor's reach and how many dossiers are where.

    `seats`: of the deadlines only those that are their work; `most`: so many of them, the earliest.
    """
    waiting = proposals(context)
    due = pressing(context, until=_soon(context), held=_HOLDS, seats=seats, most=most)
    counted = _due_count(context, seats) if seats is not None and len(due) == most else len(due)
    todos = [
        *(_of_deadline(context, row) for row in due),
        *(_of_proposal(row) for row in waiting if row.may_confirm),
        *(Todo.of_obligation(context.on, row) for row in own_obligations(context)),
        *_milestones(context),
    ]
    ordered = sorted(todos, key=lambda todo: (_ORDER[todo.kind], todo.due or context.on, todo.dossier or ""))
    return Desk(todos=tuple(ordered), more=counted - len(due), counts=counts(context), proposals=waiting)


def pressing_todos(context: Context, seats: Sequence[Seat], *, most: int) -> tuple[Todo, ...]:
    """The deadlines that are these seats' work and press now, the earliest first."""
    due = pressing(context, until=_soon(context), held=(), seats=seats, most=most)
    return tuple(_of_deadline(context, row) for row in due)


def due_number(context: Context | Day, seats: Sequence[Seat]) -> ScalarSelect[int]:
    """How many deadlines are these seats' work now, at most `MOST_COUNTED`; part of a statement."""
    return pressing_number(context, until=_soon(context), held=_HOLDS, seats=seats, most=MOST_COUNTED)


def _due_count(context: Context, seats: Sequence[Seat]) -> int:
    with context.record.reading() as connection:
        return connection.execute(select(due_number(context, seats))).scalar_one()


def _soon(context: Context | Day) -> date:
    return context.on + timedelta(days=SOON_DAYS)


def _of_deadline(context: Context, row: DeadlineRow) -> Todo:
    due = row.deadline
    kind = _edition_on(context.on).deadlines.get(due.id)
    return Todo(
        kind=_KINDS.get(row.status(context.on), "waiting"),
        id=due.id,
        dossier=row.dossier,
        name=row.name,
        branch_name=row.branch_name,
        due=due.due,
        days=(due.due - context.on).days,
        act=kind.act if kind else None,
        path=row.path,
        key=due.key,
    )


def _of_proposal(row: ProposalRow) -> Todo:
    return Todo(
        kind="proposal",
        id=row.do,
        dossier=row.dossier,
        name=row.name,
        branch_name=row.branch_name,
        due=None,
        days=None,
        act=row.do,
        proposal=row.id,
    )


def _milestones(context: Context) -> Iterator[Todo]:
    """Of the plans of the actor's organizations and those above them: the days that lie in the next month."""
    organizations = {one for path in context.paths() for one in organizations_of(path)}
    wanted = (
        select(Plan.committee, Plan.document)
        .where(Plan.committee.in_(organizations), Plan.year == context.on.year)
        .order_by(Plan.version)
    )
    with context.record.reading() as connection:
        newest = {committee: document for committee, document in connection.execute(wanted)}  # noqa: C416 - rows are not pairs
    for document in newest.values():
        for one in json.loads(document).get("milestones") or ():
            due = date.fromisoformat(str(one.get("on") or one.get("to")))
            days = (due - context.on).days
            if 0 <= days <= _MILESTONE_DAYS:
                acts = one.get("acts") or [None]
                yield Todo(
                    kind="milestone",
                    id=str(one.get("id")),
                    dossier=None,
                    name=None,
                    branch_name=None,
                    due=due,
                    days=days,
                    act=acts[0],
                    label=one.get("label"),
                )


def _edition_on(day: date) -> Edition:
    begun = [edition for edition in map(load_edition, EDITIONS) if edition.in_force.begins <= day]
    return begun[-1] if begun else load_edition(EDITIONS[0])
