"""The rows of an auditor's register: acts and refused attempts, read alike."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from recruit.clock import civil_day
from recruit.context import Context
from recruit.findings import findings_of
from recruit.log.envelope import act_of
from recruit.tables import Act as ActRow
from recruit.tables import Attempt, Dossier, Organization, Person, User
from workflows.acts import Act
from workflows.findings import Finding
from workflows.ground import Ground

_OF_THE_BRANCH = frozenset({"branch_secretary", "branch_clerk", "general_branch"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """`seq` None: a refused attempt. `name` None: of one that would have begun a dossier.

    `is_copied`: entered by the committee's office from the branch's signed paper; `is_transcribed`: of
    before the day from which the record is kept, entered from an old file.
    """

    id: str
    dossier: str | None
    name: str | None
    branch: str
    branch_name: str
    seq: int | None
    do: str
    on: date
    recorded_at: datetime
    by: str | None
    by_name: str
    role: str
    findings: tuple[Finding, ...]
    act: Act | None
    hash: str | None
    is_late: bool = False
    is_copied: bool = False
    is_transcribed: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of a table, and how one of them is read."""

    table: type[ActRow] | type[Attempt]
    columns: tuple[Any, ...]
    read: Callable[[Context, Connection, Row[Any]], RegisterEntry]


_SHARED = (
    Dossier.id.label("dossier"), Person.name, Organization.id.label("branch"), Organization.path,
    Organization.name.label("branch_name"),
)  # fmt: skip


def _act_entry(context: Context, connection: Connection, row: Row[Any]) -> RegisterEntry:
    act = act_of(row.canonical)
    ground = context.record.laws.ground(connection, row.path)
    is_transcribed = ground.is_past(act.on, recorded_on=civil_day(row.recorded_at))
    return RegisterEntry(
        id=row.id, dossier=row.dossier, name=row.name, branch=row.branch, branch_name=row.branch_name,
        seq=row.seq, do=act.do, on=act.on, recorded_at=row.recorded_at, by=act.by, by_name="",
        role=act.role or "", findings=findings_of(row.findings), act=act, hash=row.hash.hex(),
        is_late=row.is_late, is_copied=not is_transcribed and is_copied(act, ground),
        is_transcribed=is_transcribed,
    )  # fmt: skip


def is_copied(act: Act, ground: Ground) -> bool:
    """A step of the branch that was recorded from its signed paper by whoever is not the branch."""
    kind = ground.edition_on(act.on).acts.get(act.do)
    if kind is None or act.role is None or act.do == "corrected":
        return False
    return kind.recorders(act.purpose)[0] == "B" and act.role not in _OF_THE_BRANCH


def _attempt_entry(_context: Context, _connection: Connection, row: Row[Any]) -> RegisterEntry:
    return RegisterEntry(
        id=row.id, dossier=row.dossier, name=row.name, branch=row.branch, branch_name=row.branch_name,
        seq=None, do=row.do, on=row.on, recorded_at=row.at, by=row.actor, by_name="", role=row.role,
        findings=findings_of(row.findings), act=None, hash=None,
    )  # fmt: skip


ACTS = Source(
    ActRow,
    (ActRow.id, ActRow.seq, ActRow.recorded_at, ActRow.canonical, ActRow.findings, ActRow.is_late,
     ActRow.hash, *_SHARED),
    _act_entry,
)  # fmt: skip
ATTEMPTS = Source(
    Attempt,
    (Attempt.id, Attempt.do, Attempt.on, Attempt.at, Attempt.actor, Attempt.role, Attempt.findings,
     *_SHARED),
    _attempt_entry,
)  # fmt: skip


def named(connection: Connection, found: list[RegisterEntry]) -> tuple[RegisterEntry, ...]:
    """With the names of those who recorded them, in one statement."""
    wanted = select(User.id, User.name).where(User.id.in_({row.by for row in found if row.by}))
    names = {id_: name for id_, name in connection.execute(wanted)}  # noqa: C416 - rows are not pairs to the type checker
    return tuple(replace(row, by_name=names.get(row.by or "", "")) for row in found)
