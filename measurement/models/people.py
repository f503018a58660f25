"""People, and the accounts with which they log in."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from measurement.rules.sop import Role

from .appointments import Appointment
from .organisation import Unit
from .serving import Serving

nip_validator = RegexValidator(r"^[0-9]{18}$", "NIP terdiri atas 18 angka.")
MONTH_OF_APPOINTMENT = slice(12, 14)
OF_PPPK = "21"  # stands there on the number of a PPPK, where a month would be


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, person: "Person") -> "PersonQuerySet":
        return self.filter(appointments__unit_id__in=person.served_units).distinct()

    def of_unit(self, unit: Unit) -> "PersonQuerySet":
        """Everybody who has or had an appointment in the unit."""
        return self.filter(appointments__unit=unit).distinct()

    def kept_by(self, unit: Unit) -> "PersonQuerySet":
        """Accounts that the unit's administrator may change: nobody who serves or will serve elsewhere, nobody who keeps the installation."""
        still = Q(ends=None) | Q(ends__gte=timezone.localdate())
        elsewhere = Appointment.objects.filter(still, person=OuterRef("pk")).exclude(unit=unit)
        return self.of_unit(unit).filter(~Exists(elsewhere), is_superuser=False)

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


class Person(Serving, AbstractUser):
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
