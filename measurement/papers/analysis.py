"""The indicators of a cycle as the report tells them: numbered, by program, what their owners wrote, and what was not counted."""

from collections.abc import Iterable
from itertools import count

from measurement.figures.calculation import NodeFigures, Sheet
from measurement.figures.recap import heading
from measurement.figures.rows import RowFigures
from measurement.models import Level
from measurement.rules.figure import Gap
from measurement.rules.numbers import show_percent
from measurement.rules.reading_names import reading_name
from measurement.rules.row_fields import IN_REPORT

from . import tables

SHOWN = (
    "name",
    "measure",
    "target_year",
    "target_to_date",
    "realised_to_date",
    "capaian",
    "capaian_year",
    "predicate",
    "remark",
)


def numbering(sheet: Sheet) -> dict[int, int]:
    """Row id → the number by which the whole report speaks of an indicator."""
    return dict(zip((figures.row.pk for figures in tables.in_order(sheet)), count(1), strict=False))


def sections(sheet: Sheet) -> list[dict]:
    """One table for the indicators above the programs, then one per program, each without the branches for which this year plans nothing."""
    numbers = numbering(sheet)
    above: list[NodeFigures] = []
    programs: list[list[NodeFigures]] = []

    def visit(branch: NodeFigures) -> None:
        if branch.node.level == Level.PROGRAM:
            programs.append(list(branch.walk()))
            return
        above.append(branch)
        for child in branch.children:
            visit(child)

    for branch in sheet.office.children:
        visit(branch)
    found = [_section("Indikator sasaran", above, numbers)] if above else []
    return found + [_section(_told(branches[0]), branches, numbers) for branches in programs]


def _told(program: NodeFigures) -> str:
    return f"{program.node.code} {reading_name(program.node.name)}: capaian {show_percent(program.capaian.figure.value)}"


def _section(title: str, branches: list[NodeFigures], numbers: dict[int, int]) -> dict:
    lines, idle = [], []
    for upper, branch in tables.merged(branches):
        if branch.node.level != Level.PROGRAM and is_living(branch):
            lines.append({**_branch_line(branch), "upper": upper})
        for figures in branch.rows:
            if figures.capaian.gap == Gap.NOT_PLANNED:
                idle.append(f"{numbers[figures.row.pk]} {figures.row.name} ({branch.node.place})")
            else:
                lines.append(_row_line(figures, numbers))
    return {"title": title, "lines": lines, "not_planned": "; ".join(idle)}


def is_living(branch: NodeFigures) -> bool:
    """Whether anything is planned or spent on a branch or below it."""
    planned = any(figures.capaian.gap != Gap.NOT_PLANNED for figures in branch.all_rows())
    return planned or bool(branch.pagu or branch.spent_to_date)


def _branch_line(branch: NodeFigures) -> dict:
    figures = {"capaian": show_percent(branch.capaian.figure.value), "predicate": branch.predicate or "–"}
    return {"is_branch": True, **heading(branch), **figures}


def _row_line(figures: RowFigures, numbers: dict[int, int]) -> dict:
    core = tables.core(figures)
    return {"is_branch": False, "number": str(numbers[figures.row.pk]), **{key: core[key] for key in SHOWN}}


def owner_remarks(sheet: Sheet) -> list[dict]:
    """What owners wrote about indicators that met their target or have no figure: each text once, with the numbers of its indicators."""
    numbers = numbering(sheet)
    found: dict[tuple[str, str], list[int]] = {}
    told = [figures for figures in tables.in_order(sheet) if not is_short(figures)]
    for key, label in IN_REPORT.items():
        for figures in told:
            if text := getattr(figures.row, key).strip():
                found.setdefault((label, text), []).append(numbers[figures.row.pk])
    return [{"label": label, "text": text, "numbers": runs(rows)} for (label, text), rows in found.items()]


def is_short(figures: RowFigures) -> bool:
    """Whether an indicator that was sent has a figure and that is below its target."""
    return figures.counted.is_missed


def left_out(sheet: Sheet) -> list[dict]:
    """The indicators without a figure, by reason: how many, which numbers, and what was said about it."""
    numbers = numbering(sheet)
    found: dict[tuple[str, str], list[RowFigures]] = {}
    for figures in tables.in_order(sheet):
        if figures.counted.gap:
            key = (str(figures.counted.gap), tables.absence_reason(figures.row))
            found.setdefault(key, []).append(figures)
    return [
        {
            "gap": gap,
            "count": str(len(rows)),
            "reason": reason,
            "numbers": runs(numbers[figures.row.pk] for figures in rows),
        }
        for (gap, reason), rows in found.items()
    ]


def runs(numbers: Iterable[int]) -> str:
    """ "1–4, 7": numbers in order, runs of three and more drawn together."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in found)
