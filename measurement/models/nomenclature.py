"""The national nomenclature of an office's own field, where it loaded one: what its programs, kegiatan and sub kegiatan are called and counted in."""

from django.db import models

from .organisation import Unit
from .people import Person


class NomenclatureQuerySet(models.QuerySet["NomenclatureItem"]):
    def visible_to(self, person: Person) -> "NomenclatureQuerySet":
        return self.filter(unit_id__in=person.served_units)


class NomenclatureItem(models.Model):
    """One line of the list, by its code; in an office it takes the place of the same code in the list that comes with the system."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="nomenclature", verbose_name="unit")
    code = models.CharField("kode", max_length=30)
    name = models.CharField("uraian", max_length=500)
    outcome = models.CharField("kinerja", max_length=600, blank=True)
    indicator = models.CharField("indikator", max_length=600, blank=True)
    measure = models.CharField("satuan", max_length=60, blank=True)

    objects = NomenclatureQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "nomenklatur", "nomenklatur"
        ordering = ["unit", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code"],
                name="nomenclature_code_once",
                violation_error_message="Kode ini sudah ada.",
            )
        ]

    def __str__(self):
        return f"{self.code} {self.name}"
