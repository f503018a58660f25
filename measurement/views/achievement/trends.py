"""Tren: capaian and serapan of the office and of each program over the periods of a year, gaps said plainly."""

from dataclasses import dataclass

from django.shortcuts import render

from measurement.figures.line_chart import ChartLine, ChartPoint, line_chart
from measurement.figures.opening_notes import opening_notes, signed
from measurement.figures.past_cycles import PastSheet, opening_past_sheets, past_sheets, speaking_cycles
from measurement.models import Level, WorksheetNode
from measurement.papers.comparison import NOT_YET
from measurement.rules.figure import Gap
from measurement.rules.sop import MEASURING

from ..office.office_choice import office_chips
from ..visitor import PersonRequest
from .chart_parts import Chart, ChartCell, ChartColumn, ChartEntry
from .cycle_choice import Choice, chip, choose, chosen_number, page_chips, page_url, span_of_years
from .plots import WHOLE_OFFICE, number_or_why

PAGE = "tren"
RUNNING, PROVISIONAL, OPENING = "sedang berjalan", "sementara", "data awal"
NOT_THEN = "belum ada"  # what a later plan brought
Periods = list[tuple[ChartPoint, PastSheet | None]]


@dataclass(frozen=True)
class YearTrends:
    """What Tren tells: the office in every year, and each program in the year chosen."""

    choice: Choice
    years: list[int]
    measured: list[int]
    year: int | None
    by_year: list[Chart]
    programs: list[Chart]
    opening_notes: list[str]
    earlier: set[int]


def trends(request: PersonRequest):
    """Capaian and serapan s.d. each period: of the office in every year, of each program in the year chosen."""
    found = _trends_of(request)
    choice = found.choice
    context = {
        "pages": page_chips(choice, "trends", found.earlier),
        "units": office_chips(request, choice.unit, choice.units),
        "years": [
            chip(str(each), page_url(choice, "trends", tahun=each), each == found.year)
            for each in found.measured
        ],
        "year": str(found.year or ""),
        "by_year": found.by_year,
        "programs": found.programs,
        "opening_notes": found.opening_notes,
        "is_provisional": any(chart.is_provisional for chart in (*found.by_year, *found.programs)),
    }
    return render(request, "achievement/trends.html", context)


def trend_charts(request: PersonRequest, key: str) -> Chart | None:
    """One of the charts of that page."""
    found = _trends_of(request)
    return next((chart for chart in (*found.by_year, *found.programs) if chart.key == key), None)


def _trends_of(request: PersonRequest) -> YearTrends:
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
    of_years = {each: _of_year(each, choice, holding, running, past) for each in years}
    return YearTrends(
        choice,
        years,
        measured,
        year,
        [_chart(choice, each, None, of_years[each]) for each in reversed(years)],
        _programs(choice, year, of_years[year]) if year else [],
        _notes(past, years),
        {then for then, _ in opening},
    )


def _of_year(
    year: int, choice: Choice, holding: dict, running: set, past: dict[tuple[int, int], PastSheet]
) -> Periods:
    """The periods of the year with what was measured in them, else a word on why there is nothing."""
    found: Periods = []
    for period in choice.frequency_in(year).periods:
        key = (year, period.number)
        words = _place_words(key, holding, running, past)
        is_provisional = key in holding and holding[key].state in MEASURING
        found.append((ChartPoint(period.short, words, is_provisional), past.get(key)))
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


def _programs(choice: Choice, year: int, periods: Periods) -> list[Chart]:
    """A chart for each program of the year's newest cycle."""
    newest = next(found for _, found in reversed(periods) if found)
    branches = [branch.node for branch in newest.sheet.of_level(Level.PROGRAM)]
    return [_chart(choice, year, node, periods) for node in branches]


def _chart(choice: Choice, year: int, node: WorksheetNode | None, periods: Periods) -> Chart:
    """The two lines of a branch over the periods, and their table."""
    known = [(found, found.branch(node)) if found else (None, None) for _, found in periods]
    capaian = [found.sheet.told(branch).shown if found and branch else None for found, branch in known]
    serapan = [branch.serapan.shown if branch else None for _, branch in known]
    places = [place for place, _ in periods]
    lines = [ChartLine("capaian", capaian), ChartLine("serapan", serapan, dashed=True)]
    title = f"{node.code} {node.read_name}" if node else WHOLE_OFFICE
    drawn = line_chart(title, places, lines)
    return Chart(
        PAGE,
        f"{year}-{node.code}" if node else str(year),
        title,
        str(choice.unit),
        f"tahun {year}",
        (
            ChartColumn("Periode"),
            ChartColumn("Capaian s.d. periode (%)", True),
            ChartColumn("Serapan dari pagu setahun (%)", True),
            ChartColumn("Keterangan"),
        ),
        [_period_line(node, place, found) for place, found in periods],
        alt=str(drawn["alt"]),
        line=drawn,
        query=({"unit": choice.unit.pk} if choice.unit else {}) | {"tahun": year},
        is_provisional=any(place.is_provisional for place in places),
    )


def _period_line(node: WorksheetNode | None, place: ChartPoint, found: PastSheet | None) -> ChartEntry:
    """The percentages of one period, or why there are none."""
    branch = found.branch(node) if found else None
    if found is None or branch is None:
        cells = [NOT_THEN if found else place.note, "–", ""]
    else:
        figures = (found.sheet.told(branch), branch.serapan)
        cells = [*(signed(number_or_why(figure), found.sign) for figure in figures), place.note]
    return ChartEntry(place.label, [ChartCell(text) for text in cells])
