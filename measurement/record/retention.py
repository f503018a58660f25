"""How long an archived cycle is kept, by the classification of its office (Jadwal Retensi Arsip). Tells; never deletes anything."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, QuerySet
from django.utils import timezone

from measurement.models import MeasurementCycle, Paper, Prepared, RetentionClass
from measurement.rules.dates import long_date

UNKNOWN = "Masa retensi belum diatur untuk klasifikasi {code}."


@dataclass(frozen=True)
class Retention:
    """What the schedule says of a file that was closed in a year. Both spans run to the end of a calendar year."""

    code: str
    closed: int
    rule: RetentionClass | None = None

    @property
    def active_until(self) -> date | None:
        years = self.rule.active_years if self.rule else None
        return None if years is None else date(self.closed + years, 12, 31)

    @property
    def inactive_until(self) -> date | None:
        years = self.rule.inactive_years if self.rule else None
        return (
            None
            if years is None or self.active_until is None
            else date(self.active_until.year + years, 12, 31)
        )

    @property
    def fate(self) -> str:
        return self.rule.fate if self.rule else ""

    def is_over(self, day: date) -> bool:
        """Whether both spans have passed; an unknown span never has."""
        return self.inactive_until is not None and day > self.inactive_until

    @property
    def words(self) -> str:
        if self.rule is None or self.active_until is None or self.inactive_until is None:
            return UNKNOWN.format(code=self.code)
        spans = f"Aktif s.d. {long_date(self.active_until)}, inaktif s.d. {long_date(self.inactive_until)}"
        fate = f", kemudian {self.fate.lower()}" if self.fate else ""
        remark = f" ({self.rule.source})" if self.rule.source else ""
        return f"{spans}{fate}{remark}."


@dataclass(frozen=True)
class Schedule:
    """The Jadwal Retensi Arsip of some units: what a unit has set itself comes before the preset."""

    presets: dict[str, RetentionClass]
    own: dict[tuple[int, str], RetentionClass]

    def rule(self, unit: int, code: str) -> RetentionClass | None:
        return self.own.get((unit, code)) or self.presets.get(code)

    def kept(self, unit: int, code: str, closed_at: datetime) -> Retention:
        """How long a file of a unit is kept that was closed at a moment."""
        return Retention(code, timezone.localtime(closed_at).year, self.rule(unit, code))


def retention_schedule(units: Collection[int] | QuerySet) -> Schedule:
    """The schedule of these units, by their keys or the query for them."""
    found = list(_classes(units)) if isinstance(units, QuerySet) else CLASSES.rows(units)
    return Schedule(
        {rule.code: rule for rule in found if rule.unit_id is None},
        {(rule.unit_id, rule.code): rule for rule in found if rule.unit_id is not None},
    )


def _classes(units: Collection[int] | QuerySet) -> QuerySet[RetentionClass]:
    return RetentionClass.objects.for_units(units)


CLASSES = Prepared(_classes)


def retention(thing: MeasurementCycle | Paper, known: Schedule | None = None) -> Retention:
    """How long an archived cycle or one of its papers is kept: the file is closed when the cycle is archived, and kept as one."""
    cycle = thing.cycle if isinstance(thing, Paper) else thing
    code, unit = cycle.unit.classification, cycle.unit_id
    return Retention(code, closed_in(cycle), (known or retention_schedule([unit])).rule(unit, code))


def closed_in(cycle: MeasurementCycle) -> int:
    """The year in which the cycle's last step was left. `closed_at` spares the query where a list has fetched it."""
    moment = (
        cycle.closed_at if hasattr(cycle, "closed_at") else cycle.stays.aggregate(last=Max("left_at"))["last"]
    )
    return timezone.localtime(moment).year
