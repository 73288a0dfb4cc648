"""The folders of the demonstration: held while it runs, emptied only where it made them, copied whole."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recruit.errors import Locked, NotWritable, RecordError
from recruit.record import Record
from web.cli.group import fail

_MARK = "DEMO.txt"
_SAYS = """\
演示数据，人名、地名、电话均为虚构。每次运行 recruit demo 都会重建这个文件夹。
Invented data; each run of `recruit demo` makes this folder anew.
"""
YEAR, JUNE = "year", "june"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder for this process, empty, while the block lasts.

    Raises `Locked` while another process has it or one of its records, `NotWritable`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("a")
    except OSError as failed:
        raise NotWritable(path=str(folder), detail=failed.strerror or str(failed)) from failed
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            raise Locked(path=str(folder)) from taken
        _empty(folder)
        yield


def copy_closed(record: Record, to: Path) -> Record:
    """Copy a record's folder, database and keys, between two commits; gives the record back, opened again."""
    folder = record.folder
    record.close()
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns("lock"))
    return Record.open(folder)


def _empty(folder: Path) -> None:
    """Remove the records of an earlier run."""
    records = [folder / name for name in (YEAR, JUNE) if (folder / name).exists()]
    if records and not (folder / _MARK).exists():
        fail(f"{folder}: not made by `recruit demo`, so it is left alone; choose another folder with --data.")
    for record in records:
        _ensure_free(record)
    try:
        for record in records:
            shutil.rmtree(record)
        (folder / _MARK).write_text(_SAYS, encoding="utf-8")
    except OSError as failed:
        raise NotWritable(path=str(folder), detail=failed.strerror or str(failed)) from failed


def _ensure_free(folder: Path) -> None:
    """Raises `Locked`; a record that cannot be opened for another reason is nobody's."""
    try:
        Record.open(folder).close()
    except (Locked, NotWritable):
        raise
    except RecordError:
        return
