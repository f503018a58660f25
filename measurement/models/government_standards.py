"""Master data that a government keeps for its offices: what a new office begins with, and what the others are held against."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from .governments import Government
from .people import Person


class StandardPart(models.TextChoices):
    """What is kept above the offices."""

    HOLIDAYS = "hari_libur", "Hari libur"
    SCALE = "predikat", "Skala predikat"
    RETENTION = "retensi", "Klasifikasi dan retensi arsip"
    NOMENCLATURE = "nomenklatur", "Nomenklatur"
    SOP = "sop", "Templat SOP"
    INDICATOR = "indikator", "Indikator daerah"


class GovernmentStandard(models.Model):
    """One line of it: a day, a scale, a classification … by its key. An office has its own copy or decides otherwise; nothing here reaches into a cycle."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="standards")
    part = models.CharField("bagian", max_length=20, choices=StandardPart)
    key = models.CharField("kunci", max_length=300)
    facts = models.JSONField("isi", encoder=DjangoJSONEncoder)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = "data induk daerah", "data induk daerah"
        ordering = ["part", "key"]
        constraints = [
            models.UniqueConstraint(fields=["government", "part", "key"], name="government_standard_once"),
            models.CheckConstraint(
                condition=models.Q(part__in=StandardPart.values), name="government_standard_part_known"
            ),
        ]

    def __str__(self):
        return f"{self.get_part_display()} {self.key}"
