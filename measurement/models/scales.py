"""Predicate scales: dated data, so that an office can use another than that of Permendagri 86/2017; and what else an office decides about figures."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from measurement.rules.formulas import EDITION, LEAD_CHOICES, Lead, Rules, scale_gaps

from .made_at_once import MadeAtOnce

if TYPE_CHECKING:
    from .organisation import Unit  # built on this module


class PredicateScaleQuerySet(models.QuerySet["PredicateScale"]):
    def get_by_natural_key(self, name: str, unit_code: str | None = None) -> "PredicateScale":
        return self.get(name=name, unit__code=unit_code) if unit_code else self.get(name=name, unit=None)

    def for_unit(self, unit: "Unit") -> "PredicateScaleQuerySet":
        """The presets, and the unit's own scales."""
        return self.filter(Q(unit=None) | Q(unit=unit))


class PredicateScale(models.Model):
    """A scale of one office, or (no unit) a preset that every office may use and nobody of them changes."""

    unit = models.ForeignKey(
        "Unit",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="own_scales",
        verbose_name="unit",
        help_text="Kosong: bawaan, dapat dipakai semua unit.",
    )
    name = models.CharField("nama", max_length=150)
    source = models.CharField("sumber", max_length=250)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField(
        "berlaku sampai sebelum", null=True, blank=True, help_text="Kosong: masih berlaku."
    )

    objects = PredicateScaleQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "skala predikat", "skala predikat"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="scale_name_once",
                violation_error_message="Skala dengan nama ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="scale_in_order",
                violation_error_message="Tanggal akhir harus sesudah tanggal mulai.",
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self) -> tuple[str, str | None]:
        return self.name, self.unit.code if self.unit else None

    def bounds(self) -> list[tuple]:
        """Lower bounds and words from the highest down, as `formulas.predicate` reads them; asked once for the length of a request."""
        return self._bounds

    @cached_property
    def _bounds(self) -> list[tuple]:
        return [(level.lower, level.label) for level in self.levels.all()]

    def know_bounds(self, levels: Iterable[Sequence] | None) -> None:
        """Levels (word, lower bound) that came along with another query."""
        bounds = [(None if lower is None else Decimal(str(lower)), label) for label, lower in levels or ()]
        self._bounds = sorted(bounds, key=lambda bound: (bound[0] is None, -(bound[0] or 0)))

    def is_valid_on(self, day: date) -> bool:
        """Half-open: the day of `valid_until` belongs to the next scale."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def gaps(self, day: date) -> list[str]:
        """Why figures of this day can't be named with this scale; empty when they can."""
        dated = (
            []
            if self.is_valid_on(day)
            else [f"Skala predikat “{self.name}” tidak berlaku pada {day:%d-%m-%Y}."]
        )
        return dated + scale_gaps([lower for lower, _ in self.bounds()])


class PredicateLevelQuerySet(models.QuerySet["PredicateLevel"]):
    def get_by_natural_key(self, label: str, scale: str, unit_code: str | None = None) -> "PredicateLevel":
        return self.get(label=label, scale=PredicateScale.objects.get_by_natural_key(scale, unit_code))


class PredicateLevel(models.Model):
    """One word of a scale and the lowest value that earns it; the lowest level has no bound, so a scale has no gaps."""

    scale = models.ForeignKey(PredicateScale, models.CASCADE, related_name="levels", verbose_name="skala")
    label = models.CharField("predikat", max_length=40)
    lower = models.DecimalField("batas bawah", max_digits=6, decimal_places=2, null=True, blank=True)

    objects = PredicateLevelQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "tingkat predikat", "tingkat predikat"
        ordering = [models.F("lower").desc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(fields=["scale", "lower"], name="level_bound_once"),
            models.UniqueConstraint(
                fields=["scale"], condition=models.Q(lower=None), name="one_lowest_level"
            ),
        ]

    def __str__(self):
        return self.label

    def natural_key(self) -> tuple[str, str, str | None]:
        return (self.label, *self.scale.natural_key())

    natural_key.dependencies = ["measurement.predicatescale"]  # type: ignore[attr-defined]  # where Django's serializers look


def lead_field(label: str, lead: Lead) -> models.CharField:
    return models.CharField(
        label,
        max_length=10,
        choices=LEAD_CHOICES,
        default=lead.value,
        help_text="Yang memimpin angka capaian pada tingkat ini; yang lain disebut di sampingnya.",
    )


class CalculationRules(MadeAtOnce):
    """What an office decides about its figures beside the scale: settings of the unit, frozen into each cycle at step 4."""

    mean_cap = models.DecimalField(
        "batas atas capaian dalam rata-rata (%)",
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(100)],
        help_text="Kosong: tanpa batas. Capaian indikator sendiri selalu ditampilkan tanpa batas.",
    )
    zero_is_met = models.BooleanField(
        "target 0 dengan realisasi 0 dianggap tercapai",
        default=False,
        help_text="Hanya untuk arah minimum, misalnya jumlah temuan. Bila tidak dicentang: tidak dapat dihitung.",
    )
    efficiency_threshold = models.DecimalField(
        "ambang efisiensi (poin persen)",
        max_digits=5,
        decimal_places=2,
        default=Decimal(5),
        validators=[MinValueValidator(0)],
        help_text="Capaian − serapan di atas ambang: efisien; di dalam ±ambang: cukup efisien; selainnya tidak efisien.",
    )

    sasaran_lead = lead_field("capaian sasaran", Lead.OWN)
    program_lead = lead_field("capaian program", Lead.OWN)
    kegiatan_lead = lead_field("capaian kegiatan", Lead.BELOW)

    class Meta:
        abstract = True

    def rules_with(self, levels, scale: str, edition: int = EDITION) -> Rules:
        leads = {
            "sasaran": Lead(self.sasaran_lead),
            "program": Lead(self.program_lead),
            "kegiatan": Lead(self.kegiatan_lead),
        }
        return Rules(
            tuple(levels), scale, self.mean_cap, self.zero_is_met, self.efficiency_threshold, leads, edition
        )

    @property
    def weighs_branches(self) -> bool:
        """Whether the weight (bobot) of a branch counts anywhere."""
        return Lead.WEIGHTED in (self.sasaran_lead, self.program_lead, self.kegiatan_lead)

    @classmethod
    def setting_names(cls) -> list[str]:
        return [field.name for field in CalculationRules._meta.fields]
