"""A checked table as csv or xlsx: what was read stays as it was, our columns stand behind it (or where they stood already)."""

import csv
import io
from decimal import Decimal
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from measurement.rules.numbers import round_half_up
from measurement.spreadsheets.csv_cells import guard_formula
from measurement.spreadsheets.styles import BOLD, HEADER_FILL, WRAP, dress, put_number, put_text

from .comparing import Check
from .table_check import CheckedRow, CheckedTable, Kept, PublishedFigure

OUTCOME = {
    "capaian_computed": lambda row: row.capaian,
    "capaian_verdict": lambda row: row.capaian.verdict or "",
    "serapan_computed": lambda row: row.serapan,
    "serapan_verdict": lambda row: row.serapan.verdict or "",
    "catatan_periksa": lambda row: row.note,
}
NOTE_WIDTH, WIDTH = 80, 18


def checked_table_csv(table: CheckedTable) -> bytes:
    """UTF-8 with the delimiter of the csv that was read."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=table.delimiter, lineterminator="\n").writerows(
        [_text(cell, place in table.places) for place, cell in enumerate(line)] for line in _lines(table)
    )
    return file.getvalue().encode()


def as_xlsx(table: CheckedTable) -> bytes:
    """Text stays text, numbers stay numbers, computed ones are shown with two decimals."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Periksa tabel"
    header = len(table.above) + 1
    for number, line in enumerate(_lines(table), 1):
        for column, cell in enumerate(line, 1):
            _put(sheet, number, column, cell)
            if number == header:
                dress(sheet.cell(number, column), BOLD, HEADER_FILL, WRAP)
    for column, heading in enumerate(_headings(table), 1):
        sheet.column_dimensions[get_column_letter(column)].width = (
            NOTE_WIDTH if heading == "catatan_periksa" else WIDTH
        )
    sheet.freeze_panes = f"A{header + 1}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


WRITERS = {".csv": checked_table_csv, ".xlsx": as_xlsx}


def _places(table: CheckedTable) -> dict[str, int]:
    """Where our columns go: over those of an earlier check, otherwise behind everything that any row holds."""
    names = [heading.strip().casefold() for heading in table.headings]
    width = max([len(names), *(len(row.cells) for row in table.rows)])
    missing = [name for name in OUTCOME if name not in names]
    return {name: names.index(name) if name in names else width + missing.index(name) for name in OUTCOME}


def _headings(table: CheckedTable) -> list[str]:
    return _with(table.headings, {place: name for name, place in _places(table).items()})


def _lines(table: CheckedTable) -> list[list]:
    places = _places(table)
    rows = [
        _with(row.cells, {places[name]: of(row) for name, of in OUTCOME.items()}) if _said(row) else row.cells
        for row in table.rows
    ]
    return [*table.above, _headings(table), *rows]


def _said(row: CheckedRow) -> bool:
    """A blank row stays blank."""
    return any(str(cell).strip() for cell in row.cells)


def _with(cells: list, ours: dict[int, object]) -> list:
    width = max(len(cells), max(ours) + 1)
    padded = [*cells, *[""] * (width - len(cells))]
    return [ours.get(place, cell) for place, cell in enumerate(padded)]


def _text(cell, checked: bool) -> str:
    """A number of a column that is checked stands as it is shown, another one as it is stored."""
    if isinstance(cell, Check):
        return cell.text
    return cell.plain if isinstance(cell, PublishedFigure) and not checked else guard_formula(str(cell))


def _put(sheet, row: int, column: int, cell) -> None:
    if isinstance(cell, PublishedFigure | Kept):
        put_number(sheet, row, column, cell.stored, cell.number_format)
    elif isinstance(cell, Check):
        put_number(sheet, row, column, _rounded(cell.computed), "0.00")
    else:
        put_text(sheet, row, column, cell)


def _rounded(value: Fraction | None) -> Decimal | None:
    return None if value is None else round_half_up(value)
