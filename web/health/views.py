"""Alive with its clock, and ready: the database answers, its guards stand, the log is signed."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from recruit.guards import missing_guards
from web.access import PUBLIC, reach
from web.heartbeat import is_signed, missing, ticks
from web.visitors import open_record

blueprint = Blueprint("health", __name__)

NOT_READY = 503


@blueprint.get("/healthz")
@reach(PUBLIC)
def alive() -> ResponseReturnValue:
    """The process answers; 503 with the names of the clock's tasks of which three runs are missing."""
    silent = [one.tick for one in missing()]
    warnings = ["checkpoint"] if ticks() and not is_signed() else []
    return jsonify(ok=not silent, missing=silent, warnings=warnings), NOT_READY if silent else 200


@blueprint.get("/readyz")
@reach(PUBLIC)
def ready() -> ResponseReturnValue:
    """Each check by name; 503 where one fails."""
    with open_record().reading() as connection:
        guards = not missing_guards(connection)
    checks = {"database": True, "guards": guards, "heartbeat": ticks(), "checkpoint": is_signed()}
    ok = all(checks.values())
    return jsonify(ok=ok, checks=checks), 200 if ok else NOT_READY
