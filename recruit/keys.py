"""Keys outside the database: a master key in a file, a key per person wrapped by it, the blind index."""

import os
import sqlite3
import stat
import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from hmac import new as hmac
from pathlib import Path
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from recruit.errors import KeysExposed, KeysMissing

_NONCE = 12
_VERSION = b"\x01"


class Keys:
    """`DIR/keys/`: `master.key` (0600) and `person.db`, where a destroyed key leaves no trace."""

    def __init__(self, folder: Path, *, master: bytes) -> None:
        self._wrap = AESGCM(_derived(master, b"recruit: wrap person keys"))
        self._index = _derived(master, b"recruit: blind index of ID numbers")
        self._known: dict[str, AESGCM] = {}
        self._lock = Lock()
        self._store = sqlite3.connect(
            folder / "person.db", isolation_level=None, check_same_thread=False, timeout=10
        )
        (folder / "person.db").chmod(0o600)
        for pragma in ("secure_delete = ON", "journal_mode = DELETE", "synchronous = FULL"):
            self._store.execute(f"PRAGMA {pragma}")
        self._store.execute(
            "CREATE TABLE IF NOT EXISTS person_key (person TEXT PRIMARY KEY, wrapped BLOB NOT NULL)"
        )

    @classmethod
    def create(cls, folder: Path) -> "Keys":
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / "master.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(32))
            file.flush()
            os.fsync(file.fileno())
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> "Keys":
        """Raises `KeysMissing`, and `KeysExposed` where others than the owner may read the master key."""
        try:
            if (folder / "master.key").stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise KeysExposed(path=str(folder / "master.key"))
            master = (folder / "master.key").read_bytes()
        except FileNotFoundError as missing:
            raise KeysMissing(path=str(folder / "master.key")) from missing
        return cls(folder, master=master)

    def close(self) -> None:
        self._store.close()

    def make(self, persons: Sequence[str]) -> None:
        """A new key for each person, safe on disk when this returns."""
        rows = []
        for person in persons:
            key = AESGCM.generate_key(256)
            rows.append((person, _sealed(self._wrap, key, person.encode())))
            self._known[person] = AESGCM(key)
        with self._lock:
            self._store.execute("BEGIN IMMEDIATE")
            self._store.executemany("INSERT INTO person_key VALUES (?, ?)", rows)
            self._store.execute("COMMIT")

    def has(self, person: str) -> bool:
        """Whether anything sealed for this person can be opened."""
        with self._lock:
            row = self._store.execute("SELECT 1 FROM person_key WHERE person = ?", (person,)).fetchone()
        return row is not None

    def destroy(self, person: str) -> None:
        """Make everything sealed for this person unreadable, for good."""
        with self._lock:
            self._store.execute("DELETE FROM person_key WHERE person = ?", (person,))
            self._known.pop(person, None)

    def seal(self, person: str, place: str, clear: bytes) -> bytes:
        """Encrypt for a person; `place` is "table:column:primary key" and must be the same to open it."""
        return _sealed(self._of(person), clear, place.encode())

    def unseal(self, person: str, place: str, sealed: bytes) -> bytes:
        """Decrypt.

        Raises `KeysMissing` when the key is destroyed or the bytes belong to another place.
        """
        try:
            return _opened(self._of(person), sealed, place.encode())
        except InvalidTag as wrong:
            raise KeysMissing(path=place) from wrong

    def blind_index(self, id_number: str) -> bytes:
        """What an ID number is found by: equal for equal numbers, and meaningless without the key."""
        normal = unicodedata.normalize("NFKC", id_number).strip().upper()
        return hmac(self._index, normal.encode(), sha256).digest()[:16]

    def keyed(self, kind: str, text: str) -> bytes:
        """A name for a text that must not be read back: equal for equal texts of one kind."""
        return hmac(self._index, f"{kind}:{text}".encode(), sha256).digest()[:16]

    def _of(self, person: str) -> AESGCM:
        known = self._known.get(person)
        if known is not None:
            return known
        with self._lock:
            row = self._store.execute("SELECT wrapped FROM person_key WHERE person = ?", (person,)).fetchone()
        if row is None:
            raise KeysMissing(path=f"person_key:{person}")
        key = AESGCM(_opened(self._wrap, row[0], person.encode()))
        self._known[person] = key
        return key


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(master)


def _sealed(key: AESGCM, clear: bytes, place: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + key.encrypt(nonce, clear, place)


def _opened(key: AESGCM, sealed: bytes, place: bytes) -> bytes:
    if sealed[:1] != _VERSION:
        raise InvalidTag
    return key.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], place)
