"""The cells of an xlsx, parsed once and piece by piece. openpyxl makes a tree of every cell for it, in Python because of defusedxml, which takes five
times as long; what a cell's type and number mean is the same here as there.

A cell is kept as little as may be, so that it can be written down as JSON: a text or a number is itself, nothing is None, and any other is a list of
kind, value, number format and formula (`kept_cells.SheetCell` says what they mean).
"""

from collections.abc import Callable
from typing import IO, Any
from xml.parsers.expat import ParserCreate, XMLParserType

from openpyxl.formula.translate import Translator
from openpyxl.utils import column_index_from_string

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
ROW, CELL, VALUE, FORMULA, COLUMN = (f"{MAIN}{tag}" for tag in ("row", "c", "v", "f", "col"))
ITEM, INLINE_TEXT, TEXT, RUN, PHONETIC = (f"{MAIN}{tag}" for tag in ("si", "is", "t", "r", "rPh"))
PIECE = 64 * 1024
TRUE = ("1", "true")
GENERAL = "General"
NUMBER, DATE, SPAN = "n", "date", "span"  # kinds of a number, by its format
INLINE, SHARED, WORKED_OUT, BOOLEAN, ISO_DATE, ERROR = "inlineStr", "s", "str", "b", "d", "e"

KeptCell = str | int | float | list | None


def safe_parser() -> XMLParserType:
    """One that takes no entities, which is how a small file becomes a big one or reads another."""
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse
    parser.UnparsedEntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    return parser


def _refuse(name: str, *rest: Any) -> int:
    raise ValueError(f"entity {name} is not taken")


class TextParts:
    """The text of an element in plain parts and in runs of their own looks; how it is read aloud is left out."""

    def __init__(self) -> None:
        self.plain, self.runs = "", ""
        self.in_run = self.is_phonetic = False

    def start(self, name: str) -> None:
        self.in_run |= name == RUN
        self.is_phonetic |= name == PHONETIC

    def end(self, name: str, text: str) -> None:
        if name == RUN:
            self.in_run = False
        elif name == PHONETIC:
            self.is_phonetic = False
        elif name == TEXT and not self.is_phonetic:
            if self.in_run:
                self.runs += text
            else:
                self.plain = text

    @property
    def content(self) -> str:
        return self.plain + self.runs


