"""What was last done for the record's safety: small files in its folder, read without the database."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from recruit.disk import whole_file
from recruit.ids import instant, microseconds

BACKUP, VERIFIED, TAKEN_OUT = "backups.json", "verified.json", "taken_out.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """`counts`: what belongs to it, each a whole number; `ok`: whether a verification found nothing."""

    at: datetime
    counts: Mapping[str, int]

    @property
    def ok(self) -> bool:
        return self.counts.get("problems", 0) == 0


def note(folder: Path, name: str, *, at: datetime, **counts: int) -> None:
    """Written whole, and the last one counts. Raises `OSError`."""
    with whole_file(folder / name) as file:
        file.write(json.dumps({"at": microseconds(at), **counts}).encode() + b"\n")


def last(folder: Path, name: str) -> Done | None:
    """None where nothing was noted, or nothing that can be read."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        read = json.loads((folder / name).read_text("utf-8"))
        counts = {str(key): int(value) for key, value in read.items()}
        return Done(at=instant(counts.pop("at")), counts=counts)
    return None
