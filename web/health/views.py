"""Alive, and ready: the database answers and its guards stand, and the clock has ticked."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from recruit.guards import missing_guards
from web.access import PUBLIC, reach
from web.heartbeat import ticks
from web.visitors import open_record

blueprint = Blueprint("health", __name__)

NOT_READY = 503


@blueprint.get("/healthz")
@reach(PUBLIC)
def alive() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(ok=True)


@blueprint.get("/readyz")
@reach(PUBLIC)
def ready() -> ResponseReturnValue:
    """Each check by name; 503 where one fails."""
    with open_record().reading() as connection:
        guards = not missing_guards(connection)
    checks = {"database": True, "guards": guards, "heartbeat": ticks()}
    ok = all(checks.values())
    return jsonify(ok=ok, checks=checks), 200 if ok else NOT_READY
