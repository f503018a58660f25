"""What happened: one row per stay at a step, and the append-only, hash-chained audit trail."""

import hashlib
import json
from datetime import UTC, date, datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from measurement.rules.deadlines import Deadline, Terms, WorkCalendar, deadline, due, working_minutes
from measurement.rules.sop import SEND_BACK, Step

from .cycle import MeasurementCycle
from .people import Person
from .preparations import ScheduledStep
from .requests import Extension


class StayQuerySet(models.QuerySet["Stay"]):
    def with_terms(self) -> "StayQuerySet":
        """Each with what the office set for its step beside the SOP: the day of the schedule, and until when it was extended for all."""
        on_step = {"cycle": OuterRef("cycle"), "step": OuterRef("step")}
        planned = ScheduledStep.objects.filter(**on_step)
        extended = Extension.objects.granted().filter(**on_step, round=OuterRef("round"), person=None)
        return self.annotate(planned=last_day(planned, "date"), extended=last_day(extended, "until"))


def last_day(found: models.QuerySet, column: str) -> Subquery:
    """The latest day of a correlated queryset's rows as a column."""
    return Subquery(found.order_by(f"-{column}").values(column)[:1])


class Stay(models.Model):
    """A cycle's stay at one step in one round. The clock against the standard time is a query over stays."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="stays")
    step = models.CharField("langkah", max_length=20)
    round = models.PositiveSmallIntegerField("putaran")
    arrived_at = models.DateTimeField("tiba")
    left_at = models.DateTimeField("selesai", null=True, blank=True)
    left_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="oleh"
    )
    left_as = models.CharField("sebagai", max_length=150, blank=True)
    action = models.CharField("tindakan", max_length=20, blank=True)
    note = models.TextField("catatan", blank=True)

    planned: date | None  # as `with_terms` asks for them
    extended: date | None

    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "riwayat langkah", "riwayat langkah"
        ordering = ["pk"]
        indexes = [models.Index(fields=["-left_at"], name="stay_newest")]
        constraints = [
            models.UniqueConstraint(fields=["cycle"], condition=Q(left_at=None), name="one_open_stay"),
            models.CheckConstraint(
                condition=~Q(action=SEND_BACK) | ~Q(note=""),
                name="return_says_why",
                violation_error_message="Pengembalian harus menyebut alasannya.",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None, left_by=None, action="")
                | (Q(left_at__isnull=False, left_by__isnull=False) & ~Q(action="")),
                name="stay_left_by_someone",
            ),
        ]

    def __str__(self):
        return f"{self.cycle}: {self.step} ({self.round})"

    @property
    def sop_step(self) -> Step:
        """Its row of the SOP, as the cycle's edition has it."""
        return self.cycle.sop.step_by_key[self.step]

    @property
    def ended_at(self) -> datetime:
        """When the step was left; ValueError while somebody is at it."""
        if self.left_at is None:
            raise ValueError(f"{self} is not over")
        return self.left_at

    def minutes_per_day(self, calendar: WorkCalendar) -> int:
        """What a working day was when the step began: later hours don't change what is counted as its days."""
        return calendar.minutes_on(timezone.localtime(self.arrived_at).date())

    def standard(self, calendar: WorkCalendar) -> int | None:
        """The step's standard time in working minutes; None where the SOP gives none."""
        return self.sop_step.standard_minutes(self.minutes_per_day(calendar))

    def know_terms(self, planned: date | None, extended: date | None) -> None:
        """As `with_terms` fetches them, where they were fetched in another way."""
        self.planned, self.extended = planned, extended

    def terms(self, person: Person | None = None) -> Terms:
        """What the office set for the step in this round; with a person what was granted to them, too."""
        if person is None and "planned" in self.__dict__:  # fetched `with_terms`
            return Terms(self.planned, self.extended)
        whom = {None, person and person.pk}
        days = [found for found in self.cycle.extended_days if found[0] == self.step]
        planned = [day for _, which, _, day in days if not which]
        extended = [day for _, which, one, day in days if which == self.round and one in whom]
        return Terms(max(planned, default=None), max(extended, default=None))

    def deadline(self, calendar: WorkCalendar, terms: Terms | None = None) -> Deadline:
        """When the step has to be finished, for all or by the terms of one person. Everything that shows, reminds or judges asks here."""
        found = self.terms() if terms is None else terms
        zone = timezone.get_current_timezone()
        return deadline(self.standard_due(calendar), found, self.round == 1, calendar, zone)

    def due(self, calendar: WorkCalendar) -> datetime | None:
        """The moment of its deadline."""
        return self.deadline(calendar).at

    def late(self, calendar: WorkCalendar, now: datetime | None = None) -> int | None:
        """Working minutes beyond the deadline that the office set itself; None where it set none. Until now while the stay is open."""
        found = self.deadline(calendar)
        if found.at is None or not found.is_own:
            return None
        until = self.left_at or now or timezone.now()
        return working_minutes(timezone.localtime(found.at), timezone.localtime(until), calendar)

    def standard_due(self, calendar: WorkCalendar) -> datetime | None:
        """When the step's standard time is over; None where the SOP gives none, or the office has no working hours."""
        minutes = self.standard(calendar)
        try:
            return due(timezone.localtime(self.arrived_at), minutes, calendar) if minutes else None
        except ValueError:
            return None

    def lacks_clock(self, calendar: WorkCalendar) -> bool:
        """Whether the step has a standard time that can't be told, because the office has no working hours."""
        return bool(self.standard(calendar)) and not calendar.has_hours

    def taken(self, calendar: WorkCalendar, now: datetime | None = None) -> int | None:
        """Working minutes really spent here; until now while the stay is open. None where the office has no working hours."""
        if not calendar.has_hours:
            return None
        until = self.left_at or now or timezone.now()
        return working_minutes(timezone.localtime(self.arrived_at), timezone.localtime(until), calendar)


class AuditEntry(models.Model):
    """One formal act on a cycle. `digest` covers the entry and the digest before it, so that a change of an old entry shows."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="audit")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=30)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name, verbose_name_plural = "jejak audit", "jejak audit"
        ordering = ["cycle", "sequence"]
        constraints = [models.UniqueConstraint(fields=["cycle", "sequence"], name="audit_gapless")]

    def __str__(self):
        return f"{self.cycle_id}/{self.sequence} {self.action}"

    def computed_digest(self) -> str:
        """SHA-256 over what the entry says, in one canonical form."""
        content = [
            self.cycle_id,
            self.sequence,
            self.at.astimezone(UTC).isoformat(),
            self.actor_id,
            self.action,
            self.data,
            self.previous,
        ]
        text = json.dumps(
            content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder
        )
        return hashlib.sha256(text.encode()).hexdigest()
