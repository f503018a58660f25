"""Papers that were issued: numbered, with their content frozen, and the file that was made of it once."""

from django.db import models

from ..sop import Output
from .cycle import MeasurementCycle
from .organisation import Person, Unit


class NumberCounter(models.Model):
    """The last number given out per unit, year and kind of paper."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year", "kind"], name="counter_once")]

    def __str__(self):
        return f"{self.kind} {self.year}: {self.last}"


class PaperQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(unit_id__in=person.unit_ids)


class Paper(models.Model):
    """An issued paper. `content` is all that its template prints, so that the file can be made outside the request and never differently."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="papers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers")
    kind = models.CharField("jenis", max_length=40, choices=[(o.value, o.value) for o in Output])
    round = models.PositiveSmallIntegerField("putaran")
    year = models.PositiveSmallIntegerField("tahun")
    sequence = models.PositiveIntegerField("urut")
    number = models.CharField("nomor", max_length=100)
    title = models.CharField("judul", max_length=250)
    content = models.JSONField()
    issued_at = models.DateTimeField("diterbitkan")
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="oleh")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="menggantikan")

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "naskah", "naskah"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "year", "kind", "sequence"], name="paper_number_once")]

    def __str__(self):
        return f"{self.title} {self.number}"


class PaperFile(models.Model):
    """The stored bytes of an issued paper: written once, never changed."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="file")
    path = models.CharField(max_length=150, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = "berkas naskah", "berkas naskah"

    def __str__(self):
        return self.path


class ArchivePackage(models.Model):
    """The one zip of an archived cycle with everything and its manifest."""

    cycle = models.OneToOneField(MeasurementCycle, models.PROTECT, related_name="package")
    path = models.CharField(max_length=150, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = "paket arsip", "paket arsip"

    def __str__(self):
        return self.path
