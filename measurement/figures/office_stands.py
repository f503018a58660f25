"""Where each office of a government stands in one period: its step, whose turn, since when, whether it is late; and its totals. A few queries for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from measurement.models import Government, MeasurementCycle, SopEdition, Stay, Unit
from measurement.models.history import last_day
from measurement.models.organisation import load_calendars
from measurement.rules.periods import Frequency, Period
from measurement.rules.sop import ORDER, Role
from measurement.rules.sop_edition import OFFICE_KINDS, OTHER_KIND, OfficeKind, Sop

from .office_totals import OfficeTotals, office_totals
from .past_cycles import has_worksheet


@dataclass(frozen=True, order=True)
class PeriodOfYear:
    """A period in which offices measure, in the order of time."""

    year: int
    number: int
    frequency: str

    @property
    def period(self) -> Period:
        return Period(Frequency(self.frequency), self.number)

    @property
    def key(self) -> str:
        """In addresses: "2026-tw2"."""
        return f"{self.year}-{self.period.key}"

    @property
    def name(self) -> str:
        return f"{self.period.name} {self.year}"

    @property
    def short(self) -> str:
        return f"{self.period.short} {self.year}"


@dataclass
class OfficeStand:
    """One office in the period; without a cycle nothing was ordered yet."""

    unit: Unit
    cycle: MeasurementCycle | None
    stay: Stay | None
    totals: OfficeTotals | None

    @cached_property
    def kind(self) -> OfficeKind:
        """What can be compared with what: offices whose heads are called alike."""
        return next((kind for kind in OFFICE_KINDS if kind.head == self.unit.sop.head), OTHER_KIND)

    @cached_property
    def is_late(self) -> bool:
        due = self.stay.due(self.unit.calendar) if self.stay else None
        return due is not None and due < timezone.now()

    @property
    def turn(self) -> Role | None:
        """Whom the office waits for: its head before the order, nobody once it is archived."""
        if self.cycle is None:
            return ORDER.actor
        return self.cycle.step.actor if self.cycle.step else None

    @property
    def step_number(self) -> int:
        """0 before the order, one more than the last step in the archive."""
        if self.cycle is None:
            return 0
        return self.cycle.step.number if self.cycle.step else ARCHIVED

    @property
    def where(self) -> str:
        """The step in words, for tables."""
        if self.cycle is None:
            return "Belum diperintahkan"
        step = self.cycle.step
        return f"Langkah {step.of_all}: {self.unit.sop.say(step.task_title)}" if step else "Diarsipkan"


ARCHIVED = max(step.number for step in Sop().steps) + 1


def measured_periods(government: Government) -> list[PeriodOfYear]:
    """Those of which any office has a cycle that counts, the newest first."""
    cycles = MeasurementCycle.objects.standing().filter(unit__belongs_to=government).order_by()
    found = cycles.values_list("year", "number", "frequency").distinct()
    return sorted((PeriodOfYear(*values) for values in found), reverse=True)


def measured_period(government: Government, key: str) -> PeriodOfYear | None:
    """The period that an address or an order names; the newest where it names none that there is."""
    periods = measured_periods(government)
    return next((each for each in periods if each.key == key), next(iter(periods), None))


def office_stands(government: Government, chosen: PeriodOfYear | None) -> list[OfficeStand]:
    """All offices by name. A correction speaks for its period instead of what it corrects."""
    units = _offices(government)
    by_unit = {unit.pk: unit for unit in units}
    cycles = {cycle.unit_id: cycle for cycle in _cycles(government, chosen)} if chosen else {}
    for cycle in cycles.values():
        cycle.unit = by_unit[cycle.unit_id]
    load_calendars([cycle.unit for cycle in cycles.values() if cycle.is_under_way])
    totals = office_totals([cycle for cycle in cycles.values() if has_worksheet(cycle)])
    return [
        OfficeStand(unit, cycle, open_stay(cycle), totals.get(cycle.pk) if cycle else None)
        for unit in units
        for cycle in [cycles.get(unit.pk)]
    ]


def _offices(government: Government) -> list[Unit]:
    facts = SopEdition.objects.of_unit(OuterRef("pk"), timezone.localdate()).values("facts")
    units: list[Unit] = list(
        government.offices.select_related("predicate_scale").annotate(facts=Subquery(facts))
    )
    for unit in units:
        unit.sop = Sop.read(unit.facts)  # type: ignore[attr-defined]  # annotated above
    return units


def _cycles(government: Government, chosen: PeriodOfYear) -> Iterable[MeasurementCycle]:
    """Each with what its open stay is judged by; of an archived one when it was closed. The newest of a period comes last."""
    of_period = Q(year=chosen.year, number=chosen.number, frequency=chosen.frequency)
    found = MeasurementCycle.objects.standing().filter(of_period, unit__belongs_to=government)
    stays = Stay.objects.filter(cycle=OuterRef("pk"), left_at=None).with_terms()
    return found.order_by("pk").annotate(
        arrived=_of_stay(stays, "arrived_at"),
        planned=_of_stay(stays, "planned"),
        extended=_of_stay(stays, "extended"),
        closed_at=Max("stays__left_at"),
    )


def _of_stay(stays: QuerySet[Stay], column: str) -> Subquery:
    return last_day(stays, column)


def open_stay(cycle: MeasurementCycle | None) -> Stay | None:
    """The stay at the present step, made of what came along with the cycle."""
    if cycle is None or not cycle.is_under_way:
        return None
    stay = Stay(cycle=cycle, step=cycle.current_step.key, round=cycle.round, arrived_at=cycle.arrived)  # type: ignore[attr-defined]  # annotated above
    stay.planned, stay.extended = cycle.planned, cycle.extended  # type: ignore[attr-defined]  # the same
    return stay
