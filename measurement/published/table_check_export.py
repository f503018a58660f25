"""A checked table as csv or xlsx: what was read stays as it was, our columns stand behind it (or where they stood already)."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial

from measurement.rules.numbers import round_half_up
from measurement.spreadsheets.book import Book, BookPage
from measurement.spreadsheets.csv_cells import guard_formula
from measurement.spreadsheets.styles import PLAIN, PLAIN_HEADING, CellLook

from .checked_table import CheckedRow, CheckedTable
from .comparing import Check
from .table_files import Kept, PublishedFigure

FIGURES = ("capaian", "serapan")
NOTE = "catatan_periksa"
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
    book = Book()
    page = book.page("Periksa tabel")
    header = len(table.above) + 1
    for number, line in enumerate(_lines(table), 1):
        for column, cell in enumerate(line, 1):
            _put(page, number, column, cell, PLAIN_HEADING if number == header else PLAIN)
    for column, heading in enumerate(_headings(table), 1):
        page.set_width(column, NOTE_WIDTH if heading == NOTE else WIDTH)
    page.sheet.freeze_panes = f"A{header + 1}"
    return book.content()


WRITERS = {".csv": checked_table_csv, ".xlsx": as_xlsx}


Outcome = dict[str, Callable[[CheckedRow], object]]


def _outcome(table: CheckedTable) -> Outcome:
    """Our columns: those of the first group, those of further groups with their year or period, and the note that says everything."""
    found: Outcome = {}
    for number, group in enumerate(table.groups):
        suffix = f"_{'_'.join(group.label.casefold().split())}" if number else ""
        for kind in FIGURES:
            if number == 0 or f"{kind}_published" in group.places:
                found[f"{kind}_computed{suffix}"] = partial(_computed, kind, number)
                found[f"{kind}_verdict{suffix}"] = partial(_verdict, kind, number)
    return found | {NOTE: lambda row: row.note}


def _computed(kind: str, group: int, row: CheckedRow) -> Check:
    return row.of(kind, group)


def _verdict(kind: str, group: int, row: CheckedRow) -> str:
    return row.of(kind, group).verdict or ""


def _places(table: CheckedTable) -> dict[str, int]:
    """Where our columns go: over those of an earlier check, otherwise behind everything that any row holds."""
    names = [heading.strip().casefold() for heading in table.headings]
    width = max([len(names), *(len(row.cells) for row in table.rows)])
    outcome = _outcome(table)
    missing = [name for name in outcome if name not in names]
    return {name: names.index(name) if name in names else width + missing.index(name) for name in outcome}


def _headings(table: CheckedTable) -> list[str]:
    return _with(table.headings, {place: name for name, place in _places(table).items()})


def _lines(table: CheckedTable) -> list[list]:
    places, outcome = _places(table), _outcome(table)
    rows = [
        _with(
            row.cells,
            {at: name if _names(row, name, at) else outcome[name](row) for name, at in places.items()},
        )
        if _said(row)
        else row.cells
        for row in table.rows
    ]
    return [*table.above, _headings(table), *rows]


def _names(row: CheckedRow, name: str, place: int) -> bool:
    """Whether our column is named once more here: above a further table, or since an earlier check did so."""
    return row.is_heading or (place < len(row.cells) and str(row.cells[place]) == name)


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


def _put(page: BookPage, row: int, column: int, cell, look: CellLook) -> None:
    if isinstance(cell, PublishedFigure | Kept):
        page.put_number(row, column, cell.stored, look, cell.number_format)
    elif isinstance(cell, Check):
        page.put_number(row, column, _rounded(cell.computed), look, "0.00")
    else:
        page.put_text(row, column, str(cell), look)


def _rounded(value: Fraction | None) -> Decimal | None:
    return None if value is None else round_half_up(value)
