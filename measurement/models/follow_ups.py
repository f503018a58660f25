"""Directions that are followed up across periods until they are closed: by whom, until when, what was reported, and how they ended.

What an indicator's owner promises stands in its worksheet row (`follow_up`), and comes back in the row of the next period (`promises`).
"""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from measurement.rules.follow_ups import CLOSING, Progress
from measurement.rules.sop import Role, State

from .appointments import Appointment
from .cycle import MeasurementCycle
from .organisation import Unit
from .people import Person
from .reading import read_offices
from .round_records import Directive


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, person: Person, day: date | None = None) -> "FollowUpQuerySet":
        """All of the units where this person leads or evaluates, elsewhere those that they answer for. Arahan on a cycle that was withdrawn have
        nothing left to be done."""
        found = self.exclude(directive__isnull=False, cycle__state=State.DICABUT)
        leading, serving = Q(unit_id__in=person.led_units), Q(unit_id__in=person.served_units)
        own = leading | serving & answered_for_by(person, day)
        return found.filter(own | read_offices(person))

    def answered_by(self, person: Person, day: date) -> "FollowUpQuerySet":
        """Of those that this person may see what they, or a role that they hold, are asked to do."""
        nothing_left = Q(directive__isnull=False, cycle__state=State.DICABUT)
        visible = self.filter(unit_id__in=person.served_units).exclude(nothing_left)
        return visible.filter(answered_for_by(person, day))

    def still_open(self) -> "FollowUpQuerySet":
        return self.exclude(Exists(FollowUpNote.objects.closing().filter(follow_up=OuterRef("pk"))))

    def closed(self) -> "FollowUpQuerySet":
        return self.filter(Exists(FollowUpNote.objects.closing().filter(follow_up=OuterRef("pk"))))

    def with_notes(self, day: date | None = None) -> "FollowUpQuerySet":
        """With everything that is told of them; also whether the person who answers for it still `serves`."""
        notes = FollowUpNote.objects.select_related("by")
        posts = Appointment.objects.in_force(day).filter(person__is_active=True)
        serves = Exists(posts.filter(unit=OuterRef("unit"), person=OuterRef("responsible")))
        told = self.select_related("cycle", "directive__row", "responsible", "given_by").annotate(
            serves=serves
        )
        return told.prefetch_related(models.Prefetch("notes", notes))


def answered_for_by(person: Person, day: date | None = None) -> Q:
    """What this person, or a role that they hold, is asked to do; whoever leads or evaluates is an ASN, too."""
    held = Appointment.objects.in_force(day).filter(person=person, unit=OuterRef("unit"))
    as_asn = Q(responsible_role=Role.ASN, unit_id__in=person.led_units)
    return Q(responsible=person) | Q(Exists(held.filter(role=OuterRef("responsible_role")))) | as_asn


class FollowUp(models.Model):
    """One direction of the Sekcam or the Camat. An arahan of a return has its words in `Directive`; a direction of its own has them in `text`."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="follow_ups")
    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="follow_ups")
    directive = models.OneToOneField(Directive, models.PROTECT, null=True, related_name="follow_up")
    text = models.TextField("arahan", blank=True)
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="follow_ups", verbose_name="penanggung jawab"
    )
    responsible_role = models.CharField(
        "peran yang bertanggung jawab", max_length=20, blank=True, choices=[(role.value, role.value) for role in Role]
    )  # fmt: skip
    due = models.DateField("batas")
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="dari")
    given_role = models.CharField("peran pemberi", max_length=20)
    given_as = models.CharField("sebagai", max_length=150, blank=True)
    given_at = models.DateTimeField("diberikan")

    serves: bool  # as `with_notes` asks for it

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "tindak lanjut", "tindak lanjut"
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["unit", "due"], name="follow_up_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(directive=None) & ~Q(text="") | Q(directive__isnull=False, text=""),
                name="follow_up_says_what_once",
            ),
            models.CheckConstraint(
                condition=Q(responsible=None) & ~Q(responsible_role="")
                | Q(responsible__isnull=False, responsible_role=""),
                name="follow_up_has_one_who_answers",
            ),
        ]

    def __str__(self):
        return self.words[:60]

    @property
    def words(self) -> str:
        """What is to be done."""
        return self.directive.text if self.directive else self.text

    @property
    def about(self) -> str:
        """The indicator that it is about; "" for a general one."""
        return self.directive.row.name if self.directive and self.directive.row else ""

    @property
    def answer(self) -> str:
        """What Tim SAKIP answered in the round that began with it."""
        return self.directive.answer if self.directive else ""

    @property
    def closing(self) -> "FollowUpNote | None":
        """The note that closed it; from notes that were fetched along."""
        return next((note for note in self.notes.all() if note.progress in CLOSING), None)

    @property
    def last_note(self) -> "FollowUpNote | None":
        return next(reversed(self.notes.all()), None)

    def is_late(self, day: date | None = None) -> bool:
        """Whether its day is over; asked of open ones only."""
        return self.due < (day or timezone.localdate())


class FollowUpNoteQuerySet(models.QuerySet["FollowUpNote"]):
    def closing(self) -> "FollowUpNoteQuerySet":
        return self.filter(progress__in=CLOSING)


class FollowUpNote(models.Model):
    """What was reported of a direction; the last one closes it. Never changed or deleted."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="notes")
    progress = models.CharField(
        "keadaan", max_length=20, choices=[(kind.value, kind.value) for kind in Progress]
    )
    text = models.TextField("uraian")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="oleh")
    by_title = models.CharField("sebagai", max_length=150, blank=True)
    at = models.DateTimeField("pada")

    objects = FollowUpNoteQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "perkembangan tindak lanjut", "perkembangan tindak lanjut"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up"], condition=Q(progress__in=[kind.value for kind in sorted(CLOSING)]), name="follow_up_closed_once",
                violation_error_message="Tindak lanjut ini sudah ditutup.",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="follow_up_note_says_what"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.follow_up}: {self.progress}"
