"""A filled-in templat of data awal held against its set: what is new, what changes, and what can't be taken, cell by cell. Nothing is written here."""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from openpyxl.utils import get_column_letter

from measurement.rules.numbers import AmbiguousNumber, NumberError, show_plain
from measurement.rules.opening import Place
from measurement.rules.refusals import BadFile
from measurement.rules.units import is_doubtful_fraction
from measurement.spreadsheets.read_book import ReadBook
from measurement.spreadsheets.reading import ShownPercent, read_rows, sheet_rows
from measurement.spreadsheets.worksheet_columns import clean_cell
from measurement.spreadsheets.worksheet_import import (
    MOST_HEADER,
    MOST_SHEETS,
    Unusable,
    Value,
    WrongFormCell,
    filled_cell,
    mark_uncounted,
)

from .opening import OpeningChange, OpeningLine, OpeningTable, field_label
from .opening_workbook import KEY_HEADING, OpeningColumn, columns_of, line_key

NO_KEYS = "“{name}” bukan templat data awal: kolom “{key}” tidak ditemukan. Unduh templat dari halaman ini, isi, lalu unggah."
STRANGE_KEY = (
    "Kunci baris ini bukan dari rencana ini. Unduh templat yang baru, lalu salin isian baris ini ke sana."
)
NOT_ITS_COLUMN = "Baris ini tidak memakai kolom ini; isi kolom {fields}."


@dataclass(frozen=True)
class OpeningDifference:
    """One cell that differs from what the set says."""

    cell: str
    line: OpeningLine
    place: Place
    label: str
    old: str
    new: str
    is_new: bool


@dataclass
class FilledSheet:
    """A sheet with keys: its name, its rows below the header with the number of the first, and what its columns mean."""

    title: str
    rows: list[list]
    first: int
    columns: dict[int, OpeningColumn]
    key_column: int


def _read_book(book: ReadBook, name: str) -> list[tuple[str, list[list]]]:
    """Sheet by sheet, formulas that nobody has worked out marked as such."""
    found = []
    for sheet in book.sheets[:MOST_SHEETS]:
        rows = sheet_rows(sheet, name, filled_cell)
        mark_uncounted(rows, sheet)
        found.append((sheet.title, rows))
    return found


