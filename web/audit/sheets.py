"""A workbook in which no cell is ever a formula: every text is a text, whatever it begins with."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | date | None
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST = 32_000  # what a cell holds, and a little less
_WIDEST, _NARROWEST = 60, 8
_A4 = 9  # as the format numbers papers


@dataclass(frozen=True, slots=True)
class Sheet:
    """`heads` is repeated on every printed page."""

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int] = ()


def workbook_bytes(sheets: Iterable[Sheet], *, foot: str) -> bytes:
    """`foot` stands at the foot of every printed page, beside its number."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _add(book, sheet, foot)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _add(book: Workbook, sheet: Sheet, foot: str) -> None:
    page = book.create_sheet(sheet.title)
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    page.oddFooter.left.text = foot.replace("&", "&&")
    page.oddFooter.right.text = "&P / &N"
    page.freeze_panes = "A2"
    for number, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = min(max(width, _NARROWEST), _WIDEST)
    page.append([_cell(page, head, is_head=True) for head in sheet.heads])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _cell(page: WriteOnlyWorksheet, value: Value, *, is_head: bool = False) -> Cell:
    if not isinstance(value, str):
        plain = value if isinstance(value, int) or value is None else datetime.combine(value, time(0))
        cell: Cell = WriteOnlyCell(page, value=plain)
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        return cell
    text = _NOT_IN_XML.sub("", value)[:_LONGEST]
    cell = WriteOnlyCell(page, value=text)
    cell.data_type = "s"  # a text that begins with a sign would become a formula by itself
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if text.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True  # also after somebody edits the cell
    if is_head:
        cell.font = Font(bold=True)
    return cell
