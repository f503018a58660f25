"""People, and who holds which role in which unit from when to when."""

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from measurement.rules.sop import LEADING, Role
from measurement.rules.sop_edition import NEUTRAL, Sop

from .made_at_once import MadeAtOnce
from .organisation import Unit
from .prepared import Prepared
from .reading import OfficeReader
from .sop_editions import SopEdition

nip_validator = RegexValidator(r"^[0-9]{18}$", "NIP terdiri atas 18 angka.")
MONTH_OF_APPOINTMENT = slice(12, 14)
OF_PPPK = "21"  # stands there on the number of a PPPK, where a month would be


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, person: "Person") -> "PersonQuerySet":
        return self.filter(appointments__unit_id__in=person.unit_ids).distinct()

    def of_unit(self, unit: Unit) -> "PersonQuerySet":
        """Everybody who has or had an appointment in the unit."""
        return self.filter(appointments__unit=unit).distinct()

    def kept_by(self, unit: Unit) -> "PersonQuerySet":
        """Accounts that the unit's administrator may change: nobody who serves or will serve elsewhere, nobody who keeps the installation."""
        elsewhere = Appointment.objects.filter(Q(ends=None) | Q(ends__gte=timezone.localdate())).exclude(
            unit=unit
        )
        return self.of_unit(unit).filter(is_superuser=False).exclude(appointments__in=elsewhere)

    def holding(self, role: Role, unit: Unit) -> "PersonQuerySet":
        """The people who hold a role in a unit today."""
        return self.filter(
            is_active=True, appointments__in=Appointment.objects.in_force().filter(role=role, unit=unit)
        ).distinct()


QueryManager = models.Manager.from_queryset(PersonQuerySet)


class PersonManager(UserManager["Person"], QueryManager):
    """Finds people by user name or by NIP, spaced or not, as they type it at login."""

    def get_by_natural_key(self, username):
        compact = "".join(username.split())
        if compact.isdecimal():
            return self.get(nip=compact)
        return super().get_by_natural_key(username)


