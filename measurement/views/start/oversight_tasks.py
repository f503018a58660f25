"""A card about each note of the Inspektorat that an office has not answered, for those who lead or evaluate there."""

from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import OversightNote, Person
from measurement.rules.dates import long_date

from .tasks import named_cycle


def oversight_cards(person: Person) -> list[dict]:
    """What is due first on top."""
    waiting = OversightNote.objects.waiting_for(person, timezone.localdate())
    return [_card(note, person) for note in waiting.select_related("cycle__unit")]


def _card(note: OversightNote, person: Person) -> dict:
    late = note.due < timezone.localdate()
    return {
        "title": "Jawab catatan Inspektorat",
        "cycle": named_cycle(note.cycle, person),
        "progress": str(note),
        "due": f"batas tindak lanjut {long_date(note.due)}",
        "state": {"key": "terlambat", "label": "Terlambat"} if late else {"key": "belum", "label": "Belum"},
        "url": reverse("oversight_note", args=[note.pk]),
        "action": "Jawab",
    }
