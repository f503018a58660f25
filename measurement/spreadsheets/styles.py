"""What our workbooks look like: the looks of their cells, made once and shared by all cells and workbooks, and the formats of their numbers."""

from typing import TypeAlias

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from measurement.rules.numbers import Number, decimals_shown

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

NUMBER = "#,##0.00"
SHORT = "General"
WHOLE = "#,##0"

CellStyle: TypeAlias = Font | PatternFill | Border | Alignment | Protection
PARTS = {
    Font: "font",
    PatternFill: "fill",
    Border: "border",
    Alignment: "alignment",
    Protection: "protection",
}


class CellLook:
    """How a cell looks: what openpyxl knows as its styles, together. Of two of a kind the last counts."""

    def __init__(self, *styles: CellStyle) -> None:
        self.parts = {PARTS[type(style)]: style for style in styles}


PLAIN = CellLook()
TITLE_LOOK = CellLook(TITLE)
BOLD_LOOK = CellLook(BOLD)
HEADING = CellLook(BOLD, HEADER_FILL, GRID, CENTER)
PLAIN_HEADING = CellLook(BOLD, HEADER_FILL, WRAP)
WRAPPED = CellLook(WRAP)
ON_TOP = CellLook(AT_TOP)


def short_format(value: Number | int | None) -> str:
    """As many decimals as `numbers.show_short` shows: the exact value stays in the cell, a quotient shows two of its many decimals."""
    decimals = 0 if value is None or isinstance(value, int) else decimals_shown(value)
    return f"{WHOLE}.{'0' * decimals}" if decimals else WHOLE
