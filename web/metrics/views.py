"""`/metrics`, for whoever audits or administers, and for the collector that the installation names."""

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest

from web.access import COLLECTOR, reach
from web.interface import METRICS
from web.metrics.collector import RecordCollector
from web.metrics.requests import EXTENSION
from web.problems import answer_problems
from web.visitors import now, open_record

blueprint = Blueprint("metrics", __name__)
answer_problems(blueprint)
READERS = ("auditor", "system_admin", "security_admin", "audit_admin")


@blueprint.get(METRICS)
@reach(COLLECTOR, *READERS)
def shown() -> ResponseReturnValue:
    """What the record holds now, then what this process has answered."""
    of_record = CollectorRegistry()
    of_record.register(RecordCollector(open_record(), now()))
    text = generate_latest(of_record) + generate_latest(current_app.extensions[EXTENSION])
    return Response(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)
