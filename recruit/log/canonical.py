"""Canonical bytes: JSON with sorted keys, NFC text, integers, booleans; no floats, no nulls inside an act."""

import json
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256

VERSION = 1
NO_HASH = "0" * 64
FIELDS = frozenset(
    [
        "v",
        "id",
        "dossier",
        "seq",
        "do",
        "on",
        "recorded_at",
        "actor",
        "confirmed_by",
        "role",
        "org",
        "edition",
        "calendar",
        "settings",
        "key",
        "details",
        "content",
        "prev",
    ],
)
_LARGEST = 2**53

_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_bytes(value: Mapping[str, object]) -> bytes:
    """The one byte form of a value; dates become ISO text.

    Raises `TypeError` for a float, an instant or any other type that has no one form.
    """
    return _encoder.encode(plain(value)).encode()


def plain(value: object) -> object:
    """The value in the types that JSON has one form for."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise TypeError(f"{value} is larger than 2^53")
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        # most values are short texts: asking them here saves a call for each
        return {
            key if type(key) is str and key.isascii() else _key(key): one
            if type(one) is str and one.isascii()
            else plain(one)
            for key, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def digest(canonical: bytes) -> bytes:
    return sha256(canonical).digest()


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{type(key).__name__} cannot name a field")
    return key if key.isascii() else unicodedata.normalize("NFC", key)
