"""Checking a published table: read from csv or xlsx as it is, its verdicts added behind its own columns, written back as csv or xlsx."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice

from django.core.files import File

from measurement.files import clean_name
from measurement.rules.numbers import decimal_places, round_half_up
from measurement.rules.refusals import BadFile
from measurement.spreadsheets.csv_cells import unguard_formula
from measurement.spreadsheets.reading import (
    csv_rows,
    csv_text,
    formulas_without_result,
    open_book,
    read_rows,
    sheet_rows,
    shown_format,
)

from .comparing import Check, FigureVerdict, check_capaian, check_serapan
from .printed import BLANK, Printed, PrintedKind, PrintedState, of_number, read_printed
from .table_headings import HEADER_WITHIN, columns, columns_within, header, heading_name, passed_over

KINDS = {
    "target": PrintedKind.FIGURE,
    "realisasi": PrintedKind.FIGURE,
    "capaian_published": PrintedKind.PERCENT,
    "pagu": PrintedKind.MONEY,
    "realisasi_anggaran": PrintedKind.MONEY,
    "serapan_published": PrintedKind.PERCENT,
}
SURPLUS = "di_luar_judul"  # the heading that we give to columns beyond the table's own
SHIFTED = "baris lebih lebar daripada judul kolom; mungkin ada koma desimal tanpa tanda kutip"
UNSAVED = "rumus tanpa hasil tersimpan; buka di Excel lalu simpan"
LABELS = (
    "indicator",
    "indikator",
    "indikator_kinerja",
    "uraian",
    "nama",
    "sub_kegiatan",
    "kegiatan",
    "program",
    "sasaran",
    "nomenklatur",
)
DELIMITERS = ",;\t|"
MOST_PLACES = 6
LARGEST, LARGEST_KEPT = 10**15, 10**300
SIMPLE_FORMAT = re.compile(r"[#0,? ]*(?:\.(?P<places>[0#?]+))?[ %]*")
NO_COLUMNS = "“{name}” tidak memiliki kolom yang dapat diperiksa. Beri judul kolom Target, Realisasi, Capaian, Pagu, Realisasi anggaran, Serapan."


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
class CheckedRow:
    """One row of the table with both its checks; `number` is the one that people see."""

    number: int
    label: str
    cells: list
    texts: dict[str, str]
    capaian: Check
    serapan: Check

    @property
    def note(self) -> str:
        if self.capaian.notes == self.serapan.notes:
            return "; ".join(self.capaian.notes)
        notes = {"Capaian": self.capaian.notes, "Serapan": self.serapan.notes}
        return "; ".join(f"{name}: {'; '.join(said)}" for name, said in notes.items() if said)


@dataclass(frozen=True)
class CheckedTable:
    """The table as it was, and what is said about every row."""

    above: list[list]
    headings: list[str]
    rows: list[CheckedRow]
    delimiter: str
    places: frozenset[int]  # the places of the columns that are checked

    @property
    def counts(self) -> dict[FigureVerdict, int]:
        given = [check.verdict for row in self.rows for check in (row.capaian, row.serapan)]
        return {verdict: given.count(verdict) for verdict in FigureVerdict}

    @property
    def summary(self) -> str:
        counts = self.counts
        return ", ".join(
            [
                f"{sum(counts.values())} diperiksa",
                *(f"{count} {verdict}" for verdict, count in counts.items()),
            ]
        )


def check_table(upload: File) -> CheckedTable:
    """Read and check. BadFile with a sentence for what can't be read or has no column to check."""
    delimiter, rows = read_rows(upload, {".csv": _read_csv, ".xlsx": _read_xlsx})
    top = header(rows)
    found = columns(rows[top]) if rows else {}
    if not set(found) - {"direction"}:
        raise BadFile(NO_COLUMNS.format(name=clean_name(upload.name)))
    below = rows[top + 1 :]
    headings = [str(heading) for heading in rows[top]]
    if delimiter:  # a csv
        headings += [SURPLUS] * (max(map(_width, below), default=0) - len(headings))
    names = [heading_name(heading) for heading in headings]
    passed = passed_over(rows[top], below, found)
    checked = [
        _checked(top + 2 + place, row, names, found, place in passed) for place, row in enumerate(below)
    ]
    while checked and not any(str(cell).strip() for cell in checked[-1].cells):
        checked.pop()
    if not checked:
        raise BadFile(f"“{clean_name(upload.name)}” tidak berisi baris data di bawah judul kolom.")
    return CheckedTable(rows[:top], headings, checked, delimiter or ",", frozenset(found.values()))


