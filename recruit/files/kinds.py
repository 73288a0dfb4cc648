"""Which files are taken: their types, what they begin with, and how large they may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["jpg", "png", "webp", "pdf", "docx", "xlsx"]

MEBIBYTE = 1 << 20
MOST_BYTES = 20 * MEBIBYTE
MOST_PIXELS = 40_000_000
MOST_UNPACKED = 100 * MEBIBYTE
MOST_RATIO = 100
MOST_ENTRIES = 2_000
MOST_A_DAY = 300
MOST_BYTES_A_DAY = 500 * MEBIBYTE
MOST_PHOTOS = 3  # with one opinion from outside
MOST_SCANS = 5  # of one letter
MOST_BYTES_ON_A_NOTICE = 500 * MEBIBYTE  # all that comes from outside about it
IMAGES: frozenset[Kind] = frozenset(("jpg", "png", "webp"))

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: Mapping[Kind, str] = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}
EXTENSIONS: Mapping[str, Kind] = {
    "jpg": "jpg",
    "jpeg": "jpg",
    "png": "png",
    "webp": "webp",
    "pdf": "pdf",
    "docx": "docx",
    "xlsx": "xlsx",
}


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a file is not taken: the id of the sentence, and what it names."""

    id: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fit:
    """A file that may be kept; `pages` None where they cannot be counted."""

    kind: Kind
    pages: int | None


def unfit(id_: str, **values: object) -> Unfit:
    return Unfit(id_, values)
