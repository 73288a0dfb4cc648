"""A second check of a bundle, written from RFC 6962 and the C2SP texts alone, on other libraries.

It shares no code with `recruit.log.offline`: a mistake in one is not repeated in the other.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256
from hmac import digest
from itertools import groupby
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pymerkle import InmemoryTree


def accepts(files: Mapping[str, bytes], outside: bytes | None = None) -> bool:
    """Whether a whole bundle is right."""
    try:
        return _is_right(files, outside)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, InvalidSignature, AssertionError):
        return False


def _is_right(files: Mapping[str, bytes], outside: bytes | None) -> bool:
    acts, events = _rows(files, "acts.jsonl"), _rows(files, "events.jsonl")
    _chained(acts, "dossier")
    _chained(events, "org")
    by_id = {row["id"]: row for row, _ in acts}
    contents = _rows(files, "contents.jsonl")
    for row, _ in contents:
        assert row["salt"] == row["salt"].lower()
        salted = digest(bytes.fromhex(row["salt"]), row["content"].encode(), "sha256").hex()
        assert by_id[row["act"]]["content"] == salted
    places = [list(by_id).index(row["act"]) for row, _ in contents]
    assert places == sorted(set(places))
    leaves = _lines(files, "leaves.txt")
    shown = [sha256(b"\x00" + line).hexdigest() for _, line in acts + events]
    assert len(set(shown)) == len(shown)
    assert set(shown) <= {line.decode() for line in leaves}
    manifest = json.loads(files["manifest.json"])
    assert (manifest["acts"], manifest["events"]) == (len(acts), len(events))
    assert manifest["contents"] == len(contents)
    assert manifest["hidden"] == len(leaves) - len(shown)
    assert manifest["checkpoints"] == len(_lines(files, "checkpoints.jsonl")) + 1
    return _signed(files, leaves, outside)


def _signed(files: Mapping[str, bytes], leaves: list[bytes], outside: bytes | None) -> bool:
    name, _, encoded = files["key.txt"].decode().removesuffix("\n").split("+", 2)
    public = _strict(encoded)[1:]
    named = sha256(f"{name}\n".encode() + _strict(encoded)).hexdigest()[:8]
    assert files["key.txt"].decode() == f"{name}+{named}+{encoded}\n"
    notes = [row["note"] for row, _ in _rows(files, "checkpoints.jsonl")]
    heads = [_head(note, name, public) for note in [*notes, files["checkpoint.txt"].decode()]]
    assert heads == sorted(set(heads))
    assert heads[-1][0] == len(leaves)
    if outside is not None:
        heads.append(_head(outside.decode(), name, public))
    return all(size <= len(leaves) and _root(leaves[:size]) == root for size, root in heads)


def _head(note: str, name: str, public: bytes) -> tuple[int, bytes]:
    origin, size, root, empty, signature, end = note.split("\n")
    dash, signer, encoded = signature.split(" ")
    signed = _strict(encoded)
    assert (origin, signer, dash, empty, end) == (name, name, "—", "", "")
    assert signed[:4] == sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    Ed25519PublicKey.from_public_bytes(public).verify(signed[4:], f"{origin}\n{size}\n{root}\n".encode())
    return int(size), _strict(root)


def _root(leaves: list[bytes]) -> bytes:
    """Pymerkle's tree over ready leaf hashes: its own hashing of nodes, none of leaves."""
    tree = InmemoryTree(algorithm="sha256")
    level = [bytes.fromhex(line.decode()) for line in leaves]
    while len(level) > 1:
        odd = level[len(level) - len(level) % 2 :]
        level = [tree.hash_pair(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)] + odd
    return level[0]


def _chained(rows: list[tuple[dict[str, Any], bytes]], name: str) -> None:
    names = [row[name] for row, _ in rows]
    assert names == sorted(names)
    assert len({row["id"] for row, _ in rows}) == len(rows)
    for _, chain in groupby(rows, lambda row: row[0][name]):
        before = "0" * 64
        for number, (row, line) in enumerate(chain, 1):
            assert (row["seq"], row["prev"]) == (number, before)
            before = sha256(line).hexdigest()


def _rows(files: Mapping[str, bytes], name: str) -> list[tuple[dict[str, Any], bytes]]:
    lines = _lines(files, name)
    rows = [(json.loads(line), line) for line in lines]
    again = [json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for row, _ in rows]
    assert [one.encode() for one in again] == lines
    return rows


def _lines(files: Mapping[str, bytes], name: str) -> list[bytes]:
    *lines, end = files[name].split(b"\n")
    assert end == b""
    return lines


def _strict(encoded: str) -> bytes:
    decoded = b64decode(encoded, validate=True)
    assert b64encode(decoded).decode() == encoded
    return decoded
