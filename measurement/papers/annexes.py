"""Annexes of the report: how each figure came about in one line, and the evidence with the beginning of its SHA-256."""

from measurement.figures.calculation import BranchFigures, Sheet
from measurement.figures.explain import OF_YEAR, PREDICATE, Working, row_workings, to_date_title
from measurement.figures.explain_branches import branch_workings, efficiency_points
from measurement.figures.recap import beside_mean, recap_line
from measurement.figures.rows import RowFigures
from measurement.models import Level
from measurement.rules.accumulations import ACCUMULATIONS
from measurement.rules.methods import METHODS

from . import tables
from .analysis import numbering, runs

DIGITS = 12  # digits of a SHA-256 that tell two files apart at a glance


def recap_annex(sheet: Sheet, levels: tuple[Level, ...] = tuple(Level)) -> list[dict]:
    """Every branch of these levels, and the office, with their recap, the formula of the mean, and the points of the efficiency."""
    chosen = [branch for _, branch in sheet.nodes() if branch.node.level in levels]
    branches = [*tables.merged(chosen), ({}, sheet.office)]
    return [
        recap_line(branch) | _branch_formulas(branch, sheet) | {"upper": upper} for upper, branch in branches
    ]


def _branch_formulas(branch: BranchFigures, sheet: Sheet) -> dict:
    workings = branch_workings(branch, sheet.cycle.rules)
    points = efficiency_points(branch) if branch.efficiency else ""
    return {
        "formula": workings[0].formula,
        "beside_formula": workings[1].formula if beside_mean(branch) and branch.children else "",
        "points": points.rpartition(" = ")[2],
    }


def workings(sheet: Sheet) -> list[dict]:
    """Every indicator that has a figure: capaian and predicate with the numbers put into their formulas, and what these numbers were made of."""
    numbers = numbering(sheet)
    return [
        _line(figures, numbers[figures.row.pk], sheet)
        for figures in tables.in_order(sheet)
        if figures.capaian.value is not None
    ]


def _line(figures: RowFigures, number: int, sheet: Sheet) -> dict:
    period = sheet.cycle.period_of_year
    row, found = figures.row, row_workings(figures, period, sheet.cycle.rules)
    titled = {working.title: working for working in found}
    steps = [working for working in found if working.title not in (to_date_title(period), OF_YEAR, PREDICATE)]
    return {
        "number": str(number),
        "name": row.name,
        "measure": row.measure,
        "how": f"{tables.short(METHODS[row.method].label)}; {ACCUMULATIONS[row.accumulation].word}",
        "steps": "; ".join(
            f"{step.title.split()[0].lower()} {_equation(step, *step.conditions[1:])}" for step in steps
        ),
        "capaian": _equation(titled[to_date_title(period)], figures.capaian.remark),
        "capaian_year": _equation(titled[OF_YEAR], figures.capaian_year.remark),
        "predicate": f"{titled[PREDICATE].result}: {titled[PREDICATE].conditions[0]}"
        if PREDICATE in titled
        else "–",
    }


def _equation(working: Working, *conditions: str) -> str:
    """The result with its formula, and what else has to be said about it; period, direction and accumulation stand in the table's own columns."""
    equation = f"{working.result} = {working.formula}" if working.formula else working.result
    gap = () if working.formula else working.conditions
    return "; ".join(filter(None, (equation, *conditions, *gap)))


def evidence_annex(sheet: Sheet) -> list[dict]:
    """The files of each indicator: name with page and date, and the beginning of the SHA-256; of a link its address."""
    numbers = numbering(sheet)
    return [
        {
            "number": str(numbers[figures.row.pk]),
            "name": figures.row.name,
            "files": [
                {"name": item.described, "sha256": item.file.sha256[:DIGITS] if item.file else "tautan"}
                for item in files
            ],
        }
        for figures in tables.in_order(sheet)
        if (files := figures.row.evidence_items)
    ]


def places(sheet: Sheet) -> list[dict]:
    """Where evidence lies that was not uploaded: each place once, with the numbers of its indicators."""
    numbers = numbering(sheet)
    found: dict[str, list[int]] = {}
    for figures in tables.in_order(sheet):
        if note := figures.row.evidence_note.strip():
            found.setdefault(note, []).append(numbers[figures.row.pk])
    return [{"text": note, "numbers": runs(rows)} for note, rows in found.items()]
