"""Tren triwulan: capaian and serapan of the office and of each program over the quarters of a year, gaps said plainly."""

from django.shortcuts import render

from measurement.figures.line_chart import ChartLine, ChartPoint, line_chart
from measurement.figures.past_cycles import PastSheet, past_sheets, speaking_cycles
from measurement.models import QUARTER_SHORT, Level, WorksheetNode
from measurement.papers.comparison import NOT_YET
from measurement.rules.sop import MEASURING

from ..visitor import PersonRequest
from .achievement_figures import NOT_THEN, percent_or_why
from .cycle_choice import chip, choose, chosen_number, page_chips, page_url, span_of_years, unit_chips

RUNNING = "sedang berjalan"


def trends(request: PersonRequest):
    """Capaian and serapan s.d. each quarter: of the office in every year, of each program in the year chosen."""
    choice = choose(request)
    holding = speaking_cycles(choice.seen)
    years = span_of_years(holding)
    measured = [year for year in years if any(year == known for known, _ in holding)]
    year = chosen_number(request, "tahun", measured) or next(reversed(measured), None)
    running = {(cycle.year, cycle.quarter) for cycle in choice.cycles} - holding.keys()
    found = past_sheets([cycle for cycle in holding.values() if cycle.year in years])
    context = {
        "pages": page_chips(choice, "trends"),
        "units": unit_chips(choice, "trends"),
        "years": [chip(str(each), page_url(choice, "trends", tahun=each), each == year) for each in measured],
        "year": str(year or ""),
        "by_year": [
            _chart(f"Tahun {each}", None, _of_year(each, holding, running, found)) for each in reversed(years)
        ],
        **(_programs(_of_year(year, holding, running, found)) if year else {}),
    }
    return render(request, "achievement/trends.html", context)


def _of_year(
    year: int, holding: dict, running: set, found: dict[int, PastSheet]
) -> list[tuple[ChartPoint, PastSheet | None]]:
    """The four quarters with what was measured in them, else a word on why there is nothing."""
    quarters: list[tuple[ChartPoint, PastSheet | None]] = []
    for number, name in QUARTER_SHORT.items():
        cycle = holding.get((year, number))
        if cycle is None:
            quarters.append((ChartPoint(name, RUNNING if (year, number) in running else NOT_YET), None))
        else:
            quarters.append(
                (ChartPoint(name, "sementara" if cycle.state in MEASURING else ""), found[cycle.pk])
            )
    return quarters


def _programs(quarters: list[tuple[ChartPoint, PastSheet | None]]) -> dict:
    """A chart for each program of the year's newest cycle, and the table of all."""
    newest = next(found for _, found in reversed(quarters) if found)
    branches = [branch.node for branch in newest.sheet.of_level(Level.PROGRAM)]
    return {
        "programs": [_chart(f"{node.code} {node.name}", node, quarters) for node in branches],
        "table": [_trend_line(node, quarters) for node in [*branches, None]],
        "names": list(QUARTER_SHORT.values()),
    }


def _chart(
    title: str, node: WorksheetNode | None, quarters: list[tuple[ChartPoint, PastSheet | None]]
) -> dict:
    branches = [found.branch(node) if found else None for _, found in quarters]
    capaian = [branch.capaian.figure.shown if branch else None for branch in branches]
    serapan = [branch.serapan.shown if branch else None for branch in branches]
    places = [place for place, _ in quarters]
    return line_chart(
        title, places, [ChartLine("capaian", capaian), ChartLine("serapan", serapan, dashed=True)]
    )


def _trend_line(node: WorksheetNode | None, quarters: list[tuple[ChartPoint, PastSheet | None]]) -> dict:
    name = (
        {"code": node.code, "name": node.name}
        if node
        else {"name": "Seluruh perangkat daerah", "is_total": True}
    )
    return name | {
        "cells": [{"label": place.label, **_cell(node, place, found)} for place, found in quarters]
    }


def _cell(node: WorksheetNode | None, place: ChartPoint, found: PastSheet | None) -> dict:
    """The percentages of one quarter, or why there are none."""
    branch = found.branch(node) if found else None
    if branch is None:
        return {"capaian": NOT_THEN if found else place.note}
    return {"capaian": percent_or_why(branch.capaian.figure), "serapan": percent_or_why(branch.serapan)}
