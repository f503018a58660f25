"""Cards about what somebody asked and this person has to answer: a withdrawal that needs their consent, more time for a step."""

from measurement.addresses import reverse
from measurement.models import Person

from .tasks import Waiting, named_cycle, open_cycles


def request_tasks(person: Person) -> list[dict]:
    return [card for item in open_cycles(person) for card in request_cards(item, person)]


def request_cards(item: Waiting, person: Person) -> list[dict]:
    """Of one cycle."""
    cards, asker = [], item.cycle.sop.head.short
    if item.actions.has_withdrawal:
        progress = f"diminta {asker}; siklus berjalan sampai dijawab"
        cards.append(_card(item, person, "Jawab permintaan pencabutan", progress, "withdrawal"))
    if item.actions.has_extension:
        progress = "batas yang sekarang berlaku sampai dijawab"
        cards.append(_card(item, person, "Jawab permintaan perpanjangan", progress, "extensions"))
    return cards


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
