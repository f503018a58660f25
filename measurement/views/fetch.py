"""Fetching is authorising: what a page shows is looked up among what its visitor may see."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from measurement.models import MeasurementCycle, Person, Prepared, Unit
from measurement.rules.numbers import parse_key

from .visitor import PersonRequest


def get_cycle(request: PersonRequest, pk: int) -> MeasurementCycle:
    """A cycle of one of my units; 404 for any other."""
    found = CYCLE.rows(request.user, pk)
    if not found:
        raise Http404
    found[0].unit = request.user.unit(found[0].unit_id)
    tell_reading(request, found[0].unit)
    return found[0]


def _cycle(person: Person, pk: int) -> QuerySet[MeasurementCycle]:
    return (
        MeasurementCycle.objects.visible_to(person).select_related("plan", "amends", "meeting").filter(pk=pk)
    )


CYCLE = Prepared(_cycle)


def tell_reading(request: PersonRequest, unit: Unit) -> None:
    """The frame of the page says whose office this is, where its visitor doesn't serve in it."""
    if unit.pk not in request.user.unit_ids:
        request.reading = unit


def listed_office(request: PersonRequest) -> int | None:
    """The office that a list is about (`listed_for`), where the address names one among those that one reads."""
    asked = request.GET.get("kantor")
    if not asked:
        return None
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=parse_key(asked))
    tell_reading(request, unit)
    return unit.pk
