"""How long records are kept: the schedule of retention (JRA), preset or an office's own."""

from collections.abc import Collection

from django.db import models
from django.db.models import Q

from .organisation import Unit


class RetentionQuerySet(models.QuerySet["RetentionClass"]):
    def get_by_natural_key(self, code: str, unit_code: str | None = None) -> "RetentionClass":
        return self.get(code=code, unit__code=unit_code) if unit_code else self.get(code=code, unit=None)

    def for_units(self, units: Collection[int] | models.QuerySet) -> "RetentionQuerySet":
        """The presets, and what these units have of their own."""
        return self.filter(Q(unit=None) | Q(unit__in=units))


class RetentionClass(models.Model):
    """How long records of a classification are kept (Jadwal Retensi Arsip): of one office, or (no unit) a preset that it has not confirmed yet."""

    unit = models.ForeignKey(
        Unit,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="retention_classes",
        verbose_name="unit",
        help_text="Kosong: bawaan untuk semua unit.",
    )
    code = models.CharField("kode klasifikasi", max_length=30)
    name = models.CharField("jenis arsip", max_length=200)
    active_years = models.PositiveSmallIntegerField("retensi aktif (tahun)", null=True, blank=True)
    inactive_years = models.PositiveSmallIntegerField("retensi inaktif (tahun)", null=True, blank=True)
    fate = models.CharField("nasib akhir", max_length=60, blank=True)
    source = models.CharField("sumber", max_length=250, blank=True)

    objects = RetentionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "retensi arsip", "retensi arsip"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code"],
                name="retention_once",
                violation_error_message="Kode klasifikasi ini sudah ada.",
            ),
            models.UniqueConstraint(fields=["code"], condition=Q(unit=None), name="preset_retention_once"),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    def natural_key(self) -> tuple[str, str | None]:
        return self.code, self.unit.code if self.unit else None
