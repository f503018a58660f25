"""Who changed which setting of an office, and from what to what: append-only, shown at the foot of its page."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from .organisation import Unit
from .people import Person


class SettingChange(models.Model):
    """One act. `before` and `after` hold what differs, as the page says it: label → words."""

    class Part(models.TextChoices):
        HOURS = "jam_kerja", "Jam kerja"
        HOLIDAYS = "hari_libur", "Hari libur"
        SCALE = "predikat", "Skala predikat"
        RULES = "aturan_hitung", "Aturan hitung"
        SOP = "sop", "SOP"
        RETENTION = "retensi", "Retensi arsip"
        PLAN = "rencana", "Rencana"
        EVIDENCE = "tautan_bukti", "Tautan bukti"
        API = "api", "Akses API"
        WEBHOOKS = "webhook", "Webhook"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="setting_changes")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    what = models.CharField(max_length=20, choices=Part)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name, verbose_name_plural = "perubahan pengaturan", "perubahan pengaturan"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "what"], name="setting_change_of_unit")]

    def __str__(self):
        return f"{self.unit}: {self.get_what_display()}"

    @property
    def differences(self) -> list[dict[str, str]]:
        """Label, before and after, a line each."""
        return [
            {"label": label, "before": self.before.get(label, ""), "after": self.after.get(label, "")}
            for label in dict.fromkeys([*self.before, *self.after])
        ]
