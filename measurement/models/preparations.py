"""What the steps before the measurement write down beside the cycle: the meeting, the schedule and the reference documents."""

from functools import cached_property

from django.db import models
from django.db.models import Case, When

from measurement.rules.sop import REFERENCE_DOCUMENTS, STEP_BY_KEY, STEPS

from .cycle import MeasurementCycle
from .files import StoredFile
from .people import Person

SOP_ORDER = Case(*(When(step=step.key, then=position) for position, step in enumerate(STEPS)))


class Meeting(models.Model):
    """The briefing of step 2 and its minutes of step 3."""

    cycle = models.OneToOneField(MeasurementCycle, models.PROTECT, related_name="meeting")
    starts_at = models.DateTimeField("waktu rapat", null=True, blank=True)
    place = models.CharField("tempat", max_length=150, blank=True)
    agenda = models.CharField("acara", max_length=250, blank=True)
    briefing = models.TextField("arahan", blank=True)
    discussion = models.TextField("pembahasan", blank=True)
    decisions = models.TextField("keputusan rapat", blank=True)
    attendees = models.ManyToManyField(Person, verbose_name="peserta", blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "rapat", "rapat"

    def __str__(self):
        return f"Rapat {self.cycle}"

    @cached_property
    def has_attendees(self) -> bool:
        return self.attendees.exists()


class ScheduledStep(models.Model):
    """The rencana kegiatan of step 3: on which day a step is to be finished."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="schedule")
    step = models.CharField("langkah", max_length=20)
    date = models.DateField("selesai paling lambat")

    class Meta:
        verbose_name, verbose_name_plural = "jadwal", "jadwal"
        ordering = [SOP_ORDER]
        constraints = [models.UniqueConstraint(fields=["cycle", "step"], name="step_scheduled_once")]

    def __str__(self):
        return f"Langkah {STEP_BY_KEY[self.step].number}: {self.date:%d-%m-%Y}"


class ReferenceDocument(models.Model):
    """One of the six documents of step 4: the file, or why there is none."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="reference_documents")
    kind = models.CharField("dokumen", max_length=10, choices=REFERENCE_DOCUMENTS.items())
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)
    name = models.CharField("nama berkas", max_length=200, blank=True)
    explanation = models.TextField("penjelasan bila tidak ada", blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "dokumen rujukan", "dokumen rujukan"
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["cycle", "kind"], name="reference_once")]

    def __str__(self):
        return self.get_kind_display()

    @property
    def is_settled(self) -> bool:
        return bool(self.file_id or self.explanation.strip())
