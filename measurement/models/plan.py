"""The plan: sasaran > program > kegiatan > sub kegiatan, indicators and pagu. Their targets are in targets.py."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from measurement.rules.periods import Frequency
from measurement.rules.permissions import SeesUnits
from measurement.rules.reading_names import reading_name

from .amounts import AMOUNT_LIMIT, amount_field, money_field, weight_field
from .definitions import IndicatorDefinition
from .organisation import SubUnit, Unit
from .people import Person
from .reading import of_offices


class Level(models.TextChoices):
    SASARAN = "sasaran", "Sasaran"
    PROGRAM = "program", "Program"
    KEGIATAN = "kegiatan", "Kegiatan"
    SUB_KEGIATAN = "sub_kegiatan", "Sub kegiatan"


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, person: SeesUnits) -> "PlanQuerySet":
        return self.filter(of_offices(person))


class Plan(models.Model):
    """One planning document's tree for a span of years. `source_note` is printed wherever its figures are shown."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans", verbose_name="unit")
    name = models.CharField("nama", max_length=150)
    start_year = models.PositiveSmallIntegerField("tahun awal")
    end_year = models.PositiveSmallIntegerField("tahun akhir")
    source_note = models.CharField("catatan sumber", max_length=300, blank=True)
    chosen_frequencies = models.JSONField("frekuensi tiap tahun", default=dict, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "rencana", "rencana"
        ordering = ["-start_year"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "start_year"], name="plan_once"),
            models.CheckConstraint(
                condition=Q(end_year__gte=models.F("start_year")), name="plan_years_in_order"
            ),
        ]

    def __str__(self):
        years = (
            f"{self.start_year}–{self.end_year}" if self.start_year != self.end_year else str(self.start_year)
        )
        return self.name if self.name.endswith(years) else f"{self.name} {years}"

    def clean(self):
        """Years that were approved stay inside the plan."""
        if self.pk and self.start_year and self.end_year:
            outside = [str(a.year) for a in self.approvals.all() if a.year not in self.years]
            if outside:
                raise ValidationError(
                    f"Tahun {', '.join(outside)} sudah ditetapkan dan harus tetap termasuk dalam rencana."
                )

    @property
    def years(self) -> range:
        return range(self.start_year, self.end_year + 1)

    @property
    def frequencies(self) -> "dict[int, Frequency]":
        """Year → how often it is measured, for all years of the plan."""
        return {year: self.frequency_in(year) for year in self.years}

    def frequency_in(self, year: int) -> Frequency:
        """How often the unit measures in a year of its plan; every quarter, unless it chose otherwise."""
        return Frequency(self.chosen_frequencies.get(str(year), Frequency.QUARTERLY))


class PlanNode(models.Model):
    """A sasaran, program, kegiatan or sub kegiatan. Money hangs on sub kegiatan only (`Pagu`).

    Where sub units (kelurahan) share a sub kegiatan, each has its own: what tells branches apart is code and sub unit.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="nodes", verbose_name="rencana")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="induk"
    )
    level = models.CharField("tingkat", max_length=20, choices=Level)
    code = models.CharField("kode", max_length=30)
    name = models.CharField("nomenklatur", max_length=500)
    weight = weight_field()
    outcome = models.CharField("hasil", max_length=600, blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="penanggung jawab"
    )
    position = models.PositiveIntegerField("urutan", default=0)
    sub_unit = models.ForeignKey(
        SubUnit, models.PROTECT, null=True, blank=True, related_name="nodes", verbose_name="sub unit"
    )

    class Meta:
        verbose_name, verbose_name_plural = "program/kegiatan", "program/kegiatan"
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"], condition=Q(sub_unit=None), name="node_code_once"
            ),
            models.UniqueConstraint(fields=["plan", "code", "sub_unit"], name="node_code_once_a_sub_unit"),
            models.CheckConstraint(
                condition=Q(sub_unit=None) | Q(level=Level.SUB_KEGIATAN.value),
                name="sub_unit_of_sub_kegiatan",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def place(self) -> str:
        """Its code, with its sub unit where others share the code."""
        return f"{self.code} ({self.sub_unit.name})" if self.sub_unit else self.code

    @property
    def title(self) -> str:
        """Its name, with the sub unit that it belongs to where there are any."""
        return f"{self.name} ({self.sub_unit.name})" if self.sub_unit else self.name

    @property
    def read_title(self) -> str:
        """Its title as pages show it; tables of papers and files keep the official spelling."""
        return reading_name(self.title)


class Pagu(models.Model):
    node = models.ForeignKey(PlanNode, models.CASCADE, related_name="pagu", verbose_name="sub kegiatan")
    year = models.PositiveSmallIntegerField("tahun")
    amount = money_field("pagu (Rp)")
    cash_1 = money_field("anggaran kas TW I (Rp)", null=True, blank=True)
    cash_2 = money_field("anggaran kas TW II (Rp)", null=True, blank=True)
    cash_3 = money_field("anggaran kas TW III (Rp)", null=True, blank=True)
    cash_4 = money_field("anggaran kas TW IV (Rp)", null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "pagu", "pagu"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["node", "year"], name="pagu_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lt=AMOUNT_LIMIT), name="pagu_is_an_amount"
            ),
        ]

    def __str__(self):
        return f"{self.node.code} {self.year}"

    @property
    def cash(self) -> list[Decimal | None]:
        """Anggaran kas by quarter; empty where the office has entered none."""
        found = [self.cash_1, self.cash_2, self.cash_3, self.cash_4]
        return [] if found == [None] * 4 else found


class Indicator(IndicatorDefinition):
    """An indicator of the plan; several may hang on one node."""

    node = models.ForeignKey(
        PlanNode, models.PROTECT, related_name="indicators", verbose_name="program/kegiatan"
    )
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="penanggung jawab",
    )
    position = models.PositiveIntegerField("urutan", default=0)
    baseline = amount_field("kondisi awal")
    retired = models.BooleanField("tidak dipakai lagi", default=False)
    follows = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="followers", verbose_name="indikator yang diikuti"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = "indikator", "indikator"
        ordering = ["position", "pk"]  # also where indicators of several branches stand side by side
        constraints = [models.UniqueConstraint(fields=["node", "name"], name="indicator_once")]

    def __str__(self):
        return self.name
