"""Which office a page of settings is about: the only one for most people; who keeps several chooses by `?unit=`."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from measurement.models import Person, Unit
from measurement.rules.permissions import may_manage_people

from ..visitor import PersonRequest

UNIT = "unit"


def units_where(person: Person, may) -> list[Unit]:
    """The offices where the person is allowed to, in the order of their appointments."""
    return list({a.unit_id: a.unit for a in person.appointments_in_force if may.test(person, a)}.values())


def chosen_unit(request: PersonRequest, units: list[Unit]) -> Unit:
    """The office that the address names, else the first. PermissionDenied where there is none, 404 for one that is not among them."""
    if not units:
        raise PermissionDenied
    asked = request.GET.get(UNIT)
    found = units[0] if asked is None else next((unit for unit in units if str(unit.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def managed_unit(request: PersonRequest) -> Unit:
    """The unit whose people and settings this person manages now; PermissionDenied for everybody else."""
    return chosen_unit(request, units_where(request.user, may_manage_people))


def switch(unit: Unit, units: list[Unit]) -> dict:
    """For templates: the offices to choose from, and what links and forms add to stay with the one chosen. Both empty for a single office."""
    if len(units) < 2:
        return {"choices": [], "query": ""}
    choices = [{"label": one.short_name, "url": f"?{UNIT}={one.pk}", "current": one == unit} for one in units]
    return {"choices": choices, "query": f"?{UNIT}={unit.pk}"}


def managed_switch(request: PersonRequest, unit: Unit) -> dict:
    return switch(unit, units_where(request.user, may_manage_people))
