"""The personal part of an act: its commitment in the hashed bytes, its ciphertext beside them."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest, digest

from recruit.keys import Keys
from recruit.log.canonical import canonical_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    commitment: str
    salt: bytes
    sealed: bytes


def content_place(act: str) -> str:
    """Where the content of an act is sealed: its ciphertext opens nowhere else."""
    return f"content:sealed:{act}"


def seal_content(keys: Keys, *, person: str, act: str, content: Mapping[str, object]) -> Sealed | None:
    """Nothing for an act without content: its commitment is then the empty text."""
    if not content:
        return None
    clear = canonical_bytes(content)
    salt = os.urandom(32)
    return Sealed(
        commitment=_committed(salt, clear),
        salt=salt,
        sealed=keys.seal(person, content_place(act), clear),
    )


def unseal_content(keys: Keys, *, person: str, act: str, sealed: bytes) -> dict[str, object]:
    """Raises `KeysMissing` where the person's key is destroyed."""
    clear = keys.unseal(person, content_place(act), sealed)
    read: dict[str, object] = json.loads(clear)
    return read


def is_committed(keys: Keys, *, person: str, act: str, salt: bytes, sealed: bytes, commitment: str) -> bool:
    """Whether the stored content is the one that the act committed itself to."""
    clear = keys.unseal(person, content_place(act), sealed)
    return compare_digest(_committed(salt, clear), commitment)


def _committed(salt: bytes, clear: bytes) -> str:
    return digest(salt, clear, "sha256").hex()
