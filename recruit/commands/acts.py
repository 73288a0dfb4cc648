"""`record_act`: the only way to change a dossier, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from recruit.commands.answers import PROPOSED, RECORDED, REFUSED, answer_or_none, body_digest, keep_answer
from recruit.commands.attachments import ensure_kept, use_files
from recruit.commands.attempts import keep_attempt
from recruit.commands.judging import judge_act
from recruit.commands.news import tell
from recruit.commands.proposing import propose
from recruit.commands.reading import Read, kind_of, read_act, read_day
from recruit.commands.rights import Right, ensure_recorder
from recruit.commands.standing import Standing, find_standing
from recruit.commands.writing import write_act
from recruit.context import Context
from recruit.errors import Refused, StaleDossier
from recruit.findings import plain_findings, read_findings
from recruit.repeat import repeated
from workflows.findings import Finding, Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAct:
    """`on`: a date or ISO text. `override`: the reason; who answers for it confirms with an own log-in.

    `seen_version`: the dossier's version on the page that was filled in; None where one paper names several
    dossiers, and whoever sends it has seen none of them. `key`: new for each rendered form.
    """

    dossier: str
    do: str
    on: date | str
    seen_version: int | None
    key: str
    details: Mapping[str, object] = field(default_factory=dict)
    override: str | None = None
    cites: str | None = None
    meeting: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """`version` equals `seq`: a dossier has as many versions as acts. A dry run gives no hash."""

    dossier: str
    seq: int
    stage: str
    phase: str
    version: int
    findings: tuple[Finding, ...]
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The act waits for a second person. A dry run gives no `proposal`."""

    proposal: str
    dossier: str
    findings: tuple[Finding, ...]


Outcome = Recorded | Proposed | Refused


@repeated
def record_act(context: Context, command: RecordAct) -> Recorded | Proposed:
    """Judge and record one act.

    Raises `Refused` with every finding (the attempt is kept), `StaleDossier`, `KeyReused`, `NotFound`,
    `NotAllowed`, `BadInput`, `NotWritable`. A failed commit is unknown: send the same key again.
    """
    if command.dry_run:
        with context.record.reading() as connection:
            return outcome_or_raise(_dry(connection, context, command))
    digest = body_digest(context, _body(command))
    with context.record.writing() as connection:
        outcome = first_answer(connection, context, key=command.key, digest=digest)
        if outcome is None:
            outcome = _record(connection, context, command)
            remember(connection, context, outcome, key=command.key, digest=digest)
    return outcome_or_raise(outcome)


def outcome_or_raise(outcome: Outcome) -> Recorded | Proposed:
    """A refusal is raised after its transaction: the attempt stays."""
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


def first_answer(connection: Connection, context: Context, *, key: str, digest: bytes) -> Outcome | None:
    known = answer_or_none(connection, context, key=key, digest=digest)
    if known is None:
        return None
    status, answer = known
    answer["findings"] = read_findings(answer["findings"])  # type: ignore[arg-type]
    if status == RECORDED:
        return Recorded(**answer)  # type: ignore[arg-type]
    if status == PROPOSED:
        return Proposed(**answer)  # type: ignore[arg-type]
    return Refused(**answer)  # type: ignore[arg-type]


def remember(connection: Connection, context: Context, outcome: Outcome, *, key: str, digest: bytes) -> None:
    findings = plain_findings(outcome.findings)
    if isinstance(outcome, Recorded):
        answer = {
            name: getattr(outcome, name) for name in ("dossier", "seq", "stage", "phase", "version", "hash")
        }
        status = RECORDED
    elif isinstance(outcome, Proposed):
        answer, status = {"proposal": outcome.proposal, "dossier": outcome.dossier}, PROPOSED
    else:
        answer, status = {"stage": outcome.stage, "version": outcome.version}, REFUSED
    keep_answer(
        connection, context, key=key, digest=digest, status=status, answer={**answer, "findings": findings}
    )


