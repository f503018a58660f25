"""The one way in which a workbook is written. openpyxl writes what is there once: looks, widths, print set-up, protection, rules of input. The
cells, of which there are many, are written here as text, row by row: openpyxl would make an object and an XML element of each."""

import io
import re
import shutil
import weakref
import zipfile
from collections.abc import Sequence
from datetime import date, time, timedelta
from tempfile import SpooledTemporaryFile
from typing import IO, TypeAlias
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from measurement.rules.numbers import Number

from .styles import PLAIN, CellLook

CellNumber: TypeAlias = Number | float | int | date | time | timedelta
COLUMN_LETTERS = ["", *map(get_column_letter, range(1, 2000))]
OPEN_ROWS = 8  # so many rows may still get cells: a heading spans several
IN_MEMORY = 64 * 1024  # bytes of rows; more wait in a file
LONGEST_TEXT = 32000
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPECIAL = re.compile(rf"[&<>\r]|{ILLEGAL.pattern}")
NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>")
EXTENT = re.compile(rb'(?<=<dimension ref=")[^"]*')


class Book:
    """A workbook that is being written."""

    def __init__(self) -> None:
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.active)
        self._pages: list[BookPage] = []
        self._styles: dict[tuple[CellLook, str, bool], str] = {}

    def page(self, name: str) -> "BookPage":
        """A further sheet."""
        self._pages.append(BookPage(self, self.workbook.create_sheet(name)))
        return self._pages[-1]

    def style(self, look: CellLook, number_format: str = "", quoted: bool = False) -> str:
        """What a cell says of its looks: the number under which this workbook keeps them. openpyxl works a hash out each time that it is asked."""
        known = self._styles.get((look, number_format, quoted))
        if known is None:
            cell = Cell(self._pages[0].sheet, 1, 1)
            for name, part in look.parts.items():
                setattr(cell, name, part)
            if number_format:
                cell.number_format = number_format
            cell.quotePrefix = quoted
            known = f' s="{cell.style_id}"' if cell.style_id else ""
            self._styles[look, number_format, quoted] = known
        return known

    def content(self) -> bytes:
        """The xlsx: what openpyxl makes of sheets without cells, with the rows put in."""
        frame = io.BytesIO()
        with zipfile.ZipFile(frame, "w") as unpacked:
            ExcelWriter(self.workbook, unpacked).write_data()
        pages = {page.sheet.path.lstrip("/"): page for page in self._pages}
        with SpooledTemporaryFile(IN_MEMORY) as made:
            with zipfile.ZipFile(frame) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in parts.namelist():
                    with archive.open(name, "w") as file:
                        if page := pages.get(name):
                            page.write_to(file, parts.read(name))
                        else:
                            file.write(parts.read(name))
            made.seek(0)
            return made.read()


class BookPage:
    """A sheet that is being written from the top down. `sheet` is openpyxl's, for all that is neither a cell nor a height."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book, self.sheet = book, sheet
        self._open: dict[int, dict[int, str]] = {}
        self._heights: dict[int, float] = {}
        self._rows = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 – it lasts as long as the page
        weakref.finalize(self, self._rows.close)
        self._last_row = self._last_column = 0

    def set_width(self, column: int, width: float) -> None:
        self.sheet.column_dimensions[get_column_letter(column)].width = width

    def set_height(self, row: int, points: float) -> None:
        self._cells(row)
        self._heights[row] = points

    def put_text(
        self, row: int, column: int, text: str, look: CellLook = PLAIN, number_format: str = ""
    ) -> None:
        """A cell whose text stays text: "=1+1" is never a formula."""
        special = SPECIAL.search(text)
        if special:
            text = ILLEGAL.sub("", text)
        text = text[:LONGEST_TEXT]
        if not text:
            self.put_blank(row, column, look, number_format)
            return
        style = self.book.style(look, number_format, text.startswith(FORMULA_SIGNS))
        kept = "" if text == text.strip() else ' xml:space="preserve"'
        if special:
            text = escape(text, {"\r": "&#13;"})
        self._cells(row)[column] = f'{style} t="inlineStr"><is><t{kept}>{text}</t></is></c>'

    def put_number(
        self,
        row: int,
        column: int,
        value: CellNumber | None,
        look: CellLook = PLAIN,
        number_format: str = "",
    ) -> None:
        """A real number, as exact as a spreadsheet keeps it; only its format rounds. An empty cell where there is none."""
        if value is None:
            self.put_blank(row, column, look, number_format)
            return
        kind = ' t="b"' if isinstance(value, bool) else ""
        stored = to_excel(value) if isinstance(value, date | time | timedelta) else float(value)
        style = self.book.style(look, number_format)
        self._cells(row)[column] = f"{style}{kind}><v>{stored:.16g}</v></c>"

    def put_blank(self, row: int, column: int, look: CellLook, number_format: str = "") -> None:
        self._cells(row)[column] = f"{self.book.style(look, number_format)}/>"

    def fill(self, row: int, left: int, right: int, look: CellLook) -> None:
        """The look for those of these cells into which nothing was put."""
        self.fill_row(row, [look] * (right - left + 1), left)

    def fill_row(self, row: int, looks: Sequence[CellLook], left: int = 1) -> None:
        """The same, with a look for each cell from `left` on. In a wide table most are blank."""
        cells, style = self._cells(row), self.book.style
        blank = {look: f"{style(look)}/>" for look in set(looks)}
        for column, look in enumerate(looks, left):
            if column not in cells:
                cells[column] = blank[look]

    def merge(self, top: int, left: int, bottom: int, right: int, look: CellLook) -> None:
        """Several cells shown as one, whose text is put into the first; all of them get the look, since programs draw the border of each."""
        for row in range(top, bottom + 1):
            self.fill(row, left, right, look)
        if (top, left) != (bottom, right):
            self.sheet.merged_cells.add(CellRange(min_row=top, min_col=left, max_row=bottom, max_col=right))

    def _cells(self, row: int) -> dict[int, str]:
        """The cells of a row by column, each without its beginning. The rows far above it are finished."""
        cells = self._open.get(row)
        if cells is None:
            if row <= self._last_row:
                raise ValueError(f"row {row} is written already")
            cells = self._open[row] = {}
            while len(self._open) > OPEN_ROWS:
                self._finish(min(self._open))
        return cells

    def _finish(self, row: int) -> None:
        cells, height = self._open.pop(row), self._heights.pop(row, None)
        tall = "" if height is None else f' ht="{height}" customHeight="1"'
        text = "".join([f'<c r="{COLUMN_LETTERS[column]}{row}"{cells[column]}' for column in sorted(cells)])
        self._rows.write(f'<row r="{row}"{tall}>{text}</row>'.encode())
        self._last_row, self._last_column = row, max(self._last_column, 1, *cells)

    def write_to(self, file: IO[bytes], frame: bytes) -> None:
        """The part of the xlsx that is this sheet; `frame` is what openpyxl made of it without cells."""
        for row in sorted(self._open):
            self._finish(row)
        head, tail = NO_ROWS.split(frame)
        extent = f"A1:{get_column_letter(self._last_column)}{self._last_row}" if self._last_row else "A1:A1"
        file.write(EXTENT.sub(extent.encode(), head) + b"<sheetData>")
        self._rows.seek(0)
        shutil.copyfileobj(self._rows, file)
        file.write(b"</sheetData>" + tail)
