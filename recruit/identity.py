"""The 18 characters of an identity number: form, day of birth and check digit (GB 11643-1999)."""

import re
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def normal(id_number: str) -> str:
    return id_number.strip().upper()


def is_id_number(id_number: str) -> bool:
    number = normal(id_number)
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number) or born_of(number) is None:
        return False
    return check_digit(number[:17]) == number[17]


def check_digit(first: str) -> str:
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def born_of(id_number: str) -> date | None:
    try:
        return date.fromisoformat(f"{id_number[6:10]}-{id_number[10:12]}-{id_number[12:14]}")
    except ValueError:
        return None
