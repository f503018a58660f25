"""Tugas saya: what waits for me, what waits for others, what was finished lately."""

from django.shortcuts import render
from django.urls import reverse

from ..models import Stay
from ..words import moment
from .tasks import is_waiting_for, open_cycles, order_cards, signing_cards, waiting_for

LATELY = 5


def inbox(request):
    person = request.user
    context = {
        "tasks": waiting_for(person) + signing_cards(person) + order_cards(person),
        "others": [_other_line(item) for item in open_cycles(person) if not is_waiting_for(item, person)],
        "done": [_done_line(stay) for stay in _left_lately(person)],
    }
    return render(request, "measurement/inbox.html", context)


def _other_line(item) -> dict:
    step = item.cycle.step
    return {
        "title": f"{step.number}. {step.activity}",
        "cycle": str(item.cycle),
        "url": reverse("cycle", args=[item.cycle.pk]),
        "who": step.actor.label,
        "since": moment(item.stay.arrived_at),
    }


def _left_lately(person):
    stays = Stay.objects.filter(cycle__unit_id__in=person.unit_ids).exclude(left_at=None)
    return stays.select_related("cycle", "left_by").order_by("-left_at")[:LATELY]


def _done_line(stay: Stay) -> dict:
    returned = stay.action != stay.step
    return {
        "title": stay.get_action_display(),
        "cycle": f"{stay.cycle} · {stay.left_by}",
        "url": reverse("cycle", args=[stay.cycle_id]),
        "state": {"key": "dikembalikan", "label": "Dikembalikan"} if returned else {"key": "selesai", "label": "Selesai"},
        "when": moment(stay.left_at),
    }
