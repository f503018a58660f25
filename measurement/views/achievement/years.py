"""Perbandingan tahun: one period in several years side by side, of the office, of each program and of each indicator, gaps said plainly."""

from django.shortcuts import render

from measurement.figures.calculation import BranchFigures, NodeFigures, Sheet
from measurement.figures.opening_notes import opening_notes, signed
from measurement.figures.opening_sheets import is_whole_year
from measurement.figures.past_cycles import PastSheet, opening_past_sheets, past_sheets, speaking_cycles
from measurement.figures.rows import RowFigures
from measurement.models import Indicator, Level, WorksheetNode, WorksheetRow
from measurement.papers.comparison import NOT_YET
from measurement.rules.periods import MONTHS_OF_YEAR
from measurement.rules.sop import MEASURING

from ..bars import bar_width, is_beyond_bar
from ..visitor import PersonRequest
from .achievement_figures import NOT_THEN, percent_or_why
from .cycle_choice import chip, choose, chosen_number, page_chips, page_url, span_of_years, unit_chips

MOST_NAMES = 3  # names shown of indicators that are measured no more


def years(request: PersonRequest):
    """The period that the address names, else the newest that has figures. Years measured otherwise stand beside it where both end in one month."""
    choice = choose(request)
    holding = speaking_cycles(choice.seen)
    periods = {cycle.period_of_year.last_month: cycle.period_of_year for _, cycle in sorted(holding.items())}
    newest = holding[max(holding)].period_of_year.last_month if holding else 0
    month = chosen_number(request, "bulan", list(periods)) or newest
    ending = {year: cycle for (year, _), cycle in holding.items() if cycle.period_of_year.last_month == month}
    found = past_sheets(list(ending.values()))
    opening = opening_past_sheets(found.values())
    cycles = {
        year: ending.get(year) for year in span_of_years({*((year, month) for year in ending), *opening})
    }
    columns = {
        year: found[cycle.pk] if cycle else _by_opening(year, month, opening)
        for year, cycle in cycles.items()
    }
    context = {
        "pages": page_chips(choice, "years"),
        "units": unit_chips(choice, "years"),
        "periods": [
            chip(period.short, page_url(choice, "years", bulan=each), each == month)
            for each, period in sorted(periods.items())
        ],
        "period": periods[month].until if month else "",
        "columns": [_label(year, month, past) for year, past in columns.items()],
        "opening_notes": _notes(columns),
        "alone": len(columns) == 1,
        "provisional": ", ".join(
            str(year) for year, cycle in cycles.items() if cycle and cycle.state in MEASURING
        ),
        **(_side_by_side(columns) if columns else {}),
    }
    return render(request, "achievement/years.html", context)


def _by_opening(year: int, month: int, opening: dict[tuple[int, int], PastSheet]) -> PastSheet | None:
    """What data awal say of a year without a cycle: of the period that ends in the month, else of the year as a whole."""
    of_year = {
        past.sheet.cycle.period_of_year.last_month: past
        for (then, _), past in opening.items()
        if then == year
    }
    whole = of_year.get(MONTHS_OF_YEAR)
    return of_year.get(month) or (whole if whole and is_whole_year(whole.sheet) else None)


def _label(year: int, month: int, past: PastSheet | None) -> str:
    """ "2025 (setahun) †" where a year stands as a whole beside a part of others."""
    if past is None or not past.sign:
        return str(year)
    whole = is_whole_year(past.sheet) and month != MONTHS_OF_YEAR
    return signed(f"{year} (setahun)" if whole else str(year), past.sign)


def _notes(columns: dict[int, PastSheet | None]) -> list[str]:
    """After which documents the data awal on this page are, each once."""
    return opening_notes(*(past.sheet for past in columns.values() if past))


