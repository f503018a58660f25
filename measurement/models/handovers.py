"""Who took over whose indicators, when and why."""

from django.db import models
from django.db.models import F, Q

from .organisation import Unit
from .people import Person


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, person: Person) -> "HandoverQuerySet":
        return self.filter(unit_id__in=person.served_units)


class Handover(models.Model):
    """One act by which indicators, sub kegiatan and open worksheet rows went from one person to another. Append-only."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="handovers", verbose_name="unit")
    giver = models.ForeignKey(
        Person, models.PROTECT, related_name="handed_over", verbose_name="yang menyerahkan"
    )
    taker = models.ForeignKey(Person, models.PROTECT, related_name="taken_over", verbose_name="yang menerima")
    reason = models.TextField("alasan")
    moved = models.JSONField("yang berpindah", default=dict)
    done_at = models.DateTimeField("pada")
    done_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="oleh")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "serah terima", "serah terima"
        ordering = ["-done_at", "-pk"]
        indexes = [models.Index(fields=["unit", "-done_at"], name="handover_of_unit")]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="handover_between_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="handover_says_why"),
        ]

    def __str__(self):
        return f"{self.giver} → {self.taker}"
