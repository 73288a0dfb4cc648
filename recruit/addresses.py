"""Addresses at rest: sealed with a key of their owner, opened only to be used or shown to the owner."""

import re

from recruit.keys import Keys
from recruit.recipients import MAIL

_MAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
_PHONE = re.compile(r"\+?[0-9]{6,15}")
_SPACING = re.compile(r"[\s()-]")


def is_mail_address(text: str) -> bool:
    return _MAIL.fullmatch(text) is not None


def phone_or_none(text: str) -> str | None:
    """The number without its spacing; None for what is none."""
    bare = _SPACING.sub("", text)
    return bare if _PHONE.fullmatch(bare) else None


def seal_address(keys: Keys, user: str, channel: str, address: str) -> bytes:
    """The owner's key is made with the first address."""
    ensure_key(keys, user)
    return keys.seal(user, _place(user, channel), address.encode())


def open_address(keys: Keys, user: str, channel: str, sealed: bytes) -> str:
    """Raises `KeysMissing`."""
    return keys.unseal(user, _place(user, channel), sealed).decode()


def seal_robot(keys: Keys, robot: str, column: str, clear: str) -> bytes:
    """`column`: "url" or "secret"."""
    ensure_key(keys, robot)
    return keys.seal(robot, f"robot:{column}:{robot}", clear.encode())


def open_robot(keys: Keys, robot: str, column: str, sealed: bytes) -> str:
    """Raises `KeysMissing`."""
    return keys.unseal(robot, f"robot:{column}:{robot}", sealed).decode()


def ensure_key(keys: Keys, owner: str) -> None:
    if not keys.has(owner):
        keys.make([owner])


def masked(channel: str, address: str) -> str:
    """As lists show it: no digit of a telephone number, of a mail address its first letter and its house."""
    if channel != MAIL:
        return "…"
    local, _, house = address.partition("@")
    return f"{local[:1] if local[:1].isalpha() else ''}…@{house}"


def _place(user: str, channel: str) -> str:
    return f"address:sealed:{user}/{channel}"
