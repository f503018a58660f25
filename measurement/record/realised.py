"""What was already measured and spent of a plan, by year: the archive's newest word for each period, and data awal where no archive speaks."""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from measurement.models import MeasurementCycle, Plan, WorksheetNode, WorksheetRow, newest_archived
from measurement.rules.sop import RowState

from .opening import INDICATOR, MONEY, figures_in_force


@dataclass
class Realised:
    """Rupiah by plan node and year; the periods in which an indicator was measured by indicator and year, by their short names."""

    money: dict[tuple[int, int], Decimal] = field(default_factory=dict)
    periods: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    @classmethod
    def of_plan(cls, plan: Plan, years: Collection[int]) -> "Realised":
        found = cls()
        archived = newest_archived(plan.unit.cycles.archived().filter(year__in=years))
        cycles = {cycle.pk: cycle for cycle in archived.values()}
        found._take_archive(cycles)
        found._take_opening(plan, years, archived)
        return found

    def _take_archive(self, cycles: dict[int, MeasurementCycle]) -> None:
        nodes = WorksheetNode.objects.filter(cycle__in=cycles).exclude(spent=None)
        for node, cycle, spent in nodes.values_list("plan_node", "cycle", "spent"):
            self._add(node, cycles[cycle].year, spent)
        rows = WorksheetRow.objects.filter(cycle__in=cycles, planned=True).exclude(
            state=RowState.DIKECUALIKAN
        )
        measured = rows.values_list("indicator", "cycle").order_by("cycle__number", "cycle__pk")
        for indicator, cycle in measured:
            then = cycles[cycle]
            self.periods.setdefault((indicator, then.year), []).append(then.period_of_year.short)

    def _take_opening(
        self, plan: Plan, years: Collection[int], archived: Collection[tuple[int, int]]
    ) -> None:
        figures = sorted(figures_in_force(plan).items(), key=lambda found: found[0][1], reverse=True)
        for (
            (kind, pk),
            place,
        ), figure in figures:  # the latest first: each period is put before what is there
            if place.year not in years or place.is_year or (place.year, place.number) in archived:
                continue
            if kind == MONEY:
                self._add(pk, place.year, figure.values["spent"] or Decimal(0))
            elif kind == INDICATOR:
                self.periods.setdefault((pk, place.year), []).insert(
                    0, plan.frequency_in(place.year).periods[place.number - 1].short
                )

    def _add(self, node: int, year: int, amount: Decimal) -> None:
        self.money[node, year] = self.money.get((node, year), Decimal(0)) + amount
