"""The keys of a record and of its backup under a passphrase: a file that is kept apart, and not for long."""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from recruit.errors import BadBackup, BadInput, problem

LEAST = 12
_COST = {"n": 2**16, "r": 8, "p": 1}  # 64 MiB
_MOST_MEMORY = 2**30
_PLACE = b"recruit keyring 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyring:
    """`files`: what lies in the folder of keys, by name; `backup_key`: what the sealed file opens with."""

    backup_key: bytes
    files: Mapping[str, bytes]


def lock_keyring(keyring: Keyring, passphrase: str) -> bytes:
    """The keyring as text, readable only with the passphrase. Raises `BadInput` for a short one."""
    ensure_long(passphrase)
    salt, nonce = os.urandom(16), os.urandom(12)
    files = {name: _text(content) for name, content in keyring.files.items()}
    clear = json.dumps({"backup_key": _text(keyring.backup_key), "files": files}).encode()
    sealed = AESGCM(_derived(passphrase, salt, _COST)).encrypt(nonce, clear, _PLACE)
    outside = {"v": 1, **_COST, "salt": _text(salt), "nonce": _text(nonce), "sealed": _text(sealed)}
    return json.dumps(outside, indent=1).encode() + b"\n"


def ensure_long(passphrase: str) -> None:
    """Raises `BadInput` for a short one, before anything is copied for it."""
    if len(passphrase) < LEAST:
        raise BadInput(problem("passphrase", "short_password"))


def is_keyring(text: bytes) -> bool:
    """Whether this has the form that `lock_keyring` writes; what is in it only the passphrase tells."""
    try:
        outside = json.loads(text)
    except ValueError:
        return False
    return isinstance(outside, dict) and {"v", "salt", "nonce", "sealed", *_COST} == outside.keys()


def unlock_keyring(text: bytes, passphrase: str, *, name: str) -> Keyring:
    """Raises `BadBackup` for what is no keyring, and for a wrong passphrase or a changed byte alike."""
    try:
        outside = json.loads(text)
        cost = {part: int(outside[part]) for part in _COST}
        salt, nonce, sealed = (b64decode(outside[part]) for part in ("salt", "nonce", "sealed"))
        is_known = outside["v"] == 1 and 128 * cost["n"] * cost["r"] <= _MOST_MEMORY
    except (ValueError, KeyError, TypeError) as wrong:
        raise BadBackup(path=name, detail="no keyring") from wrong
    if not is_known:
        raise BadBackup(path=name, detail="no keyring of this version")
    try:
        clear = AESGCM(_derived(passphrase, salt, cost)).decrypt(nonce, sealed, _PLACE)
    except (InvalidTag, ValueError) as wrong:
        raise BadBackup(path=name, detail="passphrase") from wrong
    inside = json.loads(clear)
    files = {str(file): b64decode(content) for file, content in inside["files"].items()}
    return Keyring(backup_key=b64decode(inside["backup_key"]), files=files)


def _derived(passphrase: str, salt: bytes, cost: Mapping[str, int]) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost["n"], r=cost["r"], p=cost["p"]).derive(passphrase.encode())


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
