"""Lines that were pasted: their columns, and days as people write them."""

import re
from datetime import date

_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?", re.ASCII)
_JOINED = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_MARKS = str.maketrans(
    {"，": ",", "；": ",", ";": ",", "、": ",", "\u3000": " ", "．": ".", "－": "-", "／": "/"}
)


def columns(line: str) -> list[str]:
    """The entries of a line: parted by tabs where it has one, else by commas, else by spaces."""
    plain = line.translate(_MARKS).strip()
    mark = next((mark for mark in ("\t", ",") if mark in plain), None)
    return [one.strip() for one in plain.split(mark)] if mark else plain.split()


def lines_of(text: str) -> list[tuple[int, str]]:
    """Each line that is not empty, with its number from 1."""
    return [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]


def day_or_none(text: str) -> date | None:
    """1970-05-18, 1970.5.18, 1970/5/18, 1970年5月18日 or 19700518; None for what is no day."""
    found = _DAY.fullmatch(text.strip()) or _JOINED.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
