"""What the chair of Tim SAKIP decided at step 4 on an indicator that lacks an element of SMART."""

from django.db import models
from django.db.models import Q

from measurement.rules.dates import local_date, long_date

from .cycle import MeasurementCycle
from .definitions import IndicatorDefinition
from .people import Person
from .plan import Indicator


class SmartDecision(models.Model):
    """One decision in one cycle: used as it is, or to be revised by a day; for these elements, and why."""

    class Verdict(models.TextChoices):
        ACCEPTED = "diterima", "Dipakai apa adanya"
        REVISED = "diperbaiki", "Dipakai, dan diperbaiki paling lambat"

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="smart_decisions")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="smart_decisions")
    lacks = models.JSONField("unsur yang belum terpenuhi", default=list)
    verdict = models.CharField("keputusan", max_length=10, choices=Verdict)
    reason = models.TextField("alasan")
    revise_by = models.DateField("diperbaiki paling lambat", null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_as = models.CharField("selaku", max_length=150)
    decided_at = models.DateTimeField("diputuskan")

    class Meta:
        verbose_name, verbose_name_plural = "keputusan SMART", "keputusan SMART"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "indicator"], name="one_smart_decision"),
            models.CheckConstraint(condition=~Q(reason=""), name="smart_decision_says_why"),
            models.CheckConstraint(
                condition=Q(verdict="diterima", revise_by=None)
                | Q(verdict="diperbaiki", revise_by__isnull=False),
                name="smart_revision_has_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.get_verdict_display()}"

    @property
    def lacks_words(self) -> str:
        """ "Terukur (measurable), Relevan (relevant)"."""
        return ", ".join(IndicatorDefinition.SMART[key] for key in self.lacks)

    @property
    def words(self) -> str:
        """ "Dipakai, dan diperbaiki paling lambat 31 Desember 2026"."""
        until = f" {long_date(self.revise_by)}" if self.revise_by else ""
        return f"{self.get_verdict_display()}{until}"

    @property
    def told(self) -> str:
        """What was decided, by whom, when and why, in one line."""
        return f"{self.words}, oleh {self.decided_by} pada {local_date(self.decided_at)}: “{self.reason}”"
