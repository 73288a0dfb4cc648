"""Whether a file may be kept: its extension, its first bytes and its structure must say the same (pure)."""

import io
import unicodedata
import warnings
from pathlib import PurePosixPath

from PIL import Image

from recruit.files.kinds import EXTENSIONS, IMAGES, MOST_BYTES, MOST_PIXELS, Fit, Kind, Unfit, unfit
from recruit.files.office import check_office
from recruit.files.pdf import check_pdf

_LONGEST_NAME = 120
_PASS = b"\xff\xda"  # of a JPEG
_MOST_PASSES = 32  # a camera makes ten; thousands would keep a decoder busy for minutes
_EIGHTH = 8  # a photograph is decoded at an eighth of its size: enough to see that it is whole


def check(name: str, data: bytes) -> Fit | Unfit:
    """Take or refuse one file (ASVS 5.2.2, 5.2.3, 5.2.6)."""
    if not 0 < len(data) <= MOST_BYTES:
        return unfit("file_too_large", most=MOST_BYTES >> 20) if data else unfit("file_empty")
    said = EXTENSIONS.get(PurePosixPath(name).suffix.lower().lstrip("."))
    if said is None:
        return unfit("file_type_unknown")
    begins = _by_first_bytes(data)
    if begins != said and not (begins == "docx" and said == "xlsx"):
        return unfit("file_type_differs", said=said)
    if said == "pdf":
        return check_pdf(data)
    if said in {"docx", "xlsx"}:
        return check_office(said, data)
    return _check_image(said, data)


def check_photo(data: bytes) -> Fit | Unfit:
    """Take or refuse a photograph by its bytes alone: telephones give names of all kinds, or none.

    Its head is read and nothing decoded: anybody may send one, and `bare` finds out whether it is whole.
    """
    if not 0 < len(data) <= MOST_BYTES:
        return unfit("file_too_large", most=MOST_BYTES >> 20) if data else unfit("file_empty")
    kind = _by_first_bytes(data)
    return _check_image(kind, data, is_decoded=False) if kind in IMAGES else unfit("photo_unknown")


def tidy_name(name: str) -> str:
    """The last part of a path, without control or direction characters, and not too long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    shown = " ".join(shown.split()).strip(". ")
    stem, dot, extension = shown.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(extension) - 1]}{dot}{extension}" if dot else shown[:_LONGEST_NAME]


def _by_first_bytes(data: bytes) -> Kind | None:
    """A zip is taken for a document here; what kind of document it is its inside says."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"%PDF-"):
        return "pdf"
    return "docx" if data.startswith(b"PK\x03\x04") else None


def _check_image(said: Kind, data: bytes, *, is_decoded: bool = True) -> Fit | Unfit:
    if said == "jpg" and data.count(_PASS) > _MOST_PASSES:
        return unfit("file_broken")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
                width, height = image.size
                if width * height > MOST_PIXELS:
                    return unfit("file_pixels", most=MOST_PIXELS // 1_000_000)
                if is_decoded:
                    _decode(image, said)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return unfit("file_pixels", most=MOST_PIXELS // 1_000_000)
    except Exception:  # noqa: BLE001 - whatever a decoder meets in foreign bytes, the file is broken
        return unfit("file_broken")
    if said == "webp" and int.from_bytes(data[4:8], "little") + 8 > len(data):
        return unfit("file_broken")
    return Fit(said, 1)


def _decode(image: Image.Image, said: Kind) -> None:
    """Raises whatever a decoder meets in a broken one."""
    if said != "jpg":
        image.verify()
        return
    width, height = image.size
    image.draft("RGB", (width // _EIGHTH, height // _EIGHTH))
    image.load()
