"""A witness outside the house: it keeps the last checkpoint it saw and countersigns only what extends it."""

import json
import os
import secrets
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from recruit.disk import whole_file
from recruit.errors import BadNote, NotWitnessed
from recruit.log.merkle import consistency_path, is_consistent, subtrees_of
from recruit.log.notes import Checkpoint, Signer, Verifier, from_base64
from recruit.log.offline.check import read_bundle
from recruit.log.offline.exact import Wrong, lines, unhex


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A checkpoint as it is brought, with the proof that it extends a tree of `old` leaves.

    `leaves`: all leaf hashes instead of a proof, from a whole bundle.
    """

    note: str
    old: int = 0
    path: tuple[bytes, ...] = ()
    leaves: tuple[bytes, ...] = ()

    def path_from(self, size: int) -> tuple[bytes, ...]:
        head = Checkpoint.read(self.note)
        if self.leaves and size <= head.size == len(self.leaves):
            return tuple(consistency_path(subtrees_of(self.leaves), size, head.size))
        if self.old != size:
            raise NotWitnessed(detail=f"{self.old} != {size}")
        return self.path


def extension_text(old: int, path: list[bytes], note: str) -> str:
    """A checkpoint with its consistency proof, in the form that C2SP witnesses read (add-checkpoint)."""
    hashes = "".join(f"{b64encode(one).decode()}\n" for one in path)
    return f"old {old}\n{hashes}\n{note}"


def read_shown(text: str) -> Shown:
    """A bare signed checkpoint, or one with its proof. Raises `BadNote`."""
    if not text.startswith("old "):
        return Shown(note=text)
    proof, _, note = text.partition("\n\n")
    first, *hashes = proof.split("\n")
    size = first.removeprefix("old ")
    if not (size.isascii() and size.isdigit()):
        raise BadNote(detail=first)
    return Shown(note=note, old=int(size), path=tuple(from_base64(one) for one in hashes))


def read_shown_bundle(path: Path) -> tuple[Shown, str]:
    """The checkpoint of a whole bundle with all its leaves, and its key. Raises `BadNote`, `OSError`."""
    files = read_bundle(path)
    try:
        leaves = tuple(unhex(line.decode("ascii", "replace")) for line in lines(files, "leaves.txt"))
        note, key = files["checkpoint.txt"].decode(), files["key.txt"].decode()
    except (Wrong, KeyError, UnicodeDecodeError) as wrong:
        raise BadNote(detail=str(path)) from wrong
    return Shown(note=note, leaves=leaves), key


def witness(state: Path, shown: Shown, *, key: str | None, seconds: int) -> str:
    """Countersign at that time (seconds since 1970); gives the note with both signatures.

    The first time `key` says whose log this is: it must come from the house by another way than the
    checkpoint. A new epoch is a new log: a person looks at it and begins a new state. Raises `NotWitnessed`.
    """
    known = _read_state(state)
    log = Verifier.read(known["log"] if known else key or "")
    if key is not None and Verifier.read(key) != log:
        raise NotWitnessed(detail="key")
    head = Checkpoint.read(shown.note)
    if head.origin != log.name or not log.has_signed(shown.note):
        raise NotWitnessed(detail=f"{head.origin}: not signed by {log.name}")
    if known:
        _ensure_extends(Checkpoint.read(known["note"]), head, shown)
    seed = from_base64(known["seed"]) if known else os.urandom(32)
    name = known["name"] if known else f"witness/{secrets.token_hex(8)}"
    kept = {"name": name, "seed": b64encode(seed).decode(), "log": log.text, "note": shown.note}
    with whole_file(state) as file:
        file.write(json.dumps(kept, ensure_ascii=False).encode())
    return Signer(name=name, seed=seed).cosign(shown.note, seconds=seconds)


def _ensure_extends(last: Checkpoint, head: Checkpoint, shown: Shown) -> None:
    if head.size < last.size:
        raise NotWitnessed(detail=f"{head.size} < {last.size}")
    path = () if head.size == last.size else shown.path_from(last.size)
    if not is_consistent(last.size, last.root, head.size, head.root, path):
        raise NotWitnessed(detail=f"{head.size} / {last.size}")


def _read_state(state: Path) -> dict[str, str] | None:
    """None for a witness that has seen nothing; one that cannot be read stops it."""
    if not state.exists():
        return None
    try:
        read = json.loads(state.read_text("utf-8"))
        return {name: str(read[name]) for name in ("name", "seed", "log", "note")}
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise BadNote(detail=str(state)) from wrong
