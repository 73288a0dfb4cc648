"""Passwords: which are good enough, and their argon2id hashes."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from recruit.errors import BadInput, problem

Profile = Literal["modern", "mlps"]
"""`modern`: length and no common one (ASVS 5.0); `mlps`: composition and rotation besides."""

SHORTEST = 12
LONGEST = 256
ROTATION = timedelta(days=90)
_LEAST_KINDS = 3
_LEAST_WORD = 4  # a shorter Latin word is part of too many sentences
_LEAST_NAME = 2
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)


@dataclass(frozen=True, slots=True)
class Hashed:
    """A password that is hashed already: log-ins that begin with the same one share the cost."""

    encoded: str


def hash_password(password: str, *, about: Iterable[str] = (), profile: Profile = "modern") -> Hashed:
    """`about`: words that an attacker would try first: log-in, name, organizations.

    Raises `BadInput` for one that is short, common, made of those words, or against the profile.
    """
    if len(password) < SHORTEST:
        raise BadInput(problem("password", "short_password"))
    if len(password) > LONGEST:
        raise BadInput(problem("password", "long_password", most=LONGEST))
    plain = _plain(password)
    if plain in _common() or len(set(plain)) < _LEAST_WORD:
        raise BadInput(problem("password", "common_password"))
    if any(word in plain for word in map(_plain, about) if _tells(word)):
        raise BadInput(problem("password", "own_words"))
    if profile == "mlps" and _kinds(password) < _LEAST_KINDS:
        raise BadInput(problem("password", "plain_password"))
    return Hashed(_hasher.hash(password))


def is_password(stored: str, given: str) -> bool:
    """Costs the same for a wrong one; an account without any has none that is right."""
    try:
        return _hasher.verify(stored, given)
    except (VerificationError, InvalidHashError):
        return False


def rehashed_or_none(stored: str, password: str) -> str | None:
    """A new hash of the right password where the parameters have risen since."""
    return _hasher.hash(password) if _hasher.check_needs_rehash(stored) else None


def is_stale(changed_at: datetime | None, now: datetime, profile: Profile) -> bool:
    """Whether the profile asks for a new one by now."""
    return profile == "mlps" and (changed_at is None or now - changed_at >= ROTATION)


@cache
def _common() -> frozenset[str]:
    text = (files("recruit") / "data" / "passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("# "))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _tells(word: str) -> bool:
    return len(word) >= (_LEAST_WORD if word.isascii() else _LEAST_NAME)


def _kinds(password: str) -> int:
    """Of capitals, small letters, digits and anything else, how many kinds there are."""
    kinds = (str.isupper, str.islower, str.isdigit, lambda letter: not letter.isalnum())
    return sum(any(kind(letter) for letter in password) for kind in kinds)
