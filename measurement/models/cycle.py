"""The case that travels: one measurement cycle of a unit, year and period, with what each step writes down."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

from django.db import models
from django.db.models import IntegerField, Q, Value

from measurement.rules.formulas import EDITION, Rules
from measurement.rules.opening import missing_words
from measurement.rules.periods import FREQUENCY_CHOICES, Frequency, Period
from measurement.rules.permissions import SeesUnits
from measurement.rules.sop import CLOSED, State, Step
from measurement.rules.sop_edition import Sop

from .organisation import Unit
from .people import Person
from .plan import Indicator, Plan
from .reading import of_offices
from .scales import CalculationRules
from .transitions import CycleTransitions

AMENDED = models.Index(fields=["amends"], condition=Q(amends__isnull=False), name="cycle_amended")
LISTED = ("unit", "state", "round", "year", "frequency", "number", "amends", "opened_at", "sop_facts")
TAKEN_OVER = "Angka s.d. periode ini dihitung lagi menurut koreksi {cycle} yang diarsipkan pada {date}: {count} berubah."


class YearColumns(TypedDict):
    """What of an indicator is asked for one year and one day: its target, and whether its owner serves."""

    annual: Decimal
    owner_serves: bool


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    IndicatorToMeasure = WithAnnotations[Indicator, YearColumns]
else:
    IndicatorToMeasure = Indicator


class CycleQuerySet(models.QuerySet["MeasurementCycle"]):
    def visible_to(self, person: SeesUnits) -> "CycleQuerySet":
        return self.filter(of_offices(person))

    def served_by(self, person: SeesUnits) -> "CycleQuerySet":
        """Those of the offices in which the person serves: what their lists are about, whatever else they may read."""
        return self.filter(unit_id__in=person.served_units)

    def listed_by(self, person: Person) -> "CycleQuerySet":
        """Those of the offices in which this person serves, with what lists say of each."""
        return self.served_by(person).only(*LISTED)

    def standing(self) -> "CycleQuerySet":
        """Those that count: under way or archived, but not withdrawn."""
        return self.exclude(state=State.DICABUT)

    def under_way(self) -> "CycleQuerySet":
        return self.exclude(state__in=CLOSED)

    def withdrawn(self) -> "CycleQuerySet":
        return self.filter(state=State.DICABUT)

    def archived(self) -> "CycleQuerySet":
        return self.filter(state=State.ARSIP)


def newest_archived(cycles: Iterable["MeasurementCycle"]) -> dict[tuple[int, int], "MeasurementCycle"]:
    """(Year, number) → its newest archived cycle: a correction speaks for its period instead of what it corrects."""
    archived = (cycle for cycle in cycles if cycle.is_archived)
    return {(cycle.year, cycle.number): cycle for cycle in sorted(archived, key=lambda cycle: cycle.pk)}


class MeasurementCycle(CycleTransitions, CalculationRules):
    """A cycle is where the SOP stands for one period. `version` rises with every write, so that a stale page is noticed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cycles", verbose_name="unit")
    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="rencana")
    year = models.PositiveSmallIntegerField("tahun")
    frequency = models.CharField(
        "frekuensi", max_length=10, choices=FREQUENCY_CHOICES, default=Frequency.QUARTERLY.value
    )
    number = models.PositiveSmallIntegerField("periode")
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amended_by", verbose_name="koreksi atas"
    )
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField("dibuka")
    predicate_bounds = models.JSONField("batas predikat", default=list, editable=False)
    sop_facts = models.JSONField("edisi SOP", default=dict, editable=False)
    rules_edition = models.PositiveSmallIntegerField("edisi aturan hitung", default=EDITION, editable=False)
    predicate_scale_name = models.CharField("skala predikat", max_length=150, blank=True, editable=False)

    # the document that approved the year's plan ("" for none), then those that changed its pagu
    pagu_documents = models.JSONField("dokumen pagu", default=list, blank=True, editable=False)
    # corrections of earlier periods that were taken over: whose, on which day, and how much changed
    corrections_taken = models.JSONField(
        "koreksi yang diperhitungkan", default=list, blank=True, editable=False
    )
    opening_missing = models.JSONField("data awal yang belum ada", default=list, blank=True, editable=False)

    instruction = models.TextField("isi perintah", blank=True)
    method_note = models.TextField("catatan metodologi", blank=True)
    evaluation_note = models.TextField("catatan evaluasi", blank=True)
    recap_note = models.TextField("catatan rekap", blank=True)
    cover_note = models.TextField("pengantar", blank=True)
    decision_note = models.TextField("catatan keputusan", blank=True)
    conclusion = models.TextField("simpulan", blank=True)
    suggestions = models.TextField("saran", blank=True)
    storage_location = models.CharField("lokasi simpan", max_length=250, blank=True)

    objects = CycleQuerySet.as_manager()

    FROZEN = (
        "opening_missing",
        "pagu_documents",
        "predicate_bounds",
        "predicate_scale_name",
        "rules_edition",
        *CalculationRules.setting_names(),
    )

    class Meta:
        verbose_name, verbose_name_plural = "siklus pengukuran", "siklus pengukuran"
        ordering = ["-year", "-number", "-opened_at"]
        indexes = [models.Index(fields=["unit", "state"], name="cycle_unit_state"), AMENDED]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "frequency", "number"],
                condition=~Q(state__in=sorted(state.value for state in CLOSED)),
                name="one_open_cycle",
                violation_error_message="Siklus untuk periode ini sudah berjalan.",
            ),
            models.CheckConstraint(
                condition=Q(
                    *(Q(frequency=kind.value, number__range=(1, kind.size)) for kind in Frequency),
                    _connector=Q.OR,
                ),
                name="cycle_period",
            ),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="cycle_state_known"),
        ]

    def __str__(self):
        return f"Pengukuran {self.period_of_year.short} {self.year}"

    @property
    def period_of_year(self) -> Period:
        return Period(Frequency(self.frequency), self.number)

    @property
    def period(self) -> str:
        """ "Triwulan II 2026"."""
        return f"{self.period_of_year.name} {self.year}"

    @cached_property
    def sop(self) -> Sop:
        """The edition with which the cycle began; before its order that of the office."""
        return Sop.read(self.sop_facts) if self.sop_facts else self.unit.sop

    @property
    def step(self) -> Step | None:
        """The step that the cycle waits for; None in the archive, and where its order was withdrawn."""
        return self.sop.step_by_state.get(State(self.state))

    @property
    def current_step(self) -> Step:
        """The step of a cycle that is under way; KeyError for any other."""
        return self.sop.step_by_state[State(self.state)]

    @cached_property
    def rules(self) -> Rules:
        """Scale, cap and thresholds as they were frozen at step 4; before that the office's present ones."""
        scale = self.unit.predicate_scale
        if not self.predicate_bounds:
            return self.unit.rules_with(scale.bounds(), scale.name)
        levels = [
            (None if lower is None else Decimal(lower), label) for lower, label in self.predicate_bounds
        ]
        return self.rules_with(levels, self.predicate_scale_name or scale.name, self.rules_edition)

    def freeze_rules(self) -> None:
        """Take over the office's present rules; from now on they stay."""
        scale = self.unit.predicate_scale
        self.predicate_bounds = [
            [None if lower is None else format(lower, "f"), label] for lower, label in scale.bounds()
        ]
        self.predicate_scale_name, self.rules_edition = scale.name, EDITION
        for name in CalculationRules.setting_names():
            setattr(self, name, getattr(self.unit, name))
        self.__dict__.pop("rules", None)

    @cached_property
    def planned_dates(self) -> dict[str, date]:
        """Step → until when it is to be done, by the plan of step 3."""
        return dict(self.schedule.order_by().values_list("step", "date"))

    @property
    def plan_key(self) -> str:
        """Its plan in addresses."""
        return str(self.plan_id)

    @property
    def opening_gap(self) -> str:
        """The sentence on data awal that its figures lack; empty where nothing is missing."""
        return missing_words(self.opening_missing, self.period_of_year.frequency)

    @property
    def correction_notes(self) -> list[str]:
        """A sentence on each correction of an earlier period that its figures took over."""
        return [TAKEN_OVER.format(**taken) for taken in self.corrections_taken]

    @property
    def first_day(self) -> date:
        return self.period_of_year.first_day(self.year)

    @property
    def last_day(self) -> date:
        return self.period_of_year.last_day(self.year)

    @cached_property
    def indicators_to_measure(self) -> "list[IndicatorToMeasure]":
        """The plan's indicators that have a target in the cycle's year, with it as `annual`, and whether the owner serves here."""
        indicators = Indicator.objects.filter(node__plan=self.plan_id, retired=False, targets__year=self.year)
        found = indicators.annotate(annual=models.F("targets__annual"), owner_serves=Q(owner__in=self.staff))
        related = found.select_related("node__sub_unit", "node__parent__parent", "owner")
        measured = list(related.order_by("node__position", "position"))
        following = [indicator for indicator in measured if indicator.follow_rule]
        models.prefetch_related_objects(following, "follows__node__sub_unit", "follows__targets")
        return measured

    @property
    def staff(self) -> models.QuerySet:
        """Who serves in the unit today with an account that works, to be looked up within other queries."""
        return self.unit.appointments.in_force().filter(person__is_active=True).values("person")

    @cached_property
    def smart_history(self) -> list:
        """What was decided, here and in earlier cycles, on the indicators that lack an element of SMART; the oldest first."""
        lacking = [indicator.pk for indicator in self.indicators_to_measure if indicator.smart_lacks]
        decisions = self.smart_decisions.model.objects.filter(indicator__in=lacking, cycle_id__lte=self.pk)
        return list(decisions.select_related("cycle", "decided_by").order_by("pk")) if lacking else []

    @cached_property
    def extended_days(self) -> list[tuple[str, int, int | None, date]]:
        """Step, round, for whom (None: for all), until when: what was granted beyond the deadline. Round 0 is the office's own schedule."""
        planned = self.schedule.order_by().values_list("step", Value(0), Value(None, IntegerField()), "date")
        granted = self.extensions.granted().order_by().values_list("step", "round", "person", "until")
        return list(planned.union(granted, all=True))

    @cached_property
    def current_directives(self) -> list:
        """The arahan with which the present round began, with their rows and who answered."""
        return [directive for directive in self.all_directives if directive.round == self.round]

    @cached_property
    def all_directives(self) -> list:
        """The arahan of all rounds; the first round has none before it."""
        if self.round == 1:
            return []
        return list(self.directives.select_related("row", "given_by", "answered_by"))

    def load_worksheet(self) -> None:
        """Rows and branches with owners and evidence, once: pages, checks and the calculation then look at the same objects."""
        from .worksheet_loading import load_worksheet  # noqa: PLC0415 – the worksheet's models are built on this one

        load_worksheet(self)

    def load_figures(self) -> None:
        """The same with what the calculation and a recap take, and nothing else."""
        from .worksheet_loading import load_figures  # noqa: PLC0415 – the same

        load_figures(self)

    def load_references(self) -> None:
        """The reference documents, once: the page of step 4 and its checks then look at the same objects."""
        models.prefetch_related_objects([self], "reference_documents")

    @property
    def valid_report(self):
        """The Laporan Hasil that counts now, without what only its file needs; None where it was withdrawn or not issued yet."""
        return self.papers.valid_reports().defer("content", "words").last()

    @property
    def is_archived(self) -> bool:
        return self.state == State.ARSIP

    @property
    def is_withdrawn(self) -> bool:
        return self.state == State.DICABUT

    @property
    def is_under_way(self) -> bool:
        return self.state not in CLOSED
