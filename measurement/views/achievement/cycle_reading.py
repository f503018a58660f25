"""One cycle as Capaian reads it: its figures, those of the year's earlier periods, and the time that its steps took. Page, data and pictures share it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from measurement.figures.calculation import Sheet
from measurement.figures.opening_notes import opening_years
from measurement.figures.opening_sheets import opening_sheets
from measurement.figures.past_cycles import archived_before, sheets_of
from measurement.figures.step_times import Pace, Punctuality, paces, schedule_punctuality
from measurement.models import MeasurementCycle, Stay, newest_archived

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
    sheets = sheets_of([cycle, *earlier.values()], of_camat=True)
    sheet = sheets[cycle.pk]
    opening = {number: then for (year, number), then in opening_sheets(sheet).items() if year == cycle.year}
    pace = _paces([cycle, *([before] if before else [])])
    return CycleReading(
        sheet,
        sheets[before.pk] if before else None,
        opening | {number: sheets[found.pk] for number, found in earlier.items()} | {cycle.number: sheet},
        pace[cycle.pk],
        pace[before.pk] if before else None,
        schedule_punctuality(cycle.stays.all(), cycle.unit.calendar),
    )


def _paces(cycles: Sequence[MeasurementCycle]) -> dict[int, list[Pace]]:
    """Cycle id → the steps with the time they took; one query for all."""
    prefetch_related_objects(cycles, Prefetch("stays", Stay.objects.with_terms()))
    calendar = cycles[0].unit.calendar
    return {cycle.pk: paces(cycle.stays.all(), cycle.sop, calendar, timezone.now()) for cycle in cycles}
