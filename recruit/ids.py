"""Identifiers that sort by the instant of their making (ULID, 26 characters)."""

from datetime import UTC, datetime, timedelta
from os import urandom

from ulid import ULID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def new_id(now: datetime) -> str:
    milliseconds = microseconds(now) // 1000
    return str(ULID.from_bytes(milliseconds.to_bytes(6, "big") + urandom(10)))


def made_at(id_: str) -> datetime:
    """When an identifier was made, to the millisecond."""
    return instant(int.from_bytes(ULID.from_str(id_).bytes[:6], "big") * 1000)


def microseconds(instant: datetime) -> int:
    """The instant as whole microseconds since 1970, exact."""
    return (instant - _EPOCH) // _MICROSECOND


def instant(value: int) -> datetime:
    return _EPOCH + timedelta(microseconds=value)
