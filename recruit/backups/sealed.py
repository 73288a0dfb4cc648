"""A sealed file: a clear header, then chunks under AES-256-GCM, each bound to its place, the last one marked.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizar 2015): no chunk can be dropped, moved or cut.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from recruit.errors import BadBackup

MAGIC = b"recruit backup 1\n"
CHUNK = 1 << 20
TAG = 16
_PREFIX = 7
_LONGEST_HEADER = 10_000


def seal(source: Path, target: IO[bytes], *, key: bytes, header: Mapping[str, object]) -> None:
    """Write `source` sealed under `key` (32 bytes); the header stays readable and cannot be changed."""
    line = json.dumps(header, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    prefix = os.urandom(_PREFIX)
    target.write(MAGIC + line + prefix)
    box = AESGCM(key)
    with source.open("rb") as clear:
        chunk, number = clear.read(CHUNK), 0
        while True:
            following = clear.read(CHUNK)
            target.write(box.encrypt(_nonce(prefix, number, is_last=not following), chunk, line))
            if not following:
                return
            chunk, number = following, number + 1


def unseal(sealed: IO[bytes], target: Path, *, key: bytes, name: str) -> dict[str, object]:
    """Write the clear content to `target` and give the header.

    Raises `BadBackup` for a wrong key, and for every byte that was changed, left out or cut off.
    """
    header, line = _header(sealed, name=name)
    prefix = sealed.read(_PREFIX)
    box = AESGCM(key)
    with target.open("xb") as clear:
        chunk, number = sealed.read(CHUNK + TAG), 0
        while True:
            following = sealed.read(CHUNK + TAG)
            try:
                clear.write(box.decrypt(_nonce(prefix, number, is_last=not following), chunk, line))
            except (InvalidTag, ValueError) as wrong:
                raise BadBackup(path=name, detail=f"chunk {number + 1}") from wrong
            if not following:
                return header
            chunk, number = following, number + 1


def read_header(sealed: IO[bytes], *, name: str) -> dict[str, object]:
    """What stands in clear; that nobody changed it only `unseal` finds. Raises `BadBackup`."""
    return _header(sealed, name=name)[0]


def _header(sealed: IO[bytes], *, name: str) -> tuple[dict[str, object], bytes]:
    if sealed.read(len(MAGIC)) != MAGIC:
        raise BadBackup(path=name, detail="no backup of this kind")
    line = sealed.readline(_LONGEST_HEADER)
    try:
        header = json.loads(line)
    except ValueError as wrong:
        raise BadBackup(path=name, detail="header") from wrong
    if not isinstance(header, dict):
        raise BadBackup(path=name, detail="header")
    return header, line


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if is_last else b"\x00")
