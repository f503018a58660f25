"""Cards about what somebody asked and this person has to answer: a withdrawal that needs their consent, more time for a step."""

from measurement.addresses import reverse
from measurement.doors.actions import OwnActions
from measurement.models import Person

from .tasks import CardOf, Waiting, named_cycle


def request_tasks(actions: OwnActions) -> list[CardOf]:
    """What is asked of a person in one cycle, each to be drawn when somebody looks."""
    return [_withdrawal_card] * actions.has_withdrawal + [_extension_card] * actions.has_extension


def request_cards(item: Waiting, person: Person) -> list[dict]:
    """They, drawn."""
    return [draw(item, person) for draw in request_tasks(item.actions)]


def _withdrawal_card(item: Waiting, person: Person) -> dict:
    progress = f"diminta {item.cycle.sop.head.short}; siklus berjalan sampai dijawab"
    return _card(item, person, "Jawab permintaan pencabutan", progress, "withdrawal")


def _extension_card(item: Waiting, person: Person) -> dict:
    progress = "batas yang sekarang berlaku sampai dijawab"
    return _card(item, person, "Jawab permintaan perpanjangan", progress, "extensions")


def _card(item: Waiting, person: Person, title: str, progress: str, page: str) -> dict:
    return {
        "title": title,
        "cycle": named_cycle(item.cycle, person),
        "progress": progress,
        "due": "",
        "state": {"key": "belum", "label": "Belum"},
        "url": reverse(page, args=[item.cycle.pk]),
        "action": "Jawab",
    }
