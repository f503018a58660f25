"""Offices and their settings."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from measurement.rules.deadlines import WorkCalendar
from measurement.rules.evidence_links import DEFAULT_HOSTS, AllowedHost, read_hosts
from measurement.rules.sop_edition import Sop

from .calendars import calendars_of
from .governments import Government
from .patterns import PATTERN_PARTS, validate_pattern
from .reading import of_offices
from .scales import CalculationRules, PredicateScale

if TYPE_CHECKING:
    from .people import Person  # built on this module


class Accent(models.TextChoices):
    """The one colour of an office's pages; the stylesheet holds its shades for light and dark."""

    TOSKA = "toska", "Toska"
    BIRU = "biru", "Biru"
    HIJAU = "hijau", "Hijau"
    MARUN = "marun", "Marun"
    UNGU = "ungu", "Ungu"


def default_hosts() -> str:
    """What an office allows until it says otherwise."""
    return "\n".join(DEFAULT_HOSTS)


class UnitQuerySet(models.QuerySet["Unit"]):
    def get_by_natural_key(self, code: str) -> "Unit":
        return self.get(code=code)

    def demonstrations(self) -> "UnitQuerySet":
        return self.filter(is_demonstration=True)

    def visible_to(self, person: "Person") -> "UnitQuerySet":
        return self.filter(of_offices(person, ""))


class Unit(CalculationRules):
    """An office (perangkat daerah). Its settings stand on the letterhead and drive clock, numbering and papers."""

    class PaperSize(models.TextChoices):
        A4 = "A4", "A4 (210 × 297 mm)"
        F4 = "F4", "F4 (215 × 330 mm)"

    code = models.CharField(
        "kode unit",
        max_length=20,
        unique=True,
        help_text="Seperti tertulis pada nomor surat, misalnya 416-317.",
    )
    name = models.CharField("nama", max_length=150)
    short_name = models.CharField("nama pendek", max_length=60)
    # what letters print; to whom the office belongs in this installation is another question, and may stay open
    government = models.CharField("pemerintah daerah", max_length=150)
    belongs_to = models.ForeignKey(
        Government,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        verbose_name="bagian dari pemerintah daerah",
    )
    address = models.CharField("alamat", max_length=250)
    phone = models.CharField("telepon", max_length=50, blank=True)
    email = models.EmailField("surel", blank=True)
    town = models.CharField("tempat", max_length=60)
    division = models.CharField("sub bagian", max_length=150, blank=True)
    paper_size = models.CharField("ukuran kertas", max_length=2, choices=PaperSize, default=PaperSize.A4)
    classification = models.CharField("kode klasifikasi", max_length=20, default="000.8.6.3")
    number_pattern = models.CharField(
        "pola nomor",
        max_length=100,
        default="{klasifikasi}/{urut}/{jenis}/{unit}/{tahun}",
        validators=[validate_pattern],
        help_text=f"Bagian yang diganti: {PATTERN_PARTS}; urut, jenis, dan tahun wajib ada.",
    )
    predicate_scale = models.ForeignKey(
        PredicateScale, models.PROTECT, related_name="used_by", verbose_name="skala predikat"
    )
    minutes_per_day = models.PositiveSmallIntegerField(
        "menit kerja per hari", default=450, validators=[MinValueValidator(1)]
    )
    accent = models.CharField("warna halaman", max_length=10, choices=Accent, default=Accent.TOSKA)
    emblem = models.ForeignKey(
        "StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lambang"
    )

    evidence_hosts = models.TextField(
        "situs yang boleh ditautkan sebagai bukti", default=default_hosts, blank=True, max_length=3000
    )
    is_demonstration = models.BooleanField("kantor contoh", default=False, editable=False)

    objects = UnitQuerySet.as_manager()

    BRIEFLY = ("code", "name", "short_name", "is_demonstration")  # what lists of many units say of each

    class Meta:
        verbose_name, verbose_name_plural = "unit kerja", "unit kerja"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: models.QuerySet[Any, Any] | None = None,
    ) -> None:
        """What of a unit was fetched `BRIEFLY` is fetched with one query, not with one for each field."""
        if fields is not None:
            fields = {*fields, *self.get_deferred_fields()}
        super().refresh_from_db(using, fields, from_queryset)

    @cached_property
    def sop(self) -> Sop:
        """The SOP edition in force today; without one, the SOP in neutral words."""
        return self.sop_on(timezone.localdate())

    def sop_on(self, day: date) -> Sop:
        edition = self.sop_editions.of_unit(self, day).first()
        return edition.sop if edition else Sop()

    @cached_property
    def team_chairs(self) -> list[str]:
        """The names of who chairs its Tim SAKIP today."""
        held = self.appointments.in_force().filter(chairs=True, person__is_active=True)
        return sorted(set(held.values_list("person__name", flat=True)))

    @property
    def linkable_hosts(self) -> tuple[AllowedHost, ...]:
        """Where evidence may lie that is attached as a link; none: only files are taken."""
        return read_hosts(self.evidence_hosts)

    @cached_property
    def signs_locally(self) -> bool:
        """Whether the office has made its own certificate authority."""
        return self.signing_keys.filter(purpose="otoritas", revoked_at=None).exists()

    @cached_property
    def calendar(self) -> WorkCalendar:
        return calendars_of(Unit, [self.pk])[self.pk]


def load_calendars(units: Iterable[Unit]) -> None:
    """Give these units their calendars: one query for all that have none yet."""
    without = [unit for unit in units if "calendar" not in unit.__dict__]
    found = calendars_of(Unit, {unit.pk for unit in without}) if without else {}
    for unit in without:
        unit.calendar = found[unit.pk]


class SubUnit(models.Model):
    """A part of an office with money and targets of its own: a kelurahan of a kecamatan. `code` is that of SIPD, where it is known."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sub_units", verbose_name="unit")
    code = models.CharField(
        "kode sub unit",
        max_length=30,
        blank=True,
        help_text="Seperti tercetak pada SIPD, misalnya 7.01.0.00.0.00.01.0001; boleh kosong.",
    )
    name = models.CharField("nama", max_length=150, help_text="Misalnya Kelurahan Sukamaju.")

    class Meta:
        verbose_name, verbose_name_plural = "sub unit", "sub unit"
        ordering = ["unit", "code", "name"]
        constraints = [
            models.UniqueConstraint(
                "unit",
                Lower("name"),
                name="sub_unit_name_once",
                violation_error_message="Sub unit dengan nama ini sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["unit", "code"],
                condition=~Q(code=""),
                name="sub_unit_code_once",
                violation_error_message="Sub unit dengan kode ini sudah ada.",
            ),
        ]

    def __str__(self):
        return self.name
