"""Checking a published table: read from csv or xlsx as it is, its verdicts added behind its own columns, written back as csv or xlsx."""

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from django.core.files.uploadedfile import UploadedFile

from ..files import clean_name
from ..numbers import round_half_up
from ..printed import BLANK, Kind, Printed, of_number, read_printed
from ..published import Check, Verdict, check_capaian, check_serapan
from ..refusals import BadFile
from .reading import csv_rows, open_book, read_rows, sheet_rows

KINDS = {
    "target": Kind.FIGURE,
    "realisasi": Kind.FIGURE,
    "capaian_published": Kind.PERCENT,
    "pagu": Kind.MONEY,
    "realisasi_anggaran": Kind.MONEY,
    "serapan_published": Kind.PERCENT,
}
COLUMNS = ("direction", *KINDS)
ALIASES = {"arah": "direction", "capaian": "capaian_published", "serapan": "serapan_published"}  # where the right name is missing
LABELS = ("indicator", "indikator", "uraian", "nama", "sub_kegiatan", "kegiatan", "program", "sasaran", "nomenklatur")
HEADER_WITHIN = 10
DELIMITERS = ",;\t|"
MOST_PLACES = 6
LARGEST = 10**15
NO_DIGITS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
SIMPLE_FORMAT = re.compile(r"[#0,? ]*(?:\.(?P<places>[0#?]+))?[ %]*")
NO_COLUMNS = "“{name}” tidak memiliki kolom yang dapat diperiksa. Beri judul kolom target, realisasi, capaian_published, pagu, realisasi_anggaran, serapan_published."  # noqa: E501


@dataclass(frozen=True)
class Figure:
    """A number in a workbook's cell, in the unit it is shown in: 0.955 shown as 95,5 % is 95.5 with one place."""

    value: Decimal
    places: int
    percent: bool
    stored: float | int
    number_format: str

    def __str__(self) -> str:
        return f"{round_half_up(self.value, self.places):f}".replace(".", ",") + ("%" if self.percent else "")


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
        notes = {"Capaian": self.capaian.notes, "Serapan": self.serapan.notes}
        return "; ".join(f"{name}: {'; '.join(said)}" for name, said in notes.items() if said)


@dataclass(frozen=True)
class CheckedTable:
    """The table as it was, and what is said about every row."""

    above: list[list]
    headings: list[str]
    rows: list[CheckedRow]
    delimiter: str

    @property
    def counts(self) -> dict[Verdict, int]:
        given = [check.verdict for row in self.rows for check in (row.capaian, row.serapan)]
        return {verdict: given.count(verdict) for verdict in Verdict}

    @property
    def summary(self) -> str:
        counts = self.counts
        return ", ".join([f"{sum(counts.values())} diperiksa", *(f"{count} {verdict}" for verdict, count in counts.items())])


def check_table(upload: UploadedFile) -> CheckedTable:
    """Read and check. BadFile with a sentence for what can't be read or has no column to check."""
    delimiter, rows = read_rows(upload, {".csv": _read_csv, ".xlsx": _read_xlsx})
    top = _header(rows)
    columns = _columns(rows[top]) if rows else {}
    if not set(columns) - {"direction"}:
        raise BadFile(NO_COLUMNS.format(name=clean_name(upload.name)))
    headings = [str(heading) for heading in rows[top]]
    names = [_name(heading) for heading in headings]
    labels = [names.index(label) for label in LABELS if label in names]
    checked = [_checked(number, row, columns, labels) for number, row in enumerate(rows[top + 1 :], top + 2)]
    while checked and not any(str(cell).strip() for cell in checked[-1].cells):
        checked.pop()
    if not checked:
        raise BadFile(f"“{clean_name(upload.name)}” tidak berisi baris data di bawah judul kolom.")
    return CheckedTable(rows[:top], headings, checked, delimiter)


# Reading


def _read_csv(content: bytes, name: str) -> tuple[str, list[list]]:
    text = _text(content)
    delimiter = max(DELIMITERS, key=lambda sign: _columns_within(_head(text, sign)))
    return delimiter, csv_rows(text, delimiter, name)


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _head(text: str, delimiter: str) -> list[list]:
    try:
        return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), HEADER_WITHIN))
    except csv.Error:
        return []


def _read_xlsx(content: bytes, name: str) -> tuple[str, list[list]]:
    """The sheet whose first rows name the most columns; the first of equals."""
    sheets = open_book(content, name).worksheets
    best = sheets[0] if len(sheets) == 1 else max(sheets, key=lambda s: _columns_within(sheet_rows(s, name, _value, HEADER_WITHIN)))
    return ",", sheet_rows(best, name, _value)


def _value(cell) -> str | Figure:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if not isinstance(value, int | float) or not abs(value) < LARGEST:
        return str(value)
    number_format = str(cell.number_format)
    shown = NO_DIGITS.sub("", number_format.partition(";")[0])
    percent = "%" in shown
    exact = Decimal(repr(value)) * (100 if percent else 1)
    return Figure(exact, _places(exact, shown), percent, value, number_format)


def _places(value: Decimal, shown: str) -> int:
    """Decimals that a simple number format shows; otherwise those of the value."""
    own = max(0, -round_half_up(value, MOST_PLACES).normalize().as_tuple().exponent)
    found = SIMPLE_FORMAT.fullmatch(shown.strip(" ()-"))
    if not shown or not found or shown.strip(" ()-%").endswith(","):
        return own
    places = found["places"] or ""
    return min(max(places.count("0"), min(own, len(places))), MOST_PLACES)


# The columns


def _name(heading) -> str:
    return "_".join(str(heading).replace("\ufeff", "").casefold().replace("_", " ").split())


def _columns(row: list) -> dict[str, int]:
    """Known column → its place in this row, the first of equals."""
    names = [_name(heading) for heading in row]
    found = {name: names.index(name) for name in COLUMNS if name in names}
    return {right: names.index(alias) for alias, right in ALIASES.items() if alias in names} | found


def _columns_within(rows: list[list]) -> int:
    return max((len(_columns(row)) for row in rows[:HEADER_WITHIN]), default=0)


def _header(rows: list[list]) -> int:
    """Titles may stand above the headings."""
    return max(range(min(len(rows), HEADER_WITHIN)), key=lambda number: len(_columns(rows[number])), default=0)


# The checks


def _checked(number: int, row: list, columns: dict[str, int], labels: list[int]) -> CheckedRow:
    given = {name: row[place] for name, place in columns.items() if place < len(row)}
    cells = {name: _printed(given.get(name, ""), kind) for name, kind in KINDS.items()}
    return CheckedRow(
        number,
        next((str(row[place]).strip() for place in labels if place < len(row) and str(row[place]).strip()), ""),
        row,
        {name: str(cell).strip() for name, cell in given.items()},
        check_capaian(str(given.get("direction", "")), cells["target"], cells["realisasi"], cells["capaian_published"]),
        check_serapan(cells["pagu"], cells["realisasi_anggaran"], cells["serapan_published"]),
    )


def _printed(cell: str | Figure, kind: Kind) -> Printed:
    if isinstance(cell, Figure):
        return of_number(str(cell), cell.value, cell.places, cell.percent)
    return read_printed(cell, kind) if cell else BLANK
