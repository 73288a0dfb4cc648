"""Signed checkpoints, the tree of RFC 6962 and Ed25519, from the standards and the standard library."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple, Sequence, Tuple

from recruit.log.offline.exact import Wrong, sha, unbase64, utf8

ED25519 = b"\x01"
EMPTY_ROOT = hashlib.sha256(b"").digest()
Point = Tuple[int, int, int, int]  # x, y, z, x*y/z
_PRIME = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _PRIME - 2, _PRIME) % _PRIME
_ROOT = pow(2, (_PRIME - 1) // 4, _PRIME)
_BASE_Y = 4 * pow(5, _PRIME - 2, _PRIME) % _PRIME


class Key(NamedTuple):
    name: str
    public: bytes


class Head(NamedTuple):
    """A verified checkpoint; heads are in the order of their epochs and sizes."""

    epoch: int
    size: int
    root: bytes
    where: str


def head_of(note: bytes, key: Key, where: str) -> Head:
    """The head in a checkpoint that this key has signed (C2SP signed note, tlog-checkpoint)."""
    text, gap, block = utf8(note).rpartition("\n\n")
    head = text.split("\n")
    epoch = re.fullmatch(re.escape(key.name) + r"(?:/epoch([1-9][0-9]*))?", head[0])
    if not gap or len(head) < 3 or not epoch or not re.fullmatch(r"0|[1-9][0-9]*", head[1]):
        raise Wrong("no checkpoint of this log / 不是本日志的检查点")
    id_ = sha(head[0].encode() + b"\n" + ED25519 + key.public)[:4]
    signatures = [line.split(" ") for line in block.split("\n")[:-1]]
    own = [one for one in signatures if one[:2] == ["—", head[0]] and len(one) == 3]
    signed = [unbase64(one[2]) for one in own]
    right = [one[4:] for one in signed if one[:4] == id_]
    if (
        not block.endswith("\n")
        or len(right) != 1
        or not is_signed(key.public, f"{text}\n".encode(), right[0])
    ):
        raise Wrong("the signature is not right / 签名不对")
    return Head(int(epoch[1] or 1), int(head[1]), unbase64(head[2]), where)


def read_key(text: bytes) -> Key:
    """The log's name and public key, as handed out: name+hash+base64."""
    parts = utf8(text).split("+", 2)
    key = unbase64(parts[2][:-1]) if len(parts) == 3 and parts[2].endswith("\n") else b""
    if len(key) != 33 or key[:1] != ED25519 or sha(parts[0].encode() + b"\n" + key)[:4].hex() != parts[1]:
        raise Wrong("key.txt: no public key / 不是公钥")
    return Key(parts[0], key[1:])


class Growing:
    """The root of a tree that grows leaf by leaf (RFC 6962, 2.1), in the memory of its height."""

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


def roots_of(leaves: list[bytes], sizes: set[int]) -> dict[int, bytes]:
    """The root over the first so many leaves."""
    growing = Growing()
    found = {0: growing.root()}
    for leaf in leaves:
        growing.add(leaf)
        if growing.size in sizes:
            found[growing.size] = growing.root()
    return found


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


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Ed25519 (RFC 8032, 5.1.7)."""
    scalar = int.from_bytes(signature[32:], "little")
    key, commitment = point(public), point(signature[:32])
    if len(signature) != 64 or scalar >= _ORDER or key is None or commitment is None:
        return False
    hashed = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(hashed, "little") % _ORDER
    base = point(_BASE_Y.to_bytes(32, "little"))
    assert base is not None
    left, right = times(scalar, base), plus(commitment, times(challenge, key))
    return all((left[at] * right[2] - right[at] * left[2]) % _PRIME == 0 for at in (0, 1))


def point(encoded: bytes) -> Point | None:
    """x, y, z, x*y/z of an encoded point of the curve; None where it is none."""
    number = int.from_bytes(encoded, "little")
    y, sign = number & (2**255 - 1), number >> 255
    square = (y * y - 1) * pow(_D * y * y + 1, _PRIME - 2, _PRIME) % _PRIME
    x = pow(square, (_PRIME + 3) // 8, _PRIME)
    x = x if (x * x - square) % _PRIME == 0 else x * _ROOT % _PRIME
    if len(encoded) != 32 or y >= _PRIME or (x * x - square) % _PRIME or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else _PRIME - x
    return x, y, 1, x * y % _PRIME


def plus(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _PRIME
    b = (one[1] + one[0]) * (other[1] + other[0]) % _PRIME
    c, d = 2 * one[3] * other[3] * _D % _PRIME, 2 * one[2] * other[2] % _PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _PRIME, g * h % _PRIME, f * g % _PRIME, e * h % _PRIME


def times(scalar: int, base: Point) -> Point:
    found = (0, 1, 1, 0)
    while scalar:
        found = plus(found, base) if scalar & 1 else found
        base, scalar = plus(base, base), scalar >> 1
    return found
