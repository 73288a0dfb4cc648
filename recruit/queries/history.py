"""The history of one dossier: every act, as of a day, as known at an instant; refusals between.

Nothing sealed is opened here: see `recruit/commands/reveals.py`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, select

from recruit.commands.rights import SUPERIORS, confirming_roles
from recruit.commands.standing import Standing, find_standing
from recruit.commands.writing import LATE
from recruit.context import Context
from recruit.discretion import knows_objections, told
from recruit.findings import findings_of
from recruit.log.envelope import act_of
from recruit.queries.acted_for import Deed, acted_for
from recruit.tables import Act as ActRow
from recruit.tables import Attempt, Content, User
from workflows.acts import Act
from workflows.findings import Finding
from workflows.fold import Effect, corrected_acts, fold_history

Written = Literal["nothing", "sealed", "withheld", "erased"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An act (`seq`) or a refused attempt (`seq` None). `is_late`: entered later than the setting allows.

    `effect`: "superseded" where another act or none stands in its place by the act `corrected_by`; that act
    holds the replacement, and has fallen where the replacement has. `written`: whether there is a text
    beside the details; "withheld" where it is not for this reader. `..._instead_of`: the name of the absent
    user for whom that person stood in.
    """

    seq: int | None
    do: str
    on: date
    recorded_at: datetime
    by: str | None
    by_name: str
    confirmed_by_name: str | None
    overridden_by_name: str | None
    by_instead_of: str | None
    confirmed_instead_of: str | None
    overridden_instead_of: str | None
    role: str
    org: str
    details: Mapping[str, object]
    written: Written
    findings: tuple[Finding, ...]
    effect: Effect | None
    is_late: bool
    corrected_by: int | None
    hash: str | None
    act: Act | None

    @property
    def is_refused(self) -> bool:
        return self.seq is None


def history(
    context: Context,
    dossier: str,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    attempts: bool = True,
) -> tuple[Entry, ...]:
    """In the order of recording. `as_of`: happened by that day; `known_at`: recorded by then.

    Raises `NotFound`.
    """
    known = context.now if known_at is None else known_at
    with context.record.reading() as connection:
        standing = find_standing(connection, context, dossier)
        entries = _acts(connection, context, standing, known)
        if attempts:
            entries += _attempts(connection, context, standing, known)
    shown = [entry for entry in entries if as_of is None or entry.on <= as_of]
    return tuple(sorted(shown, key=lambda entry: (entry.recorded_at, entry.seq is None, entry.seq or 0)))


def _acts(connection: Connection, context: Context, standing: Standing, known: datetime) -> list[Entry]:
    wanted = (
        select(ActRow.seq, ActRow.canonical, ActRow.hash, ActRow.findings, Content.act.label("content"))
        .outerjoin(Content, Content.act == ActRow.id)
        .where(ActRow.dossier == standing.id, ActRow.recorded_at <= known)
        .order_by(ActRow.seq)
    )
    rows = connection.execute(wanted).all()
    acts = [act_of(row.canonical) for row in rows]
    corrected = _corrected(acts)
    effects = _effects(acts, corrected, standing) if acts else ()
    written = _written(context, standing, rows, acts)
    names = _names(connection, acts)
    deeds = [_deeds(act, acts, standing) for act in acts]
    absent = acted_for(connection, [deed for of_act in deeds for deed in of_act if deed])
    return [
        _entry(
            row,
            act,
            effect,
            one,
            names,
            corrected,
            [absent.get(deed) if deed else None for deed in done],
            told(context, standing.path, findings_of(row.findings)),
        )
        for row, act, effect, one, done in zip(rows, acts, effects, written, deeds, strict=True)
    ]


def _deeds(act: Act, acts: Sequence[Act], standing: Standing) -> tuple[Deed | None, Deed | None, Deed | None]:
    """What was done by whoever recorded, confirmed and answered for the act."""
    number = act.count("act") if act.do == "corrected" else None
    corrects = acts[number - 1].do if number and number <= len(acts) else None
    done = (
        (act.by, (act.role or "",), act.org or ""),
        (act.confirmed_by, confirming_roles(act.do, corrects), ""),
        (act.override.by if act.override else None, SUPERIORS, ""),
    )
    first, second, third = (
        Deed(user=user, at=act.recorded_at, roles=roles, path=standing.path, org=org) if user else None
        for user, roles, org in done
    )
    return first, second, third


