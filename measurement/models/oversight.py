"""Notes of the Inspektorat on what an office measured: with a recommendation that the office answers and follows up, until the Inspektorat closes it.

They live beside the cycle and never change anything in it, so that they may be written on what is archived.
"""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .cycle import MeasurementCycle
from .organisation import Unit
from .papers import Paper
from .people import Person
from .reading import read_offices
from .worksheet import WorksheetRow


class OversightNoteQuerySet(models.QuerySet["OversightNote"]):
    def visible_to(self, person: Person) -> "OversightNoteQuerySet":
        """Of the offices where this person leads or evaluates, and of those that a post of theirs reads."""
        return self.filter(Q(unit_id__in=person.led_units) | read_offices(person))

    def closed(self) -> "OversightNoteQuerySet":
        return self.filter(Exists(OversightEntry.objects.closing().filter(note=OuterRef("pk"))))

    def still_open(self) -> "OversightNoteQuerySet":
        return self.exclude(Exists(OversightEntry.objects.closing().filter(note=OuterRef("pk"))))

    def told(self) -> "OversightNoteQuerySet":
        """With everything that is told of them."""
        entries = OversightEntry.objects.select_related("by")
        found = self.select_related("unit", "cycle", "row", "paper", "written_by")
        return found.prefetch_related(models.Prefetch("entries", entries))


class OversightNote(models.Model):
    """One finding with its recommendation; on a cycle as a whole, on a row of its worksheet, or on one of its papers. Never changed or deleted."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="oversight_notes")
    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="oversight_notes")
    row = models.ForeignKey(
        WorksheetRow, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="indikator"
    )
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="naskah"
    )
    finding = models.TextField("catatan")
    recommendation = models.TextField("rekomendasi")
    due = models.DateField("batas tindak lanjut")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_as = models.CharField(max_length=150)
    written_at = models.DateTimeField()

    objects = OversightNoteQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "catatan Inspektorat", "catatan Inspektorat"
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["unit", "due"], name="oversight_note_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(finding="") & ~Q(recommendation=""), name="oversight_note_says_what"
            ),
            models.CheckConstraint(condition=Q(row=None) | Q(paper=None), name="oversight_note_about_one"),
        ]

    def __str__(self):
        return self.finding[:60]

    @property
    def about(self) -> str:
        """The row or paper that it is about; the cycle for a general one."""
        return str(self.row or self.paper or self.cycle)

    @property
    def last_entry(self) -> "OversightEntry | None":
        return next(reversed(self.entries.all()), None)

    @property
    def is_closed(self) -> bool:
        """From entries that were fetched along."""
        return any(entry.kind == OversightEntry.Kind.CLOSED for entry in self.entries.all())

    @property
    def waits_for_office(self) -> bool:
        """Whether the office has not answered what was said last."""
        last = self.last_entry
        return not self.is_closed and (last is None or last.kind == OversightEntry.Kind.ASKED)

    def is_late(self, day: date | None = None) -> bool:
        return not self.is_closed and self.due < (day or timezone.localdate())


class OversightEntryQuerySet(models.QuerySet["OversightEntry"]):
    def closing(self) -> "OversightEntryQuerySet":
        return self.filter(kind=OversightEntry.Kind.CLOSED)


class OversightEntry(models.Model):
    """What was said on a note since: by the office as its answer, by the Inspektorat as a further question or to close it. Append-only."""

    class Kind(models.TextChoices):
        ANSWERED = "jawaban", "Jawaban dan tindak lanjut"
        ASKED = "tanggapan", "Tanggapan Inspektorat"
        CLOSED = "ditutup", "Ditutup"

    note = models.ForeignKey(OversightNote, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()

    objects = OversightEntryQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "tanggapan catatan", "tanggapan catatan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["note"], condition=Q(kind="ditutup"), name="oversight_note_closed_once"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:40]}"
