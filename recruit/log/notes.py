"""Checkpoints as the C2SP texts: signed note, tlog-checkpoint and tlog-cosignature, with Ed25519."""

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from recruit.errors import BadNote

ED25519, COSIGNATURE = b"\x01", b"\x04"
_SIGNED = "— "


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A tree head; `origin` names the log and its epoch."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def read(cls, note: str) -> Self:
        """The head in a signed note, unverified. Raises `BadNote`."""
        text, _ = parted(note)
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0] or not _is_number(lines[1]):  # noqa: PLR2004 - origin, size, root, end
            raise BadNote(detail="no checkpoint")
        hashed = from_base64(lines[2])
        if len(hashed) != sha256().digest_size:
            raise BadNote(detail="no root")
        return cls(origin=lines[0], size=int(lines[1]), root=hashed)

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """A public key as it is handed out: "name+hash+base64"."""

    name: str
    algorithm: bytes
    public: bytes

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises `BadNote`."""
        name, _, rest = text.strip().partition("+")
        hashed, _, encoded = rest.partition("+")
        key = from_base64(encoded)
        found = cls(name=name, algorithm=key[:1], public=key[1:])
        if len(found.public) != 32 or found.id.hex() != hashed:  # noqa: PLR2004 - an Ed25519 key
            raise BadNote(detail="no public key")
        return found

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + self.algorithm + self.public).digest()[:4]

    @property
    def text(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(self.algorithm + self.public).decode()}"

    @property
    def fingerprint(self) -> str:
        """What is read out over the telephone."""
        hashed = sha256(self.public).hexdigest()[:32]
        return " ".join(hashed[at : at + 4] for at in range(0, 32, 4))

    def has_signed(self, note: str) -> bool:
        """Whether this key's signature stands under the note and is right. Raises `BadNote`."""
        text, signatures = parted(note)
        found = [signed for name, key, signed in signatures if (name, key) == (self.name, self.id)]
        return bool(found) and all(self._verifies(text, signed) for signed in found)

    def _verifies(self, text: str, signed: bytes) -> bool:
        message = text.encode()
        if self.algorithm == COSIGNATURE:
            message, signed = cosigned(text, int.from_bytes(signed[:8], "big")), signed[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signed, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """An Ed25519 key under a name; its id binds it to the name and to what it signs."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        return self._verifier(ED25519)

    @property
    def cosigner(self) -> Verifier:
        return self._verifier(COSIGNATURE)

    def sign(self, text: str) -> str:
        """The signed note over a text that ends with a newline."""
        return f"{text}\n" + self._line(self.verifier, self._signature(text.encode()))

    def cosign(self, note: str, *, seconds: int) -> str:
        """The note with this key's cosignature of its checkpoint at that time (seconds since 1970)."""
        text, _ = parted(note)
        signed = seconds.to_bytes(8, "big") + self._signature(cosigned(text, seconds))
        return note + self._line(self.cosigner, signed)

    def _signature(self, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)

    def _verifier(self, algorithm: bytes) -> Verifier:
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return Verifier(name=self.name, algorithm=algorithm, public=public)

    @staticmethod
    def _line(key: Verifier, signed: bytes) -> str:
        return f"{_SIGNED}{key.name} {b64encode(key.id + signed).decode()}\n"


def cosigned(text: str, seconds: int) -> bytes:
    """What a cosignature signs (tlog-cosignature, version 1)."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def parted(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text with its newline, and each signature as name, key id, bytes. Raises `BadNote`."""
    text, gap, block = note.rpartition("\n\n")
    if not gap or not block.endswith("\n"):
        raise BadNote(detail="not signed")
    signatures = []
    for line in block[:-1].split("\n"):
        name, _, encoded = line.removeprefix(_SIGNED).partition(" ")
        signed = from_base64(encoded)
        if not line.startswith(_SIGNED) or not name or len(signed) <= 4:  # noqa: PLR2004 - the key id
            raise BadNote(detail="a signature line is malformed")
        signatures.append((name, signed[:4], signed[4:]))
    return text + "\n", signatures


def from_base64(text: str) -> bytes:
    """Only the one form that encodes these bytes. Raises `BadNote`."""
    try:
        found = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise BadNote(detail="no base64") from wrong
    if b64encode(found).decode() != text:
        raise BadNote(detail="no base64")
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and str(int(text)) == text
