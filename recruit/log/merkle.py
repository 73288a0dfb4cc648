"""The Merkle tree of RFC 6962: roots, inclusion and consistency proofs, given its complete subtrees.

What checks a proof is the code that checks it away from the house.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

from recruit.log.offline.proofs import EMPTY_ROOT, Growing, is_consistent, is_included, node_hash

__all__ = [
    "EMPTY_ROOT",
    "Growing",
    "Subtrees",
    "consistency_path",
    "inclusion_path",
    "is_consistent",
    "is_included",
    "leaf_hash",
    "levels_over",
    "node_hash",
    "peaks_of",
    "root",
    "root_of_complete",
    "root_of_peaks",
    "subtrees_of",
]

# (level, number) -> the hash over the leaves [number * 2**level, (number + 1) * 2**level), all present.
Subtrees = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def subtrees_of(leaves: Sequence[bytes]) -> Subtrees:
    """Subtrees from all leaf hashes held in memory."""

    def subtree(level: int, number: int) -> bytes:
        return root_of_complete(leaves[number << level : (number + 1) << level])

    return subtree


def root_of_complete(hashes: Sequence[bytes]) -> bytes:
    """The node over 2**k hashes of one level."""
    return levels_over(hashes)[-1][0]


def levels_over(hashes: Sequence[bytes]) -> list[list[bytes]]:
    """The hashes and, level by level, all complete nodes over them."""
    levels = [list(hashes)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        # spelled out: a call for each node would double the time of a verification's tree
        pairs = zip(below[::2], below[1::2], strict=False)
        levels.append([sha256(b"\x01" + left + right).digest() for left, right in pairs])
    return levels


def peaks_of(levels: Sequence[Sequence[bytes]], count: int) -> list[bytes]:
    """The largest complete subtrees that the first `count` consist of, from the left."""
    return [
        levels[level][(count >> level) - 1] for level in reversed(range(len(levels))) if count >> level & 1
    ]


def root_of_peaks(peaks: Sequence[bytes]) -> bytes:
    """The tree head over complete subtrees, the smaller ones to the right."""
    if not peaks:
        return EMPTY_ROOT
    found = peaks[-1]
    for peak in peaks[-2::-1]:
        found = node_hash(peak, found)
    return found


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
