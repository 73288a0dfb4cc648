"""Refused attempts: kept with their findings, and listed in the log of the branch that they concern."""

import json

from sqlalchemy import Connection, insert

from recruit.commands.standing import Standing
from recruit.context import Context
from recruit.errors import Refused
from recruit.findings import findings_json
from recruit.ids import microseconds, new_id
from recruit.log.envelope import details_of
from recruit.log.events import NewEvent, append_event
from recruit.prepared import Prepared
from recruit.tables import Attempt
from workflows.acts import Act
from workflows.findings import Finding

_INSERT = Prepared(insert(Attempt))


def keep_attempt(
    connection: Connection, context: Context, standing: Standing, act: Act, findings: tuple[Finding, ...]
) -> Refused:
    """The refusal to raise once this transaction has kept it."""
    id_ = new_id(context.now)
    details = details_of(act)
    rules = [one.rule for one in findings if one.is_blocking]
    event = append_event(
        connection,
        context,
        NewEvent(
            org=standing.branch,
            do="refused",
            dossier=standing.id if standing.facts else "",
            details={"attempt": id_, "act": act.do, "day": act.on, "rules": rules},
            role=act.role or "",
        ),
    )
    _INSERT.run(
        connection,
        {
            "id": id_,
            "dossier": standing.id,
            "branch": standing.branch,
            "do": act.do,
            "on": act.on.isoformat(),
            "at": microseconds(context.now),
            "actor": context.actor.user_id,
            "role": act.role or "",
            "org": act.org or standing.branch,
            "details": json.dumps(details, ensure_ascii=False, sort_keys=True),
            "findings": findings_json(findings),
            "event": event,
        },
    )
    return Refused(findings=findings, stage=standing.stage, version=standing.version)
