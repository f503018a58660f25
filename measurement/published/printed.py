"""Numbers as published documents print them: all readings of `rules.written`, and nothing that must be confirmed.

This is the lenient side of the one reader: here nothing is stored, so a document is taken as it is and what was assumed becomes a note. The
strict side, which asks before it keeps, is `numbers.parse_number` and `numbers.parse_money`. A blank, a dash and a misprint like
"89,3405,300" have no reading and are told apart. Pure.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from measurement.rules.written import COMMA, MOST_PLACES, bounded, is_dash, plain_text, read_number
from measurement.rules.written import NumberKind as PrintedKind
from measurement.rules.written import NumberReading as PrintedReading

__all__ = [
    "BLANK",
    "COMMA",
    "Printed",
    "PrintedKind",
    "PrintedReading",
    "PrintedState",
    "of_number",
    "read_printed",
]


class PrintedState(Enum):
    """What stands in a cell. A blank and a dash are not 0, and not the same."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Printed:
    """A cell as it is printed, and its readings, the likely one first."""

    text: str
    state: PrintedState
    readings: tuple[PrintedReading, ...] = ()


BLANK = Printed("", PrintedState.BLANK)


def of_number(text: str, value: Decimal, places: int, percent: bool = False) -> Printed:
    """The cell of a workbook that holds a real number; `places` are those that its format shows."""
    return Printed(
        text,
        PrintedState.NUMBER,
        (PrintedReading(bounded(value), min(places, MOST_PLACES), percent=percent),),
    )


def read_printed(text: str, kind: PrintedKind = PrintedKind.FIGURE) -> Printed:
    """What a printed text may mean; it never raises."""
    if not plain_text(text):
        return BLANK
    if is_dash(text):
        return Printed(text, PrintedState.DASH)
    readings = read_number(text, kind)
    return Printed(text, PrintedState.NUMBER if readings else PrintedState.UNREADABLE, readings)
