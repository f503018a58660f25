"""The thread of a worksheet row: why it was returned, what its owner answered, and what was remarked on it. Kept for ever; nothing of it changes."""

from django.db import models
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from .cycle import MeasurementCycle
from .people import Person
from .worksheet import WorksheetRow


class RowRemarkQuerySet(models.QuerySet["RowRemark"]):
    def visible_to(self, person: Person) -> "RowRemarkQuerySet":
        return self.filter(row__in=WorksheetRow.objects.visible_to(person))


class RowRemark(models.Model):
    """One entry. The Sekcam's arahan and their answers are told with it from where they are kept (`Directive`), never copied here.

    `before` is what the row said when it was returned, so that it can be held against what was sent again.
    """

    class Kind(models.TextChoices):
        RETURNED = "dikembalikan", "Dikembalikan"
        ANSWERED = "dijawab", "Dikirim ulang"
        EXCUSED = "dikecualikan", "Dikecualikan"
        COMMENT = "catatan", "Catatan"
        WITHDRAWN = "dibatalkan", "Dibatalkan"

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="row_remarks")
    row = models.ForeignKey(WorksheetRow, models.PROTECT, related_name="remarks")
    round = models.PositiveSmallIntegerField("putaran")
    kind = models.CharField("jenis", max_length=15, choices=Kind)
    text = models.TextField("isi")
    before = models.JSONField("isian saat dikembalikan", default=dict, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="oleh")
    by_title = models.CharField("sebagai", max_length=150, blank=True)
    at = models.DateTimeField("pada")

    objects = RowRemarkQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "catatan baris", "catatan baris"
        ordering = ["pk"]
        indexes = [models.Index(fields=["cycle", "row"], name="remark_of_row")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="remark_says_what")]

    def __str__(self):
        return self.text[:60]


def with_remark_count(rows: "QuerySet[WorksheetRow]") -> "QuerySet[WorksheetRow]":
    """How much was said about each row, as `said`, without a query of its own."""
    said = RowRemark.objects.filter(row=OuterRef("pk")).order_by().values("row")
    number = Subquery(said.annotate(number=Count("pk")).values("number"))
    return rows.annotate(said=Coalesce(number, 0))
