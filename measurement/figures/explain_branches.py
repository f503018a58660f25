"""How the figures of a branch or of the office came about: capaian by what leads, what stands beside it, serapan and efficiency."""

from dataclasses import replace
from fractions import Fraction

from measurement.models import WorksheetNode
from measurement.rules.figure import Figure
from measurement.rules.formulas import Efficiency, Mean, Rules
from measurement.rules.numbers import (
    round_half_up,
    show,
    show_money,
    show_percent,
    show_short,
    show_sum,
)
from measurement.rules.office_rules import cap_words

from .calculation import BranchFigures
from .explain import SERAPAN, Working, WorkingPart, predicate_working
from .recap import below_words, lead_words

MEAN_DECIMALS = 6  # decimals of the parts in the formula of a mean
OFFICE = "Seluruh perangkat daerah"


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
        *predicate_working(branch.capaian.figure, branch.predicate, rules),
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
        return Working(SERAPAN, "–", conditions=(str(branch.serapan.gap),), parts=parts)
    formula = f"{show(branch.spent_to_date, 0)} ÷ {show(branch.pagu, 0)} × 100"
    kind = (
        "jumlah realisasi ÷ jumlah pagu setahun"
        if branch.children
        else "realisasi s.d. periode ÷ pagu setahun"
    )
    return Working(SERAPAN, show_percent(branch.serapan.value), formula, (kind,), parts)


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
