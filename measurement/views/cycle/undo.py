"""Batalkan: what somebody has just done, offered to be taken back on the pages where they did it, and the address that does it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from measurement.addresses import reverse
from measurement.doors import undoing
from measurement.doors.undo_table import ROW_UNDOS
from measurement.models import AuditEntry, MeasurementCycle, Person
from measurement.rules.sop import EVALUATE, step_of

from ..fetch import get_cycle
from ..visitor import PersonRequest

ON_WORKSHEET = ("row_send", "row_excuse")


def undo_lines(cycle: MeasurementCycle, person: Person, trail: list[AuditEntry] | None = None) -> list[dict]:
    """What this person can still take back, the newest first; from a part of the trail that is at hand, if given."""
    return [
        {
            "words": offer.words,
            "until": offer.until,
            "url": reverse("undo", args=[cycle.pk, offer.entry.pk]),
        }
        for offer in undoing.offers(cycle, person, trail)
    ]


@require_POST
def undo_act(request: PersonRequest, pk: int, entry: int):
    """Take back one act of my own, and lead to where it was done. What others did is not found here."""
    cycle = get_cycle(request, pk)
    act = get_object_or_404(cycle.audit.filter(actor=request.user), pk=entry)
    done = undoing.undo(cycle.pk, request.user, act.pk)
    (messages.info if done.again else messages.success)(request, done.sentence)
    if act.action in ON_WORKSHEET:
        return redirect("worksheet" if act.action == ON_WORKSHEET[0] else "overview", cycle.pk)
    step = EVALUATE if act.action in ROW_UNDOS else step_of(act.action)
    return redirect("step", cycle.pk, step.number)
