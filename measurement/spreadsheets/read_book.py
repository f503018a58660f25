"""A workbook that was uploaded, as far as it was read: a sheet is parsed once, whoever asks for its rows, and what was parsed can be kept until the
file is applied."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from .sheet_parser import WORKED_OUT, FoundCell, SheetCell, SheetParser


class Uncounted(NamedTuple):
    """A formula whose cell shows nothing."""

    row: int
    column: int
    text: str
    is_empty_text: bool  # what the formula gave, as in =IF(A1="";"";A1)

    @property
    def coordinate(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"


class NotKept(Exception):
    """More is asked for than was read before: the file has to be read again."""


@dataclass
class ReadSheet:
    """A sheet of an uploaded workbook."""

    title: str
    is_hidden: bool
    hidden_rows: list[int]
    hidden_columns: list[tuple[int, int]]  # from this one to that one
    found: list[list[FoundCell]] = field(default_factory=list)
    is_finished: bool = False
    rest: Iterator[list[FoundCell]] | None = None

    def rows(self, most: int) -> list[list[FoundCell]]:
        """Its first rows."""
        while not self.is_finished and len(self.found) <= most:
            if self.rest is None:
                raise NotKept
            rest, self.rest = self.rest, None  # what broke off is not taken for its end
            line = next(rest, None)
            self.rest = rest
            if line is None:
                self.is_finished = True
            else:
                self.found.append(line)
        return self.found[:most]

    def uncounted(self, most: int) -> Iterator[Uncounted]:
        """The formulas in its first rows whose cells show nothing."""
        for number, row in enumerate(self.rows(most), 1):
            for column, cell in enumerate(row, 1):
                if isinstance(cell, SheetCell) and cell.formula:
                    is_empty_text = cell.data_type == WORKED_OUT or cell.value is not None
                    yield Uncounted(number, column, cell.formula, is_empty_text)


@dataclass(frozen=True)
class ReadBook:
    """The sheets of an uploaded workbook, without those that are only a chart."""

    sheets: list[ReadSheet]

    def so_far(self) -> "ReadBook":
        """What was read until now, without the file itself."""
        return ReadBook([replace(sheet, rest=None) for sheet in self.sheets])


def opened_book(content: bytes, most_rows: int, most_columns: int) -> ReadBook:
    """The workbook in a file that was checked before; its sheets are read when their rows are asked for, as far as they may reach."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    return ReadBook([_sheet(sheet, most_rows, most_columns) for sheet in book.worksheets])


def _sheet(sheet: ReadOnlyWorksheet, most_rows: int, most_columns: int) -> ReadSheet:
    parser = SheetParser(sheet)
    return ReadSheet(
        sheet.title,
        sheet.sheet_state != "visible",
        parser.hidden_rows,
        parser.hidden_columns,
        rest=parser.lines(most_rows, most_columns),
    )
