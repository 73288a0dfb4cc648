"""Where a command finds its record: in the folder of `--data`, or on the PostgreSQL that is named."""

import os
from pathlib import Path

from recruit.record import Record
from web.cli.group import fail

DATABASE = "RECRUIT_DATABASE_URL"
OWNER = "RECRUIT_DATABASE_OWNER_URL"


def database_url() -> str | None:
    return os.environ.get(DATABASE) or None


def open_record(data: Path, *, write: bool = True) -> Record:
    """Raises as `Record.open`."""
    return Record.open(data, url=database_url(), write=write)


def create_record(data: Path) -> Record:
    """With the queue of the workers beside it on a server. Raises as `Record.create`."""
    url, owner = database_url(), os.environ.get(OWNER) or None
    record = Record.create(data, url=url, owner=owner)
    if url is not None:
        from notifications.jobs import prepare_jobs  # noqa: PLC0415 - comes with recruit[postgres] alone

        prepare_jobs(owner or url, serving=url if owner else None)
    return record


def ensure_embedded(what: str, instead: str) -> None:
    """For what only the embedded database has; says what does it on a server."""
    if database_url() is not None:
        fail(f"recruit {what} works on the embedded database; {DATABASE} is set: {instead}")
