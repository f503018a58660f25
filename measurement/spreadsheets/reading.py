"""Reading an uploaded table: xlsx or csv, hostile until checked, to one `tablib.Dataset` whose row 1 is the headings.

Texts come as str, numbers of a workbook as Decimal, blanks as "". Blank rows are kept, so that row numbers are those that the person sees.
"""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, TypeVar

import tablib
from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile

from measurement.files import check_upload, clean_name
from measurement.rules.refusals import BadFile

from .hidden_parts import hidden_parts
from .kept_readings import reading_of, remember_reading
from .number_formats import section_of, shown_format
from .read_book import NotKept, ReadBook, ReadSheet, Uncounted, opened_book
from .sheet_parser import SheetCell

MAX_ROWS = 10_000
MAX_COLUMNS = 100
MAX_UNPACKED = 48 * 1024 * 1024
MAX_STRINGS = 16 * 1024 * 1024
MAX_ROW_BYTES = 1024 * 1024
MAX_RATIO = 60
ROW, CELL = re.compile(rb"</?(?:\w+:)?row\b"), re.compile(rb"<(?:\w+:)?c[\s/>]")
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
TITLES = 10  # rows that may stand above the headings
HEADINGS_WITHIN = 15  # rows in which a sheet's headings are looked for
MOST_SHEETS = 30
LEAST_KNOWN = 2  # headings of a sheet that is worth a word
SHEET = "Rencana"
PLACES = Decimal("0.000001")
UNREADABLE = "“{name}” tidak dapat dibaca. Buka di Excel, simpan ulang sebagai {kinds}, lalu unggah lagi."


Rows = TypeVar("Rows")


class ShownPercent(Decimal):
    """A number of a workbook that its cell shows with a percent sign: 95 for 0.95 under 0%, and for 95 under 0"%"."""


class UploadedTable(tablib.Dataset):
    """The table of an upload, and what must be said about it: hidden rows and columns, the sheet that was read."""

    remarks: tuple[str, ...] = ()


def read_table(upload: UploadedFile, headings_in: Callable[[list[list]], int] | None = None) -> UploadedTable:
    """The table in an upload. BadFile with a sentence for what is too big, too wide, or not what its name says.

    `headings_in` counts the known headings in the first rows of a sheet: of several sheets, the one with the most is read.
    """
    rows, remarks = read_rows(upload, readers_of(headings_in or (lambda rows: 0)))
    table = _dataset(rows, clean_name(upload.name))
    table.remarks = tuple(remarks)
    return table


def readers_of(
    headings_in: Callable[[list[list]], int],
) -> dict[str, Callable[[Any, str], tuple[list[list], list[str]]]]:
    """By the ending of the file's name: its rows, and remarks."""
    return {
        ".csv": lambda content, name: (_read_csv(content, name), []),
        ".xlsx": lambda book, name: _read_xlsx(book, name, headings_in),
    }


def read_rows(upload: File, readers: dict[str, Callable[[Any, str], Rows]]) -> Rows:
    """What the reader of this kind of file returns, of the bytes of a csv or of a workbook; BadFile as above, whatever a forged file makes it raise."""
    name, kind, kinds = (
        clean_name(upload.name),
        Path(clean_name(upload.name)).suffix.lower(),
        " atau ".join(sorted(readers, reverse=True)),
    )
    if kind not in readers:
        raise BadFile(f"Jenis berkas “{name}” tidak diterima. Unggah berkas {kinds}.")
    try:
        if kind == ".csv":
            return readers[kind](_checked_csv(upload, name), name)
        return _of_book(upload, name, readers[kind])
    except BadFile:
        raise
    except Exception as error:  # a forged file can make the parsers raise anything
        raise BadFile(UNREADABLE.format(name=name, kinds=kinds)) from error


def _of_book(upload: File, name: str, reader: Callable[[ReadBook, str], Rows]) -> Rows:
    """A workbook is parsed once; later readers take what was parsed, as long as they ask for no more."""
    known = reading_of(upload)
    if known is not None:
        try:
            return reader(known, name)
        except NotKept:
            pass
    check_upload(upload)
    upload.seek(0)
    book = open_book(upload.read(), name)
    remember_reading(upload, book)
    return reader(book, name)


def _checked_csv(upload: File, name: str) -> bytes:
    limit = settings.MAX_UPLOAD_BYTES
    if (upload.size or 0) > limit:
        raise BadFile(f"“{name}” terlalu besar: paling besar {limit // 1024**2} MB.")
    upload.seek(0)
    start = upload.read(4096)
    if start.startswith(UTF16):
        start = start.decode("utf-16", "ignore").encode()
    if any(byte < 32 and byte not in b"\t\r\n" for byte in start):
        raise BadFile(
            f"Isi “{name}” bukan CSV yang sebenarnya. Simpan ulang sebagai CSV UTF-8 lalu unggah lagi."
        )
    upload.seek(0)
    return bytes(upload.read())


def _read_csv(content: bytes, name: str) -> list[list]:
    text = csv_text(content)
    head = "\n".join(text.split("\n", TITLES)[:TITLES])
    return csv_rows(text, max(",;\t", key=head.count), name)


def csv_text(content: bytes) -> str:
    """UTF-8, Excel's "Unicode text" (UTF-16 with its mark, apart by tabs), or a western code page."""
    if content.startswith(UTF16):
        return content.decode("utf-16")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def csv_rows(text: str, delimiter: str, name: str) -> list[list]:
    rows = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        rows.append(row)
        _check_shape(len(rows), len(row), name)
    return rows