# Reading


def _read_csv(content: bytes, name: str) -> tuple[str, list[list]]:
    text = csv_text(content)
    delimiter = max(DELIMITERS, key=lambda sign: columns_within(_head(text, sign)))
    return delimiter, [[unguard_formula(cell) for cell in row] for row in csv_rows(text, delimiter, name)]


def _head(text: str, delimiter: str) -> list[list]:
    try:
        return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), HEADER_WITHIN))
    except csv.Error:
        return []


def _read_xlsx(content: bytes, name: str) -> tuple[str, list[list]]:
    """The sheet whose first rows name the most columns; among equals, the first."""
    sheets = open_book(content, name).worksheets
    best = (
        sheets[0]
        if len(sheets) == 1
        else max(sheets, key=lambda s: columns_within(sheet_rows(s, name, _value, HEADER_WITHIN)))
    )
    rows = sheet_rows(best, name, _value)
    for formula in formulas_without_result(content, best.title, name):
        row, column = rows[formula.row - 1], formula.column
        row += [""] * (column - len(row))
        # an array formula counts as its text
        row[column - 1] = str(getattr(formula.value, "text", formula.value))
    return "", rows


def _value(cell) -> str | PublishedFigure | Kept:
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
    shown = shown_format(number_format)
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


# The checks


def _width(row: list) -> int:
    return max((place for place, cell in enumerate(row, 1) if str(cell).strip()), default=0)


def _checked(number: int, row: list, names: list[str], found: dict[str, int], passed: bool) -> CheckedRow:
    given = {name: row[place] for name, place in found.items() if place < len(row)}
    labels = [
        str(row[place]).strip()
        for label in LABELS
        if label in names and (place := names.index(label)) < len(row)
    ]
    surplus = any(str(cell).strip() for name, cell in zip(names, row, strict=False) if name == SURPLUS)
    checks = (Check(), Check()) if passed else _checks(given, set(found) if surplus else set())
    return CheckedRow(
        number,
        next(filter(None, labels), ""),
        row,
        {name: str(cell).strip() for name, cell in given.items()},
        *checks,
    )


def _checks(given: dict, shifted: set[str]) -> tuple[Check, Check]:
    """Capaian and serapan of one row; `shifted` are the columns of which none can be trusted."""
    cells = {name: _printed(given.get(name, ""), kind) for name, kind in KINDS.items()}
    capaian = [cells[name] for name in ("target", "realisasi", "capaian_published")]
    serapan = [cells[name] for name in ("pagu", "realisasi_anggaran", "serapan_published")]
    if shifted:
        # otherwise a footnote with commas
        lost = any(cell.state == PrintedState.NUMBER for cell in cells.values())
        none = Check(FigureVerdict.UNCOMPUTABLE, notes=(SHIFTED,)) if lost else Check()
        return (
            none if "capaian_published" in shifted else Check(),
            none if "serapan_published" in shifted else Check(),
        )
    return (
        _unsaved(capaian) or check_capaian(str(given.get("direction", "")), *capaian),
        _unsaved(serapan) or check_serapan(*serapan),
    )


def _unsaved(cells: list[Printed]) -> Check | None:
    """A formula that stands there without its result."""
    found = any(cell.state == PrintedState.UNREADABLE and cell.text.startswith("=") for cell in cells)
    return Check(FigureVerdict.UNCOMPUTABLE, notes=(UNSAVED,)) if found else None


def _printed(cell: str | PublishedFigure | Kept, kind: PrintedKind) -> Printed:
    if isinstance(cell, PublishedFigure):
        return of_number(str(cell), cell.value, cell.places, cell.percent)
    return read_printed(str(cell), kind) if cell else BLANK
