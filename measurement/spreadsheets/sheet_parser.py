"""A sheet of an uploaded workbook as openpyxl reads it, in one pass that also says what is hidden and which formulas nobody has worked out."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, Any, NamedTuple
from xml.etree import ElementTree

from defusedxml import ElementTree as SafeTree
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import COL_TAG, DATA_TAG, FORMULA_TAG, ROW_TAG, WorkSheetParser

TRUE = ("1", "true")
GENERAL = "General"
TEXT, WORKED_OUT, ERROR = "s", "str", "e"


class SheetCell(NamedTuple):
    """What stands in a cell, as openpyxl calls it; its formula only where its cell shows nothing."""

    value: Any
    data_type: str
    number_format: str
    formula: str = ""


FoundCell = SheetCell | str | None  # a text is itself, and None where nothing stands


class SheetParser(WorkSheetParser):
    """openpyxl's, for the columns and rows: what comes after them in the file is not read."""

    def __init__(self, sheet: ReadOnlyWorksheet) -> None:
        book = sheet.parent
        super().__init__(
            sheet._get_source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self._formats = _formats(book)

    def lines(self, most_rows: int, most_columns: int) -> Iterator[list[FoundCell]]:
        """Row by row without gaps, as far as one more than `most_rows`. A row that stands above one that was read before is passed over."""
        above = 0
        for number, cells in islice(self.parse(), most_rows + 1):
            yield from ([] for _ in range(above + 1, min(number, most_rows + 1)))
            if number > most_rows:
                return
            if number > above:
                above = number
                yield self._line(cells, most_columns)

    def parse(self) -> Iterator[tuple[int, list[dict]]]:
        for element in _elements(self.source):
            if element.tag == ROW_TAG:
                number, cells = self.parse_row(element)
                if element.get("hidden") in TRUE:
                    self.hidden_rows.append(number)
                element.clear()
                yield number, cells
            elif element.tag == COL_TAG and element.get("hidden") in TRUE:
                self.hidden_columns.append((int(element.get("min", 0)), int(element.get("max", -1))))
            elif element.tag == DATA_TAG:
                return

    def parse_cell(self, element: ElementTree.Element) -> dict:
        cell = super().parse_cell(element)
        if element.find(FORMULA_TAG) is not None:
            formula = self.parse_formula(element)  # also of those with a result: others may refer to them
            if cell["value"] in (None, ""):
                cell["formula"] = str(getattr(formula, "text", formula))
        return cell

    def _line(self, cells: list[dict], most_columns: int) -> list[FoundCell]:
        line: list[FoundCell] = []
        for cell in cells:
            column, found = cell["column"], self._cell(cell)
            if found is not None and column <= most_columns:
                line += [None] * (column - len(line))
                line[column - 1] = found
        return line

    def _cell(self, cell: dict) -> FoundCell:
        value, kind, formula = cell["value"], cell["data_type"], cell.get("formula", "")
        if kind == TEXT and value:
            return value
        if value in (None, "") and not formula and kind != ERROR:
            return None
        return SheetCell(value, kind, self._formats[cell["style_id"]], formula)


def _elements(opened: Callable[[], IO[bytes]]) -> Iterator[ElementTree.Element]:
    """Entities are declared above the first element, which is read by defusedxml; the rest, which can have none, by a parser that is twice as quick."""
    with opened() as head:
        next(SafeTree.iterparse(head, ["start"]))
    with opened() as part:
        for _event, element in ElementTree.iterparse(part):  # noqa: S314 – no entities in it, see above
            yield element


def _formats(book: Workbook) -> list[str]:
    """Style by style, its number format."""
    own = {BUILTIN_FORMATS_MAX_SIZE + place: text for place, text in enumerate(book._number_formats)}
    known = BUILTIN_FORMATS | own
    return [known.get(style.numFmtId, GENERAL) for style in book._cell_styles]