def _read_xlsx(
    book: ReadBook, name: str, headings_in: Callable[[list[list]], int]
) -> tuple[list[list], list[str]]:
    sheet, others = _sheet_to_read(book, name, headings_in)
    check_formulas(sheet)
    rows = sheet_rows(sheet, name)
    remarks = hidden_parts(sheet, len(rows), max(map(len, rows), default=0))
    if len(book.sheets) > 1 and sheet.title != SHEET:
        remarks.insert(0, f"Yang dibaca lembar “{sheet.title}”.")
    remarks[1:1] = [f"Lembar “{other}” juga memuat tabel seperti ini, dan tidak dibaca." for other in others]
    return rows, remarks


def _sheet_to_read(
    book: ReadBook, name: str, headings_in: Callable[[list[list]], int]
) -> tuple[ReadSheet, list[str]]:
    """The sheet with the most known headings, and the titles of others with as many; among equals ours goes first, then one that is not hidden."""
    sheets = book.sheets[:MOST_SHEETS]
    if len(sheets) == 1:
        return sheets[0], []
    known = [headings_in(sheet_rows(sheet, name, most=HEADINGS_WITHIN)) for sheet in sheets]
    places = range(len(sheets))
    best = max(
        places, key=lambda place: (known[place], sheets[place].title == SHEET, not sheets[place].is_hidden)
    )
    alike = [place for place in places if place != best and known[place] == known[best] >= LEAST_KNOWN]
    return sheets[best], [sheets[place].title for place in alike]


def open_book(content: bytes, name: str) -> ReadBook:
    """The workbook with the results of its formulas. BadFile for what is too big, before anything is unpacked."""
    _check_zip(content, name)
    return opened_book(content, MAX_ROWS + 2, MAX_COLUMNS + 1)


def check_formulas(sheet: ReadSheet) -> None:
    """BadFile for a formula on this sheet that no program has worked out yet: it would read as a blank."""
    for formula in formulas_without_result(sheet):
        raise BadFile(
            f"Sel {formula.coordinate} berisi rumus tanpa hasil. Buka di Excel, simpan, lalu unggah lagi."
        )


def formulas_without_result(sheet: ReadSheet) -> list[Uncounted]:
    """Formulas that no program has worked out yet."""
    return [formula for formula in sheet.uncounted(MAX_ROWS + 2) if not formula.is_empty_text]


def sheet_rows(
    sheet: ReadSheet, name: str, value_of: Callable[[SheetCell], Any] | None = None, most: int = 0
) -> list[list]:
    """The first `most` rows of a sheet, by default all that may be; `value_of` says what is taken from a cell that holds no mere text."""
    taken, rows = value_of or plain_cell, []
    for cells in sheet.rows(most or MAX_ROWS + 2):
        row = ["" if cell is None else cell if isinstance(cell, str) else taken(cell) for cell in cells]
        width = max((number for number, value in enumerate(row, 1) if value != ""), default=0)
        rows.append(row[:width])
        _check_shape(len(rows) if width else 0, width, name)
    return rows


def _check_zip(content: bytes, name: str) -> None:
    """Refuse a bomb by what its directory promises; zipfile never unpacks more than that. Refuse also what would be held in memory whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        strings = sum(entry.file_size for entry in entries if "sharedstrings" in entry.filename.lower())
        if unpacked > MAX_UNPACKED or strings > MAX_STRINGS or unpacked > MAX_RATIO * max(len(content), 1):
            raise BadFile(f"“{name}” ditolak: isinya mengembang terlalu besar saat dibuka.")
        for entry in entries:
            if entry.file_size > MAX_ROW_BYTES:
                _check_rows(archive, entry, name)


def _check_rows(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    """One row is held whole while it is read: a sheet of one endless row would take a gigabyte. A sheet may have any name."""
    with archive.open(entry) as part:
        while len(text := part.read(MAX_ROW_BYTES)) == MAX_ROW_BYTES:
            if not ROW.search(text) and len(CELL.findall(text)) > 10 * MAX_COLUMNS:
                raise BadFile(f"“{name}” terlalu lebar: paling banyak {MAX_COLUMNS} kolom.")


def _check_shape(rows: int, columns: int, name: str) -> None:
    if rows > MAX_ROWS + 1:
        raise BadFile(f"“{name}” terlalu panjang: paling banyak {MAX_ROWS} baris.")
    if columns > MAX_COLUMNS:
        raise BadFile(f"“{name}” terlalu lebar: paling banyak {MAX_COLUMNS} kolom.")


def plain_cell(cell: SheetCell) -> str | Decimal:
    """A cell's value as text or exact number; 0.955 shown as 95,5 % is 95.5, 1 shown as 100 % is 100, and 95 shown as 95"%" is 95."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if not isinstance(value, int | float):
        return str(value)
    has_sign = "%" in cell.number_format
    hundredfold = has_sign and "%" in shown_format(cell.number_format, value)
    number = Decimal(repr(value)) * (100 if hundredfold else 1)
    if not isinstance(value, int) or hundredfold:
        number = number.quantize(PLACES, rounding=ROUND_HALF_UP).normalize() + 0
    return ShownPercent(number) if has_sign and "%" in section_of(cell.number_format, value) else number


def _dataset(rows: list[list], name: str) -> UploadedTable:
    while rows and not any(str(value).strip() for value in rows[-1]):
        rows.pop()
    if len(rows) < 2:
        raise BadFile(f"“{name}” tidak berisi baris data di bawah judul kolom.")
    width = max(len(row) for row in rows)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return UploadedTable(*padded[1:], headers=[str(heading) for heading in padded[0]])
