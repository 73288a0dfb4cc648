"""Duties of organizations: done with a paper, once in each period, and corrected when that was wrong."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select, update

from recruit.commands.obligations import DUTY
from recruit.context import Context, ensure_role
from recruit.errors import BadInput, NotFound, problem
from recruit.find import find_organization
from recruit.log.events import NewEvent, append_event
from recruit.places import Place
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.tables import Obligation
from workflows.plans.duties import Level, level_of

LONGEST_PAPER = 200
# Who records for which organization; an organizer records from the branch's signed paper.
DUTY_RECORDERS: dict[Level, tuple[str, ...]] = {
    "branch": ("branch_secretary", "branch_clerk", "organizer"),
    "committee": ("organizer", "committee_secretary"),
    "department": ("department",),
}
CORRECTIONS = ("wrong_day", "wrong_paper", "not_done")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDuty:
    """`key`: the duty and its period ("activist_course:2016-01-01"); `paper`: what shows that it was done."""

    organization: str
    key: str
    on: date
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectDuty:
    """`reason`: one of `CORRECTIONS`; after `not_done` the duty is open again, without day and paper."""

    organization: str
    key: str
    reason: str
    on: date | None = None
    paper: str = ""


@repeated
def record_duty(context: Context, record: RecordDuty) -> None:
    """Repeated by the same user with the same day and paper it changes nothing.

    Raises `BadInput` for a day in the future or before the period, without a paper, for a period that is
    done already; `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        place, row, role = _found(connection, context, record.organization, record.key)
        paper = _ensure_fits(context, row, record.on, record.paper)
        if row.closed_on is not None:
            if (row.closed_on, row.paper, row.done_by) == (record.on, paper, context.actor.user_id):
                return
            raise BadInput(problem("on", "done_before", found=row.closed_on.isoformat()))
        _write(connection, context, row, record.on, paper)
        details = {**_named(row), "day": record.on, **_digest(context, row, paper)}
        new = NewEvent(org=place.id, do="duty_done", details=details, role=role)
        append_event(connection, context, new)


@repeated
def correct_duty(context: Context, correct: CorrectDuty) -> None:
    """Another day or paper, or not done after all; both days stay in the log.

    Raises `BadInput` as `record_duty`, and where nothing is recorded yet; `NotFound`, `NotAllowed`.
    """
    if correct.reason not in CORRECTIONS:
        raise BadInput(
            problem("reason", "not_one_of", found=correct.reason, choices=", ".join(CORRECTIONS)),
        )
    with context.record.writing() as connection:
        place, row, role = _found(connection, context, correct.organization, correct.key)
        if row.closed_on is None:
            raise BadInput(problem("on", "not_done_yet"))
        details = {**_named(row), "reason": correct.reason, "was": row.closed_on}
        if correct.reason == "not_done":
            _write(connection, context, row, None, None)
        else:
            if correct.on is None:
                raise BadInput(problem("on", "missing"))
            paper = _ensure_fits(context, row, correct.on, correct.paper)
            _write(connection, context, row, correct.on, paper)
            details |= {"day": correct.on, **_digest(context, row, paper)}
        new = NewEvent(org=place.id, do="duty_corrected", details=details, role=role)
        append_event(connection, context, new)


def _found(
    connection: Connection, context: Context, organization: str, key: str
) -> tuple[Place, Row[*tuple[Any, ...]], str]:
    place = find_organization(connection, context, organization)
    one_at_a_time(connection, f"duty:{organization}:{key}")
    row = connection.execute(
        select(Obligation.__table__).where(
            Obligation.organization == organization, Obligation.key == key, Obligation.kind == DUTY
        )
    ).one_or_none()
    level = level_of(place.kind)
    if row is None or level is None:
        raise NotFound(what="duty")
    return place, row, ensure_role(context, DUTY_RECORDERS[level], path=place.path, what="record_duty").role


def _ensure_fits(context: Context, row: Row[*tuple[Any, ...]], on: date, paper: str) -> str:
    if on > context.on:
        raise BadInput(problem("on", "not_yet_done", found=on.isoformat()))
    if on < row.opened_on:
        raise BadInput(problem("on", "before_its_period", found=on.isoformat(), needed=row.opened_on))
    if not paper.strip():
        raise BadInput(problem("paper", "missing"))
    return paper.strip()[:LONGEST_PAPER]


def _write(
    connection: Connection, context: Context, row: Row[*tuple[Any, ...]], on: date | None, paper: str | None
) -> None:
    """A duty that is open again is looked at by the clock's next sweep."""
    same = update(Obligation).where(Obligation.organization == row.organization, Obligation.key == row.key)
    done = (
        {"done_by": context.actor.user_id, "done_at": context.now}
        if on
        else {"done_by": None, "done_at": None}
    )
    connection.execute(same.values(closed_on=on, paper=paper, next_rung_on=date.min, **done))


def _named(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {"duty": row.id, "period": row.opened_on}


def _digest(context: Context, row: Row[*tuple[Any, ...]], paper: str) -> dict[str, str]:
    """The paper's number may name somebody: the log holds a keyed digest, so that a change of it shows."""
    text = f"{row.organization}:{row.key}:{paper}"
    return {"paper": context.record.keys.keyed("duty_paper", text).hex()}
