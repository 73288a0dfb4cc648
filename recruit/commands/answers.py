"""Repeated requests: the first answer again to the same actor, key and body, for 30 days."""

import json
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import Connection, bindparam, delete, insert, select

from recruit.context import Context
from recruit.errors import BadInput, KeyReused, problem
from recruit.ids import microseconds
from recruit.prepared import Prepared
from recruit.serial import one_at_a_time
from recruit.tables import Idempotency

KEPT = timedelta(days=30)
RECORDED, PROPOSED, REFUSED = 201, 202, 422
_LONGEST = 80

_FIND = Prepared(
    select(Idempotency.digest, Idempotency.status, Idempotency.answer, Idempotency.at).where(
        Idempotency.actor == bindparam("actor"), Idempotency.key == bindparam("key")
    ),
)
_INSERT = Prepared(insert(Idempotency))
_FORGET = Prepared(
    delete(Idempotency).where(Idempotency.actor == bindparam("of"), Idempotency.key == bindparam("under")),
)


def _plain(value: object) -> object:
    """What JSON has no form for: mappings as objects, days and all else as their text."""
    return dict(value) if isinstance(value, Mapping) else str(value)


_writer = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_plain)


def body_digest(body: Mapping[str, object]) -> bytes:
    """Names a request's body; equal bodies have equal names."""
    return sha256(_encoder.encode(body).encode()).digest()


def answer_or_none(
    connection: Connection, context: Context, *, key: str, digest: bytes
) -> tuple[int, dict[str, object]] | None:
    """The status and answer that this key had before; the same request at the same time waits here.

    Raises `KeyReused` for another body, `BadInput` for a key that is none.
    """
    if not key or len(key) > _LONGEST:
        raise BadInput(problem("key", "missing"))
    one_at_a_time(connection, f"key:{context.actor.user_id}:{key}")
    row = _FIND.run(connection, {"actor": context.actor.user_id, "key": key}).fetchone()
    if row is None:
        return None
    if row[3] < microseconds(context.now - KEPT):
        _FORGET.run(connection, {"of": context.actor.user_id, "under": key})
        return None
    if bytes(row[0]) != digest:
        raise KeyReused
    return row[1], json.loads(row[2])


def keep_answer(
    connection: Connection,
    context: Context,
    *,
    key: str,
    digest: bytes,
    status: int,
    answer: Mapping[str, object],
) -> None:
    _INSERT.run(
        connection,
        {
            "actor": context.actor.user_id,
            "key": key,
            "digest": digest,
            "status": status,
            "answer": _writer.encode(answer),
            "at": microseconds(context.now),
        },
    )
