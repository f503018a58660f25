"""Posts in the words of a paper: with the office they belong to."""

from measurement.models import MeasurementCycle, Person, Unit
from measurement.record.officials import post_holder
from measurement.rules.official_titles import OfficeName, full_title, office_name
from measurement.rules.sop import Role


def named_office(unit: Unit) -> OfficeName:
    return office_name(unit.name, unit.short_name, unit.government)


def in_full(title: str, cycle: MeasurementCycle) -> str:
    return full_title(title, named_office(cycle.unit), cycle.sop)


def addressee(cycle: MeasurementCycle, role: Role) -> str:
    """The post, with the office's name, of whoever holds it today."""
    return in_full(post_holder(cycle.unit, role)["title"], cycle)


def post_of(person: Person, cycle: MeasurementCycle, role: Role) -> str:
    """The post in which somebody signs, with the office's name."""
    return in_full(person.title_in(cycle.unit_id, role), cycle)
