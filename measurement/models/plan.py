"""The plan: sasaran > program > kegiatan > sub kegiatan, indicators, targets and pagu."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from measurement.rules.accumulations import ACCUMULATION_CHOICES, ACCUMULATIONS, Accumulation
from measurement.rules.following import FOLLOW_CHOICES
from measurement.rules.methods import METHOD_CHOICES, METHODS, Method, Need, Yardstick
from measurement.rules.numbers import Number, NumberError, parse_scores, show_short

from .amounts import AMOUNT_LIMIT, amount_field, is_number, money_field
from .organisation import SubUnit, Unit
from .people import Person


class Level(models.TextChoices):
    SASARAN = "sasaran", "Sasaran"
    PROGRAM = "program", "Program"
    KEGIATAN = "kegiatan", "Kegiatan"
    SUB_KEGIATAN = "sub_kegiatan", "Sub kegiatan"


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, person: Person) -> "PlanQuerySet":
        return self.filter(unit_id__in=person.unit_ids)


class Plan(models.Model):
    """One planning document's tree for a span of years. `source_note` is printed wherever its figures are shown."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans", verbose_name="unit")
    name = models.CharField("nama", max_length=150)
    start_year = models.PositiveSmallIntegerField("tahun awal")
    end_year = models.PositiveSmallIntegerField("tahun akhir")
    source_note = models.CharField("catatan sumber", max_length=300, blank=True)

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
        return f"{self.name} {self.start_year}–{self.end_year}"

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


class Pagu(models.Model):
    node = models.ForeignKey(PlanNode, models.CASCADE, related_name="pagu", verbose_name="sub kegiatan")
    year = models.PositiveSmallIntegerField("tahun")
    amount = money_field("pagu (Rp)")

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


def validate_scores(text: str) -> None:
    try:
        parse_scores(text)
    except NumberError as error:
        raise ValidationError(str(error)) from None


class IndicatorDefinition(models.Model):
    """What an indicator means and how it is measured. Shared by the plan's indicator and by the worksheet row into which it is frozen."""

    SMART = {
        "smart_specific": "Spesifik (specific)",
        "smart_measurable": "Terukur (measurable)",
        "smart_achievable": "Dapat dicapai (achievable)",
        "smart_relevant": "Relevan (relevant)",
        "smart_time_bound": "Berbatas waktu (time-bound)",
    }

    name = models.CharField("indikator", max_length=600)
    measure = models.CharField("satuan", max_length=60)
    method = models.CharField(
        "arah",
        max_length=20,
        choices=METHOD_CHOICES,
        default=Method.MAXIMIZE.value,
    )
    accumulation = models.CharField(
        "sifat",
        max_length=20,
        choices=ACCUMULATION_CHOICES,
        default=Accumulation.LAST.value,
    )
    low = amount_field("batas bawah rentang")
    high = amount_field("batas atas rentang")
    formula = models.TextField("definisi operasional dan formula", blank=True)
    source = models.CharField("sumber data", max_length=250, blank=True)
    evidence_wanted = models.CharField("bukti yang diminta", max_length=250, blank=True)
    score_scale = models.CharField(
        "skala skor",
        max_length=300,
        blank=True,
        validators=[validate_scores],
        help_text="Hanya untuk arah predikat, misalnya WTP=4, WDP=3, TW=2, TMP=1.",
    )
    follow_rule = models.CharField(
        "mengikuti",
        max_length=20,
        choices=FOLLOW_CHOICES,
        blank=True,
        help_text="Kosong: realisasinya diketik sendiri.",
    )
    smart_specific = models.BooleanField(SMART["smart_specific"], null=True, blank=True)
    smart_measurable = models.BooleanField(SMART["smart_measurable"], null=True, blank=True)
    smart_achievable = models.BooleanField(SMART["smart_achievable"], null=True, blank=True)
    smart_relevant = models.BooleanField(SMART["smart_relevant"], null=True, blank=True)
    smart_time_bound = models.BooleanField(SMART["smart_time_bound"], null=True, blank=True)
    smart_reason = models.TextField("alasan bila tidak", blank=True)

    class Meta:
        abstract = True

    def definition(self) -> dict:
        """The defining values by field name, to be frozen."""
        return {field.name: getattr(self, field.name) for field in IndicatorDefinition._meta.fields}

    @property
    def is_ratio(self) -> bool:
        return ACCUMULATIONS[self.accumulation].has_parts

    @property
    def scores(self) -> dict[str, Decimal]:
        """Word → score of an indicator that is measured by a predicate; empty for all others."""
        return parse_scores(self.score_scale) if METHODS[self.method].needs == Need.SCORES else {}

    @property
    def has_bounds(self) -> bool:
        """Whether the target is a range, and both its bounds are known."""
        return METHODS[self.method].needs == Need.BOUNDS and None not in (self.low, self.high)

    def yardstick(self, zero_is_met: bool = False) -> Yardstick:
        """What realisasi is measured with; whether 0 of a target of 0 is met is the office's rule."""
        return Yardstick(Method(self.method), self.low, self.high, zero_is_met)

    def shown(self, value: Number | None) -> str:
        """A target or realisasi as people read it; a predicate's as its word with the score."""
        word = next((word for word, score in self.scores.items() if score == value), "")
        return f"{word} ({show_short(value)})" if word else show_short(value)

    def shown_target(self, value: Number | None) -> str:
        """A target as people read it; a range's as its bounds."""
        if self.has_bounds:
            return f"{show_short(self.low)}–{show_short(self.high)}"
        return self.shown(value)

    @property
    def smart_answers(self) -> list[bool | None]:
        return [getattr(self, field) for field in self.SMART]


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
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["node", "name"], name="indicator_once")]

    def __str__(self):
        return self.name


class Target(models.Model):
    """An indicator's target of one year and its quarters."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name="indikator")
    year = models.PositiveSmallIntegerField("tahun")
    annual = amount_field("target setahun", null=False, blank=False)
    q1 = amount_field("target TW I")
    q2 = amount_field("target TW II")
    q3 = amount_field("target TW III")
    q4 = amount_field("target TW IV")

    class Meta:
        verbose_name, verbose_name_plural = "target", "target"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="target_once"),
            models.CheckConstraint(condition=is_number("annual"), name="target_is_a_number"),
            *(
                models.CheckConstraint(condition=is_number(q), name=f"target_{q}_is_a_number")
                for q in ("q1", "q2", "q3", "q4")
            ),
        ]

    def __str__(self):
        return f"{self.year}: {self.annual}"
