"""A workbook of many plain tables, written row by row: its size is that of the file, whatever the number of rows. Text stays text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from .book import Book, BookPage
from .styles import (
    BOLD,
    HEADER_FILL,
    NUMBER,
    ON_TOP,
    PLAIN_HEADING,
    TITLE_LOOK,
    WHOLE,
    WRAPPED,
    CellLook,
    short_format,
)

Value = str | Decimal | Fraction | int | date | datetime | time | None
DATE, CLOCK = "dd-mm-yyyy", "hh:mm"
LONGEST_NAME = 31
NARROW, WIDE = 16, 44
TOP_ROWS = 4  # title, note, an empty row, headings
FIRST_SHEET = "Tentang"
FIRST_HEADING = CellLook(BOLD, HEADER_FILL)
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
    book = Book()
    _first_sheet(book.page(FIRST_SHEET), title, notes, sheets)
    for sheet in sheets:
        page = book.page(sheet_name(sheet.name))
        page.sheet.freeze_panes = f"A{TOP_ROWS + 1}"
        page.put_text(1, 1, f"{title}: {sheet.name}", TITLE_LOOK)
        page.put_text(2, 1, f"{sheet.note} {notes[0]}")
        formats = [_format_of(sheet, heading) for heading in sheet.headings]
        looks = [WRAPPED if heading in sheet.wide else ON_TOP for heading in sheet.headings]
        for number, heading in enumerate(sheet.headings, 1):
            page.set_width(number, WIDE if heading in sheet.wide else NARROW)
            page.put_text(TOP_ROWS, number, heading, PLAIN_HEADING)
        for number, row in enumerate(sheet.rows, TOP_ROWS + 1):
            for column, cell in enumerate(zip(row, looks, formats, strict=True), 1):
                _put(page, number, column, *cell)
    return book.content()


def sheet_name(name: str) -> str:
    """A name that Excel takes."""
    return name.translate(FORBIDDEN)[:LONGEST_NAME]


def _first_sheet(page: BookPage, title: str, notes: Sequence[str], sheets: Sequence[BookSheet]) -> None:
    page.set_width(1, 30)
    page.set_width(2, 110)
    page.put_text(1, 1, title, TITLE_LOOK)
    for row, note in enumerate(notes, 2):
        page.put_text(row, 1, note)
    header = len(notes) + 3
    for column, heading in enumerate(("Lembar", "Isi"), 1):
        page.put_text(header, column, heading, FIRST_HEADING)
    for row, sheet in enumerate(sheets, header + 1):
        page.put_text(row, 1, sheet_name(sheet.name), ON_TOP)
        page.put_text(row, 2, sheet.note, WRAPPED)


def _format_of(sheet: BookSheet, heading: str) -> str:
    """That of the numbers of a column; empty where each number has as many decimals as it needs."""
    if heading in sheet.money:
        return WHOLE
    return NUMBER if heading.endswith("(%)") else ""


def _put(page: BookPage, row: int, column: int, value: Value, look: CellLook, number_format: str) -> None:
    """A cell; none at all where nothing stands."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        page.put_text(row, column, value, look)
    elif isinstance(value, date | time):
        day = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        page.put_number(row, column, day, number_format=CLOCK if isinstance(value, time) else DATE)
    else:
        page.put_number(row, column, value, number_format=number_format or short_format(value))
