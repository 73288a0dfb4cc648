"""Restoring a backup: verified before it serves, read-only until two administrators confirm it."""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from recruit.backups.files import drop_strays, restore_files
from recruit.backups.keyring import Keyring, unlock_keyring
from recruit.backups.outside import Outside, read_outside
from recruit.backups.sealed import unseal
from recruit.backups.taking import KEYS, ensure_whole, not_writable
from recruit.commands.erasures import LEDGER, enter, erase_again, read_ledger
from recruit.commands.outbox import hold_outbox
from recruit.commands.sessions import log_in
from recruit.context import Context
from recruit.errors import BadBackup, BadInput, NotAllowed, problem
from recruit.ids import instant, microseconds
from recruit.log.events import NewEvent, append_event
from recruit.log.signing import STATE
from recruit.log.verify import Verified, verify
from recruit.record import RESTORED, Record
from recruit.tables import Organization

CONFIRMERS = ("system_admin", "security_admin", "audit_admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back, the time from which everything is lost, and what a checkpoint kept outside says."""

    acts: int
    events: int
    taken_at: datetime
    outside: Outside | None
    files: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What was kept outside the house: the erasures of the lost record, and a signed checkpoint of it."""

    ledger: Path | None
    checkpoint: str | None


def restore_backup(
    file: Path,
    folder: Path,
    *,
    passphrase: str,
    now: datetime,
    ledger: Path | None = None,
    checkpoint: str | None = None,
) -> Restored:
    """Put the record of `file` (with `file.keys` beside it) into `folder`, which must not hold anything yet.

    `ledger`: the erasures of the record that was lost; whoever is named there is erased again before anything
    is in place. `checkpoint`: the text of a signed one that was kept outside; a log that is as long and does
    not hold it is another one and is not restored, a shorter one is what a loss looks like.

    Nothing is in place before the whole log has been verified. The record is then read-only until
    `confirm_restore`; one of an older version needs `recruit upgrade` before. Raises `BadBackup`,
    `BadLedger`, `RestoredAnother`, `BadNote`, `BadInput` for a folder in use, `NotWritable`.
    """
    kept = _Kept(ledger=ledger, checkpoint=checkpoint)
    if folder.exists() and any(folder.iterdir()):
        raise BadInput(problem("folder", "folder_in_use", found=str(folder)))
    try:
        keyring = unlock_keyring(
            file.with_name(file.name + KEYS).read_bytes(), passphrase, name=file.name + KEYS
        )
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="restore-", dir=folder.parent) as name:
            draft = Path(name) / "record"
            restored = _rebuilt(file, draft, keyring, now=now, kept=kept)
            if folder.exists():
                folder.rmdir()
            shutil.move(draft, folder)
    except OSError as failed:
        raise not_writable(failed, folder) from failed
    return restored


def _rebuilt(file: Path, draft: Path, keyring: Keyring, *, now: datetime, kept: _Kept) -> Restored:
    draft.mkdir(mode=0o700)
    with file.open("rb") as sealed:
        header = unseal(sealed, draft / "recruit.db", key=keyring.backup_key, name=file.name)
    _put_keys(draft / "keys", keyring)
    ensure_whole(draft / "recruit.db", name=file.name)
    found, outside = _verified(draft, header, kept.checkpoint, name=file.name)
    with Record.open(draft, write=False, is_recovery=True) as record:
        files = restore_files(record, header, file.parent)
    _erase_again(draft, kept.ledger)
    if files:
        with Record.open(draft, write=False, is_recovery=True) as record:
            drop_strays(record)
    taken_at = header["taken_at"]
    assert isinstance(taken_at, int)
    marker = {"taken_at": taken_at, "restored_at": microseconds(now)}
    if outside is not None:
        marker |= {"outside_count": outside.size, "missing_count": outside.missing}
    (draft / RESTORED).write_text(json.dumps(marker), encoding="utf-8")
    return Restored(
        acts=found.acts, events=found.events, taken_at=instant(taken_at), outside=outside, files=files
    )


def _verified(
    draft: Path, header: Mapping[str, object], checkpoint: str | None, *, name: str
) -> tuple[Verified, Outside | None]:
    """The whole log, and where it is long enough that the tree of the checkpoint is its beginning."""
    with Record.open(draft, write=False, is_recovery=True) as record:
        found = verify(record, has_files=False)
        if not found.ok or (found.acts, found.events) != (header["acts"], header["events"]):
            raise BadBackup(path=name, detail="; ".join(found.problems[:3]) or "other numbers of acts")
        return found, None if checkpoint is None else read_outside(record, checkpoint)


def _erase_again(draft: Path, ledger: Path | None) -> None:
    """Both ledgers go on in the restored record, and their persons are gone from it."""
    own = draft / "keys" / LEDGER
    known = read_ledger(own)
    if ledger is not None:
        enter(own, [one for one in read_ledger(ledger).items() if one[0] not in known])
    persons = tuple(read_ledger(own))
    if persons:
        with Record.open(draft, write=True, is_recovery=True) as record:
            erase_again(record, persons)
        (draft / "lock").unlink()


def _put_keys(folder: Path, keyring: Keyring) -> None:
    folder.mkdir(mode=0o700)
    for name, content in keyring.files.items():
        if Path(name).name != name:
            raise BadBackup(path=name, detail="no file of keys")
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)


def confirm_restore(folder: Path, log_ins: Sequence[tuple[str, str]], *, now: datetime) -> None:
    """Two administrators confirm with their own log-ins (name, password) that the record may go on.

    The event says from when on everything is lost; what waited to be sent is held, and what the signer
    remembered is forgotten, so that it signs only after a new epoch was declared. Raises `NotAllowed` where
    nothing waits, and for anybody who is no administrator or the same person twice.
    """
    marker = folder / RESTORED
    if not marker.is_file():
        raise NotAllowed(what="confirm_restore", needed="-")
    Record.open(folder, write=False).close()  # an older structure is upgraded first
    with Record.open(folder, write=True, is_recovery=True) as record:
        found = [log_in(record, login=login, password=password, now=now) for login, password in log_ins]
        actors = [one.actor for one in found if one is not None and one.actor.roles() & set(CONFIRMERS)]
        if len({actor.user_id for actor in actors}) < 2 or len(actors) != len(log_ins):  # noqa: PLR2004 - four eyes
            raise NotAllowed(what="confirm_restore", needed=", ".join(CONFIRMERS))
        restored = json.loads(marker.read_text(encoding="utf-8"))
        with record.writing() as connection:
            root = connection.execute(
                select(Organization.id).where(Organization.parent.is_(None))
            ).scalar_one()
            confirmers = sorted(actor.user_id for actor in actors)
            details = {**restored, "confirmed_by": confirmers, "held_count": hold_outbox(connection)}
            context = Context(record=record, actor=actors[0], now=now)
            new = NewEvent(org=root, do="record_restored", details=details, role=_role(actors[0].roles()))
            append_event(connection, context, new)
    (folder / "keys" / STATE).unlink(missing_ok=True)
    marker.unlink()


def _role(roles: frozenset[str]) -> str:
    return next(role for role in CONFIRMERS if role in roles)
