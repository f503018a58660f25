"""The kertas kerja to fill in offline: open rows and open money, input cells unlocked, every line with its key."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from django.utils import timezone
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from measurement.figures.calculation import Sheet
from measurement.models import Person, WorksheetRow
from measurement.rules.row_fields import ROW_VALUES
from measurement.rules.sentences import ended

from .book import Book, BookPage
from .styles import BOLD_LOOK, GRID, HEADING, RIGHT, SHORT, TITLE_LOOK, WHOLE, WRAP, CellLook, short_format
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
SOFT = CellLook(Font(name="Calibri", size=11))
KEY_FONT = Font(name="Calibri", size=6, color="A6A6A6")
KEY_WIDTH = 9
KEY = CellLook(KEY_FONT, LOCKED_FILL, Alignment(vertical="top", shrink_to_fit=False))
UNLOCKED = Protection(locked=False)
TEXT_FORMAT = "@"


class CellState(Enum):
    """What may be done with a cell of the form."""

    READ = ()
    LOCKED = (LOCKED_FILL,)
    OPEN = (INPUT_FILL, UNLOCKED)


TEXTS = {state: CellLook(WRAP, GRID, *state.value) for state in CellState}
FIGURES = {state: CellLook(RIGHT, GRID, *state.value) for state in CellState}
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
    book = Book()
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
        _Table(book.page(SHEETS[kind]), columns, kind).write(titles, entries)
    return book.content()


def is_needed(column: FormColumn, entries: list[Entry]) -> bool:
    """Columns for answers stand there only where a line has something to answer."""
    if column.heading == PROMISED_HEADING:
        return any(entry.row.promises for entry in entries)
    return column.field not in WorksheetRow.ANSWERS or any(column.field in entry.inputs for entry in entries)


def _moment(at: datetime) -> str:
    return f"{at:%d-%m-%Y} pukul {at:%H.%M}"


class _Table:
    """One sheet: titles, header, lines, key column, protection and print set-up."""

    def __init__(self, page: BookPage, columns: tuple[FormColumn, ...], kind: str):
        self.page, self.sheet, self.columns, self.kind = page, page.sheet, columns, kind
        self.key_column = len(columns) + 1
        # rule → column → rows
        self.ruled: dict[str | tuple, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))

    def write(self, titles: list[str], entries: list[Entry]) -> None:
        for row, title in enumerate(titles, 1):
            self.page.put_text(row, 1, title, TITLE_LOOK if row == 1 else SOFT if row > 2 else BOLD_LOOK)
        header = len(titles) + 2
        self._head(header)
        for row, entry in enumerate(entries, header + 1):
            self._line(row, entry)
        last = header + len(entries)
        self.sheet.freeze_panes = f"{FROZEN[self.kind]}{header + 1}"
        self.sheet.auto_filter.ref = f"A{header}:{get_column_letter(self.key_column)}{last}"
        self._add_rules()
        self._protect()
        fit_to_width(self.sheet, self.sheet.PAPERSIZE_A4, 2 if self.kind == ROW else 1)
        self.sheet.print_title_rows = f"{header}:{header}"
        self.sheet.print_title_cols = "A:C" if self.kind == ROW else None
        self.sheet.print_area = f"A1:{get_column_letter(len(self.columns))}{last}"

    def _head(self, header: int) -> None:
        widths = [*((column.heading, column.width) for column in self.columns), (KEY_HEADING, KEY_WIDTH)]
        for number, (heading, width) in enumerate(widths, 1):
            self.page.put_text(header, number, heading, HEADING)
            self.page.set_width(number, width)
        self.page.set_height(header, text_height((width, heading) for heading, width in widths) + 15)

    def _line(self, row: int, entry: Entry) -> None:
        texts = []
        for number, column in enumerate(self.columns, 1):
            value = column.value(entry)
            self._put(row, number, column, entry, value)
            if isinstance(value, str):
                texts.append((column.width, value))
        self.page.put_text(row, self.key_column, form_column_key(entry), KEY)
        self.page.set_height(row, max(text_height(texts), LEAST_HEIGHT[self.kind]))

    def _put(self, row: int, number: int, column: FormColumn, entry: Entry, value) -> None:
        """A cell; a text cell that is open keeps what is typed as text, also "=1+1"."""
        state = CellState.LOCKED if column.field else CellState.READ
        is_computed = isinstance(value, Fraction)
        of_figure = WHOLE if column.is_money else short_format(value) if is_computed else SHORT
        number_format, is_figure = "", is_computed or isinstance(value, Decimal)
        if column.field in entry.inputs and not entry.is_untyped:
            state, is_figure = CellState.OPEN, is_figure or column.field in NUMBERS
            number_format = of_figure if column.field in NUMBERS else TEXT_FORMAT
            self._rule(row, number, column.field, entry)
        look = (FIGURES if is_figure else TEXTS)[state]
        if isinstance(value, Decimal | Fraction):
            self.page.put_number(row, number, value, look, number_format or of_figure)
        else:
            self.page.put_text(row, number, value or "", look, number_format)

    def _rule(self, row: int, number: int, field: str, entry: Entry) -> None:
        """One rule of the sheet for all cells that ask for the same: a number, or one of these words."""
        if field in NUMBERS:
            words = tuple(entry.scores) if field == "realised" else ()
            self.ruled[(words, *OF_PREDICATE) if words else field][number].append(row)
        elif choices := CHOICES.get(field):
            self.ruled[choices, *OF_ANSWER][number].append(row)

    def _add_rules(self) -> None:
        for asked, columns in self.ruled.items():
            rule = _number(asked) if isinstance(asked, str) else _choice(*asked)
            rule.sqref = " ".join(span for number, rows in columns.items() for span in _spans(number, rows))
            self.sheet.add_data_validation(rule)

    def _protect(self) -> None:
        """Without a password: it guards against slips, what comes back is checked all the same."""
        guard = self.sheet.protection
        guard.sheet = True
        guard.sort = guard.autoFilter = guard.formatColumns = guard.formatRows = guard.formatCells = False


def _spans(number: int, rows: Sequence[int]) -> list[str]:
    """The cells of a column as few ranges: openpyxl compares each that is added with all before it."""
    letter = get_column_letter(number)
    breaks = [
        0,
        *(place for place, (row, below) in enumerate(pairwise(rows), 1) if below != row + 1),
        len(rows),
    ]
    return [f"{letter}{rows[start]}:{letter}{rows[end - 1]}" for start, end in pairwise(breaks)]


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
