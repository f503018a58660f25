"""Fetching is authorising: what a page shows is looked up among what its visitor may see."""

from django.shortcuts import get_object_or_404

from measurement.models import MeasurementCycle

from .visitor import PersonRequest


def get_cycle(request: PersonRequest, pk: int) -> MeasurementCycle:
    """A cycle of one of my units; 404 for any other."""
    cycle = get_object_or_404(
        MeasurementCycle.objects.visible_to(request.user).select_related("plan", "amends", "meeting"), pk=pk
    )
    cycle.unit = request.user.unit(cycle.unit_id)
    return cycle
