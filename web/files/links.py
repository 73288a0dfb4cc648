"""The files of an act, as links beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from recruit.queries.files import FileRow
from web.files.names import file_text
from workflows.acts import Act

NO_FILES: Mapping[str, FileRow] = {}


@dataclass(frozen=True, slots=True)
class FileLink:
    text: str
    href: str
    title: str
    is_file: bool = True


def links_of(act: Act | None, known: Mapping[str, FileRow]) -> tuple[FileLink, ...]:
    """Those that this visitor may read; `known`: by the SHA-256 that the act names."""
    if act is None:
        return ()
    named = [
        name for one in (act, act.replacement) if one is not None for name in one.names("attachments") or ()
    ]
    return tuple(link_of(known[name]) for name in dict.fromkeys(named) if name in known)


def link_of(file: FileRow) -> FileLink:
    return FileLink(file_text(file), url_for("files.download", file=file.id), f"SHA-256 {file.sha256}")
