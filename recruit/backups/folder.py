"""A folder of backups, each named by its instant: one more is taken, then those that need not stay go."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from recruit.backups.files import let_go_of_files
from recruit.backups.keyring import is_keyring
from recruit.backups.rotation import LONGEST, staying
from recruit.backups.sealed import read_header
from recruit.backups.taking import KEYS, Taken, not_writable, take_backup
from recruit.errors import BadBackup
from recruit.ids import instant

_FORM = "recruit-%Y%m%dT%H%M%SZ.backup"
_NAME = re.compile(r"recruit-\d{8}T\d{6}Z\.backup")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotated:
    """`removed`: the files that are gone, sealed ones and keyrings."""

    taken: Taken
    removed: tuple[Path, ...]


def back_up_into(data: Path, folder: Path, *, passphrase: str, now: datetime) -> Rotated:
    """Take one more, and only when it is in its place let go of older ones.

    Raises as `take_backup`: then nothing is removed.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as failed:
        raise not_writable(failed, folder) from failed
    taken = take_backup(data, folder / now.astimezone(UTC).strftime(_FORM), passphrase=passphrase, now=now)
    try:
        return Rotated(taken=taken, removed=tuple(_let_go(folder, now=now)))
    except OSError as failed:
        raise not_writable(failed, folder) from failed


def _let_go(folder: Path, *, now: datetime) -> list[Path]:
    """All keys go first: a run that was cut off leaves nothing that can still be read."""
    known = _known(folder)
    stay = staying(known.values(), now=now)
    going = [path for path, taken_at in known.items() if taken_at not in stay]
    keys = [path.with_name(path.name + KEYS) for path in going] + _stray_keys(folder, now=now)
    removed = [*filter(_is_keys, keys), *going, *let_go_of_files(folder, now=now)]
    for path in removed:
        path.unlink()
    return removed


def _known(folder: Path) -> Mapping[Path, datetime]:
    """What was written here by `back_up_into`: the name and the header say the same instant."""
    found = {}
    for path in sorted(folder.iterdir()):
        if _NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            taken_at = _taken_at(path)
            if taken_at is not None and taken_at.strftime(_FORM) == path.name:
                found[path] = taken_at
    return found


def _taken_at(path: Path) -> datetime | None:
    try:
        with path.open("rb") as file:
            return instant(int(str(read_header(file, name=path.name)["taken_at"])))
    except (BadBackup, KeyError, ValueError, OverflowError):
        return None


def _stray_keys(folder: Path, *, now: datetime) -> list[Path]:
    """Keys that lie here longer than they may, their backup being gone already."""
    return [
        path
        for path in sorted(folder.glob(f"*{KEYS}"))
        if _NAME.fullmatch(path.stem)
        and not path.with_suffix("").exists()
        and now - _named(path.stem) > LONGEST
    ]


def _named(name: str) -> datetime:
    return datetime.strptime(name, _FORM).replace(tzinfo=UTC)


def _is_keys(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and is_keyring(path.read_bytes())