@dataclass
class OpeningUpload:
    """What a file would change in a set."""

    table: OpeningTable
    differences: list[OpeningDifference] = field(default_factory=list)
    wrong: list[WrongFormCell] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    changes: list[OpeningChange] = field(default_factory=list)

    @property
    def new(self) -> int:
        return sum(difference.is_new for difference in self.differences)

    @property
    def changed(self) -> int:
        return len(self.differences) - self.new

    @property
    def fingerprint(self) -> str:
        """A digest of what the page shows to be written, and of the version on which it is based."""
        shown = [(each.cell, each.line.key, each.place, each.old, each.new) for each in self.differences]
        return hashlib.sha256(repr((self.table.opening.version, shown)).encode()).hexdigest()

    def read(self, upload: UploadedFile) -> "OpeningUpload":
        """BadFile for what is no workbook, or has no keys."""
        sheets = [
            found
            for title, rows in read_rows(upload, {".xlsx": _read_book})
            if (found := self._sheet(title, rows))
        ]
        if not sheets:
            raise BadFile(NO_KEYS.format(name=upload.name, key=KEY_HEADING))
        lines = {line_key(self.table, line): line for line in self.table.lines}
        seen: dict[str, str] = {}
        for sheet in sheets:
            for number, row in enumerate(sheet.rows, sheet.first):
                self._read_row(sheet, number, row, lines, seen)
        return self

    def _sheet(self, title: str, rows: list[list]) -> FilledSheet | None:
        columns = {
            _plain(column.heading): column for column in columns_of(self.table.lines, self.table.places)
        }
        for index, row in enumerate(rows[:MOST_HEADER]):
            headings = {number: _plain(value) for number, value in enumerate(row)}
            keys = [number for number, heading in headings.items() if heading == _plain(KEY_HEADING)]
            if keys:
                known = {
                    number: columns[heading] for number, heading in headings.items() if heading in columns
                }
                return FilledSheet(title, rows[index + 1 :], index + 2, known, keys[0])
        return None

    def _read_row(
        self, sheet: FilledSheet, number: int, row: list, lines: dict[str, OpeningLine], seen: dict[str, str]
    ) -> None:
        given = {column: row[column] for column in sheet.columns if column < len(row) and row[column] != ""}
        text = row[sheet.key_column] if sheet.key_column < len(row) else ""
        place = _address(sheet, sheet.key_column, number)
        if text == "":
            if given:
                self.remarks.append(
                    f"Baris {number} pada lembar “{sheet.title}” tidak mempunyai kunci dan diabaikan."
                )
            return
        key = clean_cell(text) if isinstance(text, str) else ""
        if key in seen:
            sentence = f"Baris yang sama juga ada pada {seen[key]}. Hapus salah satunya."
            self.wrong.append(WrongFormCell(place, "", sentence))
        elif key not in lines:
            self.wrong.append(WrongFormCell(place, "", STRANGE_KEY))
        else:
            seen[key] = place
            self._read_line(sheet, number, lines[key], row)

    def _read_line(self, sheet: FilledSheet, number: int, line: OpeningLine, row: list) -> None:
        read: dict[Place, dict[str, tuple[str, Decimal | None]]] = {}
        for column, what in sheet.columns.items():
            value = row[column] if column < len(row) else ""
            address = _address(sheet, column, number)
            if what.field not in line.fields:
                if value != "":
                    fields = " dan ".join(field_label(name).lower() for name in line.fields)
                    self.wrong.append(
                        WrongFormCell(address, _text(value), NOT_ITS_COLUMN.format(fields=fields))
                    )
                continue
            try:
                stored = self.table.stored(line, what.place)[what.field]
                amount = stored if value == stored else _number(line, what.field, value)
                read.setdefault(what.place, {})[what.field] = address, amount
            except NumberError as error:
                self.wrong.append(WrongFormCell(address, _text(value), str(error)))
        for place, values in read.items():
            self._compare(line, place, values)

    def _compare(self, line: OpeningLine, place: Place, read: dict[str, tuple[str, Decimal | None]]) -> None:
        stored = dict(self.table.stored(line, place))
        values = stored | {name: value for name, (_, value) in read.items()}
        if values == stored:
            return
        if problem := line.problem(values):
            self.wrong.append(WrongFormCell(next(iter(read.values()))[0], "", problem))
            return
        self.changes.append(OpeningChange(line, place, values))
        self.differences += [
            OpeningDifference(
                address, line, place, field_label(name), line.shown(name, stored[name]), line.shown(name, value), stored[name] is None
            )
            for name, (address, value) in read.items() if value != stored[name]
        ]  # fmt: skip


def _plain(value: Value) -> str:
    return " ".join(value.split()).casefold() if isinstance(value, str) else ""


def _address(sheet: FilledSheet, column: int, number: int) -> str:
    return f"{get_column_letter(column + 1)}{number} ({sheet.title})"


def _text(value: Value) -> str:
    if isinstance(value, Unusable):
        return value.text
    return show_plain(value) if isinstance(value, Decimal) else value


def _number(line: OpeningLine, name: str, value: Value) -> Decimal | None:
    """The cell's number; NumberError says what to write instead, also where there are two readings: a file can't be asked."""
    if isinstance(value, Unusable):
        raise NumberError(value.sentence)
    try:
        return line.read(name, _typed(line, value))
    except AmbiguousNumber as asked:
        if asked.certain:
            return asked.value
        raise NumberError(asked.in_file) from None


def _typed(line: OpeningLine, value: Decimal | str) -> str:
    """What a person would have typed: 0,95% where the cell itself says % and the unit leaves two readings."""
    if not isinstance(value, Decimal):
        return clean_cell(value)
    measure = line.indicator.measure if line.indicator else ""
    percent = isinstance(value, ShownPercent) and is_doubtful_fraction(value, measure)
    return f"{show_plain(value)}%" if percent else show_plain(value)
