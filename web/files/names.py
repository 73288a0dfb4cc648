"""A file in a line: its name, size and pages."""

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from recruit.queries.files import FileRow

_KILO = 1024


def file_text(file: FileRow) -> str:
    """Name, size and pages."""
    parts = [file.name, size_text(file.size)]
    if file.pages and file.kind == "pdf":
        parts.append(ngettext("%(num)s page", "%(num)s pages", file.pages))
    return " · ".join(parts)


def size_text(size: int) -> str:
    if size < _KILO * _KILO:
        return _("%(n)s kB", n=max(1, round(size / _KILO)))
    return _("%(n)s MB", n=format_decimal(round(size / _KILO / _KILO, 1)))
