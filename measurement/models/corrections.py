"""How far a correction of an archived period reaches: the later cycles whose figures rest on what it corrected."""

from datetime import date

from django.db import models

from measurement.rules.sop import Role

from .appointments import Appointment
from .cycle import MeasurementCycle
from .people import Person

ASKS = "{later} perlu dikoreksi: koreksi {correction} mengubah {count} yang dihitung di dalamnya."
TOOK = "{later} sudah dihitung lagi menurut koreksi ini: {count} berubah."


class CorrectionEffectQuerySet(models.QuerySet["CorrectionEffect"]):
    def still_to_correct(self) -> "CorrectionEffectQuerySet":
        """Those on archived cycles that no later correction of theirs has taken in."""
        corrected = MeasurementCycle.objects.archived().filter(amends=models.OuterRef("cycle"))
        return self.filter(taken_over=False).exclude(models.Exists(corrected))

    def waiting_for(self, person: Person, day: date) -> "CorrectionEffectQuerySet":
        """Those for which this person, as Tim SAKIP, should ask for a correction that nobody has begun."""
        units = Appointment.objects.units_of(person, Role.TIM_SAKIP, day)
        begun = MeasurementCycle.objects.standing().filter(amends=models.OuterRef("cycle"))
        return self.still_to_correct().filter(cycle__unit__in=units).exclude(models.Exists(begun))


class CorrectionEffect(models.Model):
    """One later cycle: under way, it took the corrected figures over; archived, it has to be corrected itself. Never changed or deleted."""

    correction = models.ForeignKey(
        MeasurementCycle, models.PROTECT, related_name="effects", verbose_name="koreksi"
    )
    cycle = models.ForeignKey(
        MeasurementCycle, models.PROTECT, related_name="corrections_before", verbose_name="siklus sesudahnya"
    )
    taken_over = models.BooleanField("sudah diperbarui")
    changes = models.JSONField("perubahan", default=list)
    reached_at = models.DateTimeField("pada")

    objects = CorrectionEffectQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "akibat koreksi", "akibat koreksi"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["correction", "cycle"], name="correction_reaches_once")
        ]

    def __str__(self):
        return f"{self.correction} → {self.cycle}"

    @property
    def count(self) -> str:
        """How many indicators and sub kegiatan are touched: "2 indikator dan 1 anggaran sub kegiatan"."""
        rows = sum("indicator" in change for change in self.changes)
        money = len(self.changes) - rows
        parts = [f"{rows} indikator"] * bool(rows) + [f"anggaran {money} sub kegiatan"] * bool(money)
        return " dan ".join(parts)

    @property
    def asks(self) -> str:
        """What is to be done about an archived cycle."""
        return ASKS.format(later=self.cycle, correction=self.correction, count=self.count)

    @property
    def words(self) -> str:
        """What became of the later cycle, on the correction's own page."""
        return TOOK.format(later=self.cycle, count=self.count) if self.taken_over else self.asks
