"""The targets of periods that are closed: what they were when the worksheets of these periods were fixed, whatever the plan says now."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from measurement.models import MeasurementCycle, Plan, Target, WorksheetRow
from measurement.rules.accumulations import Accumulation
from measurement.rules.numbers import round_half_up
from measurement.rules.periods import Frequency
from measurement.rules.plan_years import PLACES, open_targets, targets_of_periods
from measurement.rules.sop import State

from .opening import figures_in_force

Key = TypeVar("Key", int, tuple[int, int])
RowTargets = Mapping[
    int, list[str | None] | None
]  # indicator → its targets; None where it was not planned then


class ClosedTargets:
    """By period and indicator. A period that no worksheet knows of is closed where a later one does."""

    def __init__(self, then: Mapping[int, RowTargets], opening: int = 0):
        self.then = then
        self.last = max(then, default=0)
        self.opening = opening  # the last period of data awal: up to it the plan's own targets stay

    @classmethod
    def of_year(cls, plan: Plan, year: int, has_opening: bool = True) -> "ClosedTargets":
        """`has_opening` is False where it is known that the plan has no data awal to ask for."""
        return cls.of_plan(plan, [year], has_opening)[year]

    @classmethod
    def of_plan(
        cls, plan: Plan, years: Sequence[int], has_opening: bool = True
    ) -> dict[int, "ClosedTargets"]:
        """What a change of the plan leaves alone: periods that are archived, whose methodology is set, or that have data awal."""
        fixed = _fixed_of(plan, years)
        begins = _last_opening(plan) if has_opening and not all(fixed.values()) else {}
        return {year: cls(fixed[year], begins.get(year, 0)) for year in years}

    def of(self, indicator: int | None, target: Target | None = None) -> dict[int, Decimal | None]:
        """Closed period → the target it had; None where the indicator was not measured then. `target` is what the plan says."""
        found = {number: self._target(indicator, number) for number in range(1, self.last + 1)}
        if target and target.pk:
            found |= {n: target.in_period(n) for n in range(1, self.opening + 1) if n not in self.then}
        return found

    def _target(self, indicator: int | None, number: int) -> Decimal | None:
        if indicator is None:
            return None
        knowing = [of_row for later, of_row in sorted(self.then.items()) if later >= number]
        targets = knowing[0].get(indicator) if number in self.then else _first(knowing, indicator)
        text = targets[number - 1] if targets and number <= len(targets) else None
        return None if text is None else Decimal(text)


def _fixed_of(plan: Plan, years: Iterable[int]) -> dict[int, dict[int, RowTargets]]:
    """Year → period → what its worksheet holds: that of the newest archived cycle, else of the newest whose methodology is set. One query."""
    of_cycle: dict[tuple[int, int, bool, int], dict[int, list[str | None] | None]] = {}
    standing = MeasurementCycle.objects.standing().filter(unit=plan.unit_id, year__in=years)
    rows = WorksheetRow.objects.filter(cycle__in=standing)
    columns = ("cycle__year", "cycle__number", "cycle__state", "cycle", "indicator", "targets", "planned")
    for year, number, state, cycle, indicator, targets, planned in rows.values_list(*columns):
        of_rows = of_cycle.setdefault((year, number, state == State.ARSIP, cycle), {})
        of_rows[indicator] = targets if planned else None
    found: dict[int, dict[int, RowTargets]] = {year: {} for year in years}
    for key in sorted(of_cycle):
        found[key[0]][key[1]] = of_cycle[key]
    return found


def _last_opening(plan: Plan) -> dict[int, int]:
    """Year → its last period with data awal."""
    found: dict[int, int] = {}
    for _, place in figures_in_force(plan):
        if not place.is_year:
            found[place.year] = max(place.number, found.get(place.year, 0))
    return found


def _first(knowing: Iterable[RowTargets], indicator: int) -> list[str | None] | None:
    return next((of_row[indicator] for of_row in knowing if of_row.get(indicator)), None)


def targets_of(cycles: Mapping[Key, MeasurementCycle]) -> Mapping[Key, RowTargets]:
    """Of cycles by some key, what was frozen into their rows."""
    if not cycles:
        return {}
    key_of = {cycle.pk: key for key, cycle in cycles.items()}
    found: dict[Key, dict[int, list[str | None] | None]] = {key: {} for key in cycles}
    rows = WorksheetRow.objects.filter(cycle__in=key_of)
    for cycle, indicator, targets, planned in rows.values_list("cycle", "indicator", "targets", "planned"):
        found[key_of[cycle]][indicator] = targets if planned else None
    return found


def targets_in_force(
    accumulation: Accumulation,
    target: Target,
    closed: Mapping[int, Decimal | None],
    frequency: Frequency,
    schedule: str = "",
) -> list[Decimal | None]:
    """A year's targets with those of closed periods as they were. Where the plan's own were only shared out, the open ones share what is left."""
    own = target.of_periods(frequency)
    if closed and own == _rounded(targets_of_periods(accumulation, target.annual, schedule, frequency)):
        return _rounded(open_targets(accumulation, target.annual, closed, schedule, frequency))
    return [closed.get(number, value) for number, value in enumerate(own, 1)]


def _rounded(values: Iterable[Decimal | None]) -> list[Decimal | None]:
    return [None if value is None else round_half_up(value, PLACES) for value in values]
