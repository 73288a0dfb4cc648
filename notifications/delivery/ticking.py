"""The outbox's tick: composed, then sent."""

from datetime import datetime

import structlog

from notifications.delivery.composing import compose
from notifications.delivery.config import delivery_config, senders, way_of
from notifications.delivery.running import deliver
from recruit.record import Record

_log = structlog.get_logger(__name__)


def tick_outbox(record: Record, now: datetime) -> int:
    """Compose what is to be told by messages, and send what is due; how many rows were written and sent."""
    config = delivery_config()
    composed = compose(record, now, channels=config.channels)
    done = deliver(record, now, senders(), way=way_of(config))
    if done.failed or done.lost:
        _log.warning("outbox_left_messages", failed=done.failed, dead=done.dead, lost=done.lost)
    return composed + done.sent
