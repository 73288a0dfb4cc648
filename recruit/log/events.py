"""Events: what happens to an organization rather than to a dossier, chained per organization."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select

from recruit.clock import civil_day
from recruit.context import Context
from recruit.ids import microseconds, new_id
from recruit.log.canonical import NO_HASH, VERSION, canonical_bytes, digest, plain
from recruit.log.tree import add_leaf
from recruit.prepared import Prepared
from recruit.serial import one_at_a_time
from recruit.tables import Event

_LAST = Prepared(
    select(Event.seq, Event.hash).where(Event.org == bindparam("org")).order_by(Event.seq.desc()).limit(1),
)
_INSERT = Prepared(insert(Event))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """`details` hold ids, dates, counts and enumerations only; nothing personal."""

    org: str
    do: str
    details: Mapping[str, object]
    role: str = ""
    dossier: str = ""
    key: str = ""
    confirmed_by: str = ""


def append_event(connection: Connection, context: Context, new: NewEvent) -> str:
    """Chain one event to its organization within the caller's transaction; gives its id."""
    one_at_a_time(connection, f"events:{new.org}")
    last = _LAST.run(connection, {"org": new.org}).fetchone()
    seq, prev = (last[0] + 1, bytes(last[1]).hex()) if last else (1, NO_HASH)
    id_ = new_id(context.now)
    on = civil_day(context.now).isoformat()
    canonical = canonical_bytes(
        {
            "v": VERSION,
            "id": id_,
            "dossier": new.dossier,
            "seq": seq,
            "do": new.do,
            "on": on,
            "recorded_at": microseconds(context.now),
            "actor": context.actor.user_id,
            "confirmed_by": new.confirmed_by,
            "role": new.role,
            "org": new.org,
            "edition": "",
            "calendar": "",
            "settings": "",
            "key": new.key,
            "details": plain(new.details),
            "content": "",
            "prev": prev,
        },
    )
    _INSERT.run(
        connection,
        {
            "id": id_,
            "org": new.org,
            "seq": seq,
            "do": new.do,
            "on": on,
            "recorded_at": microseconds(context.now),
            "hash": digest(canonical),
            "canonical": canonical,
        },
    )
    add_leaf(connection, id=id_, canonical=canonical, is_event=True)
    return id_
