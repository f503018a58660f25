"""What takes longer than a page may: ordered by somebody, carried by a task of the queue, and looked at meanwhile."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from .organisation import Unit
from .people import Person
from .reading import of_offices


class LongWorkQuerySet(models.QuerySet["LongWork"]):
    def visible_to(self, person: Person) -> Self:
        """One's own, as long as one belongs to the office that it is about."""
        return self.filter(of_offices(person), person=person)

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def unattended(self, since: datetime) -> Self:
        """What nobody has begun since this moment, where none is at work either: a worker that lives would have taken it."""
        if self.filter(state__in=AT_WORK, seen_at__gte=since).exists():
            return self.none()
        return self.filter(state=LongWork.State.WAITING, ordered_at__lt=since)


class LongWork(models.Model):
    """One order. `kind` is a row of doors/long_work_kinds.py; `same` names what it is about, so that the same isn't at work twice."""

    class State(models.TextChoices):
        WAITING = "menunggu", "Menunggu giliran"
        RUNNING = "berjalan", "Sedang dikerjakan"
        STOPPING = "berhenti", "Sedang dihentikan"
        DONE = "selesai", "Selesai"
        FAILED = "gagal", "Gagal"
        CANCELLED = "batal", "Dibatalkan"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    parameters = models.JSONField(default=dict)
    same = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    # what is being done, at last what came of it
    words = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # what came of it: an address that leads on, or a file of our own that is kept for a day
    led_to = models.CharField(max_length=300, blank=True)
    path = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=250, blank=True)
    error = models.TextField(blank=True)
    ordered_at = models.DateTimeField()
    # when it was last heard of: ordered, begun, at work, taken up again
    seen_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects = LongWorkQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "pekerjaan", "pekerjaan"
        ordering = ["ordered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "same"],
                condition=Q(state__in=["menunggu", "berjalan", "berhenti"]),
                name="long_work_once",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "person", "ordered_at"], name="long_work_of_person"),
            models.Index(
                fields=["seen_at"],
                condition=Q(state__in=["menunggu", "berjalan", "berhenti"]),
                name="long_work_open",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.get_state_display()}"

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def may_be_retried(self) -> bool:
        return self.state in (LongWork.State.FAILED, LongWork.State.CANCELLED)


AT_WORK = (LongWork.State.RUNNING, LongWork.State.STOPPING)
UNFINISHED = (LongWork.State.WAITING, *AT_WORK)
