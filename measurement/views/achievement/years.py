"""Perbandingan tahun: one period in several years side by side, and every indicator then and now, gaps said plainly."""

from django.shortcuts import render

from measurement.figures.calculation import NodeFigures, Sheet
from measurement.figures.opening_notes import opening_notes, signed
from measurement.figures.past_cycles import PastSheet
from measurement.figures.rows import RowFigures
from measurement.models import Indicator, Level, WorksheetNode, WorksheetRow
from measurement.papers.comparison import NOT_YET

from ..office.office_choice import office_chips
from ..visitor import PersonRequest
from .chart_parts import Chart
from .cycle_choice import chip, page_chips, page_url
from .plots import percent_or_why
from .trends import NOT_THEN
from .year_comparison import KEY, year_comparison, year_label, years_chart

MOST_NAMES = 3  # names shown of indicators that are measured no more


def years(request: PersonRequest):
    """The period that the address names, else the newest that has figures. Years measured otherwise stand beside it where both end in one month."""
    found = year_comparison(request)
    choice, month, columns = found.choice, found.month, found.columns
    context = {
        "pages": page_chips(choice, "years", found.earlier),
        "units": office_chips(request, choice.unit, choice.units),
        "periods": [
            chip(period.short, page_url(choice, "years", bulan=each), each == month)
            for each, period in sorted(found.periods.items())
        ],
        "period": found.until,
        "columns": [year_label(year, month, past) for year, past in columns.items()],
        "opening_notes": _notes(columns),
        "alone": len(columns) == 1,
        "provisional": ", ".join(map(str, found.provisional)),
        "chart": years_chart(found) if columns else None,
        **(_side_by_side(columns) if columns else {}),
    }
    return render(request, "achievement/years.html", context)


def year_charts(request: PersonRequest, key: str) -> Chart | None:
    """The chart of that page."""
    found = year_comparison(request)
    return years_chart(found) if found.columns and key == KEY else None


def _notes(columns: dict[int, PastSheet | None]) -> list[str]:
    """After which documents the data awal on this page are, each once."""
    return opening_notes(*(past.sheet for past in columns.values() if past))


def _side_by_side(columns: dict[int, PastSheet | None]) -> dict:
    """The newest year's indicators with those of the years before it."""
    newest = next(found for found in reversed(columns.values()) if found)
    baselines = dict(Indicator.objects.filter(rows__cycle=newest.sheet.cycle).values_list("pk", "baseline"))
    has_baseline = any(value is not None for value in baselines.values())
    return {
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