def _written(
    context: Context, standing: Standing, rows: Sequence[Row[*tuple[Any, ...]]], acts: Sequence[Act]
) -> list[Written]:
    """By the commitment that each act carries: what was once written is never told as never written."""
    has_key = context.record.keys.has(standing.person)
    found: list[Written] = []
    for row, act in zip(rows, acts, strict=True):
        if not json.loads(row.canonical)["content"]:
            found.append("nothing")
        elif row.content is None or not has_key:
            found.append("erased")
        else:
            found.append("sealed" if may_read(context, path=standing.path, do=act.do) else "withheld")
    return found


def _corrected(acts: list[Act]) -> dict[int, int]:
    """The correction that counts, by the number of the act that it corrects; the last that stands."""
    found: dict[int, int] = {}
    for seq, act in reversed(list(enumerate(corrected_acts(acts), start=1))):
        target = act.count("act") if act is not None and act.do == "corrected" else None
        if target is not None and 0 < target < seq:
            found.setdefault(target, seq)
    return found


def _effects(acts: list[Act], corrected: Mapping[int, int], standing: Standing) -> list[Effect]:
    """As the fold has them, told of the acts as they were recorded: a replacement's is its correction's."""
    folded = fold_history(acts, standing.ground).effects
    effects: list[Effect] = list(folded)
    for target, correction in corrected.items():
        if folded[target - 1] == "fallen":
            effects[correction - 1] = "fallen"
        effects[target - 1] = "superseded"
    return effects


def _entry(
    row: Row[*tuple[Any, ...]],
    act: Act,
    effect: Effect,
    written: Written,
    names: Mapping[str, str],
    corrected: Mapping[int, int],
    absent: Sequence[str | None],
    findings: tuple[Finding, ...],
) -> Entry:
    return Entry(
        seq=row.seq,
        do=act.do,
        on=act.on,
        recorded_at=act.recorded_at,
        by=act.by,
        by_name=names.get(act.by or "", ""),
        confirmed_by_name=names.get(act.confirmed_by or "") if act.confirmed_by else None,
        overridden_by_name=names.get(act.override.by) if act.override else None,
        by_instead_of=absent[0],
        confirmed_instead_of=absent[1],
        overridden_instead_of=absent[2],
        role=act.role or "",
        org=act.org or "",
        details=dict(act.details),
        written=written,
        findings=findings,
        effect=effect,
        is_late=any(one.rule == LATE for one in findings),
        corrected_by=corrected.get(row.seq),
        hash=row.hash.hex(),
        act=act,
    )


def _attempts(connection: Connection, context: Context, standing: Standing, known: datetime) -> list[Entry]:
    rows = connection.execute(
        select(
            Attempt.do,
            Attempt.on,
            Attempt.at,
            Attempt.actor,
            Attempt.role,
            Attempt.org,
            Attempt.details,
            Attempt.findings,
            User.name,
        )
        .join(User, User.id == Attempt.actor)
        .where(Attempt.dossier == standing.id, Attempt.at <= known)
        .order_by(Attempt.at),
    ).all()
    deeds = [
        Deed(user=row.actor, at=row.at, roles=(row.role,), path=standing.path, org=row.org) for row in rows
    ]
    absent = acted_for(connection, deeds)
    return [
        Entry(
            seq=None,
            do=row.do,
            on=row.on,
            recorded_at=row.at,
            by=row.actor,
            by_name=row.name,
            confirmed_by_name=None,
            overridden_by_name=None,
            by_instead_of=absent.get(deed),
            confirmed_instead_of=None,
            overridden_instead_of=None,
            role=row.role,
            org=row.org,
            details=json.loads(row.details),
            written="nothing",
            findings=told(context, standing.path, findings_of(row.findings)),
            effect=None,
            is_late=False,
            corrected_by=None,
            hash=None,
            act=None,
        )
        for row, deed in zip(rows, deeds, strict=True)
    ]


def may_read(context: Context, *, path: str, do: str) -> bool:
    """Whether a content is for this reader: a branch that hands on an objection reads it no more."""
    if do not in {"objection_received", "objection_concluded"}:
        return True
    return knows_objections(context, path)


def _names(connection: Connection, acts: list[Act]) -> Mapping[str, str]:
    wanted = {
        one
        for act in acts
        for one in (act.by, act.confirmed_by, act.override.by if act.override else None)
        if one
    }
    rows = connection.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {id_: name for id_, name in rows}  # noqa: C416 - rows are not pairs
