"""The Laporan Hasil on its way to the head of the office: when it was put before them, and who has read it when."""

from datetime import date

from django.db import models

from measurement.rules.sop import Role

from .appointments import Appointment
from .cycle import MeasurementCycle
from .papers import Paper
from .people import Person
from .reading import of_offices


class ReportReceiptQuerySet(models.QuerySet["ReportReceipt"]):
    def visible_to(self, person: Person) -> "ReportReceiptQuerySet":
        return self.filter(of_offices(person, "cycle__unit"))

    def readings(self) -> "ReportReceiptQuerySet":
        return self.filter(event=ReportReceipt.Event.READ)

    def unread(self) -> "ReportReceiptQuerySet":
        """What was put before the head of the office and counts, and nobody who holds the post has read."""
        read = ReportReceipt.objects.readings().filter(paper=models.OuterRef("paper"))
        put = self.filter(event=ReportReceipt.Event.PUT, paper__void=None, paper__replaced_by=None)
        return put.exclude(models.Exists(read))

    def waiting_for(self, person: Person, day: date) -> "ReportReceiptQuerySet":
        """Unread reports for this person as head of the office, but not what they put before themselves."""
        units = Appointment.objects.units_of(person, ReportReceipt.READER, day)
        return self.unread().filter(cycle__unit__in=units).exclude(person=person)


class ReportReceipt(models.Model):
    """One of the two things that happen to a report on its way: put before the head, read by the head. Never changed or deleted.

    A report of before there were such records has none, and waits for nobody. Like a signature, the reading may follow the archiving.
    """

    class Event(models.TextChoices):
        PUT = "disampaikan", "Disampaikan"
        READ = "dibaca", "Dibaca"

    READER = Role.CAMAT

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="report_receipts")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="receipts", verbose_name="laporan")
    event = models.CharField("kejadian", max_length=15, choices=Event)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="oleh")
    title = models.CharField("sebagai", max_length=150)
    at = models.DateTimeField("pada")

    objects = ReportReceiptQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "penerimaan laporan", "penerimaan laporan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "event"], name="report_receipt_once"),
            models.CheckConstraint(
                condition=models.Q(event__in=("disampaikan", "dibaca")), name="report_receipt_event"
            ),
        ]

    def __str__(self):
        return f"{self.paper_id}: {self.event}"