def settle(
    connection: Connection,
    context: Context,
    standing: Standing,
    right: Right,
    read: Read,
    *,
    key: str,
    override: bool,
) -> Outcome:
    """Judge the act as read; refuse, propose or write it."""
    ensure_kept(connection, standing.id, read.act)
    judgement, act = judge_act(connection, context, standing, read.act, is_overridden=override)
    if not judgement.accepted:
        return keep_attempt(connection, context, standing, act, judgement.findings)
    use_files(connection, standing.id, act, now=context.now)
    kind = kind_of(standing.ground, act.do, act.on)
    if kind.confirmed or override:
        proposal = propose(
            connection,
            context,
            standing,
            right,
            read,
            findings=judgement.findings,
            key=key,
            override=override,
        )
        return Proposed(proposal=proposal, dossier=standing.id, findings=judgement.findings)
    return write(
        connection, context, standing, Read(act=act, content=read.content), judgement.findings, key=key
    )


def write(
    connection: Connection,
    context: Context,
    standing: Standing,
    read: Read,
    findings: tuple[Finding, ...],
    *,
    key: str,
) -> Recorded:
    written = write_act(
        connection, context, standing, read.act, content=read.content, findings=findings, key=key
    )
    kind = kind_of(standing.ground, read.act.do, read.act.on)
    if kind.tells and not standing.ground.is_past(read.act.on, recorded_on=context.on):
        tell(connection, context, standing, read.act, sides=kind.tells, seq=written.seq)
    return Recorded(
        dossier=standing.id,
        seq=written.seq,
        stage=written.stage,
        phase=written.phase,
        version=written.seq,
        findings=findings,
        hash=written.hash,
    )


def _record(connection: Connection, context: Context, command: RecordAct) -> Outcome:
    standing, right, read = prepare(connection, context, command)
    return settle(
        connection, context, standing, right, read, key=command.key, override=command.override is not None
    )


def _dry(connection: Connection, context: Context, command: RecordAct) -> Outcome:
    """The same answer, nothing written."""
    standing, _, read = prepare(connection, context, command)
    ensure_kept(connection, standing.id, read.act)
    judgement, _ = judge_act(
        connection, context, standing, read.act, is_overridden=command.override is not None
    )
    is_proposed = kind_of(standing.ground, read.act.do, read.act.on).confirmed or command.override is not None
    if judgement.accepted and is_proposed:
        return Proposed(proposal="", dossier=standing.id, findings=judgement.findings)
    return judged_only(standing, read, judgement)


def judged_only(standing: Standing, read: Read, judgement: Judgement) -> Outcome:
    if not judgement.accepted:
        return Refused(findings=judgement.findings, stage=standing.stage, version=standing.version)
    stage = judgement.to or standing.stage
    phase = standing.ground.edition_on(read.act.on).stages[stage].phase
    seq = standing.version + 1
    return Recorded(
        dossier=standing.id,
        seq=seq,
        stage=stage,
        phase=phase,
        version=seq,
        findings=judgement.findings,
        hash="",
    )


def prepare(connection: Connection, context: Context, command: RecordAct) -> tuple[Standing, Right, Read]:
    standing = find_standing(connection, context, command.dossier)
    on = read_day(command.on)
    kind = kind_of(standing.ground, command.do, on)
    right = ensure_recorder(context.actor, standing, kind, command.do, purpose=command.details.get("purpose"))
    read = read_act(
        context,
        standing,
        right,
        do=command.do,
        on=on,
        raw=command.details,
        cites=command.cites,
        meeting=command.meeting,
        override=command.override,
    )
    if command.seen_version not in {None, standing.version}:
        raise StaleDossier(version=standing.version)
    return standing, right, read


def _body(command: RecordAct) -> Mapping[str, object]:
    return {
        "dossier": command.dossier,
        "do": command.do,
        "on": str(command.on),
        "seen_version": command.seen_version,
        "details": command.details,
        "override": command.override,
        "cites": command.cites,
        "meeting": command.meeting,
    }
