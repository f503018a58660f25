"""The files that prove what was measured."""

from django.db import models

from measurement.rules.dates import long_date

from .files import StoredFile
from .people import Person
from .worksheet import WorksheetRow


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, person: Person) -> "EvidenceQuerySet":
        return self.filter(row__in=WorksheetRow.objects.visible_to(person))


class Evidence(models.Model):
    """A file that proves a realisasi, with the page to look at."""

    row = models.ForeignKey(WorksheetRow, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("nama berkas", max_length=200)
    page = models.CharField("halaman", max_length=40, blank=True)
    dated = models.DateField("tanggal bukti", null=True, blank=True)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "bukti", "bukti"
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["row", "file"],
                name="evidence_once",
                violation_error_message="Berkas ini sudah dilampirkan pada baris ini.",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def described(self) -> str:
        """The file as papers and workbooks list it: "notulen.pdf, hlm. 3, 2 Oktober 2026"."""
        page = f"hlm. {self.page}" if self.page else ""
        return ", ".join(filter(None, (self.name, page, long_date(self.dated) if self.dated else "")))
