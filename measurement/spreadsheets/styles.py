"""What our workbooks share: style objects (made once: a new one per cell costs seven times as much), how a cell gets them, and cells that keep text
as text."""

import re
from datetime import date, time, timedelta
from fractions import Fraction
from typing import TypeAlias

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from measurement.rules.numbers import Number, nearly_exact, show_short

TOP = "top"
BOLD = Font(name="Calibri", size=11, bold=True)
TITLE = Font(name="Calibri", size=13, bold=True)
WRAP = Alignment(wrap_text=True, vertical=TOP)
AT_TOP = Alignment(vertical=TOP)
RIGHT = Alignment(horizontal="right", vertical=TOP)
CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
HEADER_FILL = PatternFill("solid", fgColor="DCE6F1")
THIN = Side(style="thin", color="999999")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_TEXT = 32000

NUMBER = "#,##0.00"
SHORT = "General"
WHOLE = "#,##0"

CellStyle: TypeAlias = Font | PatternFill | Border | Alignment | Protection
STYLE_NUMBERS = {
    Font: ("font", "fontId"),
    PatternFill: ("fill", "fillId"),
    Border: ("border", "borderId"),
    Alignment: ("alignment", "alignmentId"),
    Protection: ("protection", "protectionId"),
}


def dress(cell: Cell, *styles: CellStyle) -> None:
    """Give a cell its looks. A workbook keeps each style once and its cells hold numbers; openpyxl looks the number up by a hash that it works out
    anew for every cell, which took half of the time that a workbook took. Here it is looked up once in a workbook."""
    known: dict[int, tuple[int, CellStyle]] = vars(cell.parent.parent).setdefault("numbers_of_styles", {})
    for style in styles:
        name, number = STYLE_NUMBERS[type(style)]
        if id(style) not in known:
            setattr(cell, name, style)
            known[id(style)] = getattr(cell._style, number), style
            continue
        if cell._style is None:
            cell._style = StyleArray()
        setattr(cell._style, number, known[id(style)][0])


def merge(sheet: Worksheet, top: int, left: int, bottom: int, right: int, *styles: CellStyle) -> None:
    """Several cells shown as one, whose text stands in the first; all of them get the styles, since programs draw the border of each.
    `Worksheet.merge_cells` would make the border of every cell anew."""
    for row in sheet.iter_rows(top, bottom, left, right):
        for cell in row:
            dress(cell, *styles)
    if (top, left) != (bottom, right):
        sheet.merged_cells.add(CellRange(min_row=top, min_col=left, max_row=bottom, max_col=right))


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """A cell whose text stays text: "=1+1" is never a formula."""
    cell = sheet.cell(row, column)
    cell.value = ILLEGAL.sub("", str(text))[:LONGEST_TEXT]
    if cell.value:
        cell.data_type = "s"
        cell.quotePrefix = cell.value[0] in "=+-@\t\r"
    return cell


CellNumber: TypeAlias = Number | float | int | date | time | timedelta


def put_number(sheet: Worksheet, row: int, column: int, value: CellNumber | None, number_format: str) -> Cell:
    """A real number, exact; only its format rounds. An empty cell where there is none."""
    cell = sheet.cell(row, column)
    cell.value = nearly_exact(value) if isinstance(value, Fraction) else value
    cell.number_format = number_format
    return cell


def short_format(value: Number | None) -> str:
    """As many decimals as `numbers.show_short` shows: the exact value stays in the cell, a quotient shows two of its many decimals."""
    decimals = len(show_short(value).partition(",")[2])
    return f"{WHOLE}.{'0' * decimals}" if decimals else WHOLE
