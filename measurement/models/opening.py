"""Data awal: what was realised and spent before the office began here, by the document it rests on. It counts once Tim SAKIP's chair approved it."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from measurement.rules.dates import long_date
from measurement.rules.opening import WHOLE_YEAR, Place

from .amounts import amount_field, is_number, money_field
from .files import StoredFile
from .people import Person
from .plan import Indicator, Plan, PlanNode
from .reading import of_offices

OWN_WORK = "diisi dan disetujui oleh orang yang sama"


class OpeningSetQuerySet(models.QuerySet["OpeningSet"]):
    def visible_to(self, person: Person) -> "OpeningSetQuerySet":
        return self.filter(of_offices(person, "plan__unit"))

    def approved(self) -> "OpeningSetQuerySet":
        return self.exclude(approved_at=None)


class OpeningSet(models.Model):
    """Figures that rest on one document. Until it is approved it is in no figure; afterwards it never changes: a later set speaks in its place."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="opening_sets", verbose_name="rencana")
    document = models.CharField("nama dan nomor dokumen", max_length=200)
    dated = models.DateField("tanggal dokumen")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField("nama berkas", max_length=200, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    entered_at = models.DateTimeField("dicatat")
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="disetujui oleh"
    )
    approved_as = models.CharField("sebagai", max_length=150, blank=True)
    approved_at = models.DateTimeField("disetujui", null=True, blank=True)
    own_work = models.BooleanField(OWN_WORK, default=False)
    version = models.PositiveIntegerField(default=1)

    objects = OpeningSetQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "data awal", "data awal"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(document=""), name="opening_names_its_document"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="opening_approved_by_someone",
            ),
        ]

    def __str__(self):
        return f"{self.document}, {long_date(self.dated)}"

    @property
    def unit_id(self) -> int:
        return self.plan.unit_id

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    @property
    def source(self) -> str:
        """What stands after "menurut" wherever its figures are shown."""
        return f"{self} ({OWN_WORK})" if self.own_work else str(self)


class OpeningFigure(models.Model):
    """One indicator's realisasi or one sub kegiatan's money, of one period of a year or (number 0) of a whole year. Without any value it takes back
    what an earlier set said."""

    opening = models.ForeignKey(OpeningSet, models.CASCADE, related_name="figures", verbose_name="data awal")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="opening_figures")
    node = models.ForeignKey(PlanNode, models.PROTECT, null=True, related_name="opening_figures")
    year = models.PositiveSmallIntegerField("tahun")
    number = models.PositiveSmallIntegerField("periode", default=WHOLE_YEAR)
    realised = amount_field("realisasi")
    numerator = amount_field("pembilang")
    denominator = amount_field("penyebut")
    spent = money_field("realisasi anggaran", null=True, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="diisi oleh")

    VALUES = ("realised", "numerator", "denominator", "spent")

    class Meta:
        verbose_name, verbose_name_plural = "angka data awal", "angka data awal"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator=None, node__isnull=False) | Q(indicator__isnull=False, node=None),
                name="opening_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["opening", "indicator", "year", "number"], name="opening_realised_once"
            ),
            models.UniqueConstraint(fields=["opening", "node", "year", "number"], name="opening_spent_once"),
            models.CheckConstraint(
                condition=is_number("realised")
                & is_number("numerator")
                & is_number("denominator")
                & is_number("spent")
                & (Q(spent=None) | Q(spent__gte=0)),
                name="opening_has_numbers",
            ),
        ]

    def __str__(self):
        return f"{self.indicator or self.node}: {self.year}/{self.number}"

    @property
    def place(self) -> Place:
        return Place(self.year, self.number)

    @property
    def values(self) -> dict[str, Decimal | None]:
        return {value: getattr(self, value) for value in self.VALUES}

    @property
    def is_withdrawn(self) -> bool:
        """Whether it only says that an earlier figure no longer holds."""
        return all(value is None for value in self.values.values())
