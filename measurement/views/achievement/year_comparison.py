"""Which years stand side by side on Perbandingan tahun, what is known of each, and their chart."""

from dataclasses import dataclass

from measurement.figures.calculation import BranchFigures
from measurement.figures.dot_plot import PlotMark, PlotRow, by_distance
from measurement.figures.opening_notes import signed
from measurement.figures.opening_sheets import is_whole_year
from measurement.figures.past_cycles import PastSheet, opening_past_sheets, past_sheets, speaking_cycles
from measurement.models import Level, MeasurementCycle
from measurement.papers.comparison import NOT_YET
from measurement.rules.figure import Figure
from measurement.rules.periods import MONTHS_OF_YEAR, Period
from measurement.rules.sop import MEASURING

from ..visitor import PersonRequest
from .chart_parts import Chart, ChartCell, ChartColumn, ChartEntry, plotted
from .cycle_choice import Choice, choose, chosen_number, span_of_years
from .plots import charted_name, number_or_why, percent_or_why
from .trends import NOT_THEN

PAGE, KEY = "tahun", "program"
MOST_DRAWN = 2  # years as marks: this one and the one before it; the table has them all


@dataclass(frozen=True)
class YearComparison:
    """The years that stand side by side, each with what is known of it, up to the month in which their period ends."""

    choice: Choice
    month: int
    periods: dict[int, Period]
    columns: dict[int, PastSheet | None]
    cycles: dict[int, MeasurementCycle | None]
    earlier: set[int]

    @property
    def until(self) -> str:
        return self.periods[self.month].until if self.month else ""

    @property
    def provisional(self) -> list[int]:
        return [year for year, cycle in self.cycles.items() if cycle and cycle.state in MEASURING]


def year_comparison(request: PersonRequest) -> YearComparison:
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
    return YearComparison(choice, month, periods, columns, cycles, {year for year, _ in opening})


def years_chart(found: YearComparison) -> Chart:
    """Capaian of each program and of the office, this year beside the year before it."""
    columns, month = found.columns, found.month
    newest = next(past for past in reversed(columns.values()) if past)
    branches = [*newest.sheet.of_level(Level.PROGRAM), newest.office]
    labels = [year_label(year, month, past) for year, past in columns.items()]
    drawn = list(columns)[: -MOST_DRAWN - 1 : -1]
    rows = [
        PlotRow(
            charted_name(branch.node), [_year_mark(branch, columns[year]) for year in drawn], not branch.node
        )
        for branch in branches
    ]
    heads = [f"{what} {label} (%)" for label in labels for what in ("Capaian", "Serapan")]
    return Chart(
        PAGE,
        KEY,
        f"Capaian tiap program s.d. {found.until}",
        str(found.choice.unit),
        f"tahun {', '.join(labels)}",
        (ChartColumn("Program"), *(ChartColumn(head, True) for head in heads)),
        [_years_line(branch, columns) for branch in branches],
        query=({"unit": found.choice.unit.pk} if found.choice.unit else {}) | {"bulan": month},
        **plotted(by_distance(rows), [f"tahun {year}" for year in drawn], bool(found.provisional)),
    )


def _figures_then(branch: BranchFigures, past: PastSheet | None) -> tuple[Figure, Figure] | None:
    """Capaian as it is told and serapan of that branch in another year; None where it was not there."""
    then = past.branch(branch.node) if past else None
    return (past.sheet.told(then), then.serapan) if past and then else None


def _year_mark(branch: BranchFigures, past: PastSheet | None) -> PlotMark:
    figures = _figures_then(branch, past)
    if figures is None:
        return PlotMark(None, NOT_THEN if past else NOT_YET)
    return PlotMark(figures[0].shown, signed(percent_or_why(figures[0]), past.sign if past else ""))


def _years_line(branch: BranchFigures, columns: dict[int, PastSheet | None]) -> ChartEntry:
    cells = []
    for past in columns.values():
        figures = _figures_then(branch, past)
        absent = [NOT_THEN if past else NOT_YET, "–"]
        texts = [signed(number_or_why(f), past.sign if past else "") for f in figures] if figures else absent
        cells += [ChartCell(text) for text in texts]
    node = branch.node
    return ChartEntry(charted_name(node), cells, node.code if node else "", is_total=node is None)


def _by_opening(year: int, month: int, opening: dict[tuple[int, int], PastSheet]) -> PastSheet | None:
    """What data awal say of a year without a cycle: of the period that ends in the month, else of the year as a whole."""
    of_year = {
        past.sheet.cycle.period_of_year.last_month: past
        for (then, _), past in opening.items()
        if then == year
    }
    whole = of_year.get(MONTHS_OF_YEAR)
    return of_year.get(month) or (whole if whole and is_whole_year(whole.sheet) else None)


def year_label(year: int, month: int, past: PastSheet | None) -> str:
    """ "2025 (setahun) †" where a year stands as a whole beside a part of others."""
    if past is None or not past.sign:
        return str(year)
    whole = is_whole_year(past.sheet) and month != MONTHS_OF_YEAR
    return signed(f"{year} (setahun)" if whole else str(year), past.sign)
