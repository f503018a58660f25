"""What takes longer than a page may: ordered by somebody, done by a process of its own, and looked at meanwhile."""

from typing import Self

from django.db import models
from django.db.models import Q

from .organisation import Unit
from .people import Person


class LongWorkQuerySet(models.QuerySet["LongWork"]):
    def visible_to(self, person: Person) -> Self:
        """One's own, as long as one belongs to the office that it is about."""
        return self.filter(person=person, unit__in=person.served_units)

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)


class LongWork(models.Model):
    """One order. `kind` is a row of doors/long_work_kinds.py; `same` names what it is about, so that the same isn't at work twice."""

    class State(models.TextChoices):
        WAITING = "menunggu", "Menunggu giliran"
        RUNNING = "berjalan", "Sedang dikerjakan"
        DONE = "selesai", "Selesai"
        FAILED = "gagal", "Gagal"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    parameters = models.JSONField(default=dict)
    same = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # what came of it: an address that leads on, or a file of our own that is kept for a day
    led_to = models.CharField(max_length=300, blank=True)
    path = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=250, blank=True)
    error = models.TextField(blank=True)
    ordered_at = models.DateTimeField()
    # when its process was last heard of
    seen_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = LongWorkQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "pekerjaan", "pekerjaan"
        ordering = ["ordered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "same"],
                condition=Q(state__in=["menunggu", "berjalan"]),
                name="long_work_once",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "person", "ordered_at"], name="long_work_of_person"),
            models.Index(
                fields=["ordered_at"], condition=Q(state__in=["menunggu", "berjalan"]), name="long_work_open"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.get_state_display()}"

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED


UNFINISHED = (LongWork.State.WAITING, LongWork.State.RUNNING)
