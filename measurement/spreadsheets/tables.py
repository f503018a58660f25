"""One way to write a table as a workbook: titles, a frozen header, typed columns, and a print set-up that fits the width of the paper."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import ceil

from openpyxl.worksheet.worksheet import Worksheet

from measurement.models import MeasurementCycle
from measurement.rules.periods import Frequency

from .book import Book, BookPage
from .styles import (
    BOLD,
    BOLD_LOOK,
    GRID,
    HEADING,
    NUMBER,
    RIGHT,
    SHORT,
    TITLE_LOOK,
    WHOLE,
    WRAP,
    CellLook,
    short_format,
)

DASH = "–"
LINE_HEIGHT, TALLEST = 15, 409  # points; 409 is the most that a row may have
TEXTS = {False: CellLook(GRID, WRAP), True: CellLook(GRID, WRAP, BOLD)}  # by whether a line is strong
FIGURES = {False: CellLook(GRID, RIGHT), True: CellLook(GRID, RIGHT, BOLD)}


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
    book = Book()
    page = book.page(name)
    for row, title in enumerate(titles, 1):
        page.put_text(row, 1, title, TITLE_LOOK if row == 1 else BOLD_LOOK)
    header = len(titles) + 2
    for number, column in enumerate(columns, 1):
        page.put_text(header, number, column.heading, HEADING)
        page.set_width(number, column.width)
    page.set_height(header, _height(columns, [column.heading for column in columns]))
    blanks = [[_look(column.kind, strong) for column in columns] for strong in (False, True)]
    for row, line in enumerate(lines, header + 1):
        for number, (column, value) in enumerate(zip(columns, line.values, strict=True), 1):
            if value is not None:
                _put(page, row, number, column.kind, value, line.strong)
        page.fill_row(row, blanks[line.strong])
        page.set_height(row, _height(columns, line.values))
    _set_up_print(page.sheet, header, pages_wide)
    return book.content()


def _look(kind: CellKind, strong: bool) -> CellLook:
    return (TEXTS if kind is CellKind.TEXT else FIGURES)[strong]


def _put(page: BookPage, row: int, number: int, kind: CellKind, value, strong: bool) -> None:
    if not isinstance(value, str) and isinstance(value, Decimal | Fraction | int):
        number_format = short_format(value) if kind is CellKind.FIGURE else kind.value or SHORT
        page.put_number(row, number, value, FIGURES[strong], number_format)
    else:
        page.put_text(row, number, str(value or ""), _look(kind, strong))


def _height(columns: Sequence[TableColumn], values: list) -> float:
    """Points for the tallest wrapped text: not every program works it out when it opens the file."""
    return text_height(
        (column.width, value) for column, value in zip(columns, values, strict=True) if isinstance(value, str)
    )


def text_height(
    texts: Iterable[tuple[float, str]], line_height: float = LINE_HEIGHT, density: float = 0.9
) -> float:
    """Points for the tallest of the texts, each wrapped in its width; `density` is how many characters a unit of width holds."""
    most = 1
    for width, text in texts:
        fitting = width * density
        if len(text) > fitting or "\n" in text:
            lines = sum(ceil(max(len(part), 1) / fitting) for part in text.split("\n"))
            most = max(most, lines)
    return min(line_height * most, TALLEST)


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
