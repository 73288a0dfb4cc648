"""Looking into a document of Word or Excel: no macros, nothing embedded, nothing fetched from outside."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Sequence

from recruit.files.kinds import MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED, Fit, Kind, Unfit, unfit

_MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_CONTENT_TYPES = "[Content_Types].xml"
_EMBEDDED = re.compile(r"(^|/)(embeddings|activex)/|oleobject", re.IGNORECASE)
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']\s*External", re.IGNORECASE)
_ENTITIES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_SEALED = 0x1  # flag bit 0 of an entry: under a password
_UNIX = 16  # where an entry keeps the mode of a file
_CHUNK = 1 << 16


def check_office(said: Kind, data: bytes) -> Fit | Unfit:
    """Every entry is unpacked within bounds, whatever sizes the archive claims."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            wrong = _listed(said, entries, len(data)) or _unpacked(archive, entries)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return unfit("file_broken")
    return wrong or Fit(said, None)


def _listed(said: Kind, entries: Sequence[zipfile.ZipInfo], size: int) -> Unfit | None:
    """What the table of contents already tells; the gravest first."""
    names = [entry.filename for entry in entries]
    claimed = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    lowered = [name.lower() for name in names]
    found = (
        (len(entries) > MOST_ENTRIES, unfit("file_many_entries", most=MOST_ENTRIES)),
        (any(stat.S_ISLNK(entry.external_attr >> _UNIX) for entry in entries), unfit("file_link")),
        (any(map(_leads_out, names)) or len(set(names)) != len(names), unfit("file_broken")),
        (any(entry.flag_bits & _SEALED for entry in entries), unfit("file_sealed")),
        (packed > size, unfit("file_broken")),  # entries that lie over each other
        (
            claimed > min(MOST_UNPACKED, MOST_RATIO * max(packed, 1)),
            unfit("file_unpacks_too_large", most=MOST_UNPACKED >> 20),
        ),
        (any(name.endswith("vbaproject.bin") for name in lowered), unfit("file_macro")),
        (any(map(_EMBEDDED.search, names)), unfit("file_embedded")),
        (not {_CONTENT_TYPES, _MAIN[said]} <= set(names), unfit("file_type_differs", said=said)),
    )
    return next((wrong for is_so, wrong in found if is_so), None)


def _leads_out(name: str) -> bool:
    """Whether unpacking it could write outside the folder that was meant."""
    return name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/")


def _unpacked(archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> Unfit | None:
    left = MOST_UNPACKED
    for entry in entries:
        is_structure = entry.filename == _CONTENT_TYPES or entry.filename.lower().endswith(".rels")
        kept = b""
        with archive.open(entry) as opened:
            first = chunk = opened.read(_CHUNK)
            while chunk:
                left -= len(chunk)
                if left < 0:
                    return unfit("file_unpacks_too_large", most=MOST_UNPACKED >> 20)
                kept += chunk if is_structure else b""
                chunk = opened.read(_CHUNK)
        if first.startswith((_OLE, _ZIP)):
            return unfit("file_embedded")
        found = _structure(kept) if is_structure else None
        if found is not None:
            return found
    return None


def _structure(part: bytes) -> Unfit | None:
    """Relations and types, as bytes: no parser that would follow an entity ever sees them."""
    if b"\0" in part or _ENTITIES.search(part):  # other encodings would hide words from this reading
        return unfit("file_broken")
    if _EXTERNAL.search(part):
        return unfit("file_external")
    return unfit("file_macro") if b"macroenabled" in part.lower() else None
