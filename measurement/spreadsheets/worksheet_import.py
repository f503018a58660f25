"""Reading the filled-in kertas kerja back: columns by their heading, lines by their key, whatever program wrote the file. Nothing is compared here."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from openpyxl.utils import get_column_letter

from measurement.rules.periods import Frequency
from measurement.rules.refusals import BadFile
from measurement.rules.requirements import shorten

from .read_book import ReadBook, ReadSheet
from .reading import MAX_ROWS, plain_cell, read_rows, sheet_rows
from .sheet_parser import SheetCell
from .worksheet_columns import COLUMNS, KEY_HEADING, NUMBERS, Key, clean_cell, read_key

MOST_SHEETS = 10
MOST_HEADER = 60  # lines above which the header is looked for
TEXTS = {
    column.heading
    for columns in COLUMNS.values()
    for column in columns
    if column.field and column.field not in NUMBERS
}
NOT_COUNTED = "Rumus ini belum dihitung. Buka berkasnya, simpan ulang, lalu unggah lagi; atau tulis angkanya."
NO_KEYS = "“{name}” bukan kertas kerja yang diunduh untuk diisi: kolom “{key}” tidak ditemukan. Unduh berkasnya dari halaman ini, isi, lalu unggah."


@dataclass(frozen=True)
class Unusable:
    """What stands in a cell and is neither text nor number, and the sentence that says so."""

    text: str
    sentence: str


Value = str | Decimal | Unusable


@dataclass(frozen=True)
class WrongFormCell:
    """One cell that can't be taken, and why."""

    cell: str
    value: str
    sentence: str


@dataclass
class FilledLine:
    """One keyed line: its place in words, and the cells by heading, each with its address."""

    key: Key
    place: str
    cells: dict[str, tuple[str, Value]]


@dataclass
class Filled:
    """A file's keyed lines, what is wrong with keys, and what was passed over."""

    lines: list[FilledLine] = field(default_factory=list)
    wrong: list[WrongFormCell] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_form(upload: UploadedFile) -> Filled:
    """The lines of an uploaded workbook. BadFile for what is no workbook, or has no keys."""
    return read_rows(upload, {".xlsx": _read_book})


def _read_book(book: ReadBook, name: str) -> Filled:
    filled, tables = Filled(), 0
    for sheet in book.sheets[:MOST_SHEETS]:
        rows = sheet_rows(sheet, name, filled_cell)
        header = _header(rows, sheet.title)
        if header:
            tables += 1
            mark_uncounted(rows, sheet)
            _read_lines(filled, rows, header, sheet.title)
    if not tables:
        raise BadFile(NO_KEYS.format(name=name, key=KEY_HEADING))
    _refuse_doubles(filled)
    filled.remarks = shorten(filled.remarks, "baris")
    return filled


def filled_cell(cell: SheetCell) -> Value:
    """What stands in a cell, or why it can't be used."""
    value = cell.value
    if cell.data_type == "e":
        return Unusable(str(value), "Sel berisi galat rumus. Ganti dengan angkanya.")
    if isinstance(value, bool):
        return Unusable(
            "TRUE" if value else "FALSE", "Sel berisi nilai logika. Ganti dengan angka atau teks."
        )
    if isinstance(value, date | time | timedelta):
        return Unusable(
            str(value),
            "Sel berisi tanggal atau jam. Ganti dengan angka, atau ubah format selnya menjadi teks lalu tulis lagi.",
        )
    try:
        return plain_cell(cell)
    except ArithmeticError:
        return Unusable(str(value), "Angka terlalu panjang.")


def mark_uncounted(rows: list[list], sheet: ReadSheet) -> None:
    """A formula that no program has worked out yet reads as a blank; it must not empty anything."""
    for formula in sheet.uncounted(MAX_ROWS + 2):
        row = rows[formula.row - 1]
        row += [""] * (formula.column - len(row))
        row[formula.column - 1] = Unusable(formula.text, NOT_COUNTED)


def _heading(value: Value) -> str:
    return " ".join(value.split()).casefold() if isinstance(value, str) else ""


def _header(rows: list[list], title: str) -> tuple[int, dict[int, str]] | None:
    """Where the header stands, and the known heading of each column; None for a sheet without keys. BadFile for a heading that stands twice."""
    known = {
        _heading(frequency.worded(column.heading)): column.heading
        for frequency in Frequency
        for columns in COLUMNS.values()
        for column in columns
    }
    known[_heading(KEY_HEADING)] = KEY_HEADING
    for index, row in enumerate(rows[:MOST_HEADER]):
        found = {
            number: known[_heading(value)] for number, value in enumerate(row) if _heading(value) in known
        }
        if KEY_HEADING in found.values():
            twice = {heading for heading in found.values() if list(found.values()).count(heading) > 1}
            if twice:
                raise BadFile(
                    f"Pada lembar “{title}” ada judul kolom yang tertulis dua kali: {', '.join(sorted(twice))}. Hapus salah satunya."
                )
            return index, found
    return None


def _read_lines(filled: Filled, rows: list[list], header: tuple[int, dict[int, str]], title: str) -> None:
    start, headings = header
    for number, row in enumerate(rows[start + 1 :], start + 2):
        given = {heading: row[column] if column < len(row) else "" for column, heading in headings.items()}
        if all(value == "" for value in given.values()):
            continue
        address = {
            heading: f"{get_column_letter(column + 1)}{number} ({title})"
            for column, heading in headings.items()
        }
        text = given.pop(KEY_HEADING)
        key = read_key(clean_cell(text)) if isinstance(text, str) else None
        if text == "":
            filled.remarks.append(
                f"Baris {number} pada lembar “{title}” tidak mempunyai kunci dan diabaikan."
            )
        elif key is None:
            sentence = "Kunci baris ini berubah. Unduh berkas yang baru, lalu salin isian baris ini ke sana."
            filled.wrong.append(WrongFormCell(address[KEY_HEADING], "", sentence))
        else:
            cells = {heading: (address[heading], _said(heading, value)) for heading, value in given.items()}
            filled.lines.append(FilledLine(key, address[KEY_HEADING], cells))


def _said(heading: str, value: Value) -> Value:
    """In a column of text an unworked "=1+1" is what somebody wrote, not a formula."""
    return (
        value.text
        if isinstance(value, Unusable) and value.sentence == NOT_COUNTED and heading in TEXTS
        else value
    )


def _refuse_doubles(filled: Filled) -> None:
    """If a line stands twice, nobody knows which one counts: neither is read."""
    first: dict[tuple, FilledLine] = {}
    doubled = set()
    for line in filled.lines:
        identity = (line.key.kind, line.key.cycle_id, line.key.pk)
        if identity in first:
            sentence = f"Baris yang sama juga ada pada {first[identity].place}. Hapus salah satunya."
            filled.wrong.append(WrongFormCell(line.place, "", sentence))
            doubled.add(identity)
        first.setdefault(identity, line)
    filled.lines = [
        line for line in filled.lines if (line.key.kind, line.key.cycle_id, line.key.pk) not in doubled
    ]
