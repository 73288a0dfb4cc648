"""Who looked at dossiers from outside: pages opened, exports, and what was sealed and shown."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from recruit.commands.standing import find_standing
from recruit.context import Context, reach
from recruit.errors import NotAllowed
from recruit.ids import instant
from recruit.tables import Dossier, Event, Organization, Reading, User

OVERSEERS = ("auditor", "audit_admin", "security_admin")
SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """`page`: as in commands/readings, or "revealed" with `what` and `reason`. `at`: the first time."""

    dossier: str
    branch_name: str
    user_name: str
    role: str
    page: str
    at: datetime
    what: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPage:
    """`before`: where the next page begins; None on the last."""

    rows: tuple[ReadingRow, ...]
    before: datetime | None


def readings_of(context: Context, dossier: str) -> tuple[ReadingRow, ...]:
    """Of one dossier, the newest first, `SHOWN` at most of each kind; nothing for who does not oversee.

    Raises `NotFound`.
    """
    with context.record.reading() as connection:
        standing = find_standing(connection, context, dossier)
        if context.actor.held(OVERSEERS, standing.path) is None:
            return ()
        wanted = _rows().where(Reading.dossier == dossier).order_by(Reading.at.desc()).limit(SHOWN)
        pages = [_row(row) for row in connection.execute(wanted)]
        branches = {standing.branch, *(id_ for _, id_ in (standing.facts.branches if standing.facts else ()))}
        shown = list(_revealed(connection, dossier, branches))
    return tuple(sorted((*pages, *shown), key=lambda one: one.at, reverse=True)[:SHOWN])


def readings(context: Context, *, before: datetime | None = None, limit: int = 50) -> ReadingPage:
    """Everything read within the reach of an overseer, the newest first; without what was revealed.

    Dossiers stand by their ids: who watches over log-ins has no business with names. Raises `NotAllowed`.
    """
    paths = context.paths(OVERSEERS)
    if not paths:
        raise NotAllowed(what="readings", needed=", ".join(OVERSEERS))
    wanted = _rows().where(reach(Organization.path, paths)).order_by(Reading.at.desc(), Reading.dossier)
    if before is not None:
        wanted = wanted.where(Reading.at < before)
    with context.record.reading() as connection:
        rows = [_row(row) for row in connection.execute(wanted.limit(limit + SHOWN))]
    shown = _whole_instants(rows, limit)
    return ReadingPage(rows=tuple(shown), before=shown[-1].at if len(shown) < len(rows) else None)


def _whole_instants(rows: list[ReadingRow], limit: int) -> list[ReadingRow]:
    """An export's rows have one instant: a page ends after all of them, or after as many as were read."""
    if len(rows) <= limit:
        return rows
    last = rows[limit - 1].at
    return [row for row in rows if row.at >= last]


def _rows() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Reading.dossier, Reading.page, Reading.at, Reading.role, User.name.label("user_name"),
        Organization.name.label("branch_name"),
    )  # fmt: skip
    return (
        select(*columns)
        .select_from(Reading)
        .join(User, User.id == Reading.user)
        .join(Dossier, Dossier.id == Reading.dossier)
        .join(Organization, Organization.id == Dossier.branch)
    )


def _row(row: Any) -> ReadingRow:  # noqa: ANN401 - a row of the select above
    return ReadingRow(
        dossier=row.dossier, branch_name=row.branch_name, user_name=row.user_name, role=row.role,
        page=row.page, at=row.at,
    )  # fmt: skip


def _revealed(connection: Connection, dossier: str, branches: set[str]) -> Iterator[ReadingRow]:
    """From the log itself: its events name what was shown, and why."""
    wanted = (
        select(Event.canonical, Organization.name)
        .join(Organization, Organization.id == Event.org)
        .where(Event.org.in_(branches), Event.do == "revealed")
        .order_by(Event.recorded_at.desc())
    )
    found = []
    for canonical, branch_name in connection.execute(wanted).yield_per(SHOWN):
        read = json.loads(bytes(canonical))
        if read["dossier"] == dossier:
            found.append((read, branch_name))
        if len(found) == SHOWN:
            break
    users = {read["actor"] for read, _ in found}
    named = connection.execute(select(User.id, User.name).where(User.id.in_(users)))
    names = {id_: name for id_, name in named}  # noqa: C416 - rows are not pairs to the type checker
    for read, branch_name in found:
        yield ReadingRow(
            dossier=dossier,
            branch_name=branch_name,
            user_name=names.get(read["actor"], ""),
            role=read["role"],
            page="revealed",
            at=instant(read["recorded_at"]),
            what=str(read["details"].get("what", "")),
            reason=str(read["details"].get("reason", "")),
        )
