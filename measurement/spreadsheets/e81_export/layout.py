"""Where the columns of Form E.81 stand and how its cells look; what is written into them comes from `figures.e81`."""

from collections.abc import Iterable

from openpyxl.styles import Alignment, Font

from measurement.figures import e81
from measurement.figures.calculation import Sheet
from measurement.figures.opening_notes import SIGN, signed
from measurement.rules.numbers import Number, show_short

from ..book import BookPage
from ..styles import GRID, CellLook
from ..tables import DASH, text_height

NO, SASARAN, PROGRAM, INDICATOR, MEASURE, UNIT = 1, 2, 3, 4, 5, 26
SPLIT = range(6, 16)  # the form's columns that have K and Rp
WIDTHS = {NO: 4.5, SASARAN: 15, PROGRAM: 22, INDICATOR: 24, MEASURE: 9, UNIT: 13}
NARROW_K, NARROW_RP, NARROW_LEVEL = 6.5, 9, 8
TEXT, STRONG, SMALL = (
    Font(name="Calibri", size=9),
    Font(name="Calibri", size=9, bold=True),
    Font(name="Calibri", size=8, italic=True),
)
NAME = Font(name="Calibri", size=9, bold=True, underline="single")
LEFT, MIDDLE = (
    Alignment(wrap_text=True, vertical="top"),
    Alignment(horizontal="center", vertical="top", wrap_text=True),
)
NUMBERS = Alignment(horizontal="right", vertical="top", shrink_to_fit=True)
ON_LEFT, STRONG_ON_LEFT = CellLook(TEXT, LEFT, GRID), CellLook(STRONG, LEFT, GRID)
FIGURE, STRONG_FIGURE = CellLook(TEXT, NUMBERS, GRID), CellLook(STRONG, NUMBERS, GRID)
CENTERED = Alignment(horizontal="center")
LINE_HEIGHT, DENSITY, CAPITALS = 12, 1.05, 0.8  # for text in 9 points; capitals fill a line sooner


def k_column(number: int) -> int:
    """Where K of one of the form's split columns stands; Rp is the next."""
    return 2 * number - 6


def set_widths(page: BookPage, lines: list[e81.FormLine], sheet: Sheet) -> dict[int, float]:
    """Every number fits its column: as wide as the longest, in units of the program."""
    office = e81.form_money(sheet.office, sheet.cycle.period_of_year)
    words = [word for _, label in sheet.cycle.rules.levels for word in label.split()]
    widths = dict(WIDTHS)
    for number in SPLIT:
        k = [
            *(k_text(line, number) or show_short(line.k.get(number)) for line in lines),
            *(words if number == 13 else []),
        ]
        rp = [_money_text(number, values) for values in (office, *(line.rp for line in lines))]
        narrow_k, narrow_rp = (NARROW_LEVEL, NARROW_LEVEL) if number == 15 else (NARROW_K, NARROW_RP)
        widths[k_column(number)], widths[k_column(number) + 1] = (
            max(narrow_k, _width(k)),
            max(narrow_rp, _width(rp)),
        )
    for column, width in widths.items():
        page.set_width(column, width)
    return widths


def _width(texts: Iterable[str]) -> float:
    return max(map(len, texts), default=0) * 0.85 + 1.5


def _money_text(number: int, values: dict) -> str:
    value = values.get(number)
    return show_short(value) if number == 15 or value is None else f"{value:,.0f}"


def k_text(line: e81.FormLine, number: int) -> str:
    """A value that people read as a word or a span: the bounds of a range, a predicate's name; "" for a plain number."""
    definition = line.row.row if line.row else None
    if definition is None:
        return ""
    if definition.takes_span and number in (6, 8):
        return definition.shown_target(definition.plan_span if number == 6 else None)
    return definition.shown(line.k.get(number)) if definition.scores and number < 15 else ""


def put_value(
    page: BookPage,
    row: int,
    column: int,
    value: Number | None,
    number_format: str,
    look: CellLook = FIGURE,
    is_opening: bool = False,
) -> None:
    """A figure. The sign of data awal behind it is part of its format, so that it stays a number."""
    if value is None:
        put_word(page, row, column, DASH, look, is_opening)
    else:
        page.put_number(
            row, column, value, look, f'{number_format}" {SIGN}"' if is_opening else number_format
        )


def put_word(
    page: BookPage, row: int, column: int, text: str, look: CellLook = FIGURE, is_opening: bool = False
) -> None:
    """What stands in place of a figure."""
    page.put_text(row, column, signed(text, SIGN) if is_opening else text, look)


def put_merged(page: BookPage, row: int, left: int, right: int, text: str, look: CellLook) -> None:
    """A text across several columns of one row."""
    page.merge(row, left, row, right, look)
    page.put_text(row, left, text, look)


def lines_height(texts: Iterable[tuple[float, str]]) -> float:
    return text_height(
        ((width * (CAPITALS if text.isupper() else 1), text) for width, text in texts), LINE_HEIGHT, DENSITY
    )
