"""The days off of an office: its own are written here, national ones are offered from the published calendar and become its own when it takes them.

What holds for all units (no unit) is never changed: an office's own line for the same day comes before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from measurement.models import Holiday, Person, SettingChange, Unit
from measurement.record.setting_changes import record_setting
from measurement.rules.dates import long_date
from measurement.rules.refusals import Incomplete

LONGEST_NAME = 150
WORKS = "tetap masuk"


@dataclass(frozen=True)
class DayOff:
    """A day off, or one on which the office works all the same."""

    day: date
    name: str
    works: bool = False

    @property
    def words(self) -> str:
        return f"{self.name} ({WORKS})" if self.works else self.name


@dataclass(frozen=True)
class OfferedDay:
    """A day of the published calendar beside what the office has."""

    day: date
    name: str
    present: str = ""
    own_word: bool = False  # the office decided on this day itself

    @property
    def state(self) -> str:
        if not self.present:
            return "baru"
        return "sudah ada" if self.own_word or self.present == self.name else "berbeda"

    @property
    def is_estimated(self) -> bool:
        """The calendar itself says so of days that the moon decides."""
        return "(perkiraan)" in self.name


def national_days(year: int) -> dict[date, str]:
    """National days off and cuti bersama, as the library `holidays` knows them; its release decides how many years ahead."""
    from holidays.countries.indonesia import Indonesia  # noqa: PLC0415 – a slow import, needed only where days are offered

    found = Indonesia(years=year, language="id", categories=Indonesia.supported_categories)
    return {day: name[:LONGEST_NAME] for day, name in sorted(found.items()) if day.year == year}


def days_held(unit: Unit, year: int | None = None) -> dict[date, Holiday]:
    """Day → what holds for the unit: its own line before the national one."""
    found = Holiday.objects.for_unit(unit)
    if year:
        found = found.filter(date__year=year)
    return {day.date: day for day in sorted(found, key=lambda day: (day.date, day.unit_id is not None))}


def offered_days(unit: Unit, year: int) -> list[OfferedDay]:
    held = days_held(unit, year)
    return [
        OfferedDay(day, name, held[day].name if day in held else "", day in held and held[day].works)
        for day, name in national_days(year).items()
    ]


@transaction.atomic
def put_days(unit: Unit, actor: Person, days: Iterable[DayOff]) -> int:
    """Write the office's own lines, all or none; how many days changed."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    held, before, after = days_held(unit), {}, {}
    for day in days:
        present = held.get(day.day)
        now = DayOff(present.date, present.name, present.works) if present else None
        if now == day:
            continue
        Holiday.objects.update_or_create(
            unit=unit, date=day.day, defaults={"name": day.name, "works": day.works}
        )
        before[long_date(day.day)] = now.words if now else ""
        after[long_date(day.day)] = day.words
    record_setting(unit, actor, SettingChange.Part.HOLIDAYS, before, after)
    return len(after)


@transaction.atomic
def take_national(unit: Unit, actor: Person, year: int, chosen: Iterable[date]) -> int:
    """The chosen days of the published calendar become the office's own. Incomplete where one isn't among them."""
    return put_days(unit, actor, chosen_days(year, chosen))


def chosen_days(year: int, chosen: Iterable[date]) -> list[DayOff]:
    """Days of the published calendar; Incomplete where one isn't among them."""
    known, wanted = national_days(year), list(chosen)
    if not wanted or any(day not in known for day in wanted):
        raise Incomplete("Centang paling sedikit satu hari dari daftar.")
    return [DayOff(day, known[day]) for day in wanted]


@transaction.atomic
def remove_day(unit: Unit, actor: Person, found: Holiday) -> None:
    """One of the office's own lines; a national one that it stood before holds again."""
    line = DayOff(found.date, found.name, found.works)
    found.delete()
    national = Holiday.objects.filter(unit=None, date=line.day).first()
    record_setting(
        unit,
        actor,
        SettingChange.Part.HOLIDAYS,
        {long_date(line.day): line.words},
        {long_date(line.day): national.name if national else ""},
    )
