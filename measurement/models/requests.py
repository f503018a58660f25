"""What is asked for and answered while a cycle is under way: that its order be withdrawn, or that somebody get more time for a step."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from measurement.rules.dates import local_date, long_date
from measurement.rules.sop import Step

from .cycle import MeasurementCycle
from .people import Person


class CycleRequest(models.Model):
    """Asked by one person with a reason, answered by another. Whoever may grant it alone asks and answers at once, with the same name twice."""

    reason = models.TextField("alasan")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="diminta oleh")
    asked_as = models.CharField("sebagai", max_length=150, blank=True)
    asked_at = models.DateTimeField("diminta")
    granted = models.BooleanField("dikabulkan", null=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="dijawab oleh"
    )
    answered_as = models.CharField("sebagai", max_length=150, blank=True)
    answered_at = models.DateTimeField("dijawab", null=True)
    answer = models.TextField("jawaban", blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def decided_at(self) -> datetime:
        """When it was answered; ValueError while it waits."""
        if self.answered_at is None:
            raise ValueError(f"{self} is not answered")
        return self.answered_at

    @property
    def is_own(self) -> bool:
        """Whether it was granted alone, or taken back: the same person in the same post. Who holds two posts is named with both."""
        return (self.answered_by_id, self.answered_as) == (self.asked_by_id, self.asked_as)

    @property
    def asker(self) -> str:
        return f"{self.asked_by}, {self.asked_as}" if self.asked_as else str(self.asked_by)

    @property
    def answerer(self) -> str:
        return f"{self.answered_by}, {self.answered_as}" if self.answered_as else str(self.answered_by or "")


ANSWERED = [
    models.CheckConstraint(condition=~Q(reason=""), name="%(class)s_says_why"),
    models.CheckConstraint(
        condition=Q(granted=None, answered_by=None, answered_at=None)
        | Q(granted__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
        name="%(class)s_answered_whole",
    ),
]


class Withdrawal(CycleRequest):
    """That the order of a cycle be taken back. Granted, it is what became of the cycle; at most one waits for its answer."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="withdrawals")

    class Meta:
        verbose_name, verbose_name_plural = "pencabutan", "pencabutan"
        ordering = ["pk"]
        constraints = [
            *ANSWERED,
            models.UniqueConstraint(
                fields=["cycle"], condition=Q(answered_at=None), name="one_withdrawal_asked"
            ),
        ]

    def __str__(self):
        return f"Pencabutan {self.cycle}"

    @property
    def words(self) -> str:
        """What became of it, with names and days: "Dicabut oleh … dengan persetujuan …: …"."""
        if not self.granted or self.answered_at is None:
            return f"Pencabutan diminta oleh {self.asker}, {local_date(self.asked_at)}: {self.reason}"
        consent = "" if self.is_own else f" dengan persetujuan {self.answerer}"
        return f"Dicabut oleh {self.asker}{consent}, {local_date(self.answered_at)}: {self.reason}"


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def granted(self) -> "ExtensionQuerySet":
        return self.filter(granted=True)

    def waiting(self) -> "ExtensionQuerySet":
        return self.filter(answered_at=None)


class Extension(CycleRequest):
    """That a step of one round may last longer: for one person, or (without a person) for all who are at work on it."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="extensions")
    step = models.CharField("langkah", max_length=20)
    round = models.PositiveSmallIntegerField("putaran")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="extensions", verbose_name="untuk"
    )
    before = models.DateTimeField("batas semula", null=True)
    until = models.DateField("paling lambat")

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "perpanjangan", "perpanjangan"
        ordering = ["pk"]
        indexes = [models.Index(fields=["cycle", "step", "round"], name="extension_of_step")]
        constraints = [
            *ANSWERED,
            models.UniqueConstraint(
                fields=["cycle", "step", "round", "person"],
                condition=Q(answered_at=None, person__isnull=False),
                name="one_extension_asked",
            ),
            models.UniqueConstraint(
                fields=["cycle", "step", "round"],
                condition=Q(answered_at=None, person=None),
                name="one_extension_of_step_asked",
            ),
        ]

    def __str__(self):
        return f"Perpanjangan langkah {self.sop_step.number} {self.cycle}"

    @property
    def sop_step(self) -> Step:
        """Its row of the SOP, as the cycle's edition has it."""
        return self.cycle.sop.step_by_key[self.step]

    @property
    def whom(self) -> str:
        return str(self.person) if self.person else "semua pelaksana langkah ini"

    @property
    def words(self) -> str:
        """For which step and whom, until when, given or refused by whom, and why it was asked."""
        what = f"Langkah {self.sop_step.number} untuk {self.whom} sampai {long_date(self.until)}"
        if self.answered_at is None:
            return f"{what}, diminta {self.asker}, {local_date(self.asked_at)}: {self.reason}"
        done = "diberikan" if self.granted else "ditolak"
        return f"{what}, {done} {self.answerer}, {local_date(self.answered_at)}: {self.reason}"