class Person(MadeAtOnce, AbstractUser, OfficeReader):
    """A member of staff, and the account with which they log in. NIP holds a birth date: shown masked but in signatures."""

    first_name = None  # type: ignore[assignment]  # Django's way to leave out a field of an abstract model
    last_name = None  # type: ignore[assignment]  # the same
    name = models.CharField("nama dengan gelar", max_length=150)
    nip = models.CharField(
        "NIP", max_length=18, unique=True, null=True, blank=True, validators=[nip_validator]
    )
    grade = models.CharField(
        "pangkat, golongan", max_length=60, blank=True, help_text="Misalnya Penata Tingkat I, III/d."
    )

    class NumberKind(models.TextChoices):
        NIP = "nip", "NIP"
        NI_PPPK = "ni_pppk", "NI PPPK"

    number_kind = models.CharField(
        "jenis nomor induk",
        max_length=10,
        choices=NumberKind,
        blank=True,
        help_text="Kosongkan bila angkanya sudah memberi tahu: nomor PPPK memuat 21 di tempat bulan pengangkatan.",
    )

    class Mail(models.TextChoices):
        AT_ONCE = "langsung", "Langsung, setiap ada pesan"
        DIGEST = "ringkasan", "Ringkasan, satu surel sehari"
        NEVER = "tidak", "Tidak lewat surel"

    mail = models.CharField("pesan lewat surel", max_length=10, choices=Mail, default=Mail.AT_ONCE)
    must_change_password = models.BooleanField("wajib mengganti kata sandi", default=False)
    # so that a page asks for drafts only where there are any (doors/form_drafts.py)
    has_drafts = models.BooleanField(default=False, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()
    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        verbose_name, verbose_name_plural = "pegawai", "pegawai"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @property
    def printed_nip(self) -> str:
        """19700626 199003 1 006, as signature blocks print it."""
        return f"{self.nip[:8]} {self.nip[8:14]} {self.nip[14]} {self.nip[15:]}" if self.nip else "–"

    @property
    def printed_number_label(self) -> str:
        """What stands before the number on papers: NIP, or NI PPPK of a government employee with a work agreement."""
        if self.number_kind:
            return str(self.NumberKind(self.number_kind).label)
        pppk = (self.nip or "")[MONTH_OF_APPOINTMENT] == OF_PPPK
        return str((self.NumberKind.NI_PPPK if pppk else self.NumberKind.NIP).label)

    @property
    def masked_nip(self) -> str:
        return f"{self.nip[:4]}{'*' * 10}{self.nip[14:]}" if self.nip else "–"

    @cached_property
    def appointments_in_force(self) -> list["Appointment"]:
        """Today's appointments with their units; those of one unit share the unit, and with it its calendar."""
        if not self.is_active:
            return []
        found = APPOINTMENTS.rows(self.pk, timezone.localdate())
        units: dict[int, Unit] = {}
        for appointment in found:
            appointment.person = self
            appointment.unit = units.setdefault(appointment.unit_id, appointment.unit)
            appointment.unit.sop = Sop.read(appointment.sop_facts)  # type: ignore[attr-defined]  # annotated above
        return found

    @property
    def sop(self) -> Sop:
        """The SOP of the office in which this person serves first."""
        return self.appointments_in_force[0].unit.sop if self.appointments_in_force else NEUTRAL

    def unit(self, unit_id: int) -> Unit:
        """One of the units in which this person serves today, or which they read."""
        own = next((a.unit for a in self.appointments_in_force if a.unit_id == unit_id), None)
        return self.unit_read(unit_id) if own is None else own

    @cached_property
    def unit_ids(self) -> set[int]:
        return {appointment.unit_id for appointment in self.appointments_in_force}

    @cached_property
    def leading_ids(self) -> set[int]:
        """The units in which this person leads or evaluates."""
        return {a.unit_id for a in self.appointments_in_force if a.role in LEADING}

    def roles_in(self, unit_id: int) -> set[Role]:
        """The roles held today; whoever leads or evaluates is an ASN, too."""
        roles = {Role(a.role) for a in self.appointments_in_force if a.unit_id == unit_id}
        return roles | {Role.ASN} if roles & set(LEADING) else roles

    def chairs_team_in(self, unit_id: int) -> bool:
        """Whether this person is the chair of the unit's Tim SAKIP today."""
        return any(a.chairs and a.unit_id == unit_id for a in self.appointments_in_force)

    def title_in(self, unit_id: int, role: Role | None = None) -> str:
        """The post with which this person signs: that of the role asked for, else their first one."""
        held = [a for a in self.appointments_in_force if a.unit_id == unit_id]
        chosen = next((a for a in held if a.role == role), held[0] if held else None)
        return chosen.printed_title if chosen else ""

    def leading_role_in(self, unit_id: int) -> Role | None:
        """The highest role that this person holds of those who lead or evaluate."""
        held = self.roles_in(unit_id)
        return next((role for role in LEADING if role in held), None)

    def leading_title_in(self, unit_id: int) -> str:
        """The post with which this person speaks for the office: that of the highest role, else their first one."""
        return self.title_in(unit_id, self.leading_role_in(unit_id))


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, on: date | None = None) -> "AppointmentQuerySet":
        day = on or timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)

    def units_of(self, person: Person, role: Role, on: date) -> models.QuerySet:
        """The units in which this person holds a role on a day, to be looked up within other queries."""
        return self.in_force(on).filter(person=person, role=role).values("unit")


class Appointment(MadeAtOnce):
    """Who holds which role in which unit from when to when: definitive, acting in a vacant post (Plt.), or for someone away (Plh.)."""

    class Kind(models.TextChoices):
        DEFINITIVE = "definitif", "Definitif"
        PLT = "plt", "Plt."
        PLH = "plh", "Plh."

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name="pegawai")
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
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)

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


def _appointments(person: int, day: date) -> models.QuerySet[Appointment]:
    """Those in force, with their units and the SOP edition of each."""
    facts = SopEdition.objects.of_unit(models.OuterRef("unit"), day).values("facts")
    in_force = Appointment.objects.in_force(day).filter(person=person)
    return in_force.annotate(sop_facts=models.Subquery(facts)).select_related("unit__predicate_scale")


APPOINTMENTS = Prepared(_appointments)
