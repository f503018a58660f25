"""What a round of a cycle leaves: what the Sekcam was shown, and the arahan with which it was sent back."""

from django.db import models
from django.db.models import Q

from .cycle import MeasurementCycle
from .people import Person
from .worksheet import WorksheetRow


class RoundSnapshot(models.Model):
    """What the Sekcam was shown in one round: every row's values as they were sent at step 8."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="snapshots")
    round = models.PositiveSmallIntegerField()
    rows = models.JSONField()
    money = models.JSONField()

    class Meta:
        verbose_name, verbose_name_plural = "salinan putaran", "salinan putaran"
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["cycle", "round"], name="snapshot_once")]

    def __str__(self):
        return f"{self.cycle} putaran {self.round}"


class Directive(models.Model):
    """One arahan of the Sekcam with a return, general or on one row, and how it was answered."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="directives")
    round = models.PositiveSmallIntegerField("putaran")
    row = models.ForeignKey(WorksheetRow, models.PROTECT, null=True, blank=True, related_name="directives")
    text = models.TextField("arahan")
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    answer = models.TextField("jawaban", blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = "arahan", "arahan"
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "round", "row"], name="one_directive_a_row"),
            models.CheckConstraint(condition=~Q(text=""), name="directive_says_what"),
        ]

    def __str__(self):
        return self.text[:60]
