"""Tren: capaian and serapan of the office and of each program over the periods of a year, gaps said plainly."""

from django.shortcuts import render

from measurement.figures.line_chart import ChartLine, ChartPoint, line_chart
from measurement.figures.opening_notes import opening_notes, signed
from measurement.figures.past_cycles import PastSheet, opening_past_sheets, past_sheets, speaking_cycles
from measurement.models import Level, WorksheetNode
from measurement.papers.comparison import NOT_YET
from measurement.rules.figure import Gap
from measurement.rules.sop import MEASURING

from ..visitor import PersonRequest
from .achievement_figures import NOT_THEN, percent_or_why
from .cycle_choice import Choice, chip, choose, chosen_number, page_chips, page_url, span_of_years, unit_chips

RUNNING, PROVISIONAL, OPENING = "sedang berjalan", "sementara", "data awal"


def trends(request: PersonRequest):
    """Capaian and serapan s.d. each period: of the office in every year, of each program in the year chosen."""
    choice = choose(request)
    holding = speaking_cycles(choice.seen)
    found = past_sheets(list(holding.values()))
    opening = opening_past_sheets(found.values())
    known = holding.keys() | opening.keys()
    years = span_of_years(known)
    measured = [each for each in years if any(each == year for year, _ in known)]
    year = chosen_number(request, "tahun", measured) or next(reversed(measured), None)
    running = {(cycle.year, cycle.number) for cycle in choice.cycles} - holding.keys()
    past = opening | {key: found[cycle.pk] for key, cycle in holding.items()}
    context = {
        "pages": page_chips(choice, "trends"),
        "units": unit_chips(choice, "trends"),
        "years": [chip(str(each), page_url(choice, "trends", tahun=each), each == year) for each in measured],
        "year": str(year or ""),
        "by_year": [
            _chart(f"Tahun {each}", None, _of_year(each, choice, holding, running, past))
            for each in reversed(years)
        ],
        "opening_notes": _notes(past, years),
        **(_programs(_of_year(year, choice, holding, running, past)) if year else {}),
    }
    return render(request, "achievement/trends.html", context)


def _of_year(
    year: int, choice: Choice, holding: dict, running: set, past: dict[tuple[int, int], PastSheet]
) -> list[tuple[ChartPoint, PastSheet | None]]:
    """The periods of the year with what was measured in them, else a word on why there is nothing."""
    found: list[tuple[ChartPoint, PastSheet | None]] = []
    for period in choice.frequency_in(year).periods:
        key = (year, period.number)
        found.append((ChartPoint(period.short, _place_words(key, holding, running, past)), past.get(key)))
    return found


def _place_words(
    key: tuple[int, int], holding: dict, running: set, past: dict[tuple[int, int], PastSheet]
) -> str:
    """What is said below a period: nothing of an archived one."""
    if key in holding and not past[key].sheet.sent.is_enough:
        return Gap.TOO_FEW_SENT.value
    if key in holding:
        return PROVISIONAL if holding[key].state in MEASURING else ""
    if key in past:
        return OPENING
    return RUNNING if key in running else NOT_YET


def _notes(past: dict[tuple[int, int], PastSheet], years: list[int]) -> list[str]:
    """After which documents the data awal on this page are, each once."""
    return opening_notes(*(found.sheet for (year, _), found in past.items() if year in years))


def _programs(periods: list[tuple[ChartPoint, PastSheet | None]]) -> dict:
    """A chart for each program of the year's newest cycle, and the table of all."""
    newest = next(found for _, found in reversed(periods) if found)
    branches = [branch.node for branch in newest.sheet.of_level(Level.PROGRAM)]
    return {
        "programs": [_chart(f"{node.code} {node.read_name}", node, periods) for node in branches],
        "table": [_trend_line(node, periods) for node in [*branches, None]],
        "names": [place.label for place, _ in periods],
    }


def _chart(
    title: str, node: WorksheetNode | None, periods: list[tuple[ChartPoint, PastSheet | None]]
) -> dict:
    known = [(found, found.branch(node)) if found else (None, None) for _, found in periods]
    capaian = [found.sheet.told(branch).shown if found and branch else None for found, branch in known]
    serapan = [branch.serapan.shown if branch else None for _, branch in known]
    places = [place for place, _ in periods]
    return line_chart(
        title, places, [ChartLine("capaian", capaian), ChartLine("serapan", serapan, dashed=True)]
    )


def _trend_line(node: WorksheetNode | None, periods: list[tuple[ChartPoint, PastSheet | None]]) -> dict:
    name = (
        {"code": node.code, "name": node.read_name}
        if node
        else {"name": "Seluruh perangkat daerah", "is_total": True}
    )
    return name | {"cells": [{"label": place.label, **_cell(node, place, found)} for place, found in periods]}


def _cell(node: WorksheetNode | None, place: ChartPoint, found: PastSheet | None) -> dict:
    """The percentages of one period, or why there are none."""
    branch = found.branch(node) if found else None
    if found is None or branch is None:
        return {"capaian": NOT_THEN if found else place.note}
    return {
        "capaian": signed(percent_or_why(found.sheet.told(branch)), found.sign),
        "serapan": signed(percent_or_why(branch.serapan), found.sign),
    }
