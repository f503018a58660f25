"""A card for Tim SAKIP about each archived cycle that has to be corrected itself, because one before it was."""

from collections.abc import Iterable

from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import CorrectionEffect, MeasurementCycle, Person

from .tasks import named_cycle


def correction_cards(person: Person) -> list[dict]:
    """For Tim SAKIP: archived cycles whose figures rest on what was corrected since, and that nobody corrects yet."""
    waiting = CorrectionEffect.objects.waiting_for(person, timezone.localdate())
    return [
        {
            "title": "Mintakan koreksi",
            "cycle": named_cycle(cycle, person),
            "progress": f"{found[-1].correction} dikoreksi: {found[-1].count} berubah",
            "due": "",
            "state": {"key": "belum", "label": "Belum"},
            "url": reverse("cycle", args=[cycle.pk]),
            "action": "Lihat",
        }
        for cycle, found in _by_cycle(waiting.select_related("cycle__unit", "correction")).items()
    ]


def _by_cycle(effects: Iterable[CorrectionEffect]) -> dict[MeasurementCycle, list[CorrectionEffect]]:
    found: dict[MeasurementCycle, list[CorrectionEffect]] = {}
    for effect in effects:
        found.setdefault(effect.cycle, []).append(effect)
    return found
