"""Notes of the Inspektorat: written above an office, answered and followed up in it, closed by the Inspektorat. Nothing of the cycle is touched."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import (
    Government,
    GovernmentPost,
    MeasurementCycle,
    Message,
    OversightEntry,
    OversightNote,
    Paper,
    Person,
    WorksheetRow,
)
from measurement.rules.government_posts import GovernmentRole
from measurement.rules.permissions import leads
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.requirements import is_said
from measurement.rules.sop import LEADING

TOO_SHORT = "Tuliskan catatan dan rekomendasinya, masing-masing paling sedikit 10 huruf."
NO_TEXT = "Tuliskan isinya, paling sedikit 10 huruf."
PAST = "Batas tindak lanjut tidak boleh sebelum hari ini."
ANOTHER_CYCLE = "Indikator atau naskah itu bukan dari siklus ini."
CLOSED_ALREADY = "Catatan ini sudah ditutup."


def may_oversee(person: Person, government: Government | int | None) -> bool:
    """Whoever serves as Inspektorat of the government today."""
    key = government.pk if isinstance(government, Government) else government
    return key is not None and GovernmentRole.INSPECTORATE in person.government_roles(key)


def may_answer_note(person: Person, note: OversightNote) -> bool:
    """Who leads or evaluates in the office."""
    return bool(leads.test(person, note))


@transaction.atomic
def write_note(
    cycle: MeasurementCycle,
    actor: Person,
    finding: str,
    recommendation: str,
    due: date,
    about: WorksheetRow | Paper | None = None,
) -> OversightNote:
    """A finding with a recommendation; those who lead or evaluate in the office are told."""
    if not may_oversee(actor, cycle.unit.belongs_to_id):
        raise PermissionDenied
    gaps = [] if is_said(finding) and is_said(recommendation) else [TOO_SHORT]
    gaps += [PAST] if due < timezone.localdate() else []
    gaps += [ANOTHER_CYCLE] if about is not None and about.cycle_id != cycle.pk else []
    if gaps:
        raise Incomplete(*gaps)
    made = OversightNote.objects.create(
        unit=cycle.unit, cycle=cycle, finding=finding.strip(), recommendation=recommendation.strip(), due=due,
        row=about if isinstance(about, WorksheetRow) else None, paper=about if isinstance(about, Paper) else None,
        written_by=actor, written_as=_post_of(actor, cycle), written_at=timezone.now(),
    )  # fmt: skip
    _tell(made, "baru", _office_leaders(made), f"Catatan Inspektorat atas {cycle}", made.recommendation)
    return made


@transaction.atomic
def answer_note(note: OversightNote, actor: Person, text: str) -> OversightEntry:
    """What the office says and has done; the Inspektorat is told."""
    if not may_answer_note(actor, note):
        raise PermissionDenied
    entry = _said(note, actor, OversightEntry.Kind.ANSWERED, text, actor.leading_title_in(note.unit_id))
    _tell(note, str(entry.pk), _inspectors(note), f"{note.unit} menjawab catatan Anda", entry.text)
    return entry


@transaction.atomic
def respond_to_answer(note: OversightNote, actor: Person, text: str, closes: bool) -> OversightEntry:
    """The Inspektorat asks for more, or closes the note with what it found done."""
    if not may_oversee(actor, note.unit.belongs_to_id):
        raise PermissionDenied
    kind = OversightEntry.Kind.CLOSED if closes else OversightEntry.Kind.ASKED
    entry = _said(note, actor, kind, text, _post_of(actor, note.cycle))
    words = "ditutup Inspektorat" if closes else "ditanggapi Inspektorat"
    _tell(note, str(entry.pk), _office_leaders(note), f"Catatan atas {note.cycle} {words}", entry.text)
    return entry


def _said(
    note: OversightNote, actor: Person, kind: OversightEntry.Kind, text: str, title: str
) -> OversightEntry:
    if not is_said(text):
        raise Incomplete(NO_TEXT)
    OversightNote.objects.select_for_update().get(pk=note.pk)
    if OversightNote.objects.closed().filter(pk=note.pk).exists():
        raise NotAtThisStep(CLOSED_ALREADY)
    return OversightEntry.objects.create(
        note=note, kind=kind, text=text.strip(), by=actor, by_title=title, at=timezone.now()
    )


def _post_of(person: Person, cycle: MeasurementCycle) -> str:
    posts = [post for post in person.posts_in_force if post.government_id == cycle.unit.belongs_to_id]
    return next(post.printed for post in posts if post.role == GovernmentRole.INSPECTORATE)


def _office_leaders(note: OversightNote) -> set[int]:
    held = note.unit.appointments.in_force().filter(role__in=LEADING, person__is_active=True)
    return set(held.values_list("person", flat=True))


def _inspectors(note: OversightNote) -> set[int]:
    """Who wrote it, and whoever serves as Inspektorat today."""
    posts = GovernmentPost.objects.in_force().filter(
        government=note.unit.belongs_to_id, role=GovernmentRole.INSPECTORATE, person__is_active=True
    )
    return {note.written_by_id, *posts.values_list("person", flat=True)}


def _tell(note: OversightNote, what: str, people: Iterable[int], subject: str, text: str) -> None:
    """Also read: what it asked before is settled by what was said now."""
    Message.objects.filter(key__startswith=f"pengawasan:{note.pk}:").mark_read()
    Message.objects.bulk_create(
        Message(
            person_id=person, kind=Message.Kind.FOLLOW_UP, key=f"pengawasan:{note.pk}:{what}", text=text,
            subject=subject[:250], url=reverse("oversight_note", args=[note.pk]),
        )
        for person in sorted(people)
    )  # fmt: skip
