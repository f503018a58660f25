"""One cycle as Capaian reads it: its figures, those of the year's earlier periods, and the time that its steps took. Page, data and pictures share it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from measurement.figures.calculation import Sheet
from measurement.figures.opening_notes import opening_years
from measurement.figures.opening_sheets import opening_sheets
from measurement.figures.past_cycles import archived_before, sheets_of
from measurement.figures.step_times import Pace, Punctuality, paces, schedule_punctuality
from measurement.models import MeasurementCycle, Prepared, Stay, newest_archived
from measurement.models.worksheet_loading import by_cycle

from .chart_parts import Chart
from .cycle_choice import Choice
from .plots import BRANCHES, INDICATORS, TIMES, branch_chart, indicator_chart, times_chart


@dataclass(frozen=True)
class CycleReading:
    """`year` has, by the number of the period, what is known of the year so far: archived cycles, else data awal, and the cycle itself."""

    sheet: Sheet
    before: Sheet | None
    year: Mapping[int, Sheet]
    pace: list[Pace]
    pace_before: list[Pace] | None
    by_schedule: Punctuality

    def chart(self, key: str) -> Chart:
        """One of its charts; KeyError for none of them."""
        cycle = self.sheet.cycle
        query = {"siklus": cycle.pk}
        if key in BRANCHES:
            return branch_chart(self.sheet, key, query)
        if key == TIMES:
            return times_chart(self.pace, cycle, query)
        return {INDICATORS: indicator_chart}[key](self.sheet, query)

    @property
    def years(self) -> set[int]:
        """The years before it that data awal know."""
        return set(map(int, opening_years(self.sheet)))


def cycle_reading(cycle: MeasurementCycle, choice: Choice) -> CycleReading:
    """A handful of queries, whatever the number of periods."""
    past = newest_archived(found for found in choice.cycles if found.year == cycle.year)
    earlier = {number: found for (_, number), found in past.items() if number < cycle.number}
    before = archived_before(cycle, choice.cycles)
    sheets = sheets_of([cycle, *earlier.values()])
    sheet = sheets[cycle.pk]
    opening = {number: then for (year, number), then in opening_sheets(sheet).items() if year == cycle.year}
    stays = _stays_of([cycle, before] if before else [cycle])
    calendar = cycle.unit.calendar
    return CycleReading(
        sheet,
        sheets[before.pk] if before else None,
        opening | {number: sheets[found.pk] for number, found in earlier.items()} | {cycle.number: sheet},
        paces(stays[cycle.pk], cycle.sop, calendar, timezone.now()),
        paces(stays[before.pk], before.sop, calendar, timezone.now()) if before else None,
        schedule_punctuality(stays[cycle.pk], calendar),
    )


def _stays_of(cycles: list[MeasurementCycle]) -> dict[int, list[Stay]]:
    """Cycle id → how long it was at each step; one query for all."""
    found = by_cycle(STAYS.rows({cycle.pk for cycle in cycles}))
    for cycle in cycles:
        for stay in found[cycle.pk]:
            stay.cycle = cycle
    return found


def _stays(cycles: list[int]) -> QuerySet[Stay]:
    return Stay.objects.with_terms().filter(cycle__in=cycles)


STAYS = Prepared(_stays)
