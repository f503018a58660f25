"""The plan once it is approved: which document fixed a year, and every revision of a target or pagu after that."""

from django.db import models

from .people import Person
from .plan import Indicator, Plan, PlanNode


class PlanApproval(models.Model):
    """The document (as a rule the Perjanjian Kinerja) that fixed the targets of one year. Later changes are revisions."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="approvals", verbose_name="rencana")
    year = models.PositiveSmallIntegerField("tahun")
    document = models.CharField("nama dan nomor dokumen", max_length=200)
    dated = models.DateField("tanggal dokumen")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat")

    class Meta:
        verbose_name, verbose_name_plural = "penetapan rencana", "penetapan rencana"
        ordering = ["plan", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year"],
                name="approved_once",
                violation_error_message="Tahun ini sudah ditetapkan.",
            ),
            models.CheckConstraint(condition=~models.Q(document=""), name="approval_names_its_document"),
        ]

    def __str__(self):
        return f"{self.plan} {self.year}: {self.document}"


class Revision(models.Model):
    """One value of an approved year that was changed: old, new, why, by which document. Never changed or deleted itself."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="revisions", verbose_name="rencana")
    year = models.PositiveSmallIntegerField("tahun")
    node = models.ForeignKey(
        PlanNode, models.PROTECT, related_name="revisions", verbose_name="program/kegiatan"
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, related_name="revisions", verbose_name="indikator"
    )
    label = models.CharField("yang diubah", max_length=60)
    old = models.CharField("semula", max_length=300)
    new = models.CharField("menjadi", max_length=300)
    reason = models.TextField("alasan")
    document = models.CharField("dokumen dasar", max_length=200)
    dated = models.DateField("tanggal dokumen")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="oleh")
    made_at = models.DateTimeField("pada")

    class Meta:
        verbose_name, verbose_name_plural = "revisi rencana", "revisi rencana"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["plan", "year"], name="revision_plan_year")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(document=""),
                name="revision_says_why",
                violation_error_message="Revisi harus menyebut alasan dan dokumen dasarnya.",
            )
        ]

    def __str__(self):
        return f"{self.label} {self.year}: {self.old} → {self.new}"
