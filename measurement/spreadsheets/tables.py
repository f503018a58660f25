"""One way to write a table as a workbook: titles, a frozen header, typed columns, and a print set-up that fits the width of the paper."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import ceil

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from measurement.models import MeasurementCycle
from measurement.rules.periods import Frequency

from .styles import (
    BOLD,
    CENTER,
    GRID,
    HEADER_FILL,
    NUMBER,
    RIGHT,
    SHORT,
    TITLE,
    WHOLE,
    WRAP,
    dress,
    put_number,
    put_text,
    short_format,
)

DASH = "–"
LINE_HEIGHT, TALLEST = 15, 409  # points; 409 is the most that a row may have


class CellKind(Enum):
    """What a column holds: text, a figure as it was entered, a percentage, or rupiah."""

    TEXT = ""
    FIGURE = SHORT
    PERCENT = NUMBER
    MONEY = WHOLE


@dataclass(frozen=True)
class TableColumn:
    """Heading → getter and format. `of_branch` says what stands on the line of a program, kegiatan or sub kegiatan."""

    heading: str
    width: int
    kind: CellKind = CellKind.TEXT
    of_row: Callable | None = None
    of_branch: Callable | None = None


@dataclass(frozen=True)
class TableLine:
    """One line of the table: its values in the order of the columns, and whether it is a heading of what follows."""

    values: list
    strong: bool = False


def titles_of(cycle: MeasurementCycle, title: str) -> list[str]:
    """What stands above a table: paper, office, period, and where the plan's figures come from."""
    lines = [f"{title} {cycle.period}", f"{cycle.unit.name}, {cycle.unit.government}"]
    return [*lines, cycle.plan.source_note] if cycle.plan.source_note else lines


def table_workbook(
    name: str,
    titles: list[str],
    columns: tuple[TableColumn, ...],
    lines: Iterable[TableLine],
    pages_wide: int = 1,
    frequency: Frequency = Frequency.QUARTERLY,
) -> bytes:
    """The xlsx of one table; printed on so many pages side by side. Headings speak of the periods of this frequency."""
    columns = tuple(replace(column, heading=frequency.worded(column.heading)) for column in columns)
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row, title in enumerate(titles, 1):
        dress(put_text(sheet, row, 1, title), TITLE if row == 1 else BOLD)
    header = len(titles) + 2
    for number, column in enumerate(columns, 1):
        dress(put_text(sheet, header, number, column.heading), BOLD, HEADER_FILL, GRID, CENTER)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[header].height = _height(columns, [column.heading for column in columns])
    for row, line in enumerate(lines, header + 1):
        for number, (column, value) in enumerate(zip(columns, line.values, strict=True), 1):
            _put(sheet, row, number, column, value, line.strong)
        sheet.row_dimensions[row].height = _height(columns, line.values)
    _set_up_print(sheet, header, pages_wide)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _put(sheet: Worksheet, row: int, number: int, column: TableColumn, value, strong: bool) -> None:
    if isinstance(value, Decimal | Fraction | int):
        number_format = (
            short_format(Fraction(value)) if column.kind == CellKind.FIGURE else column.kind.value or SHORT
        )
        cell, alignment = put_number(sheet, row, number, value, number_format), RIGHT
    else:
        cell = put_text(sheet, row, number, value or "")
        alignment = WRAP if column.kind == CellKind.TEXT else RIGHT
    dress(cell, GRID, alignment, *([BOLD] if strong else []))


def _height(columns: tuple[TableColumn, ...], values: list) -> float:
    """Points for the tallest wrapped text: not every program works it out when it opens the file."""
    texts = [
        (column.width, value) for column, value in zip(columns, values, strict=True) if isinstance(value, str)
    ]
    return text_height(texts)


def text_height(
    texts: Iterable[tuple[float, str]], line_height: float = LINE_HEIGHT, density: float = 0.9
) -> float:
    """Points for the tallest of the texts, each wrapped in its width; `density` is how many characters a unit of width holds."""
    lines = (
        sum(ceil(max(len(part), 1) / (width * density)) for part in text.split("\n")) for width, text in texts
    )
    return min(line_height * max(lines, default=1), TALLEST)


def _set_up_print(sheet: Worksheet, header: int, pages_wide: int) -> None:
    sheet.freeze_panes = f"C{header + 1}"
    sheet.print_title_rows = f"{header}:{header}"
    fit_to_width(sheet, sheet.PAPERSIZE_A4, pages_wide)
    if pages_wide > 1:
        sheet.print_title_cols = "A:C"


def fit_to_width(sheet: Worksheet, paper: str, pages_wide: int = 1) -> None:
    """Landscape, as many pages side by side as asked and as long as it takes, pages numbered."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages_wide, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "Halaman &P dari &N"
