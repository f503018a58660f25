"""Who holds which role in which unit from when to when."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Q
from django.utils import timezone

from measurement.rules.sop import Role
from measurement.rules.sop_edition import NEUTRAL, Sop

from .made_at_once import MadeAtOnce
from .organisation import Unit
from .prepared import Prepared
from .sop_editions import SopEdition

if TYPE_CHECKING:
    from .serving import Serving

FEW = 20  # so many appointments are fetched with their units whole


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, on: date | None = None) -> "AppointmentQuerySet":
        day = on or timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)

    def units_of(self, person: "Serving", role: Role, on: date) -> models.QuerySet:
        """The units in which this person holds a role on a day, to be looked up within other queries."""
        return self.in_force(on).filter(person=person.pk, role=role).values("unit")

    def served_by(self, person: "Serving", on: date) -> models.QuerySet:
        """The units in which this person serves on a day, to be looked up within other queries."""
        return self.in_force(on).filter(person=person.pk).values("unit")


class Appointment(MadeAtOnce):
    """Who holds which role in which unit from when to when: definitive, acting in a vacant post (Plt.), or for someone away (Plh.)."""

    class Kind(models.TextChoices):
        DEFINITIVE = "definitif", "Definitif"
        PLT = "plt", "Plt."
        PLH = "plh", "Plh."

    person = models.ForeignKey("Person", models.PROTECT, related_name="appointments", verbose_name="pegawai")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments", verbose_name="unit")
    role = models.CharField(
        "peran", max_length=20, choices=[(role.value, NEUTRAL.holder(role)) for role in Role]
    )
    kind = models.CharField("sifat", max_length=10, choices=Kind, default=Kind.DEFINITIVE)
    title = models.CharField("jabatan", max_length=150)
    decree = models.CharField("nomor surat keputusan/perintah", max_length=100, blank=True)
    chairs = models.BooleanField("Ketua Tim SAKIP", default=False)
    starts = models.DateField("mulai")
    ends = models.DateField("sampai", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "penugasan", "penugasan"
        ordering = ["unit", "role", "-starts"]
        indexes = [models.Index(fields=["unit", "role", "starts"], name="appointment_unit_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="appointment_in_order",
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
            models.UniqueConstraint(
                fields=["unit", "role"],
                condition=Q(ends=None, kind="definitif", role__in=["camat", "sekcam"]),
                name="one_definitive_official",
                violation_error_message="Jabatan ini sudah dipegang pejabat definitif; akhiri penugasannya lebih dahulu.",
            ),
            models.CheckConstraint(
                condition=Q(chairs=False) | Q(role=Role.TIM_SAKIP.value),
                name="chair_is_of_the_team",
                violation_error_message="Ketua Tim SAKIP adalah penugasan pada Tim SAKIP.",
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "role", "starts"],
                name="appointment_once",
                violation_error_message="Penugasan ini sudah ada.",
            ),
        ]

    def __str__(self):
        return f"{self.person} – {self.printed_title}"

    def clean(self):
        """Only one person acts for an official at a time."""
        if self.kind == self.Kind.DEFINITIVE or None in (self.starts, self.unit_id):
            return
        others = (
            Appointment.objects.filter(unit=self.unit_id, role=self.role)
            .exclude(kind=self.Kind.DEFINITIVE)
            .exclude(pk=self.pk)
        )
        overlapping = others.filter(Q(ends=None) | Q(ends__gte=self.starts))
        overlapping = overlapping.filter(starts__lte=self.ends) if self.ends else overlapping
        if found := overlapping.select_related("person").first():
            raise ValidationError(
                f"Pada tanggal itu {found.person} sudah ditugaskan sebagai {found.printed_title}; akhiri lebih dahulu."
            )

    def is_in_force(self, day: date) -> bool:
        """The same as `in_force` says in SQL."""
        return self.starts <= day and (self.ends is None or self.ends >= day)

    @property
    def printed_title(self) -> str:
        """The post as a letter prints it, with Plt. or Plh. before it once."""
        label = self.get_kind_display()
        return (
            self.title
            if self.kind == self.Kind.DEFINITIVE or self.title.startswith(label)
            else f"{label} {self.title}"
        )

    @property
    def printed_role(self) -> str:
        return self.role_named_by(self.unit.sop)

    def role_named_by(self, sop: Sop) -> str:
        """The role in the words of the unit's SOP, with Plt. or Plh. before it."""
        label = sop.holder(Role(self.role))
        return label if self.kind == self.Kind.DEFINITIVE else f"{self.get_kind_display()} {label}"


def whole_units(keys: Collection[int]) -> models.QuerySet[Unit]:
    facts = SopEdition.objects.of_unit(models.OuterRef("pk")).values("facts")
    found = Unit.objects.filter(pk__in=keys).select_related("predicate_scale")
    return found.annotate(sop_facts=models.Subquery(facts))


def _in_force(person: int, day: date) -> models.QuerySet[Appointment]:
    return Appointment.objects.in_force(day).filter(person=person)


def _appointments(person: int, day: date) -> models.QuerySet[Appointment]:
    """The first of those in force, with their units and the SOP edition of each."""
    facts = SopEdition.objects.of_unit(models.OuterRef("unit"), day).values("facts")
    with_units = _in_force(person, day).select_related("unit__predicate_scale")
    return with_units.annotate(sop_facts=models.Subquery(facts))[: FEW + 1]


def _many_appointments(person: int, day: date) -> models.QuerySet:
    """All of them, each with what lists say of its unit, as `brief_appointment` takes them."""
    return _in_force(person, day).values_list(*HELD, *(f"unit__{name}" for name in Unit.BRIEFLY))


HELD = [field.attname for field in Appointment._meta.concrete_fields]


def brief_appointment(*values: Any) -> Appointment:
    """An appointment and its unit as they were fetched; what was not is deferred. Django's own way goes through all fields of both."""
    made = Appointment.from_db(DEFAULT_DB_ALIAS, HELD, values[: len(HELD)])
    made.unit = Unit.from_db(DEFAULT_DB_ALIAS, ["id", *Unit.BRIEFLY], [made.unit_id, *values[len(HELD) :]])
    return made


APPOINTMENTS = Prepared(_appointments)
MANY_APPOINTMENTS = Prepared(_many_appointments)
