"""Reading a table that is to be checked, from csv or xlsx, with every cell as it is shown and as it is stored."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from django.core.files import File

from measurement.rules.numbers import decimal_places, round_half_up
from measurement.rules.refusals import BadFile
from measurement.spreadsheets.csv_cells import unguard_formula
from measurement.spreadsheets.number_formats import shown_format
from measurement.spreadsheets.read_book import ReadBook, ReadSheet
from measurement.spreadsheets.reading import (
    MOST_SHEETS,
    csv_rows,
    csv_text,
    formulas_without_result,
    read_rows,
    sheet_rows,
)
from measurement.spreadsheets.sheet_parser import SheetCell

from .e81_form import HEAD_WITHIN, form_head
from .printed import BLANK, Printed, PrintedKind, of_number, read_printed
from .table_headings import TableHead, columns_within, head_of

DELIMITERS = ",;\t|"
MOST_PLACES = 6
LARGEST, LARGEST_KEPT = 10**15, 10**300
SIMPLE_FORMAT = re.compile(r"[#0,? ]*(?:\.(?P<places>[0#?]+))?[ %]*")


@dataclass(frozen=True)
class PublishedFigure:
    """A number in a workbook's cell, in the unit it is shown in: 0.955 shown as 95,5 % is 95.5 with one place."""

    value: Decimal
    places: int
    percent: bool
    stored: float | int
    number_format: str

    @property
    def plain(self) -> str:
        """As it is stored, for a column that isn't checked."""
        return repr(self.stored)

    def __str__(self) -> str:
        return f"{round_half_up(self.value, self.places):f}".replace(".", ",") + ("%" if self.percent else "")


@dataclass(frozen=True)
class Kept:
    """What else a workbook's cell may hold, a date or a yes: its text, and the value to write back."""

    text: str
    stored: date | time | timedelta | bool | float
    number_format: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class SheetRows:
    """The rows of one sheet; without a title where it is the only one."""

    title: str
    rows: list[list]


@dataclass(frozen=True)
class PublishedFile:
    """The delimiter (of a csv), the sheets with something to check, and the titles of those that can't be read."""

    delimiter: str
    sheets: list[SheetRows]
    left_out: tuple[str, ...] = ()


def read_published(upload: File) -> PublishedFile:
    """BadFile with a sentence for what can't be read."""
    readers: dict[str, Callable[[Any, str], PublishedFile]] = {".csv": _read_csv, ".xlsx": _read_xlsx}
    return read_rows(upload, readers)


def head_within(rows: list[list]) -> TableHead:
    """The headings of the table, those of Form E.81 by its numbers."""
    return form_head(rows) or head_of(rows)


def printed_cell(cell: str | PublishedFigure | Kept, kind: PrintedKind) -> Printed:
    if isinstance(cell, PublishedFigure):
        return of_number(str(cell), cell.value, cell.places, cell.percent)
    return read_printed(str(cell), kind) if cell else BLANK


def _read_csv(content: bytes, name: str) -> PublishedFile:
    text = csv_text(content)
    delimiter = max(DELIMITERS, key=lambda sign: columns_within(_top(text, sign)))
    rows = [[unguard_formula(cell) for cell in row] for row in csv_rows(text, delimiter, name)]
    return PublishedFile(delimiter, [SheetRows("", rows)])


def _top(text: str, delimiter: str) -> list[list]:
    try:
        return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), HEAD_WITHIN))
    except csv.Error:
        return []


def _read_xlsx(book: ReadBook, name: str) -> PublishedFile:
    """The sheet whose first rows name the most columns (among equals, the first), and the others that print percentages, too."""
    sheets = book.sheets[:MOST_SHEETS]
    if len(sheets) == 1:
        return PublishedFile("", [replace(_read_sheet(sheets[0], name), title="")])
    heads = {sheet.title: head_within(sheet_rows(sheet, name, _value, HEAD_WITHIN)) for sheet in sheets}
    best = max(heads, key=lambda title: heads[title].weight[0])
    found, left_out = [], []
    for sheet in sheets:
        if sheet.title != best and not any(group.published for group in heads[sheet.title].groups):
            continue
        try:
            found.append(_read_sheet(sheet, name))
        except BadFile:
            if sheet.title == best:
                raise
            left_out.append(sheet.title)
    titled = found if len(found) > 1 else [replace(sheet, title="") for sheet in found]
    return PublishedFile("", titled, tuple(left_out))


def _read_sheet(sheet: ReadSheet, name: str) -> SheetRows:
    rows = sheet_rows(sheet, name, _value)
    for formula in formulas_without_result(sheet):
        row, column = rows[formula.row - 1], formula.column
        row += [""] * (column - len(row))
        row[column - 1] = formula.text
    return SheetRows(sheet.title, rows)


def _value(cell: SheetCell) -> str | PublishedFigure | Kept:
    value, number_format = cell.value, str(cell.number_format)
    if value is None:
        return ""
    if isinstance(value, bool):
        return Kept("ya" if value else "tidak", value, number_format)
    if isinstance(value, date | time | timedelta):
        return Kept(_moment(value), value, number_format)
    if not isinstance(value, int | float) or not abs(value) < LARGEST_KEPT:
        return str(value)
    if not abs(value) < LARGEST:
        return Kept(str(value), value, number_format)
    shown = shown_format(number_format, value)
    percent = "%" in shown
    exact = Decimal(repr(value)) * (100 if percent else 1)
    return PublishedFigure(exact, _places(exact, shown), percent, value, number_format)


def _moment(value: date | time | timedelta) -> str:
    """ISO; a date alone is written without its midnight."""
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    return str(value)


def _places(value: Decimal, shown: str) -> int:
    """Decimals that a simple number format shows; otherwise those of the value."""
    own = max(0, decimal_places(round_half_up(value, MOST_PLACES).normalize()))
    found = SIMPLE_FORMAT.fullmatch(shown.strip(" ()-"))
    if not shown or not found or shown.strip(" ()-%").endswith(","):
        return own
    places = found["places"] or ""
    return min(max(places.count("0"), min(own, len(places))), MOST_PLACES)