def _side_by_side(columns: dict[int, PastSheet | None]) -> dict:
    """The newest year's branches and indicators with those of the years before it."""
    newest = next(found for found in reversed(columns.values()) if found)
    branches = [*newest.sheet.of_level(Level.PROGRAM), newest.office]
    baselines = dict(Indicator.objects.filter(rows__cycle=newest.sheet.cycle).values_list("pk", "baseline"))
    has_baseline = any(value is not None for value in baselines.values())
    return {
        "programs": [_branch(branch, columns) for branch in branches],
        "groups": [
            {
                "title": title,
                "branches": [_indicators(branch, columns, baselines) for branch in found if branch.rows],
            }
            for title, found in _groups(newest.sheet)
        ],
        "has_baseline": has_baseline,
        "wide": str(1 + has_baseline + len(columns)),
        "gone": [
            _gone(year, found, newest) for year, found in columns.items() if found and _missing(found, newest)
        ],
    }


def _branch(branch: BranchFigures, columns: dict[int, PastSheet | None]) -> dict:
    node = branch.node
    then = {year: found.branch(node) if found else None for year, found in columns.items()}
    return {
        "code": node.code if node else "",
        "name": node.read_name if node else "Seluruh perangkat daerah",
        "is_total": node is None,
        "cells": [_branch_cell(year, past, columns[year]) for year, past in then.items()],
    }


def _branch_cell(year: int, branch: BranchFigures | None, found: PastSheet | None) -> dict:
    if branch is None:
        return {"year": str(year), "capaian": NOT_THEN if found else NOT_YET, "serapan": "", "width": ""}
    figure = found.sheet.told(branch) if found else branch.capaian.figure
    sign = found.sign if found else ""
    return {
        "year": str(year),
        "capaian": signed(percent_or_why(figure), sign),
        "serapan": signed(percent_or_why(branch.serapan), sign),
        "width": bar_width(figure),
        "cut": is_beyond_bar(figure),
    }


def _groups(sheet: Sheet) -> list[tuple[str, list[NodeFigures]]]:
    """The branches above the programs together, then those of each program."""
    above = [branch for branch in sheet.of_level(Level.SASARAN) if branch.rows]
    programs = [(f"{b.node.code} {b.node.read_name}", list(b.walk())) for b in sheet.of_level(Level.PROGRAM)]
    return [("Indikator sasaran", above), *programs] if above else programs


def _indicators(branch: NodeFigures, columns: dict[int, PastSheet | None], baselines: dict) -> dict:
    return {
        "code": branch.node.code,
        "name": branch.node.read_name,
        "rows": [_row(branch.node, figures.row, columns, baselines) for figures in branch.rows],
    }


def _row(
    node: WorksheetNode, row: WorksheetRow, columns: dict[int, PastSheet | None], baselines: dict
) -> dict:
    cells = [
        _row_cell(year, found, found.row(node, row) if found else None) for year, found in columns.items()
    ]
    return {
        "name": row.name,
        "measure": row.measure,
        "baseline": row.shown(baselines.get(row.indicator_id)),
        "cells": cells,
    }


def _row_cell(year: int, found: PastSheet | None, figures: RowFigures | None) -> dict:
    """Realisasi s.d. the period with its capaian; or why there is none."""
    if figures is None:
        return {"year": str(year), "realised": NOT_THEN if found else NOT_YET, "capaian": ""}
    if figures.is_draft:
        return {"year": str(year), "realised": percent_or_why(figures.counted), "capaian": ""}
    return {
        "year": str(year),
        "realised": signed(figures.row.shown(figures.to_date.realised), found.sign if found else ""),
        "capaian": percent_or_why(figures.capaian),
    }


def _missing(found: PastSheet, newest: PastSheet) -> list[str]:
    """The names of a year's indicators that the newest year has no more."""
    rows = [(branch.node, figures.row) for _, branch in found.sheet.nodes() for figures in branch.rows]
    return [row.name for node, row in rows if newest.row(node, row) is None]


def _gone(year: int, found: PastSheet, newest: PastSheet) -> str:
    names = _missing(found, newest)
    more = f", dan {len(names) - MOST_NAMES} lainnya" if len(names) > MOST_NAMES else ""
    return f"{len(names)} indikator tahun {year} tidak lagi diukur: {'; '.join(names[:MOST_NAMES])}{more}."
