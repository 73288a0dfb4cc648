"""Looking into a PDF: that it is whole, carries nothing that acts, and how many pages it has."""

import re
import zlib
from collections.abc import Iterator

from recruit.files.kinds import MOST_UNPACKED, Fit, Unfit, unfit

_ACTING = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_PACKED = re.compile(rb"/ObjStm.{0,400}?stream\r?\n", re.DOTALL)
_TAIL = 2048


def check_pdf(data: bytes) -> Fit | Unfit:
    """Names may be packed away in object streams: these are opened, within bounds."""
    if b"%%EOF" not in data[-_TAIL:]:
        return unfit("file_broken")
    pages = 0
    for part in _parts(data):
        if part is None:
            return unfit("file_unpacks_too_large", most=MOST_UNPACKED >> 20)
        if any(word in part for word in _ACTING):
            return unfit("file_acts")
        pages += len(_PAGE.findall(part))
    return Fit("pdf", pages or None)


def _parts(data: bytes) -> Iterator[bytes | None]:
    """The file, then each object stream unpacked; None where they are too large together."""
    yield data
    left = MOST_UNPACKED
    for found in _PACKED.finditer(data):
        end = data.find(b"endstream", found.end())
        if end < 0:
            return
        try:
            part = zlib.decompressobj().decompress(data[found.end() : end], left)
        except zlib.error:
            continue  # sealed with a password of its own, or not packed this way: nothing to be read here
        left -= len(part)
        yield part if left > 0 else None
