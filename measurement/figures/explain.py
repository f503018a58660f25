"""How a figure came about, in words that people use: the substituted formula, the period, what was counted and what was left out.

Takes the figures that `calculation` made and says how; the page behind every figure and the annex of the report print what comes out of here.
Numbers in a formula are shown with up to 6 decimals, so that recalculating it gives the printed result.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from measurement.models import WorksheetNode, WorksheetRow
from measurement.rules.accumulations import (
    ACCUMULATIONS,
    AccumulationRow,
    PeriodValues,
    ToDate,
    parts_working,
)
from measurement.rules.figure import Figure
from measurement.rules.formulas import Efficiency, Mean, Rules
from measurement.rules.methods import METHODS, achievement_working
from measurement.rules.numbers import (
    Number,
    round_half_up,
    show,
    show_money,
    show_percent,
    show_short,
    show_sum,
)
from measurement.rules.office_rules import cap_words
from measurement.rules.periods import Period

from .calculation import BranchFigures
from .opening_notes import SIGN, thing_note
from .recap import below_words, lead_words
from .rows import RowFigures

OFFICE = "Seluruh perangkat daerah"
OF_YEAR, PREDICATE = "Capaian setahun", "Predikat"  # titles of workings
MEAN_DECIMALS = 6  # decimals of the parts in the formula of a mean


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
    row, so_far = figures.row, period.to_date
    accumulated = ACCUMULATIONS[row.accumulation].word
    conditions = (METHODS[row.method].direction, accumulated, "tanpa batas")
    return [
        *_taken_over(row, period),
        *_to_date_workings(figures, period, accumulated),
        _capaian(
            to_date_title(period), figures.capaian, figures, figures.to_date.target, (so_far, *conditions)
        ),
        _capaian(
            OF_YEAR,
            figures.capaian_year,
            figures,
            row.target_year,
            (f"{so_far} terhadap target setahun", *conditions),
        ),
        *_predicate(figures.capaian, figures.predicate, rules),
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
    title: str, figure: Figure, figures: RowFigures, target: Number | None, conditions: tuple[str, ...]
) -> Working:
    row = figures.row
    if figure.value is None:
        return Working(title, "–", conditions=(str(figure.gap),))
    formula = achievement_working(row.yardstick(), target, figures.to_date.realised)
    bounded = (figure.remark,) if figure.remark else ()
    return Working(title, show_percent(figure.value), formula, (*bounded, *conditions))


def _to_date_workings(figures: RowFigures, period: Period, accumulated: str) -> list[Working]:
    """How the periods make up the figures to date; one bare value needs no working."""
    row, values, so_far = figures.row, figures.periods, figures.to_date
    accumulation = ACCUMULATIONS[row.accumulation]
    skipped = [
        then.short for then, value in zip(period.so_far, values, strict=True) if value.realised is None
    ]
    blank = (f"{', '.join(skipped)} tanpa realisasi",) if skipped else ()
    note = thing_note(row)
    opening = (f"{SIGN} {note}",) if note else ()
    if not skipped and not opening and (accumulation.is_position or len(values) == 1 and not row.is_ratio):
        return []
    found = [
        Working(
            f"Realisasi {period.to_date}",
            row.shown(so_far.realised),
            _realised_formula(accumulation, period, values, so_far),
            (accumulated, *blank, *opening),
        )
    ]
    if METHODS[row.method].has_target:
        kept = (
            (f"target {period.noun} yang terlewat tetap dihitung",)
            if skipped and accumulation.adds_up
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


def _realised_formula(
    accumulation: AccumulationRow, period: Period, values: Sequence[PeriodValues], so_far: ToDate
) -> str:
    if so_far.realised is None:
        return ""
    if accumulation.has_parts:
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


def _predicate(figure: Figure, word: str, rules: Rules) -> list[Working]:
    if figure.value is None or not word:
        return []
    lower = next(lower for lower, label in rules.levels if label == word)
    bound = f"≥ {show_short(lower)}" if lower is not None else f"< {show_short(rules.levels[-2][0])}"
    return [Working(PREDICATE, word, conditions=(f"{show(figure.value)} {bound}",))]


def branch_workings(branch: BranchFigures, rules: Rules) -> list[Working]:
    """Capaian, predicate, serapan and efficiency of a branch or of the whole office."""
    own = branch.capaian is branch.own
    found = _mean(
        "Capaian", branch.capaian, _row_parts(branch, rules) if own else _child_parts(branch, rules), rules
    )
    why = lead_words(branch)
    leading = replace(found, conditions=(why, *found.conditions)) if why else found
    return [
        leading,
        *_beside(branch, rules),
        *_predicate(branch.capaian.figure, branch.predicate, rules),
        _serapan(branch),
        *_efficiency(branch, rules),
    ]


def _beside(branch: BranchFigures, rules: Rules) -> list[Working]:
    """What stands beside the capaian that leads: what is below it, or its own indicators."""
    below = branch.to_date.below
    if branch.capaian is not branch.own:
        title = "Indikator sendiri (di samping, tidak ikut rata-rata)"
        return [_mean(title, branch.own, _row_parts(branch, rules), rules)] if branch.rows else []
    if below is None:
        return []
    title = f"{below_words(branch).capitalize()} (di samping, tidak ikut rata-rata)"
    return [_mean(title, below, _child_parts(branch, rules), rules)]


def _mean(title: str, mean: Mean, parts: list[WorkingPart], rules: Rules) -> Working:
    left_out = tuple(f"{count} {gap}" for gap, count in mean.left_out.items())
    conditions = (f"{mean.counted} dari {mean.total} dihitung", *left_out, cap_words(rules))
    values = [part.counted for part in parts if part.counted is not None]
    formula = (
        f"{show_sum([round_half_up(value, MEAN_DECIMALS) for value in values])} ÷ {len(values)}"
        if values
        else ""
    )
    return Working(title, show_percent(mean.figure.value), formula, conditions, parts)


def _part(
    name: str, figure: Figure, rules: Rules, row_id: int | None = None, node_id: int | None = None
) -> WorkingPart:
    shown, remark, counted = show_percent(figure.value), figure.remark, figure.value
    if figure.value is None:
        remark = f"tidak dihitung: {figure.gap}"
    elif rules.mean_cap is not None and figure.value > rules.mean_cap:
        remark, counted = f"dihitung {show_percent(rules.mean_cap)} (batas atas)", Fraction(rules.mean_cap)
    return WorkingPart(name, shown, remark, counted, row_id, node_id)


def _row_parts(branch: BranchFigures, rules: Rules) -> list[WorkingPart]:
    return [_part(figures.row.name, figures.counted, rules, row_id=figures.row.pk) for figures in branch.rows]


def _child_parts(branch: BranchFigures, rules: Rules) -> list[WorkingPart]:
    return [
        _part(branch_name(child.node), child.capaian.figure, rules, node_id=child.node.pk)
        for child in branch.children
    ]


def _serapan(branch: BranchFigures) -> Working:
    """The ratio of the sums; the parts are the money of the branches below."""
    parts = [
        WorkingPart(
            branch_name(child.node),
            f"{show_money(child.spent_to_date)} dari {show_money(child.pagu)}",
            node_id=child.node.pk,
        )
        for child in branch.children
        if child.pagu or child.spent_to_date
    ]
    if branch.serapan.value is None:
        return Working("Serapan", "–", conditions=(str(branch.serapan.gap),), parts=parts)
    formula = f"{show(branch.spent_to_date, 0)} ÷ {show(branch.pagu, 0)} × 100"
    kind = (
        "jumlah realisasi ÷ jumlah pagu setahun"
        if branch.children
        else "realisasi s.d. triwulan ÷ pagu setahun"
    )
    return Working("Serapan", show_percent(branch.serapan.value), formula, (kind,), parts)


def _efficiency(branch: BranchFigures, rules: Rules) -> list[Working]:
    if branch.efficiency is None:
        return []
    limit = show_short(rules.threshold)
    rule = {
        Efficiency.EFFICIENT: f"> {limit}",
        Efficiency.SUFFICIENT: f"antara −{limit} dan {limit}",
        Efficiency.INEFFICIENT: f"< −{limit}",
    }
    return [
        Working(
            "Efisiensi",
            str(branch.efficiency),
            conditions=(f"{efficiency_points(branch)}, {rule[branch.efficiency]}",),
        )
    ]


def efficiency_points(branch: BranchFigures) -> str:
    """102,50 − 23,30 = 79,20 poin, for a branch that has an efficiency; both on one base."""
    capaian, serapan = (figure.shown for figure in branch.compared)
    if capaian is None or serapan is None:
        return ""
    return f"{show(capaian)} − {show(serapan)} = {show(capaian - serapan)} poin"


def branch_name(node: WorksheetNode | None) -> str:
    return f"{node.code} {node.name}" if node else OFFICE
