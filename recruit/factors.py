"""The six digits of a telephone (RFC 6238): whether they are right now, each of them once."""

import secrets
from datetime import datetime
from hmac import compare_digest

import pyotp
from sqlalchemy import Connection, select, update

from recruit.addresses import ensure_key
from recruit.keys import Keys
from recruit.tables import Factor, PrintedCode

STEP = 30  # seconds
WINDOW = 1  # steps before and after, for telephones whose clock is off
PRINTED = 10
_DIGITS = 6
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is misread on paper
_PRINTED_LENGTH = 10


def new_secret() -> str:
    return pyotp.random_base32()


def seal_secret(keys: Keys, user: str, secret: str) -> bytes:
    ensure_key(keys, user)
    return keys.seal(user, _place(user), secret.encode())


def open_secret(keys: Keys, user: str, sealed: bytes) -> str:
    """Raises `KeysMissing`."""
    return keys.unseal(user, _place(user), sealed).decode()


def step_or_none(secret: str, code: str, now: datetime, *, after: int) -> int | None:
    """The step to which the code belongs: within the window, and later than the step used last."""
    if len(code) != _DIGITS or not code.isdecimal():
        return None
    present = int(now.timestamp()) // STEP
    maker = pyotp.TOTP(secret)
    fitting = [
        step
        for step in range(present - WINDOW, present + WINDOW + 1)
        if step > after and compare_digest(maker.generate_otp(step), code)
    ]
    return fitting[0] if fitting else None


def is_code(connection: Connection, keys: Keys, user: str, code: str, now: datetime) -> bool:
    """Whether the code proves the user to be one; a right one is used up in the caller's transaction."""
    given = plain_code(code)
    row = connection.execute(
        select(Factor.sealed, Factor.last_step).where(Factor.user == user, Factor.confirmed_at.is_not(None))
    ).one_or_none()
    if row is None or row.sealed is None:
        return False
    step = step_or_none(open_secret(keys, user, row.sealed), given, now, after=row.last_step)
    if step is not None:
        used = update(Factor).where(Factor.user == user, Factor.last_step < step).values(last_step=step)
        return connection.execute(used).rowcount == 1
    printed = update(PrintedCode).where(
        PrintedCode.user == user,
        PrintedCode.digest == digest_of(keys, user, given),
        PrintedCode.used_at.is_(None),
    )
    return connection.execute(printed.values(used_at=now)).rowcount == 1


def new_printed_codes() -> tuple[str, ...]:
    """Ten, of about 49 bits each, as they stand on paper: two groups of five."""
    drawn = (
        "".join(secrets.choice(_LETTERS) for _letter in range(_PRINTED_LENGTH)) for _code in range(PRINTED)
    )
    return tuple(f"{code[:5]}-{code[5:]}" for code in drawn)


def digest_of(keys: Keys, user: str, code: str) -> bytes:
    return keys.keyed("printed code", f"{user}:{plain_code(code)}")


def plain_code(code: str) -> str:
    """As it was meant: without spaces and dashes, in capitals; full-width digits are digits."""
    kept = code.translate({ord("０") + number: str(number) for number in range(10)})
    return "".join(letter for letter in kept.upper() if letter.isalnum())


def _place(user: str) -> str:
    return f"factor:secret:{user}"
