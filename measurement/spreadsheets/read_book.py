"""A workbook that was uploaded, as far as it was read: a sheet is parsed once, whoever asks for its rows, and what was parsed can be kept beside the
file until it is applied."""

import io
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, Protocol

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601
from openpyxl.workbook import Workbook
from openpyxl.xml.constants import SHARED_STRINGS

from .sheet_stream import (
    BOOLEAN,
    DATE,
    ERROR,
    GENERAL,
    ISO_DATE,
    NUMBER,
    SHARED,
    SPAN,
    WORKED_OUT,
    KeptCell,
    SheetStream,
    shared_strings,
)

READER = 1  # raised whenever the same file is read otherwise than before
QUICK = 1  # how hard what is kept is packed
NO_DATE = "#VALUE!"


class SheetCell(NamedTuple):
    """What stands in a cell, as openpyxl calls it; its formula only where no program has worked it out, or its result is an empty text."""

    value: Any
    data_type: str
    number_format: str
    formula: str = ""


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


class SheetSource(Protocol):
    """Rows from the top down, and what is hidden among them."""

    rows: list[list[KeptCell]]
    hidden_rows: list[int]
    hidden_columns: list[list[int]]
    is_finished: bool

    def read_to(self, row: int) -> None: ...


@dataclass
class KeptSheet:
    """What was read of a sheet before."""

    rows: list[list[KeptCell]]
    hidden_rows: list[int]
    hidden_columns: list[list[int]]
    is_finished: bool

    def read_to(self, row: int) -> None:
        if not self.is_finished and len(self.rows) <= row:
            raise NotKept


@dataclass(frozen=True)
class ReadSheet:
    """A sheet of an uploaded workbook. `from_1904`: its days are counted from there, as old Macs did."""

    title: str
    state: str
    from_1904: bool
    source: SheetSource

    @property
    def is_hidden(self) -> bool:
        return self.state != "visible"

    def rows(self, most: int) -> list[list[KeptCell]]:
        """Its first rows: texts and plain numbers themselves, None where nothing stands, and what `cell` makes sense of."""
        self.source.read_to(most)
        return self.source.rows[:most]

    def uncounted(self, most: int) -> Iterator[Uncounted]:
        """The formulas in its first rows whose cells show nothing."""
        for number, row in enumerate(self.rows(most), 1):
            for column, kept in enumerate(row, 1):
                if isinstance(kept, list) and kept[-1]:
                    is_empty_text = kept[0] == WORKED_OUT or kept[1] is not None
                    yield Uncounted(number, column, kept[-1], is_empty_text)

    def cell(self, kept: KeptCell) -> SheetCell:
        if not isinstance(kept, list):
            return SheetCell(kept, SHARED if isinstance(kept, str) else NUMBER, GENERAL)
        kind, value, number_format, formula = kept
        if kind in (DATE, SPAN):
            return self._moment(value, kind == SPAN, number_format)
        if kind == BOOLEAN and value is not None:
            value = bool(int(value))
        elif kind == ISO_DATE and value is not None:
            value = from_ISO8601(value)
        return SheetCell(value, kind, number_format, formula)

    def _moment(self, value: float, is_span: bool, number_format: str) -> SheetCell:
        epoch = MAC_EPOCH if self.from_1904 else WINDOWS_EPOCH
        try:
            return SheetCell(from_excel(value, epoch, is_span), ISO_DATE, number_format)
        except (OverflowError, ValueError):
            return SheetCell(NO_DATE, ERROR, number_format)


@dataclass(frozen=True)
class ReadBook:
    """The sheets of an uploaded workbook, without those that are only a chart."""

    sheets: list[ReadSheet]

    def packed(self, facts: Mapping[str, Any]) -> bytes:
        """All that was read so far, bound to facts on the file and on whose it is."""
        sheets = [[sheet.title, sheet.state, sheet.from_1904, *_told(sheet.source)] for sheet in self.sheets]
        told = {"reader": READER, **facts, "sheets": sheets}
        return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), QUICK)


def _told(source: SheetSource) -> list:
    return [source.rows, source.hidden_rows, source.hidden_columns, source.is_finished]


def unpacked(content: bytes, facts: Mapping[str, Any]) -> ReadBook | None:
    """What was kept; None where another reader kept it, or it is bound to other facts."""
    told = json.loads(zlib.decompress(content))
    sheets = told.pop("sheets")
    if told != {"reader": READER, **facts}:
        return None
    return ReadBook(
        [
            ReadSheet(title, state, from_1904, KeptSheet(*source))
            for title, state, from_1904, *source in sheets
        ]
    )


def parsed(content: bytes, most_rows: int, most_columns: int) -> ReadBook:
    """The workbook in a file that was checked before; its sheets are read when their rows are asked for, as far as they may reach."""
    reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    strings = reader.package.find(SHARED_STRINGS)
    texts = []
    if strings is not None:
        with reader.archive.open(strings.PartName[1:]) as part:
            texts = shared_strings(part)
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    formats, from_1904 = _formats(reader.wb), reader.wb.epoch == MAC_EPOCH
    return ReadBook(
        [
            ReadSheet(
                sheet.name,
                sheet.state,
                from_1904,
                SheetStream(
                    partial(reader.archive.open, part.target), texts, formats, most_rows, most_columns
                ),
            )
            for sheet, part in reader.parser.find_sheets()
            if part.target in reader.valid_files and "chartsheet" not in part.Type
        ]
    )


def _formats(book: Workbook) -> list[tuple[str, str]]:
    """Style by style: what a number means with it, and its number format."""
    own = {BUILTIN_FORMATS_MAX_SIZE + place: text for place, text in enumerate(book._number_formats)}
    known = BUILTIN_FORMATS | own
    kinds = dict.fromkeys(book._date_formats, DATE) | dict.fromkeys(book._timedelta_formats, SPAN)
    return [
        (kinds.get(number, NUMBER), known.get(style.numFmtId, GENERAL))
        for number, style in enumerate(book._cell_styles)
    ]
