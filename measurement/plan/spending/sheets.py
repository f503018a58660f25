"""The sheets of an upload that hold a table of realisasi anggaran."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from measurement.rules.refusals import BadFile
from measurement.spreadsheets.hidden_parts import hidden_parts
from measurement.spreadsheets.read_book import ReadBook
from measurement.spreadsheets.reading import MOST_SHEETS, check_formulas, readers_of, sheet_rows

from .headings import HEADING_ROWS, HEADING_WITHIN, SpendingColumns, find_columns
from .questions import Answers

ALL = "semua"
NO_TABLE = (
    "“{name}” tidak dikenali sebagai laporan realisasi: yang dicari ialah judul kolom kode atau nama sub kegiatan bersama kolom realisasi, "
    "atau nilai SP2D dengan tanggalnya, pada 30 baris pertama."
)


@dataclass
class SpendingSheet:
    """A table with its place; `title` is empty where the file has only one."""

    title: str
    rows: list[list]
    columns: SpendingColumns
    remarks: list[str]


def sheet_readers(year: int) -> dict[str, Callable[[Any, str], list[SpendingSheet]]]:
    """By the ending of the file's name."""
    return {
        ".csv": lambda content, name: _csv(content, name, year),
        ".xlsx": lambda book, name: _xlsx(book, name, year),
    }


def _csv(content: bytes, name: str, year: int) -> list[SpendingSheet]:
    rows = _padded(readers_of(lambda rows: 0)[".csv"](content, name)[0])
    columns = find_columns(rows, year)
    if not columns.is_table:
        raise BadFile(NO_TABLE.format(name=name))
    return [SpendingSheet("", rows, columns, [])]


def _xlsx(book: ReadBook, name: str, year: int) -> list[SpendingSheet]:
    found = []
    for sheet in book.sheets[:MOST_SHEETS]:
        head = _padded(sheet_rows(sheet, name, most=HEADING_WITHIN + HEADING_ROWS + 1))
        if not find_columns(head, year).is_table:
            continue
        check_formulas(sheet)
        rows = _padded(sheet_rows(sheet, name))
        width = max(map(len, rows), default=0)
        columns = find_columns(rows, year)
        found.append(SpendingSheet(sheet.title, rows, columns, hidden_parts(sheet, len(rows), width)))
    if not found:
        raise BadFile(NO_TABLE.format(name=name))
    if len(found) == 1:
        return [SpendingSheet("", found[0].rows, found[0].columns, found[0].remarks)]
    return found


def sheets_used(sheets: list[SpendingSheet], answers: Answers) -> list[SpendingSheet]:
    """Those whose rows are added; none as long as nobody has said which."""
    if len(sheets) == 1:
        return sheets
    choices = {str(place): f"Lembar “{sheet.title}” saja" for place, sheet in enumerate(sheets)}
    if all(sheet.columns.roles.keys() == sheets[0].columns.roles.keys() for sheet in sheets):
        choices = {ALL: f"Semua {len(sheets)} lembar dijumlahkan", **choices}
    answer = answers.ask(
        "lembar", f"Berkas memuat {len(sheets)} lembar dengan realisasi. Lembar mana yang dipakai?", choices
    )
    return sheets if answer == ALL else [sheet for place, sheet in enumerate(sheets) if str(place) == answer]


def _padded(rows: list[list]) -> list[list]:
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]
