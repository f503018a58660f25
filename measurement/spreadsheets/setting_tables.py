"""Settings of an office as a table in a file: columns declared once for reading and writing, and what a file would change, by natural key.

Not with django-import-export's ModelResource: its results know rows only, and a person needs the cell that is wrong.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from openpyxl.utils import get_column_letter

from measurement.rules.refusals import BadFile

from .book import Book
from .csv_cells import unguard_formula
from .merged_headings import merged_headings
from .reading import read_table
from .styles import PLAIN_HEADING, WRAPPED
from .worksheet_columns import clean_cell
from .worksheet_import import WrongFormCell

Values = dict[str, Any]
LACKS = "“{name}” tidak memuat kolom {missing}. Kolom yang diharapkan: {expected}."
BELOW = "Baris {rows} di bawah tabel tidak dibaca."
HEADINGS_WITHIN, HEADING_ROWS = 15, 2
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
    also: tuple[str, ...] = ()  # other headings in use, in the order in which they are looked for


@dataclass(frozen=True)
class SettingTable:
    """The first column is the natural key."""

    title: str
    columns: tuple[SettingColumn, ...]

    @property
    def key(self) -> str:
        return self.columns[0].key

    @property
    def needed(self) -> set[str]:
        return {column.key for column in self.columns if column.required}

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
    content = read_table(upload, lambda rows: len(_headings(rows, table)[1]))
    rows = [content.headers, *content]
    header, places = _headings(rows, table)
    missing = [column.heading for column in table.columns if column.required and column.key not in places]
    if missing:
        raise BadFile(LACKS.format(name=upload.name, missing=" dan ".join(missing), expected=table.headings))
    found = SettingUpload(table, stored, remarks=list(content.remarks))
    seen: dict[Any, int] = {}
    lines = {
        number: cells
        for number, row in enumerate(rows[header:], start=header + 1)
        if any(map(_said, (cells := {key: row[place] for key, place in places.items()}).values()))
        and not _counts_columns(row)
    }
    for number, cells in lines.items():
        _read_line(found, number, cells, places, seen)
    _leave_out_below(found, lines)
    return found


def _headings(rows: Sequence[Sequence], table: SettingTable) -> tuple[int, dict[str, int]]:
    """The last row of the headings, from 1, and key → column; titles may stand above, and a heading over two others."""
    best: tuple[int, dict[str, int]] = (1, {})
    for top in range(min(len(rows), HEADINGS_WITHIN)):
        for height in range(1, HEADING_ROWS + 1):
            found = _places(merged_headings(rows[top : top + height]), table)
            if len(found) > len(best[1]):
                best = (top + height, found)
    return best


def _places(levels: Sequence[Sequence[str]], table: SettingTable) -> dict[str, int]:
    """Key → column. Where a required one is missing, another heading that is in use for it goes before an optional column of that name."""
    named: dict[str, int] = {}
    for number, told in enumerate(zip(*levels, strict=True)):
        words = [_plain(text) for text in dict.fromkeys(told) if text]
        for name in (" ".join(words), *words[-1:]):
            named.setdefault(name, number)
    found = {
        column.key: named[_plain(column.heading)]
        for column in table.columns
        if _plain(column.heading) in named
    }
    for column in sorted(table.columns, key=lambda column: not column.required):
        taken = {place for key, place in found.items() if key in table.needed or not column.required}
        free = [named[name] for name in column.also if named.get(name) not in (None, *taken)]
        if column.key not in found and free:
            found = {key: place for key, place in found.items() if place != free[0]} | {column.key: free[0]}
    return found


def _said(value: Any) -> bool:
    return bool(str(value).strip())


def _counts_columns(row: Sequence) -> bool:
    """(1) (2) (3) below the headings."""
    numbers = [str(value).strip("() ") for value in row if _said(value)]
    return len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _leave_out_below(found: SettingUpload, lines: Mapping[int, Mapping[str, Any]]) -> None:
    """Notes and sums below the last line that could be read: one cell each."""
    last = max(found.lines, default=0)
    below = {
        number for number, cells in lines.items() if number > last and sum(map(_said, cells.values())) == 1
    }
    trailing = {number for number in below if all(later in below for later in lines if later >= number)}
    if last and trailing:
        found.wrong = [cell for cell in found.wrong if int(re.sub(r"\D", "", cell.cell)) not in trailing]
        found.remarks.append(BELOW.format(rows=", ".join(map(str, sorted(trailing)))))


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
    book = Book()
    page = book.page(table.title)
    for place, column in enumerate(table.columns, start=1):
        page.put_text(1, place, column.heading, PLAIN_HEADING)
        page.set_width(place, column.width)
    for number, values in enumerate(lines, start=2):
        for place, column in enumerate(table.columns, start=1):
            page.put_text(number, place, column.show(values[column.key]), WRAPPED)
    page.sheet.freeze_panes = "A2"
    return book.content()


def _plain(value: Any) -> str:
    return " ".join(str(value).split()).casefold()


def _text(value: Any) -> str:
    """A number of a workbook as one would type it: 91, 90,01."""
    return format(value.normalize(), "f").replace(".", ",") if isinstance(value, Decimal) else str(value)
