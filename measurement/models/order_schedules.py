"""What is prepared above the offices for a period: the order that each head of an office finds and gives themselves, or doesn't."""

from django.db import models
from django.db.models import Q

from measurement.rules.periods import FREQUENCY_CHOICES, Frequency, Period

from .governments import Government
from .people import Person


class OrderScheduleQuerySet(models.QuerySet["OrderSchedule"]):
    def standing(self) -> "OrderScheduleQuerySet":
        return self.filter(withdrawn_at=None)


class OrderSchedule(models.Model):
    """A period that all offices of a government are asked to measure, with the words of an order and until when it should be given.

    It orders nothing: step 1 is the act of each head, whose name stands on the nota dinas.
    """

    government = models.ForeignKey(Government, models.PROTECT, related_name="order_schedules")
    year = models.PositiveSmallIntegerField("tahun")
    frequency = models.CharField("frekuensi", max_length=10, choices=FREQUENCY_CHOICES)
    number = models.PositiveSmallIntegerField("periode")
    instruction = models.TextField("isi perintah")
    due = models.DateField("paling lambat diperintahkan")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_as = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = OrderScheduleQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "jadwal perintah", "jadwal perintah"
        ordering = ["-year", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "year", "frequency", "number"],
                condition=Q(withdrawn_at=None),
                name="one_order_schedule",
                violation_error_message="Perintah untuk periode ini sudah disiapkan.",
            ),
            models.CheckConstraint(condition=~Q(instruction=""), name="order_schedule_says_what"),
        ]

    def __str__(self):
        return f"Perintah {self.period_of_year.name} {self.year}"

    @property
    def period_of_year(self) -> Period:
        return Period(Frequency(self.frequency), self.number)
