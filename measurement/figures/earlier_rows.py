"""What was said of one indicator before: its rows in the earlier periods of this year and of the year before, newest first."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from measurement.models import Evidence, MeasurementCycle, WorksheetRow

from .past_cycles import has_worksheet, speaking_cycles
from .rows import RowFigures, row_figures


@dataclass(frozen=True)
class EarlierRow:
    """The row of the same indicator in an earlier period."""

    cycle: MeasurementCycle
    figures: RowFigures

    @property
    def row(self) -> WorksheetRow:
        return self.figures.row


def earlier_rows(row: WorksheetRow, cycle: MeasurementCycle) -> list[EarlierRow]:
    """The cycles that speak for those periods, with the row of this indicator or, under another plan, of the one with its name in its place."""
    past = cycle.unit.cycles.filter(year__in=(cycle.year, cycle.year - 1)).exclude(pk=cycle.pk)
    speaking = {
        found.pk: found
        for (year, number), found in speaking_cycles(past).items()
        if (year, number) < (cycle.year, cycle.number) and has_worksheet(found)
    }
    named = Q(name__iexact=row.name, node__code=row.node.code, node__sub_unit=row.node.sub_unit)
    rows = WorksheetRow.objects.filter(Q(indicator=row.indicator_id) | named, cycle__in=speaking)
    evidence = Prefetch("evidence", Evidence.objects.select_related("file"))
    found: dict[int, WorksheetRow] = {}
    for earlier in rows.select_related("node").prefetch_related(evidence):
        if earlier.cycle_id not in found or earlier.indicator_id == row.indicator_id:
            found[earlier.cycle_id] = earlier
    newest_first = sorted(speaking.values(), key=lambda one: (one.year, one.number), reverse=True)
    return [_figured(one, found[one.pk], cycle) for one in newest_first if one.pk in found]


def _figured(then: MeasurementCycle, row: WorksheetRow, now: MeasurementCycle) -> EarlierRow:
    then.unit, row.cycle = now.unit, then  # one object of each, so that scale and rules are read once
    return EarlierRow(then, row_figures(row, then.number, then.rules))
