"""The leaves of the tree read once: each given to its act or event, and the roots over them kept."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import Connection, select, type_coerce
from sqlalchemy.types import NullType

from recruit.log.merkle import levels_over, peaks_of, root_of_peaks
from recruit.log.tree import STEP
from recruit.tables import Leaf

BATCH = 1 << STEP  # the leaves below one kept node


class Leaves:
    """In the order of the tree, a batch at a time, as the acts and events ask for theirs.

    What was read and not asked for yet is held: little, as these were written in the same order.
    """

    def __init__(self, connection: Connection, sizes: Iterable[int]) -> None:
        """`sizes`: those of the trees whose roots will be asked for."""
        columns = (type_coerce(column, NullType()) for column in (Leaf.index, Leaf.id, Leaf.hash))
        stored = select(*columns).order_by(Leaf.index).execution_options(yield_per=BATCH)
        self._rows = connection.execute(stored).partitions()
        self._waiting: dict[str, object] = {}
        self._sizes: dict[int, list[int]] = defaultdict(list)
        for size in sizes:
            self._sizes[(size - 1) >> STEP].append(size)
        self._peaks: dict[int, list[bytes]] = {0: []}
        self._complete: list[bytes] = []
        self.size = 0
        self.gaps: list[int] = []  # the first leaves of batches that are not dense

    def of(self, ids: Sequence[str]) -> list[object]:
        """The stored hash of each one's leaf, whatever it is; None for one that has no leaf."""
        found = list(map(self._waiting.pop, ids, repeat(None)))
        while None in found and self._read():
            found = [
                self._waiting.pop(id_, None) if one is None else one
                for id_, one in zip(ids, found, strict=True)
            ]
        return found

    def finish(self) -> None:
        """Read what nobody asked for."""
        while self._read():
            self._waiting.clear()

    def levels(self) -> list[list[bytes]]:
        """The kept nodes over complete batches, and every level above them."""
        return levels_over(self._complete)

    def roots(self) -> dict[int, bytes]:
        """Of the sizes asked for, those that the tree has reached."""
        levels = self.levels()
        return {
            size: root_of_peaks(peaks_of(levels, size >> STEP) + peaks) for size, peaks in self._peaks.items()
        }

    def _read(self) -> bool:
        """One batch more, if there is one."""
        rows: Sequence[Any] | None = next(self._rows, None)
        if rows is None:
            return False
        indexes, ids, stored = zip(*rows, strict=True)
        first = self.size
        if (indexes[0], indexes[-1]) != (first, first + len(rows) - 1):
            self.gaps.append(first)
        self._waiting.update(zip(ids, stored, strict=True))
        levels = levels_over([as_bytes(one) for one in stored])
        self.size += len(rows)
        if len(rows) == BATCH:
            self._complete.append(levels[-1][0])
        for size in self._sizes.get(first >> STEP, ()):
            if size <= self.size:
                self._peaks[size] = peaks_of(levels, size - first) if size % BATCH else []
        return True


def as_bytes(stored: object) -> bytes:
    """What SQLite holds in a column of bytes, where somebody may have written a text."""
    return stored if isinstance(stored, bytes) else str(stored).encode("utf-8", "surrogatepass")
