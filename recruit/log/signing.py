"""The key of the log and what it signed last: a tree that does not extend that is never signed."""

import json
import os
import secrets
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from recruit.disk import whole_file
from recruit.errors import BadNote, KeysMissing, NotExtending
from recruit.log.merkle import Subtrees, consistency_path, is_consistent, root
from recruit.log.notes import ED25519, Checkpoint, Signer, from_base64

KEY, STATE = "log.key", "log.state"
_PRIVATE = "PRIVATE+KEY+"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSigned:
    """The last released head of the epoch, as a signed note; none right after an epoch was declared."""

    epoch: int
    note: str | None

    @property
    def checkpoint(self) -> Checkpoint | None:
        return None if self.note is None else Checkpoint.read(self.note)


def make_log_key(keys: Path) -> None:
    """A new key under a random name, with the state of a log that has signed nothing."""
    signer = Signer(name=f"recruit/{secrets.token_hex(8)}", seed=os.urandom(32))
    encoded = b64encode(ED25519 + signer.seed).decode()
    text = f"{_PRIVATE}{signer.name}+{signer.verifier.id.hex()}+{encoded}\n"
    if has_log_key(keys):
        raise FileExistsError(keys / KEY)
    with whole_file(keys / KEY) as file:
        file.write(text.encode("ascii"))
    write_last_signed(keys, LastSigned(epoch=1, note=None))


def has_log_key(keys: Path) -> bool:
    return (keys / KEY).exists()


def read_log_key(keys: Path) -> Signer:
    """The key under the name of the log. Raises `KeysMissing`."""
    path = keys / KEY
    try:
        parts = path.read_text("ascii").strip().removeprefix(_PRIVATE).split("+", 2)
        name, key = parts[0], from_base64(parts[2])
    except (OSError, ValueError, IndexError, BadNote) as missing:
        raise KeysMissing(path=str(path)) from missing
    return Signer(name=name, seed=key[1:])


def read_signer(keys: Path, *, epoch: int) -> Signer:
    """The key under the origin of the epoch. Raises `KeysMissing`."""
    key = read_log_key(keys)
    return Signer(name=origin(key.name, epoch), seed=key.seed)


def origin(name: str, epoch: int) -> str:
    """The name of the log, with the number of its epoch from the second on."""
    return name if epoch == 1 else f"{name}/epoch{epoch}"


def read_last_signed(keys: Path) -> LastSigned | None:
    """None where the file is not there or not readable: what was signed last is then unknown."""
    with suppress(OSError, ValueError, KeyError, TypeError, BadNote):
        read = json.loads((keys / STATE).read_text("utf-8"))
        found = LastSigned(epoch=int(read["epoch"]), note=read["note"])
        if found.note is None or found.checkpoint is not None:
            return found
    return None


def held_outside(keys: Path, note: str) -> LastSigned:
    """A note that was kept elsewhere, with the epoch in its origin.

    Raises `BadNote` where the log's key has not signed it, `KeysMissing`.
    """
    name = read_log_key(keys).name
    text = Checkpoint.read(note).origin.removeprefix(f"{name}/epoch")
    epoch = int(text) if text.isdigit() else 1
    if not read_signer(keys, epoch=epoch).verifier.has_signed(note):
        raise BadNote(detail="the signature is not that of this log")
    return LastSigned(epoch=epoch, note=note)


def write_last_signed(keys: Path, last: LastSigned) -> None:
    """On disk for good when this returns."""
    state = json.dumps({"epoch": last.epoch, "note": last.note}, ensure_ascii=False)
    with whole_file(keys / STATE) as file:
        file.write(state.encode())


def sign_tree(keys: Path, tree: Subtrees, size: int) -> LastSigned:
    """Sign the head over the first `size` leaves; what was signed is on disk before it is released.

    Raises `NotExtending` for a tree that does not begin with the last one signed, `KeysMissing`.
    """
    last = read_last_signed(keys)
    if last is None:
        raise NotExtending(detail=STATE)
    signer = read_signer(keys, epoch=last.epoch)
    head = Checkpoint(origin=signer.name, size=size, root=root(tree, size))
    known = last.checkpoint
    if known is not None:
        ensure_extends(known, head, tree)
        if known == head:
            return last
    signed = LastSigned(epoch=last.epoch, note=signer.sign(head.text))
    write_last_signed(keys, signed)
    return signed


def ensure_extends(known: Checkpoint, head: Checkpoint, tree: Subtrees) -> None:
    """Raises `NotExtending`."""
    shown = f"{known.size} > {head.size}" if known.size > head.size else f"{known.size}"
    if known.size > head.size or known.origin != head.origin:
        raise NotExtending(detail=shown)
    path = consistency_path(tree, known.size, head.size)
    if not is_consistent(known.size, known.root, head.size, head.root, path):
        raise NotExtending(detail=shown)