def shared_strings(source: IO[bytes]) -> list[str]:
    """The texts to which cells refer by number."""
    found: list[str] = []
    parser, parts, pieces = safe_parser(), TextParts(), list[str]()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal parts
        pieces.clear()
        if name == ITEM:
            parts = TextParts()
        else:
            parts.start(name)

    def end(name: str) -> None:
        if name == ITEM:
            found.append(parts.content.replace("x005F_", ""))
        else:
            parts.end(name, "".join(pieces))
        pieces.clear()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = pieces.append
    while piece := source.read(PIECE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return found


class SheetStream:
    """A sheet that is being read from the top down, as far as it was asked for: `rows`, and which of them and which columns are hidden."""

    def __init__(
        self,
        opened: Callable[[], IO[bytes]],
        strings: list[str],
        formats: list[tuple[str, str]],
        most_rows: int,
        most_columns: int,
    ) -> None:
        """`formats` says of each style what kind of number it makes, and its number format."""
        self.rows: list[list[KeptCell]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[list[int]] = []
        self.is_finished = False
        self._opened, self._strings, self._formats = opened, strings, formats
        self._most_rows, self._most_columns = most_rows, most_columns
        self._source: IO[bytes] | None = None
        self._masters: dict[str, tuple[str, str]] = {}
        self._letters: dict[str, int] = {}
        self._row = self._column = 0
        self._cells: list[KeptCell] = []
        self._attributes: dict[str, str] = {}
        self._pieces: list[str] = []
        self._value: str | None = None
        self._formula: tuple[dict[str, str], str] | None = None
        self._parts: TextParts | None = None
        self._parser = safe_parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._pieces.append

    def read_to(self, row: int) -> None:
        """Read until it is known whether anything stands below this row."""
        while not self.is_finished and len(self.rows) <= row:
            self._source = self._source or self._opened()
            piece = self._source.read(PIECE)
            self._parser.Parse(piece, not piece)
            self.is_finished |= not piece

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._pieces.clear()
        if name == CELL:
            self._attributes, self._value, self._formula, self._parts = attributes, None, None, None
            letters = attributes.get("r", "").rstrip("0123456789")
            self._column = self._number_of(letters) if letters else self._column + 1
        elif name == FORMULA:
            self._formula = attributes, ""
        elif name == INLINE_TEXT:
            self._parts = TextParts()
        elif name == ROW:
            self._row, self._column, self._cells = _row_number(attributes, self._row), 0, []
            if attributes.get("hidden") in TRUE and "r" in attributes:
                self.hidden_rows.append(self._row)
        elif name == COLUMN and attributes.get("hidden") in TRUE and {"min", "max"} <= attributes.keys():
            self.hidden_columns.append([int(attributes["min"]), int(attributes["max"])])
        elif self._parts:
            self._parts.start(name)

    def _end(self, name: str) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        if name == VALUE:
            self._value = text
        elif name == CELL:
            self._take_cell()
        elif name == FORMULA and self._formula:
            self._formula = self._formula[0], text
        elif name == ROW:
            self._take_row()
        elif self._parts:
            self._parts.end(name, text)

    def _number_of(self, letters: str) -> int:
        if letters not in self._letters:
            self._letters[letters] = column_index_from_string(letters)
        return self._letters[letters]

    def _take_row(self) -> None:
        """A row that stands above one that was read before is passed over."""
        missing = min(self._row, self._most_rows + 1) - 1 - len(self.rows)
        self.rows += [[] for _ in range(missing)]
        if self._row > self._most_rows:
            self.is_finished = True
        elif self._row == len(self.rows) + 1:
            self.rows.append(self._cells)

    def _take_cell(self) -> None:
        if self._formula:
            self._remember_master(*self._formula)
        cell = self._kept()
        if cell is not None and self._column <= self._most_columns:
            self._cells += [None] * (self._column - len(self._cells))
            self._cells[self._column - 1] = cell

    def _kept(self) -> KeptCell:
        kind = self._attributes.get("t", NUMBER)
        value: str | int | float | None = self._value or None
        if kind == SHARED and value:
            value = self._strings[int(value)]
        elif kind == INLINE and self._parts:
            kind, value = SHARED, self._parts.content
        if value and kind in (SHARED, WORKED_OUT):
            return value
        formula = self._formula_text(*self._formula) if self._formula and not value else ""
        if not value and not formula and kind != ERROR:
            return None
        kind_of_number, number_format = self._formats[int(self._attributes.get("s", 0))]
        if kind == NUMBER and isinstance(value, str):
            kind, value = kind_of_number, _number(value)
            if kind == NUMBER and number_format == GENERAL:
                return value
        return [kind, value, number_format, formula]

    def _remember_master(self, attributes: dict[str, str], text: str) -> None:
        """A formula may stand in one cell only, others then refer to it by number."""
        if attributes.get("t") == "shared" and text:
            self._masters.setdefault(attributes.get("si", ""), (f"={text}", self._attributes.get("r", "")))

    def _formula_text(self, attributes: dict[str, str], text: str) -> str:
        master = self._masters.get(attributes.get("si", "")) if attributes.get("t") == "shared" else None
        if master is None or master[1] == self._attributes.get("r"):
            return f"={text}"
        return str(Translator(*master).translate_formula(self._attributes.get("r")))


def _number(text: str) -> int | float:
    """Whole where it is written so: 17 digits stay 17 digits."""
    return float(text) if "." in text or "e" in text or "E" in text else int(text)


def _row_number(attributes: dict[str, str], above: int) -> int:
    """Its own, "5" or "5.0", or the next. ValueError for anything else."""
    written = attributes.get("r")
    if written is None:
        return above + 1
    number = float(written)
    if not number.is_integer():
        raise ValueError(f"{written} is no row number")
    return int(number)
