"""Photographs without what the camera wrote beside the pixels: no place, no device, no time (pure).

The pixels stay as they are, to the bit: nothing is compressed anew. Which side is up is kept.
"""

import io
import re
import struct
from collections.abc import Iterator

from PIL import Image

from recruit.files.kinds import Kind

_ORIENTATION = 0x0112
_UPRIGHT = 1
_SOI, _APP1, _SOS, _EOI = 0xD8, 0xE1, 0xDA, 0xD9
_STANDALONE = frozenset((0x01, *range(0xD0, 0xD8)))
# The first marker after the data of a scan: neither a stuffed zero, nor a restart, nor a filler.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_SIGNATURE = 8
_PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs")
)
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_NOTES = 0x08 | 0x04  # the flags of EXIF and XMP


def bare(kind: Kind, data: bytes) -> bytes:
    """Of a photograph that was found whole. Raises `ValueError` where its parts do not fit together."""
    try:
        match kind:
            case "jpg":
                return b"".join(_jpeg(data, _orientation(data)))
            case "png":
                return b"".join(_png(data))
            case "webp":
                return _webp(data)
    except (struct.error, IndexError, OSError) as torn:
        raise ValueError(kind) from torn
    raise ValueError(kind)


def _orientation(data: bytes) -> int:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        found = image.getexif().get(_ORIENTATION, _UPRIGHT)
    return found if found in range(_UPRIGHT, 9) else _UPRIGHT


def _jpeg(data: bytes, orientation: int) -> Iterator[bytes]:
    """Each segment that the pixels need; what lies behind the end is left out."""
    yield data[:2]
    if orientation != _UPRIGHT:
        exif = Image.Exif()
        exif[_ORIENTATION] = orientation
        written = exif.tobytes()
        yield struct.pack(">BBH", 0xFF, _APP1, len(written) + 2) + written
    at = 2
    while True:
        at, marker = _marker_at(data, at)
        if marker == _EOI:
            yield b"\xff\xd9"
            return
        if marker in _STANDALONE:
            yield bytes((0xFF, marker))
            continue
        end = at + struct.unpack_from(">H", data, at)[0]
        if marker == _SOS:
            found = _MARKER.search(data, end)
            if found is None:
                raise ValueError("jpg")
            end = found.start()
        if _is_needed(marker, data[at + 2 : at + 14]):
            yield bytes((0xFF, marker)) + data[at:end]
        at = end


def _marker_at(data: bytes, at: int) -> tuple[int, int]:
    """The place after a marker, fillers before it passed over, and the marker."""
    if data[at] != 0xFF:  # noqa: PLR2004 - as the format writes it
        raise ValueError("jpg")
    while data[at] == 0xFF:  # noqa: PLR2004 - as above
        at += 1
    return at + 1, data[at]


def _is_needed(marker: int, begins: bytes) -> bool:
    """Of the notes of applications: the plain header, the colours; no comment."""
    if marker == 0xFE:  # noqa: PLR2004 - as the format writes it
        return False
    if marker not in range(0xE0, 0xF0):
        return True
    return begins.startswith((b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"))


def _png(data: bytes) -> Iterator[bytes]:
    yield data[:_PNG_SIGNATURE]
    at = _PNG_SIGNATURE
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise ValueError("png")
        if name in _PNG_KEPT:
            yield data[at:end]
        if name == b"IEND":
            return
        at = end


def _webp(data: bytes) -> bytes:
    parts, at = [], 12
    last = struct.unpack_from("<I", data, 4)[0] + 8
    if last > len(data):
        raise ValueError("webp")
    while at + 8 <= last:
        name, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + length % 2
        if end > last:
            raise ValueError("webp")
        part = bytearray(data[at:end])
        if name == b"VP8X":
            part[8] &= ~_WEBP_NOTES & 0xFF
        if name in _WEBP_KEPT:
            parts.append(bytes(part))
        at = end
    inside = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside
