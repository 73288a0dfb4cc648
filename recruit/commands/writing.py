"""Writing an accepted act: the act, its content, and the projections, in the caller's transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update

from recruit.commands.posting import papers_of, poster, put_up, take_off
from recruit.commands.projections import follow_forms, follow_roll, projected_until, write_deadlines
from recruit.commands.standing import Standing, path_of
from recruit.content import seal_content
from recruit.context import Context
from recruit.errors import StaleDossier
from recruit.findings import findings_json
from recruit.ids import microseconds, new_id
from recruit.log.canonical import canonical_bytes, digest
from recruit.log.envelope import Link, act_of, envelope
from recruit.log.tree import add_leaf
from recruit.prepared import Prepared
from recruit.tables import Act as ActRow
from recruit.tables import Content, Dossier
from workflows.acts import Act
from workflows.facts import Facts
from workflows.facts_json import plain_facts
from workflows.findings import Finding
from workflows.fold import corrected_acts, fold, fold_history

LATE = "recorded_late"
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_ACT = Prepared(insert(ActRow))
_CONTENT = Prepared(insert(Content))
_BEGIN = Prepared(insert(Dossier))
_ADVANCE = Prepared(
    update(Dossier)
    .where(Dossier.id == bindparam("dossier"), Dossier.version == bindparam("seen"))
    .values(
        stage=bindparam("stage"),
        phase=bindparam("phase"),
        version=bindparam("version"),
        facts=bindparam("facts"),
        branch=bindparam("branch"),
        path=bindparam("path"),
        admission_decided_on=bindparam("admission_decided_on"),
        projected_until=bindparam("projected_until"),
        last_hash=bindparam("last_hash"),
    ),
)
_CANONICALS = Prepared(
    select(ActRow.canonical).where(ActRow.dossier == bindparam("dossier")).order_by(ActRow.seq)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    facts: Facts
    stage: str
    phase: str
    seq: int
    hash: str


def write_act(
    connection: Connection,
    context: Context,
    standing: Standing,
    act: Act,
    *,
    content: Mapping[str, str],
    findings: tuple[Finding, ...],
    key: str,
) -> Written:
    """Raises `StaleDossier` when the dossier's row is not the one that was judged."""
    id_ = new_id(context.now)
    seq = standing.version + 1
    sealed = seal_content(context.record.keys, person=standing.person, act=id_, content=content)
    link = Link(
        id=id_,
        dossier=standing.id,
        seq=seq,
        prev=standing.prev,
        key=key,
        content=sealed.commitment if sealed else "",
    )
    canonical = canonical_bytes(envelope(act, link, standing.ground))
    hashed = digest(canonical)
    facts = facts_after(connection, standing, act)
    phase = standing.ground.edition_on(act.on).stages[facts.stage].phase
    _write_dossier(connection, standing, facts, phase=phase, last_hash=hashed)
    context.record.remembered.keep(standing.id, hashed, facts)
    _ACT.run(
        connection,
        {
            "id": id_,
            "dossier": standing.id,
            "seq": seq,
            "do": act.do,
            "on": act.on.isoformat(),
            "recorded_at": microseconds(act.recorded_at),
            "meeting": act.meeting,
            "purpose": (act.purpose or act.do) if act.meeting else None,
            "findings": findings_json(findings) if findings else None,
            "is_late": any(one.rule == LATE for one in findings),
            "hash": hashed,
            "canonical": canonical,
        },
    )
    add_leaf(connection, id=id_, canonical=canonical, is_event=False)
    if sealed is not None:
        _CONTENT.run(
            connection, {"act": id_, "person": standing.person, "salt": sealed.salt, "sealed": sealed.sealed}
        )
    write_deadlines(connection, standing, facts)
    follow_forms(connection, standing, facts, is_correction=act.do == "corrected")
    follow_roll(connection, context, standing, facts)
    follow_notices(connection, context, standing, facts, act)
    return Written(facts=facts, stage=facts.stage, phase=phase, seq=seq, hash=hashed.hex())


def facts_after(connection: Connection, standing: Standing, act: Act) -> Facts:
    """One step further, or all anew after a correction."""
    if act.do != "corrected":
        return fold(standing.facts, act, standing.ground)
    folded = fold_history((*acts_of(connection, standing.id), act), standing.ground)
    assert folded.facts is not None
    return folded.facts


def acts_of(connection: Connection, dossier: str) -> tuple[Act, ...]:
    """Every act of a dossier, in the order of recording."""
    return tuple(
        act_of(bytes(row[0])) for row in _CANONICALS.run(connection, {"dossier": dossier}).fetchall()
    )


def follow_notices(
    connection: Connection, context: Context, standing: Standing, facts: Facts, act: Act
) -> None:
    """Whoever is posted stands on the paper of that notice; a correction moves him to the right one."""
    before = standing.facts.notices if standing.facts else ()
    if facts.notices == before:
        return
    known, wanted = papers_of(standing.facts), papers_of(facts)
    for seq in known.keys() - wanted.keys() | {
        seq for seq, paper in wanted.items() if known.get(seq) != paper
    }:
        take_off(connection, standing, seq)
    for seq, paper in wanted.items():
        if known.get(seq) == paper:
            continue
        posted = act if act.do != "corrected" else corrected_acts(acts_of(connection, standing.id))[seq - 1]
        put_up(connection, standing, paper, organization=poster(posted, standing), seq=seq, now=context.now)


def admission_decided_on(facts: Facts) -> str | None:
    """The day of the committee's decision that admitted."""
    days = [one.on for one in facts.decisions if one.purpose == "admission" and one.approved]
    return days[-1].isoformat() if days else None


def facts_text(facts: Facts) -> str:
    return _encoder.encode(plain_facts(facts))


def _write_dossier(
    connection: Connection, standing: Standing, facts: Facts, *, phase: str, last_hash: bytes
) -> None:
    branch = facts.branch or standing.branch
    values: dict[str, object] = {
        "branch": branch,
        "path": standing.path if branch == standing.branch else path_of(connection, branch),
        "stage": facts.stage,
        "phase": phase,
        "version": facts.version,
        "facts": facts_text(facts),
        "admission_decided_on": admission_decided_on(facts),
        "projected_until": projected_until(facts).isoformat(),
        "last_hash": last_hash,
    }
    if standing.facts is None:
        begun = {
            "id": standing.id,
            "person": standing.person,
            "opened_on": facts.opened_on.isoformat(),
            "listed": standing.listed,
        }
        _BEGIN.run(connection, {**values, **begun})
        return
    if _ADVANCE.run(connection, {**values, "dossier": standing.id, "seen": standing.version}).rowcount != 1:
        raise StaleDossier(version=standing.version)
