"""What the office's planning documents say, to be held against the plan: Renstra, Renja, Perjanjian Kinerja, IKU, IKI, DPA."""

from django.db import models

from measurement.rules.sop import REFERENCE_DOCUMENTS

from .amounts import amount_field, is_number, money_field
from .people import Person
from .plan import Plan


class PlanningDocument(models.Model):
    """The table of one planning document for one year, as it was uploaded last."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="documents", verbose_name="rencana")
    kind = models.CharField("dokumen", max_length=10, choices=REFERENCE_DOCUMENTS.items())
    year = models.PositiveSmallIntegerField("tahun")
    name = models.CharField("nama berkas", max_length=200)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="diunggah oleh")
    uploaded_at = models.DateTimeField("diunggah")

    class Meta:
        verbose_name, verbose_name_plural = "dokumen perencanaan", "dokumen perencanaan"
        ordering = ["year", "kind"]
        constraints = [models.UniqueConstraint(fields=["plan", "kind", "year"], name="document_once")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.year}"


class DocumentLine(models.Model):
    """One line of a planning document: an indicator with its target, or only a branch with its pagu. `number` is its row in the file."""

    document = models.ForeignKey(
        PlanningDocument, models.CASCADE, related_name="lines", verbose_name="dokumen"
    )
    number = models.PositiveIntegerField("baris")
    code = models.CharField("kode", max_length=30, blank=True)
    name = models.CharField("nomenklatur", max_length=500, blank=True)
    indicator = models.CharField("indikator", max_length=600, blank=True)
    measure = models.CharField("satuan", max_length=60, blank=True)
    person = models.CharField("pegawai", max_length=200, blank=True)
    target = amount_field("target")
    target_text = models.CharField("target seperti tertulis", max_length=120, blank=True)
    pagu = money_field("pagu (Rp)", null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "baris dokumen", "baris dokumen"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=is_number("target") & is_number("pagu"), name="document_line_has_numbers"
            )
        ]

    account = ""  # while a file is read: the rekening whose money it is

    def __str__(self):
        return f"{self.number}: {self.indicator or self.name}"
