"""Fetching is authorising: what a page shows is looked up among what its visitor may see."""

from django.db.models import QuerySet
from django.http import Http404

from measurement.models import MeasurementCycle, Person, Prepared

from .visitor import PersonRequest


def get_cycle(request: PersonRequest, pk: int) -> MeasurementCycle:
    """A cycle of one of my units; 404 for any other."""
    found = CYCLE.rows(request.user, pk)
    if not found:
        raise Http404
    found[0].unit = request.user.unit(found[0].unit_id)
    return found[0]


def _cycle(person: Person, pk: int) -> QuerySet[MeasurementCycle]:
    return (
        MeasurementCycle.objects.visible_to(person).select_related("plan", "amends", "meeting").filter(pk=pk)
    )


CYCLE = Prepared(_cycle)
