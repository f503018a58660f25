"""The kertas kerja to fill in offline: open rows and open money, input cells unlocked, every line with its key."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from measurement.figures.calculation import Sheet
from measurement.models import Person, WorksheetRow
from measurement.rules.row_fields import ROW_VALUES
from measurement.rules.sentences import ended

from .styles import (
    BOLD,
    CENTER,
    GRID,
    HEADER_FILL,
    RIGHT,
    SHORT,
    TITLE,
    WHOLE,
    WRAP,
    dress,
    put_number,
    put_text,
)
from .tables import fit_to_width, text_height, titles_of
from .worksheet_columns import (
    CHOICES,
    COLUMNS,
    KEY_HEADING,
    MONEY,
    NUMBERS,
    OWNER_HEADING,
    PROMISED_HEADING,
    ROW,
    Entry,
    FormColumn,
    entries_of,
    form_column_key,
)

FORM_TITLE = "Isian Kertas Kerja Pengukuran Data Kinerja"
SHEETS = {ROW: "Kertas kerja", MONEY: "Anggaran"}
FROZEN = {ROW: "D", MONEY: "C"}
HOW = (
    "Isi sel kuning saja, simpan sebagai .xlsx, lalu unggah di halaman Kertas kerja; perbedaannya ditampilkan dahulu sebelum disimpan.",
    "Sel kuning yang dikosongkan mengosongkan isian yang tersimpan. Proteksi lembar tanpa sandi; kolom Kunci jangan diubah.",
)
INPUT_FILL = PatternFill("solid", fgColor="FFF8DC")
LOCKED_FILL = PatternFill("solid", fgColor="EDEDED")
SOFT = Font(name="Calibri", size=11)
KEY_FONT = Font(name="Calibri", size=6, color="A6A6A6")
KEY_WIDTH = 9
KEEP = Alignment(vertical="top", shrink_to_fit=False)
OPEN = Protection(locked=False)
TEXT_FORMAT = "@"
LEAST_HEIGHT = {ROW: 60, MONEY: 30}  # points: room for a few lines before anything is typed
LONGEST_LIST = 255  # characters that Excel takes for the words of a drop-down
OF_PREDICATE = ("Predikat", "Pilih salah satu predikat yang tertulis pada kolom Arah.")
OF_ANSWER = ("Keadaan", "Pilih keadaan tindak lanjut yang dijanjikan pada periode lalu.")
NUMBER_RULE = {
    "spent": ("whole", "greaterThanOrEqual", "Tulis rupiah penuh tanpa sen, paling sedikit 0."),
    **{
        value.key: ("decimal", None, "Tulis angka, tanpa huruf dan tanpa satuan.")
        if value.may_be_negative
        else ("decimal", "greaterThanOrEqual", "Tulis angka yang tidak negatif.")
        for value in ROW_VALUES
    },
}


@dataclass(frozen=True)
class FormRequest:
    """What the workbook is for: the open lines by kind and id, and whose they are (None: everybody's)."""

    keys: set[tuple[str, int]]
    owner: Person | None

    def lines(self, sheet: Sheet) -> dict[str, list[Entry]]:
        """The lines of each table; grouped by owner where they are everybody's."""
        found: dict[str, list[Entry]] = {ROW: [], MONEY: []}
        for key, entry in entries_of(sheet).items():
            if key in self.keys or self._tells(entry):
                found[entry.kind].append(entry)
        if self.owner is None:
            for lines in found.values():
                lines.sort(key=lambda entry: entry.thing.owner.name if entry.thing.owner else "")
        return {kind: lines for kind, lines in found.items() if lines}

    def _tells(self, entry: Entry) -> bool:
        """A row that follows others or is not due stands there to be read, grey: nobody looks for it in vain."""
        return entry.is_untyped and self.owner in (None, entry.thing.owner)


def form_workbook(sheet: Sheet, wanted: FormRequest, by: Person) -> bytes:
    """The xlsx to fill in; tables without a line are left out."""
    book = Workbook()
    book.remove(book.active)
    whose = f"Penanggung jawab: {wanted.owner.name}" if wanted.owner else "Semua penanggung jawab"
    titles = [
        *titles_of(sheet.cycle, FORM_TITLE),
        ended(f"{whose}. Diunduh {_moment(timezone.localtime())} oleh {by.name}"),
        *HOW,
    ]
    for kind, entries in wanted.lines(sheet).items():
        columns = tuple(
            replace(column, heading=sheet.cycle.period_of_year.frequency.worded(column.heading))
            for column in COLUMNS[kind]
            if (column.heading != OWNER_HEADING or wanted.owner is None) and is_needed(column, entries)
        )
        _Table(book.create_sheet(SHEETS[kind]), columns, kind).write(titles, entries)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def is_needed(column: FormColumn, entries: list[Entry]) -> bool:
    """Columns for answers stand there only where a line has something to answer."""
    if column.heading == PROMISED_HEADING:
        return any(entry.row.promises for entry in entries)
    return column.field not in WorksheetRow.ANSWERS or any(column.field in entry.inputs for entry in entries)


def _moment(at: datetime) -> str:
    return f"{at:%d-%m-%Y} pukul {at:%H.%M}"


class _Table:
    """One sheet: titles, header, lines, key column, protection and print set-up."""

    def __init__(self, sheet: Worksheet, columns: tuple[FormColumn, ...], kind: str):
        self.sheet, self.columns, self.kind = sheet, columns, kind
        self.key_column = len(columns) + 1
        self.rules: dict[str | tuple, DataValidation] = {}

    def write(self, titles: list[str], entries: list[Entry]) -> None:
        for row, title in enumerate(titles, 1):
            dress(put_text(self.sheet, row, 1, title), TITLE if row == 1 else SOFT if row > 2 else BOLD)
        header = len(titles) + 2
        self._head(header)
        for row, entry in enumerate(entries, header + 1):
            self._line(row, entry)
        last = header + len(entries)
        self.sheet.freeze_panes = f"{FROZEN[self.kind]}{header + 1}"
        self.sheet.auto_filter.ref = f"A{header}:{get_column_letter(self.key_column)}{last}"
        self._protect()
        fit_to_width(self.sheet, self.sheet.PAPERSIZE_A4, 2 if self.kind == ROW else 1)
        self.sheet.print_title_rows = f"{header}:{header}"
        self.sheet.print_title_cols = "A:C" if self.kind == ROW else None
        self.sheet.print_area = f"A1:{get_column_letter(len(self.columns))}{last}"

    def _head(self, header: int) -> None:
        widths = [*((column.heading, column.width) for column in self.columns), (KEY_HEADING, KEY_WIDTH)]
        for number, (heading, width) in enumerate(widths, 1):
            dress(put_text(self.sheet, header, number, heading), BOLD, HEADER_FILL, GRID, CENTER)
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        self.sheet.row_dimensions[header].height = (
            text_height((width, heading) for heading, width in widths) + 15
        )

    def _line(self, row: int, entry: Entry) -> None:
        texts = []
        for number, column in enumerate(self.columns, 1):
            value = column.value(entry)
            cell = self._put(row, number, column, value)
            if column.field in entry.inputs and not entry.is_untyped:
                self._open(cell, column, entry)
            elif column.field:
                dress(cell, LOCKED_FILL)
            if isinstance(value, str):
                texts.append((column.width, value))
        key = put_text(self.sheet, row, self.key_column, form_column_key(entry))
        dress(key, KEY_FONT, LOCKED_FILL, KEEP)
        self.sheet.row_dimensions[row].height = max(text_height(texts), LEAST_HEIGHT[self.kind])

    def _put(self, row: int, number: int, column: FormColumn, value) -> Cell:
        if isinstance(value, Decimal):
            cell = put_number(self.sheet, row, number, value, WHOLE if column.is_money else SHORT)
            dress(cell, RIGHT, GRID)
        else:
            cell = put_text(self.sheet, row, number, value or "")
            dress(cell, WRAP, GRID)
        return cell

    def _open(self, cell: Cell, column: FormColumn, entry: Entry) -> None:
        """An input cell; a text cell keeps what is typed as text, also "=1+1"."""
        dress(cell, INPUT_FILL, OPEN)
        if column.field not in NUMBERS:
            cell.number_format = TEXT_FORMAT
            if choices := CHOICES.get(column.field):
                self._rule(choices, lambda: _choice(choices, *OF_ANSWER)).add(cell)
            return
        cell.number_format = WHOLE if column.is_money else SHORT
        dress(cell, RIGHT)
        words = tuple(entry.scores) if column.field == "realised" else ()
        key = words or column.field
        self._rule(key, lambda: _choice(words, *OF_PREDICATE) if words else _number(column.field)).add(cell)

    def _rule(self, key: str | tuple, make: Callable[[], DataValidation]) -> DataValidation:
        """One rule of the sheet for all cells that ask for the same."""
        if key not in self.rules:
            self.rules[key] = make()
            self.sheet.add_data_validation(self.rules[key])
        return self.rules[key]

    def _protect(self) -> None:
        """Without a password: it guards against slips, what comes back is checked all the same."""
        guard = self.sheet.protection
        guard.sheet = True
        guard.sort = guard.autoFilter = guard.formatColumns = guard.formatRows = guard.formatCells = False


def _choice(words: tuple[str, ...], title: str, prompt: str) -> DataValidation:
    """A drop-down, where the list can be written down; otherwise only the hint."""
    listed = ",".join(words)
    fits = len(listed) <= LONGEST_LIST and not any(sign in word for word in words for sign in ',"')
    rule = (
        DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        if fits
        else DataValidation(type=None)
    )
    rule.showErrorMessage, rule.showInputMessage = fits, True
    rule.promptTitle, rule.prompt = title, prompt
    rule.errorTitle, rule.error = f"{title} tidak dikenal", "Pilih salah satu dari daftar."
    return rule


def _number(field: str) -> DataValidation:
    kind, operator, sentence = NUMBER_RULE[field]
    if operator:
        rule = DataValidation(
            type=kind, operator=operator, formula1="0", allow_blank=True, showErrorMessage=True
        )
    else:
        rule = DataValidation(
            type=kind,
            operator="between",
            formula1="-999999999999999",
            formula2="999999999999999",
            allow_blank=True,
        )
        rule.showErrorMessage = True
    rule.errorTitle, rule.error = "Bukan angka yang diminta", sentence
    return rule
