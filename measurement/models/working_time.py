"""When an office works: its usual hours, other hours from a day on or for some days, and its days off."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from measurement.rules.dates import long_date, period

if TYPE_CHECKING:
    from .organisation import Unit  # built on this module

FEWEST_NATIONAL = 10  # a year with fewer days off lacks its national ones: since 2003 no decree named fewer


class WorkPattern(models.Model):
    """Other working hours than the office's first ones: from a day on (`valid_until` blank), or for some days such as Ramadan.

    Dated, so that steps that were judged by other hours stay as they were judged.
    """

    unit = models.ForeignKey("Unit", models.CASCADE, related_name="work_patterns", verbose_name="unit")
    name = models.CharField("keterangan", max_length=100, blank=True)
    valid_from = models.DateField("berlaku mulai")
    valid_until = models.DateField("berlaku sampai dengan", null=True, blank=True)
    minutes_per_day = models.PositiveSmallIntegerField(
        "menit kerja per hari", default=450, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name, verbose_name_plural = "pola jam kerja", "pola jam kerja"
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="workpattern_in_order",
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
            models.UniqueConstraint(
                fields=["unit", "valid_from"],
                condition=Q(valid_until=None),
                name="workpattern_once",
                violation_error_message="Jam kerja yang berlaku mulai tanggal itu sudah ada; ubah yang itu.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.days}" if self.name else f"Jam kerja {self.days}"

    @property
    def days(self) -> str:
        """Mulai 5 Januari 2027, or the span of days."""
        if self.valid_until is None:
            return f"mulai {long_date(self.valid_from)}"
        return period(self.valid_from, self.valid_until)


class WorkSpanQuerySet(models.QuerySet["WorkSpan"]):
    def in_force(self, day: date) -> "WorkSpanQuerySet":
        """Of each office those by which it works on that day: the latest passing hours, else the latest that stay, else its first."""
        begun = WorkPattern.objects.filter(unit=OuterRef("unit"), valid_from__lte=day)
        running = begun.filter(Q(valid_until=None) | Q(valid_until__gte=day))
        first = running.alias(stays=Q(valid_until=None)).order_by("stays", "-valid_from").values("pk")[:1]
        return self.alias(holds=Subquery(first)).filter(Q(pattern=F("holds")) | Q(holds=None, pattern=None))


class WorkSpan(models.Model):
    """One stretch of working hours on a weekday; a lunch break separates two. Without a pattern: the office's first hours."""

    WEEKDAYS = list(enumerate(("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")))

    unit = models.ForeignKey("Unit", models.CASCADE, related_name="work_spans", verbose_name="unit")
    pattern = models.ForeignKey(
        WorkPattern, models.CASCADE, null=True, blank=True, related_name="spans", verbose_name="pola"
    )
    weekday = models.PositiveSmallIntegerField("hari", choices=WEEKDAYS)
    begins = models.TimeField("mulai")
    ends = models.TimeField("selesai")

    objects = WorkSpanQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "jam kerja", "jam kerja"
        ordering = ["weekday", "begins"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")),
                name="workspan_in_order",
                violation_error_message="Jam selesai harus sesudah jam mulai.",
            ),
            models.UniqueConstraint(
                fields=["unit", "weekday", "begins"], condition=Q(pattern=None), name="workspan_once"
            ),
            models.UniqueConstraint(
                fields=["pattern", "weekday", "begins"], name="workspan_once_in_a_pattern"
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.begins:%H.%M}–{self.ends:%H.%M}"


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def get_by_natural_key(self, day: date, unit_code: str | None = None) -> "Holiday":
        return self.get(date=day, unit__code=unit_code) if unit_code else self.get(date=day, unit=None)

    def for_unit(self, unit: "Unit") -> "HolidayQuerySet":
        """National days and the unit's own."""
        return self.filter(Q(unit=None) | Q(unit=unit))

    def has_holidays(self, unit: "Unit", year: int) -> bool:
        """Whether a year's national days are there, be it for all units or entered by this one."""
        days = self.for_unit(unit).filter(date__year=year).values("date").distinct()
        return days.count() >= FEWEST_NATIONAL


class Holiday(models.Model):
    """A day off: national and cuti bersama (no unit), or of one office; or a national day on which one office works."""

    unit = models.ForeignKey(
        "Unit",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="own_holidays",
        verbose_name="unit",
        help_text="Kosong: berlaku untuk semua.",
    )
    date = models.DateField("tanggal")
    name = models.CharField("nama", max_length=150)
    works = models.BooleanField("kantor tetap masuk", default=False)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "hari libur", "hari libur"
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "date"],
                name="holiday_once",
                violation_error_message="Tanggal ini sudah ada pada daftar kantor.",
            ),
            models.UniqueConstraint(fields=["date"], condition=Q(unit=None), name="national_holiday_once"),
            models.CheckConstraint(
                condition=Q(works=False) | Q(unit__isnull=False),
                name="only_an_office_works",
                violation_error_message="“Tetap masuk” hanya dapat ditetapkan untuk satu kantor.",
            ),
        ]

    def __str__(self):
        return f"{self.date:%d-%m-%Y} {self.name}"

    def natural_key(self) -> tuple:
        return self.date, self.unit.code if self.unit else None
