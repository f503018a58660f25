"""Stored files: one record per content and unit, under our own names."""

from django.db import models

from .organisation import Unit


class StoredFile(models.Model):
    """Bytes that somebody uploaded, checked before they came here. The same bytes are kept once per unit."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("ukuran (byte)")
    kind = models.CharField("jenis", max_length=10)
    path = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name, verbose_name_plural = "berkas", "berkas"
        constraints = [models.UniqueConstraint(fields=["unit", "sha256"], name="file_stored_once")]

    def __str__(self):
        return f"{self.kind} {self.sha256[:12]}"
