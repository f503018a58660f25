"""Fetching is authorising: what a page shows is looked up among what its visitor may see."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from measurement.models import MeasurementCycle, Person
from measurement.models.prepared import Prepared

from .visitor import PersonRequest


def _cycle(person: Person, day: date, pk: int) -> QuerySet[MeasurementCycle]:
    return (
        MeasurementCycle.objects.visible_to(person).filter(pk=pk).select_related("plan", "amends", "meeting")
    )


CYCLE = Prepared(_cycle)


def get_cycle(request: PersonRequest, pk: int) -> MeasurementCycle:
    """A cycle of one of my units; 404 for any other."""
    person = request.user
    found = CYCLE.rows(person, timezone.localdate(), person.unit_ids, pk) if person.unit_ids else []
    if not found:
        raise Http404
    cycle = found[0]
    cycle.unit = person.unit(cycle.unit_id)
    return cycle
