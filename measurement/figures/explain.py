"""How a figure came about, in words that people use: the substituted formula, the period, what was counted and what was left out.

Takes the figures that `calculation` made and says how; the page behind every figure and the annex of the report print what comes out of here.
Numbers in a formula are shown with up to 6 decimals, so that recalculating it gives the printed result.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from measurement.models import WorksheetRow
from measurement.rules.accumulations import (
    ACCUMULATIONS,
    AccumulationRow,
    PeriodValues,
    ToDate,
    parts_working,
)
from measurement.rules.figure import Figure, Gap
from measurement.rules.formulas import Rules
from measurement.rules.methods import METHODS, Yardstick, achievement_working
from measurement.rules.numbers import (
    Number,
    show,
    show_percent,
    show_short,
)
from measurement.rules.periods import Period
from measurement.rules.schedules import is_due

from .opening_notes import SIGN, thing_note
from .rows import RowFigures

OF_YEAR, PREDICATE, SERAPAN = "Capaian setahun", "Predikat", "Serapan"  # titles of workings
WITHOUT = "tanpa realisasi"  # of a period that was due


@dataclass(frozen=True)
class WorkingPart:
    """One part of a mean or a sum: what it is, what it gave, and why it was not counted or was limited. `counted` is its value in a mean."""

    name: str
    value: str
    remark: str = ""
    counted: Fraction | None = None
    row_id: int | None = None
    node_id: int | None = None


@dataclass(frozen=True)
class Working:
    """The working of one figure: result, substituted formula, and under which conditions."""

    title: str
    result: str
    formula: str = ""
    conditions: tuple[str, ...] = ()
    parts: list[WorkingPart] = field(default_factory=list)

    def __str__(self) -> str:
        """ "87,50 % = 35 ÷ 40 × 100; s.d. TW III; arah maksimum; jumlah; tanpa batas"."""
        equation = f"{self.result} = {self.formula}" if self.formula else self.result
        return "; ".join([equation, *self.conditions])


def to_date_title(period: Period) -> str:
    """The title of the working of capaian to date."""
    return f"Capaian {period.frequency.to_date}"


def row_workings(figures: RowFigures, period: Period, rules: Rules) -> list[Working]:
    """Realisasi and target to date, capaian to date and of the year, and the predicate of one indicator."""
    row, so_far, until = figures.row, figures.to_date, period.to_date
    accumulated = ACCUMULATIONS[row.accumulation].word
    conditions = (METHODS[row.method].direction, accumulated, "tanpa batas")
    return [
        *_taken_over(row, period),
        *_to_date_workings(figures, period, accumulated),
        _capaian(
            to_date_title(period),
            figures.capaian,
            row.yardstick(span=figures.span_to_date),
            so_far.target,
            so_far.realised,
            (until, *conditions),
        ),
        _capaian(
            OF_YEAR,
            figures.capaian_year,
            row.yardstick(),
            row.target_year,
            so_far.realised,
            (f"{until} terhadap target setahun", *conditions),
        ),
        *predicate_working(figures.capaian, figures.predicate, rules),
    ]


def _taken_over(row: WorksheetRow, period: Period) -> list[Working]:
    """How a row that follows others comes to this period's realisasi."""
    if not row.is_follower:
        return []
    parts = [
        WorkingPart(
            f"{part.place} {part.name}", row.shown(part.values[0]), str(part.gap or ""), row_id=part.row_id
        )
        for part in row.followed
    ]
    result = str(row.followed_gap or row.shown(row.now("realised")))
    return [Working(f"Realisasi {period.short}", result, conditions=(row.verdict_note,), parts=parts)]


def _capaian(
    title: str,
    figure: Figure,
    yardstick: Yardstick,
    target: Number | None,
    realised: Number | None,
    conditions: tuple[str, ...],
) -> Working:
    if figure.value is None:
        return Working(title, "–", conditions=(str(figure.gap),))
    formula = achievement_working(yardstick, target, realised)
    bounded = (figure.remark,) if figure.remark else ()
    return Working(title, show_percent(figure.value), formula, (*bounded, *conditions))


def _to_date_workings(figures: RowFigures, period: Period, accumulated: str) -> list[Working]:
    """How the periods make up the figures to date; one bare value needs no working."""
    row, values, so_far = figures.row, figures.periods, figures.to_date
    accumulation = ACCUMULATIONS[row.accumulation]
    skipped = _skipped(figures, period)
    without = tuple(f"{', '.join(names)} {why}" for why, names in skipped.items())
    note = thing_note(row)
    opening = (f"{SIGN} {note}",) if note else ()
    if not skipped and not opening and (accumulation.is_position or len(values) == 1 and not row.is_ratio):
        return []
    found = [
        Working(
            f"Realisasi {period.to_date}",
            row.shown(so_far.realised),
            _realised_formula(accumulation, period, values, so_far),
            (accumulated, *without, *opening),
        )
    ]
    if METHODS[row.method].has_target:
        kept = (
            (f"target {period.noun} yang terlewat tetap dihitung",)
            if WITHOUT in skipped and accumulation.adds_up
            else ()
        )
        found.append(
            Working(
                f"Target {period.to_date}",
                row.shown(so_far.target),
                _target_formula(accumulation, period, values),
                (accumulated, *kept),
            )
        )
    return found


def _skipped(figures: RowFigures, period: Period) -> dict[str, list[str]]:
    """The periods without a realisasi by why it is not there: left blank, nothing to count, or not due."""
    found: dict[str, list[str]] = {}
    for then, value in zip(period.so_far, figures.periods, strict=True):
        if value.realised is None:
            found.setdefault(_why_without(figures.row, then, value), []).append(then.short)
    return found


def _why_without(row: WorksheetRow, then: Period, value: PeriodValues) -> str:
    if value.has_no_cases:
        return f"{Gap.NO_CASES} (0 dari 0)"
    if not is_due(row.schedule, then.months):
        return Gap.NOT_DUE
    return "tanpa target" if value.target is None and METHODS[row.method].has_target else WITHOUT


def _realised_formula(
    accumulation: AccumulationRow, period: Period, values: Sequence[PeriodValues], so_far: ToDate
) -> str:
    if so_far.realised is None:
        return ""
    if accumulation.has_parts and any(value.denominator for value in values):
        return parts_working(values)
    return _accumulated(accumulation, period, [value.realised for value in values])


def _target_formula(accumulation: AccumulationRow, period: Period, values: Sequence[PeriodValues]) -> str:
    targets = [value.target for value in values]
    if accumulation.is_position:
        filled = [value.target if value.realised is not None else None for value in values]
        targets = filled if any(target is not None for target in filled) else targets
    return _accumulated(accumulation, period, targets)


def _accumulated(accumulation: AccumulationRow, period: Period, values: Sequence[Number | None]) -> str:
    """The values of the periods put together, without those that are blank."""
    named = [
        (then.short, value) for then, value in zip(period.so_far, values, strict=True) if value is not None
    ]
    return accumulation.working(named) if named else ""


def predicate_working(figure: Figure, word: str, rules: Rules) -> list[Working]:
    if figure.value is None or not word:
        return []
    lower = next(lower for lower, label in rules.levels if label == word)
    bound = f"≥ {show_short(lower)}" if lower is not None else f"< {show_short(rules.levels[-2][0])}"
    return [Working(PREDICATE, word, conditions=(f"{show(figure.value)} {bound}",))]
