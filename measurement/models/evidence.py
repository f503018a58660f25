"""What proves what was measured: files, and links to what lies elsewhere."""

from django.db import models
from django.utils.timezone import localdate

from measurement.rules.dates import long_date
from measurement.rules.evidence_links import LONGEST_LINK

from .files import StoredFile
from .people import Person
from .worksheet import WorksheetRow


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, person: Person) -> "EvidenceQuerySet":
        return self.filter(row__in=WorksheetRow.objects.visible_to(person))

    def files(self) -> "EvidenceQuerySet":
        return self.exclude(file=None)


class Evidence(models.Model):
    """A file that proves a realisasi, with the page to look at; or the address of one that lies elsewhere, as it was when it was attached."""

    row = models.ForeignKey(WorksheetRow, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    url = models.CharField("tautan", max_length=LONGEST_LINK, blank=True)
    name = models.CharField("nama berkas", max_length=200)
    # of which period or row it was the evidence before, in words; "" where its owner attached it here
    copied_from = models.CharField("disalin dari", max_length=200, blank=True)
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
            ),
            models.UniqueConstraint(
                fields=["row", "url"],
                condition=~models.Q(url=""),
                name="evidence_link_once",
                violation_error_message="Tautan ini sudah dilampirkan pada baris ini.",
            ),
            models.CheckConstraint(
                condition=models.Q(file=None) ^ models.Q(url=""), name="evidence_is_file_or_link"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def kind(self) -> str:
        return "Tautan" if self.url else "Berkas"

    @property
    def source(self) -> int | str:
        """What it is, wherever it is attached: the stored file, or the address."""
        return self.url or self.file_id or 0

    @property
    def described(self) -> str:
        """As papers and workbooks list it: "notulen.pdf, hlm. 3, 2 Oktober 2026"; a link with its address and the day on which it was attached."""
        attached = (
            f"tautan {self.url} dilampirkan {long_date(localdate(self.uploaded_at))}" if self.url else ""
        )
        page = f"hlm. {self.page}" if self.page else ""
        dated = long_date(self.dated) if self.dated else ""
        copied = f"disalin dari {self.copied_from}" if self.copied_from else ""
        return ", ".join(filter(None, (self.name, attached, page, dated, copied)))
