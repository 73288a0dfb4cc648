"""The one-time link of `recruit init`: 256 bits, of which only the hash is kept, beside the keys."""

import json
import os
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path

from recruit.record import Record

MINUTES = 15


def new_token(record: Record, now: datetime) -> str:
    """A new token for as long as `MINUTES`; an older one no longer opens anything."""
    token = secrets.token_urlsafe(32)
    kept = {"hash": _hashed(token), "until": (now + timedelta(minutes=MINUTES)).isoformat()}
    file = _file(record)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as stream:
        json.dump(kept, stream)
    return token


def is_open(record: Record, token: str, now: datetime) -> bool:
    """Whether this token still opens the first page."""
    try:
        kept = json.loads(_file(record).read_text())
    except FileNotFoundError:
        return False
    return compare_digest(kept["hash"], _hashed(token)) and now < datetime.fromisoformat(kept["until"])


def spend(record: Record) -> None:
    """The link has done its work."""
    _file(record).unlink(missing_ok=True)


def _file(record: Record) -> Path:
    return record.folder / "keys" / "setup.json"


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
