"""Codes that stand in several columns, one piece of a code or one level in each: joined, and the deepest counts."""

import re
from collections.abc import Sequence
from decimal import Decimal

from measurement.rules.numbers import decimal_places

from .columns import plain_heading

SEGMENT = re.compile(r"(?:[0-9]{1,4}|X{1,2})(?:\.[0-9]{1,4})*\.?")
LONGEST_SEGMENT = 2  # parts: 2.01
WHOLE = 3  # parts of the shortest whole code: 7.01.02
DEEPEST = 6
TWO_PLACES = 2
FIELD = re.compile(r"(?:kode_)?(?:bidang_)?(?:urusan|bidang)(?:_pemerintahan)?")


def following_code_columns(headings: Sequence[str], rows: Sequence[Sequence], first: int) -> list[int]:
    """The columns right of "Kode" that have no heading and hold further pieces of codes, as below a merged heading."""
    found = [first]
    while (number := found[-1] + 1) < len(headings) and not headings[number].strip():
        pieces = [text for row in rows if (text := str(row[number]).strip())]
        if not pieces or not all(SEGMENT.fullmatch(piece) for piece in pieces):
            break
        found.append(number)
    return found


def columns_before(headings: Sequence[str], rows: Sequence[Sequence], first: int) -> list[int]:
    """The columns of urusan and bidang urusan left of the first level's codes, where those are only pieces: 7, 01, then 06."""
    found: list[int] = []
    while (number := first - len(found) - 1) >= 0 and FIELD.fullmatch(plain_heading(headings[number])):
        found.insert(0, number)
    pieces = [_piece(row[first]) for row in rows if _piece(row[first])]
    return found if any(len(piece.split(".")) < WHOLE for piece in pieces) else []


class CodesInColumns:
    """Row by row: what a row leaves blank before its own piece is that of the row above. In a column of numbers like 2.01, 2.1 is 2.10."""

    def __init__(self, columns: Sequence[int], rows: Sequence[Sequence] = ()):
        self.columns = columns
        self.two_places = {
            number for number in columns if any(_places(row[number]) == TWO_PLACES for row in rows)
        }
        self.above: list[str] = [""] * len(columns)

    def code_of(self, row: Sequence) -> str:
        """The whole code of a row; empty where it has none."""
        pieces = [
            _piece(row[number]) + ("0" if number in self.two_places and _places(row[number]) == 1 else "")
            for number in self.columns
        ]
        deepest = max((place for place, piece in enumerate(pieces) if piece), default=None)
        if deepest is None:
            return ""
        if all(pieces[: deepest + 1]) or len(pieces[deepest].split(".")) >= WHOLE:
            filled = pieces[: deepest + 1]
        else:
            filled = [piece or above for piece, above in zip(pieces, self.above, strict=True)][: deepest + 1]
        self.above = [*filled, *[""] * (len(pieces) - deepest - 1)]
        code = ""
        for piece in filter(None, filled):
            code = joined_code(code, piece)
        return code


def joined_code(above: str, code: str) -> str:
    """A piece behind the code above it; a whole code stays as it is."""
    parts = len(code.split("."))
    if not above or not code or parts >= WHOLE or code.startswith(f"{above}."):
        return code
    fits = parts <= LONGEST_SEGMENT and len(above.split(".")) + parts <= DEEPEST
    return f"{above}.{code}" if fits and SEGMENT.fullmatch(code) else code


def _places(value) -> int:
    """How many decimals a number of a workbook has; 0 for a text."""
    return decimal_places(value) if isinstance(value, Decimal) else 0


def _piece(value) -> str:
    return str(value).replace(" ", "").strip().rstrip(".")
