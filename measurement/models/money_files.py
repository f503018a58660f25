"""The files from which realisasi anggaran was taken over into a cycle's worksheet."""

from django.db import models

from .cycle import MeasurementCycle
from .files import StoredFile
from .people import Person
from .reading import of_offices


class MoneyFileQuerySet(models.QuerySet["MoneyFile"]):
    def visible_to(self, person: Person) -> "MoneyFileQuerySet":
        return self.filter(of_offices(person, "cycle__unit"))


class MoneyFile(models.Model):
    """A file that was applied: how it was read, and the amounts that were written, by the worksheet's branch."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="money_files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("nama berkas", max_length=200)
    read_as = models.CharField("dibaca sebagai", max_length=200)
    amounts = models.JSONField("realisasi anggaran yang ditulis", default=dict)
    applied_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="diterapkan oleh")
    applied_at = models.DateTimeField("diterapkan")

    objects = MoneyFileQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "berkas realisasi anggaran", "berkas realisasi anggaran"
        ordering = ["pk"]

    def __str__(self):
        return self.name
