"""A restored log against a signed checkpoint that was kept outside the house."""

from dataclasses import dataclass

from recruit.errors import RestoredAnother
from recruit.log.merkle import is_consistent
from recruit.log.notes import Checkpoint
from recruit.log.signing import held_outside
from recruit.log.tree import tree_root, tree_size
from recruit.log.witness import Shown, read_shown
from recruit.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """`size`: acts and events under the checkpoint; `missing`: how many of them the restored log lacks.

    `proved`: how many of the restored ones are shown to be those under it: all of them where none is
    missing, else as far as the proof goes that was brought with it.
    """

    size: int
    missing: int
    proved: int


def read_outside(record: Record, text: str) -> Outside:
    """The checkpoint, alone or with its proof (`audit checkpoint --since`), beside the restored log.

    A log that is shorter is what a loss looks like. Raises `RestoredAnother` for one that is long enough
    and has another tree there, or that the proof contradicts; `BadNote` for another key's.
    """
    shown = read_shown(text)
    held_outside(record.keys_folder, shown.note)
    head = Checkpoint.read(shown.note)
    with record.reading() as connection:
        leaves = tree_size(connection)
        missing = max(head.size - leaves, 0)
        proved = _reach(shown, leaves) if missing else head.size
        root = tree_root(connection, proved)
    path = shown.path if missing else ()
    if proved and not is_consistent(proved, root, head.size, head.root, path):
        raise RestoredAnother(leaves=leaves, size=head.size)
    return Outside(size=head.size, missing=missing, proved=proved)


def _reach(shown: Shown, leaves: int) -> int:
    """A proof from a tree that the restored log does not reach proves nothing of it."""
    return shown.old if shown.old <= leaves else 0
