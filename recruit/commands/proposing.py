"""Acts that wait for a second person: judged, kept apart from the log."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, insert

from recruit.commands.reading import Read
from recruit.commands.rights import Right
from recruit.commands.standing import Standing
from recruit.context import Context
from recruit.findings import findings_json
from recruit.ids import microseconds, new_id
from recruit.log.canonical import canonical_bytes
from recruit.log.envelope import details_of
from recruit.prepared import Prepared
from recruit.tables import Proposal
from workflows.findings import Finding

WAITING, CONFIRMED, WITHDRAWN = "waiting", "confirmed", "withdrawn"
_INSERT = Prepared(insert(Proposal))


def propose(
    connection: Connection,
    context: Context,
    standing: Standing,
    right: Right,
    read: Read,
    *,
    findings: tuple[Finding, ...],
    key: str,
    override: bool,
) -> str:
    """Keep the act as a proposal; gives its id."""
    id_ = new_id(context.now)
    act = read.act
    sealed = None
    if read.content:
        sealed = context.record.keys.seal(standing.person, place_of(id_), canonical_bytes(read.content))
    _INSERT.run(
        connection,
        {
            "id": id_,
            "dossier": standing.id,
            "do": act.do,
            "on": act.on.isoformat(),
            "details": json.dumps(details_of(act), ensure_ascii=False, sort_keys=True),
            "sealed": sealed,
            "cites": act.cites,
            "meeting": act.meeting,
            "has_override": int(override),
            "seen_version": standing.version,
            "proposed_by": context.actor.user_id,
            "role": right.held.role,
            "org": act.org or standing.branch,
            "key": key,
            "proposed_at": microseconds(context.now),
            "findings": findings_json(findings),
            "status": WAITING,
            "confirmed_by": None,
            "overridden_by": None,
            "settled_at": None,
        },
    )
    return id_


def place_of(proposal: str) -> str:
    """Where a proposal's content is sealed."""
    return f"proposal:sealed:{proposal}"


def content_of(context: Context, *, person: str, proposal: str, sealed: bytes | None) -> Mapping[str, str]:
    if sealed is None:
        return {}
    clear: Mapping[str, str] = json.loads(context.record.keys.unseal(person, place_of(proposal), sealed))
    return clear
