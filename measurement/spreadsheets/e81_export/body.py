"""The lines of Form E.81, one for each branch and indicator, and the sums and means below them."""

from collections.abc import Sequence

from measurement.figures import e81
from measurement.figures.calculation import Sheet
from measurement.figures.recap import recap_line
from measurement.figures.sub_units import SharedCode
from measurement.models import Level
from measurement.record.officials import posts
from measurement.rules.figure import Figure
from measurement.rules.formulas import Rules, predicate

from ..book import BookPage
from ..styles import GRID, NUMBER, WHOLE, CellLook, short_format
from ..tables import DASH
from .layout import (
    INDICATOR,
    LINE_HEIGHT,
    MEASURE,
    MIDDLE,
    NO,
    ON_LEFT,
    PROGRAM,
    SASARAN,
    SPLIT,
    STRONG,
    STRONG_FIGURE,
    STRONG_ON_LEFT,
    TEXT,
    UNIT,
    k_column,
    k_text,
    lines_height,
    put_merged,
    put_value,
    put_word,
)

EMPTY = CellLook(GRID)
IN_MIDDLE, STRONG_IN_MIDDLE = CellLook(TEXT, MIDDLE, GRID), CellLook(STRONG, MIDDLE, GRID)


def put_lines(
    page: BookPage, first: int, lines: list[e81.FormLine], sheet: Sheet, widths: dict[int, float]
) -> int:
    titles = posts(sheet.cycle.unit)
    for row, line in enumerate(lines, first):
        texts = _texts(line, titles)
        for column, text in texts.items():
            is_strong = _is_strong(line) and column in (SASARAN, PROGRAM)
            beside = STRONG_ON_LEFT if is_strong else ON_LEFT
            page.put_text(row, column, text, IN_MIDDLE if column in (NO, MEASURE) else beside)
        if line.row:
            _put_k(page, row, line)
        if line.is_first:
            _put_rp(page, row, line)
        page.fill(row, 1, UNIT, EMPTY)
        page.set_height(row, lines_height((widths[column], text) for column, text in texts.items()))
    return first + len(lines)


def _is_strong(line: e81.FormLine) -> bool:
    return line.branch.node.level in (Level.SASARAN, Level.PROGRAM)


def _texts(line: e81.FormLine, titles: dict[int, str]) -> dict[int, str]:
    node = line.branch.node
    owner = line.row.row.owner if line.row and not isinstance(line.branch, SharedCode) else node.owner
    texts = {NO: str(line.number), UNIT: titles.get(owner.pk, owner.name) if owner else DASH}
    if line.is_first:
        texts[SASARAN if node.level == Level.SASARAN else PROGRAM] = f"{node.code} {node.name}"
    if line.row:
        texts |= {INDICATOR: line.row.row.name, MEASURE: line.row.row.measure}
    return texts


def _put_k(page: BookPage, row: int, line: e81.FormLine) -> None:
    opening = line.opening_columns(of_money=False)
    for number in SPLIT:
        text, value, column = k_text(line, number), line.k.get(number), k_column(number)
        if text:
            put_word(page, row, column, text, is_opening=number in opening)
        else:
            number_format = NUMBER if number == 15 else short_format(value)
            put_value(page, row, column, value, number_format, is_opening=number in opening)


def _put_rp(page: BookPage, row: int, line: e81.FormLine) -> None:
    opening = line.opening_columns(of_money=True)
    for number in SPLIT:
        number_format, value = NUMBER if number == 15 else WHOLE, line.rp.get(number)
        put_value(page, row, k_column(number) + 1, value, number_format, is_opening=number in opening)


def put_totals(page: BookPage, row: int, sheet: Sheet) -> int:
    """Sum of the money, mean capaian and serapan with their predicates; the mean says what it counted."""
    office, rules = sheet.office, sheet.cycle.rules
    put_merged(page, row, 1, MEASURE, "Jumlah", STRONG_ON_LEFT)
    money = e81.form_money(office, sheet.cycle.period_of_year)
    for number in SPLIT:
        number_format = NUMBER if number == 15 else WHOLE
        put_value(page, row, k_column(number) + 1, money.get(number), number_format, STRONG_FIGURE)
    page.fill(row, MEASURE + 1, UNIT, EMPTY)
    of_year, counted = e81.closing_mean(sheet)
    to_date = recap_line(office)["counted"] if sheet.sent.is_enough else sheet.sent.too_few_words
    lines = (
        ("Rata-rata capaian kinerja (kolom 13 ÷ 8) dan serapan anggaran setahun (%)", of_year.figure, counted),
        (f"Capaian kinerja perangkat daerah s.d. {sheet.cycle.period} (%)", sheet.told(office), to_date),
    )  # fmt: skip
    for line, (label, capaian, remark) in enumerate(lines):
        _put_closing(page, row + 1 + 2 * line, label, [capaian, office.serapan], (remark, rules))
    return row + 5


def _put_closing(
    page: BookPage, row: int, label: str, figures: Sequence[Figure], said: tuple[str, Rules]
) -> None:
    """Two lines: capaian beside serapan, and below them their predicates."""
    (remark, rules), at = said, k_column(13)
    lines = ((label, remark), ("Predikat", f"Skala predikat: {rules.scale}"))
    for line, (name, note) in enumerate(lines, row):
        put_merged(page, line, 1, at - 1, name, STRONG_ON_LEFT)
        put_merged(page, line, at + 2, UNIT, note, ON_LEFT)
        page.set_height(line, 2 * LINE_HEIGHT)
    for column, figure in enumerate(figures, at):
        put_value(page, row, column, figure.value, NUMBER, STRONG_FIGURE)
        word = predicate(figure, rules.levels) or DASH
        page.put_text(row + 1, column, word, STRONG_IN_MIDDLE)
