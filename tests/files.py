"""Small files of every kind that is taken and of every kind that is not, made when they are asked for."""

import io
import zipfile
from collections.abc import Mapping

from PIL import Image

TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def photo(kind: str = "JPEG", *, shade: int = 90, size: tuple[int, int] = (64, 48)) -> bytes:
    """`shade`: another one makes other bytes."""
    out = io.BytesIO()
    image = Image.new("RGB", size, (shade, 80, 70))
    exif = Image.Exif()
    exif[0x013B] = "Demo Author"  # Artist
    image.save(out, kind, exif=exif)
    return out.getvalue()


def in_passes(count: int) -> bytes:
    """A small photo whose last pass comes so many times more."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 80, 70)).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    return data[:-2] + data[data.rfind(b"\xff\xda") : -2] * count + data[-2:]


def pdf(*, pages: int = 2, inside: bytes = b"") -> bytes:
    page = b"".join(b"%d 0 obj << /Type /Page /Parent 1 0 R >> endobj\n" % (n + 2) for n in range(pages))
    return b"%PDF-1.4\n1 0 obj << /Type /Pages >> endobj\n" + page + inside + b"trailer << >>\n%%EOF\n"


def office(kind: str = "docx", types: bytes = TYPES, **parts: bytes) -> bytes:
    """`parts`: further entries; two underscores stand for a slash, one at the end for nothing."""
    return archive({"[Content_Types].xml": types, MAIN[kind]: b"<w/>"} | {
        name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()
    })  # fmt: skip


def archive(entries: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def with_link() -> bytes:
    out = io.BytesIO(office())
    with zipfile.ZipFile(out, "a") as made:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    return out.getvalue()


def with_many_entries(count: int) -> bytes:
    return archive(
        {"[Content_Types].xml": TYPES, MAIN["docx"]: b"", **{f"word/{n}": b"" for n in range(count)}}
    )


def lying_bomb() -> bytes:
    """Its table of contents says that it unpacks to little."""
    made = bytearray(office(word__large=b"0" * 2_000_000))
    for at in range(len(made) - 4):
        if made[at : at + 4] == (2_000_000).to_bytes(4, "little"):
            made[at : at + 4] = (20).to_bytes(4, "little")
    return bytes(made)


def huge_photo() -> bytes:
    """41 megapixels in a few kilobytes."""
    out = io.BytesIO()
    Image.new("1", (8200, 5000)).save(out, "PNG")
    return out.getvalue()


def with_way_out() -> bytes:
    return archive({"[Content_Types].xml": TYPES, MAIN["docx"]: b"", "../../a": b"x"})
