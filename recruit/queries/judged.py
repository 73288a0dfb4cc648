"""One act opened: the state before and after it, every rule judged again, and its place in the log."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from recruit.commands.around import load_around
from recruit.commands.standing import Standing, find_standing
from recruit.commands.writing import acts_of
from recruit.context import Context
from recruit.errors import NotFound
from recruit.places import organization_or_none
from recruit.queries.checkpoints import latest_signed
from recruit.queries.difference import DeadlineChange, deadline_changes
from recruit.queries.history import Entry, history
from recruit.tables import Act as ActRow
from recruit.tables import Leaf
from workflows.acts import Act
from workflows.case import case_of
from workflows.changes import Change, changes
from workflows.deadlines import deadlines_of
from workflows.facts import Facts
from workflows.fold import fold_history
from workflows.ground import Ground
from workflows.steps import Check, recorded_checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class InLog:
    """`leaf` None: not yet numbered. `size`: of the newest signed checkpoint; `signed_at` None: of none."""

    hash: str
    previous: str
    key: str
    calendar: str
    settings: str
    leaf: int | None
    size: int
    signed_at: datetime | None

    @property
    def is_signed(self) -> bool:
        return self.leaf is not None and self.leaf < self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """`edition`: by which it was judged, of its own day. `checks` empty: nothing was judged then.

    Before and after count what was recorded up to the act; the plan's places of that day are not known any
    more, so its rule is told as not checked.
    """

    entry: Entry
    edition: str
    is_judged: bool
    before: Facts | None
    after: Facts
    changes: tuple[Change, ...]
    deadlines: tuple[DeadlineChange, ...]
    checks: tuple[Check, ...]
    log: InLog
    count: int


def opened_act(context: Context, dossier: str, seq: int) -> Opened:
    """Raises `NotFound` for a dossier out of reach or a number that no act has."""
    entries = {entry.seq: entry for entry in history(context, dossier, attempts=False)}
    entry = entries.get(seq)
    if entry is None or entry.act is None:
        raise NotFound(what="act")
    with context.record.reading() as connection:
        standing = find_standing(connection, context, dossier)
        acts = acts_of(connection, dossier)
        before, after = _states(acts[: seq - 1], acts[seq - 1], standing.ground)
        checks = _checks(connection, context, standing, before, entry.act)
        log, edition = _in_log(connection, dossier, seq)
    ground = standing.ground
    return Opened(
        entry=entry,
        edition=edition,
        is_judged=ground.is_judged(entry.on),
        before=before,
        after=after,
        changes=changes(before, after),
        deadlines=deadline_changes(
            deadlines_of(before, ground, entry.on) if before else (), deadlines_of(after, ground, entry.on)
        ),
        checks=checks,
        log=log,
        count=len(entries),
    )


def _states(earlier: Sequence[Act], act: Act, ground: Ground) -> tuple[Facts | None, Facts]:
    before = fold_history(earlier, ground).facts if earlier else None
    after = fold_history((*earlier, act), ground).facts
    assert after is not None
    return before, after


def _checks(
    connection: Connection, context: Context, standing: Standing, before: Facts | None, act: Act
) -> tuple[Check, ...]:
    """Judged again today, with the branch of that day and the acts of before it."""
    then = _standing_then(connection, context, standing, before, act)
    around = replace(load_around(connection, context, then, act), plan=None)
    return recorded_checklist(case_of(before, act, standing.ground, around))


def _standing_then(
    connection: Connection, context: Context, standing: Standing, before: Facts | None, act: Act
) -> Standing:
    branch = (before.branch_at(act.on) if before else None) or standing.branch
    place = None if branch == standing.branch else organization_or_none(connection, branch)
    if place is None:
        return replace(standing, facts=before)
    line = context.record.laws.line(connection, place.path)
    return replace(standing, facts=before, branch=branch, path=place.path, line=line)


def _in_log(connection: Connection, dossier: str, seq: int) -> tuple[InLog, str]:
    row = connection.execute(
        select(ActRow.canonical, ActRow.hash, Leaf.index.label("leaf"))
        .outerjoin(Leaf, Leaf.id == ActRow.id)
        .where(ActRow.dossier == dossier, ActRow.seq == seq)
    ).one()
    signed = latest_signed(connection)
    read: Mapping[str, str] = json.loads(row.canonical)
    log = InLog(
        hash=row.hash.hex(),
        previous=read["prev"],
        key=read["key"],
        calendar=read["calendar"],
        settings=read["settings"],
        leaf=row.leaf,
        size=0 if signed is None else signed.size,
        signed_at=None if signed is None else signed.at,
    )
    return log, read["edition"]
