"""Settings of an office as a table in a file: columns declared once for reading and writing, and what a file would change, by natural key.

Not with django-import-export's ModelResource: its results know rows only, and a person needs the cell that is wrong.
"""

import hashlib
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
from django.core.files.uploadedfile import UploadedFile
from openpyxl.utils import get_column_letter

from measurement.rules.cell_errors import cell_error
from measurement.rules.refusals import BadFile
from measurement.rules.written_dates import read_date

from .csv_cells import unguard_formula
from .reading import read_table
from .styles import BOLD, HEADER_FILL, WRAP, dress, put_text
from .worksheet_columns import clean_cell
from .worksheet_import import WrongFormCell

Values = dict[str, Any]
LACKS = "“{name}” tidak memuat kolom {missing}. Kolom yang diharapkan pada baris pertama: {expected}."
DATE = "Tulis satu tanggal seperti 17-8-2027 atau 17 Agustus 2027, lengkap dengan tahunnya; hari berikutnya pada baris sendiri."
YEARS = re.compile(r"\s*(?:tahun|thn|th)\.?$", re.IGNORECASE)  # 2 tahun
TWICE = "“{key}” sudah tertulis pada baris {number}. Hapus salah satunya."


@dataclass(frozen=True)
class SettingColumn:
    """`read` takes a cell's text and raises ValueError with a sentence; `show` is what a page and our own file say."""

    key: str
    heading: str
    read: Callable[[str], Any]
    show: Callable[[Any], str] = str
    required: bool = True
    width: int = 24


@dataclass(frozen=True)
class SettingTable:
    """The first column is the natural key."""

    title: str
    columns: tuple[SettingColumn, ...]

    @property
    def key(self) -> str:
        return self.columns[0].key

    @property
    def headings(self) -> str:
        return ", ".join(column.heading for column in self.columns)

    def shown(self, values: Mapping[str, Any] | None) -> dict[str, str]:
        """Heading → words, the key apart."""
        return {
            column.heading: column.show(values[column.key]) if values else "" for column in self.columns[1:]
        }


@dataclass(frozen=True)
class TableDifference:
    """A line of the file that says something else than what is stored, or something new."""

    number: int
    name: str
    is_new: bool
    changes: list[tuple[str, str, str]]


@dataclass
class SettingUpload:
    """What a file would change: lines with their row, cells that can't be taken, remarks."""

    table: SettingTable
    stored: Mapping[Any, Values]
    lines: dict[int, Values] = field(default_factory=dict)
    wrong: list[WrongFormCell] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def differences(self) -> list[TableDifference]:
        found = []
        for number, values in self.lines.items():
            present = self.stored.get(values[self.table.key])
            before, after = self.table.shown(present), self.table.shown(values)
            changes = [
                (label, before[label], after[label]) for label in after if before[label] != after[label]
            ]
            if changes or present is None:
                name = self.table.columns[0].show(values[self.table.key])
                found.append(TableDifference(number, name, present is None, changes))
        return found

    @property
    def to_write(self) -> list[Values]:
        """The lines that differ."""
        numbers = {difference.number for difference in self.differences}
        return [values for number, values in self.lines.items() if number in numbers]

    @property
    def same(self) -> int:
        return len(self.lines) - len(self.to_write)

    @property
    def new(self) -> int:
        return sum(difference.is_new for difference in self.differences)

    @property
    def changed(self) -> int:
        return len(self.differences) - self.new

    @property
    def fingerprint(self) -> str:
        """A digest of what the page shows to be written."""
        return hashlib.sha256(repr(self.differences).encode()).hexdigest()


def read_setting_table(
    upload: UploadedFile, table: SettingTable, stored: Mapping[Any, Values]
) -> SettingUpload:
    """BadFile for what is no table, or lacks a column."""
    known = {_plain(column.heading): column for column in table.columns}
    content = read_table(upload, lambda rows: max((_known(row, known) for row in rows), default=0))
    places = {known[_plain(h)].key: n for n, h in enumerate(content.headers) if _plain(h) in known}
    missing = [column.heading for column in table.columns if column.required and column.key not in places]
    if missing:
        raise BadFile(LACKS.format(name=upload.name, missing=" dan ".join(missing), expected=table.headings))
    found = SettingUpload(table, stored, remarks=list(content.remarks))
    seen: dict[Any, int] = {}
    for number, row in enumerate(content, start=2):
        if any(str(value).strip() for value in row):
            _read_line(found, number, {key: row[place] for key, place in places.items()}, places, seen)
    return found


def _read_line(
    found: SettingUpload, number: int, cells: Mapping[str, Any], places: Mapping[str, int], seen: dict
) -> None:
    values, wrong = {}, len(found.wrong)
    for column in found.table.columns:
        text = unguard_formula(clean_cell(_text(cells.get(column.key, ""))))
        try:
            values[column.key] = column.read(text)
        except ValueError as error:
            place = f"{get_column_letter(places.get(column.key, 0) + 1)}{number}"
            found.wrong.append(WrongFormCell(place, text, str(error)))
    if len(found.wrong) > wrong:
        return
    key = values[found.table.key]
    if key in seen:
        sentence = TWICE.format(key=found.table.columns[0].show(key), number=seen[key])
        found.wrong.append(WrongFormCell(f"A{number}", str(key), sentence))
        return
    seen[key] = number
    found.lines[number] = values


def setting_workbook(table: SettingTable, lines: list[Values]) -> bytes:
    """The same table as a workbook: read again, it changes nothing."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = table.title
    for place, column in enumerate(table.columns, start=1):
        dress(put_text(sheet, 1, place, column.heading), BOLD, HEADER_FILL, WRAP)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        for number, values in enumerate(lines, start=2):
            dress(put_text(sheet, number, place, column.show(values[column.key])), WRAP)
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _plain(value: Any) -> str:
    return " ".join(str(value).split()).casefold()


def _known(row: list, known: Mapping[str, SettingColumn]) -> int:
    return sum(_plain(value) in known for value in row)


def _text(value: Any) -> str:
    """A number of a workbook as one would type it: 91, 90,01."""
    return format(value.normalize(), "f").replace(".", ",") if isinstance(value, Decimal) else str(value)


def read_text(longest: int, required: bool = True) -> Callable[[str], str]:
    def read(text: str) -> str:
        text = " ".join(text.split())
        if failed := cell_error(text):
            raise ValueError(failed)
        if required and not text:
            raise ValueError("Isi kolom ini.")
        if len(text) > longest:
            raise ValueError(f"Terlalu panjang: paling banyak {longest} huruf.")
        return text

    return read


def read_day(text: str) -> date:
    """As people and workbooks write days; one at a time."""
    if found := read_date(text):
        return found
    raise ValueError(cell_error(text) or DATE)


def read_optional_day(text: str) -> date | None:
    return read_day(text) if text.strip("-–— ") else None


def read_years(text: str) -> int | None:
    """Whole years, blank where they aren't known."""
    text = YEARS.sub("", text).strip("-–— ")
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or int(text) > 100:
        raise ValueError("Tulis tahun dengan angka bulat, misalnya 2; kosongkan bila belum ditetapkan.")
    return int(text)


def show_day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def show_years(years: int | None) -> str:
    return "" if years is None else str(years)
