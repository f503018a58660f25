"""The SOP editions of an office, each in force from a day on. A cycle copies the one with which it begins."""

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from measurement.rules.sop_edition import Sop

from .organisation import Unit


class SopEditionQuerySet(models.QuerySet["SopEdition"]):
    def of_unit(self, unit: Any, day: date | None = None) -> "SopEditionQuerySet":
        """The edition in force on a day, today unless asked; before the first one began, that one. `unit` may be an outer reference."""
        begun = models.Case(
            models.When(in_force_from__lte=day or timezone.localdate(), then=True), default=False
        )
        later_is_nearer = models.Case(models.When(begun=True, then=models.F("in_force_from")))
        found = self.filter(unit=unit).annotate(begun=begun)
        return found.order_by("-begun", later_is_nearer.desc(), "in_force_from")[:1]


class SopEdition(models.Model):
    """One edition of an office's SOP, whole: `facts` is what `Sop.facts` writes and `Sop.read` reads."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="sop_editions", verbose_name="unit")
    in_force_from = models.DateField("berlaku sejak")
    facts = models.JSONField("isi")

    objects = SopEditionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "edisi SOP", "edisi SOP"
        ordering = ["unit", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "in_force_from"],
                name="sop_edition_once",
                violation_error_message="Sudah ada edisi yang berlaku sejak hari itu.",
            )
        ]

    def __str__(self):
        return f"{self.sop.name}, berlaku {self.in_force_from:%d-%m-%Y}"

    @property
    def sop(self) -> Sop:
        return Sop.read(self.facts)
