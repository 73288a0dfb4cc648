"""The Merkle tree of RFC 6962: roots, inclusion and consistency proofs, given its complete subtrees."""

from collections.abc import Callable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()

# (level, number) -> the hash over the leaves [number * 2**level, (number + 1) * 2**level), all present.
Subtrees = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def subtrees_of(leaves: Sequence[bytes]) -> Subtrees:
    """Subtrees from all leaf hashes held in memory."""

    def subtree(level: int, number: int) -> bytes:
        return root_of_complete(leaves[number << level : (number + 1) << level])

    return subtree


def root_of_complete(hashes: Sequence[bytes]) -> bytes:
    """The node over 2**k hashes of one level."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def root(subtrees: Subtrees, size: int) -> bytes:
    """The tree head over the first `size` leaves."""
    return _over(subtrees, 0, size) if size else EMPTY_ROOT


def inclusion_path(subtrees: Subtrees, index: int, size: int) -> list[bytes]:
    """PATH(m, D[n]) of RFC 6962, 2.1.1; raises `ValueError` for a leaf that the tree does not have."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_over(subtrees, middle, end))
            end = middle
        else:
            path.append(_over(subtrees, begin, middle))
            begin = middle
    return path[::-1]


def consistency_path(subtrees: Subtrees, old: int, new: int) -> list[bytes]:
    """PROOF(m, D[n]) of RFC 6962, 2.1.2; empty from nothing and between equal sizes."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not extend one of {old}")
    if old in {0, new}:
        return []
    path: list[bytes] = []
    begin, end = 0, new
    is_whole = True
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append(_over(subtrees, middle, end))
            end = middle
        else:
            path.append(_over(subtrees, begin, middle))
            begin, is_whole = middle, False
    if not is_whole:
        path.append(_over(subtrees, begin, end))
    return path[::-1]


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from the leaf hash to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path proves that the new tree begins with the old one (RFC 9162, 2.1.4.2)."""
    if old in {0, new}:
        wanted = EMPTY_ROOT if old == 0 else new_root
        return not path and old <= new and old_root == wanted
    if not 0 < old < new or not path:
        return False
    steps = list(path) if old & (old - 1) else [old_root, *path]
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


class Growing:
    """The root of a tree that grows leaf by leaf, in the memory of its height."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        self._peaks.append(leaf)
        self.size += 1
        merged = self.size
        while not merged & 1:
            right, left = self._peaks.pop(), self._peaks.pop()
            self._peaks.append(node_hash(left, right))
            merged >>= 1

    def root(self) -> bytes:
        if not self._peaks:
            return EMPTY_ROOT
        found = self._peaks[-1]
        for peak in self._peaks[-2::-1]:
            found = node_hash(peak, found)
        return found


def _over(subtrees: Subtrees, begin: int, end: int) -> bytes:
    """The node over [begin, end); `begin` is where RFC 6962 splits, so complete subtrees are aligned."""
    size = end - begin
    if not size & (size - 1):
        level = size.bit_length() - 1
        return subtrees(level, begin >> level)
    middle = begin + _split(size)
    return node_hash(_over(subtrees, begin, middle), _over(subtrees, middle, end))


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)
