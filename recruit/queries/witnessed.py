"""How long what was recorded has waited to be proved by a checkpoint that is kept outside the house."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from recruit.commands.checkpoints import TEMPLATE
from recruit.lately import TAKEN_OUT, last
from recruit.queries.checkpoints import latest_signed, recorded_after
from recruit.record import Record
from recruit.tables import Outbox


def witnessed_size(record: Record) -> int | None:
    """How many acts and events a checkpoint of the present epoch proves that was sent or written out.

    None where nothing tells that one ever left the house.
    """
    with record.reading() as connection:
        latest = latest_signed(connection)
        known = [_sent(connection)]
    noted = last(record.folder, TAKEN_OUT)
    if noted is not None:
        known.append((noted.counts.get("epoch", 0), noted.counts.get("size", 0)))
    sizes = [size for epoch, size in filter(None, known) if latest is not None and epoch == latest.epoch]
    return max(sizes, default=None)


def oldest_unwitnessed_age(record: Record, *, size: int, now: datetime) -> timedelta | None:
    """Since when the first act or event waits that the `size` witnessed ones do not hold; None: none does."""
    with record.reading() as connection:
        since = recorded_after(connection, size)
    return None if since is None else max(now - since, timedelta())


def _sent(connection: Connection) -> tuple[int, int] | None:
    """Epoch and size of the newest one that was delivered."""
    newest = (
        select(Outbox.subject)
        .where(Outbox.template == TEMPLATE, Outbox.state == "sent")
        .order_by(Outbox.not_before.desc(), Outbox.id.desc())
        .limit(1)
    )
    subject = connection.execute(newest).scalar_one_or_none()
    if subject is None:
        return None
    _, epoch, size = subject.split("/")
    return int(epoch), int(size)
