"""A workbook of many plain tables, written row by row: its size is that of the file, whatever the number of rows. Text stays text."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from measurement.rules.numbers import nearly_exact

from .styles import (
    AT_TOP,
    BOLD,
    HEADER_FILL,
    ILLEGAL,
    LONGEST_TEXT,
    NUMBER,
    TITLE,
    WHOLE,
    WRAP,
    dress,
    short_format,
)

Value = str | Decimal | Fraction | int | date | datetime | time | None
DATE, CLOCK = "dd-mm-yyyy", "hh:mm"
LONGEST_NAME = 31
NARROW, WIDE = 16, 44
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


@dataclass(frozen=True)
class BookSheet:
    """One table: its name, one sentence on what it is, its headings, and its rows. Headings in `money` hold rupiah, those in `wide` long texts."""

    name: str
    note: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    wide: frozenset[str] = field(default_factory=frozenset)
    money: frozenset[str] = field(default_factory=frozenset)


def book_of_sheets(title: str, notes: Sequence[str], sheets: Sequence[BookSheet]) -> bytes:
    """The xlsx: a first sheet says what stands where, every sheet says on top what it is and `notes[0]`, as of when."""
    book = Workbook(write_only=True)
    _first_sheet(book, title, notes, sheets)
    for sheet in sheets:
        page = book.create_sheet(sheet_name(sheet.name))
        for number, heading in enumerate(sheet.headings, 1):
            page.column_dimensions[get_column_letter(number)].width = (
                WIDE if heading in sheet.wide else NARROW
            )
        page.freeze_panes = "A5"
        page.append([_text(page, f"{title}: {sheet.name}", TITLE)])
        page.append([_text(page, f"{sheet.note} {notes[0]}")])
        page.append([])
        page.append([_text(page, heading, BOLD, HEADER_FILL, WRAP) for heading in sheet.headings])
        for row in sheet.rows:
            page.append(
                [
                    _cell(page, value, heading in sheet.wide, _format_of(sheet, heading))
                    for heading, value in zip(sheet.headings, row, strict=True)
                ]
            )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sheet_name(name: str) -> str:
    """A name that Excel takes."""
    return name.translate(FORBIDDEN)[:LONGEST_NAME]


def _first_sheet(book: Workbook, title: str, notes: Sequence[str], sheets: Sequence[BookSheet]) -> None:
    page = book.create_sheet("Tentang")
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 30, 110
    page.append([_text(page, title, TITLE)])
    for note in notes:
        page.append([_text(page, note)])
    page.append([])
    page.append([_text(page, heading, BOLD, HEADER_FILL) for heading in ("Lembar", "Isi")])
    for sheet in sheets:
        page.append([_text(page, sheet_name(sheet.name), AT_TOP), _text(page, sheet.note, WRAP)])


def _text(page, text: str, *styles):
    cell = WriteOnlyCell(page, ILLEGAL.sub("", text)[:LONGEST_TEXT])
    cell.data_type = "s"
    if text[:1] in "=+-@\t\r" and text:
        cell.quotePrefix = True
    if styles:
        dress(cell, *styles)
    return cell


def _format_of(sheet: BookSheet, heading: str) -> str:
    """That of the numbers of a column; empty where each number has as many decimals as it needs."""
    if heading in sheet.money:
        return WHOLE
    return NUMBER if heading.endswith("(%)") else ""


def _cell(page, value: Value, is_wide: bool, number_format: str):
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _text(page, value, WRAP if is_wide else AT_TOP)
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    cell = WriteOnlyCell(page, nearly_exact(value) if isinstance(value, Fraction) else value)
    if isinstance(value, Decimal | Fraction | int):
        cell.number_format = number_format or short_format(Fraction(value))
    else:
        cell.number_format = CLOCK if isinstance(value, time) else DATE
    return cell
