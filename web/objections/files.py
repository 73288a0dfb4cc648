"""What came with an opinion, shown with its text: a small picture made here, and the name of each file."""

from base64 import b64encode
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from recruit.commands.files import bytes_of
from recruit.errors import KeysMissing
from recruit.files.kinds import IMAGES
from recruit.files.pictures import small_picture
from recruit.queries.files import FileRow
from recruit.record import Record
from web.files.names import file_text


@dataclass(frozen=True, slots=True)
class Enclosure:
    """`picture`: in the page itself, so that it has no address; empty for what is no photo, or is lost."""

    id: str
    name: str
    text: str
    picture: str


def enclosed_of(record: Record, files: Iterable[FileRow]) -> list[Enclosure]:
    """Of files whose reading is on record with the text."""
    return [Enclosure(one.id, one.name, file_text(one), _picture(record, one)) for one in files]


def _picture(record: Record, one: FileRow) -> str:
    if one.kind in IMAGES:
        with suppress(KeysMissing, OSError, ValueError, SyntaxError):  # what no decoder reads is saved only
            made = small_picture(bytes_of(record, one))
            return f"data:image/jpeg;base64,{b64encode(made).decode()}"
    return ""
