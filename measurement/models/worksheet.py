"""The worksheet of a cycle: the plan's tree and definitions as they were frozen at step 4, and what was measured."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from measurement.rules.figure import Gap
from measurement.rules.follow_ups import Progress
from measurement.rules.following import Followed, Present
from measurement.rules.numbers import Number
from measurement.rules.periods import Period, frequency_of
from measurement.rules.reading_names import reading_name
from measurement.rules.row_fields import (
    PROMISE_NOTE,
    PROMISE_PROGRESS,
    REPLY,
    ROW_ANSWERS,
    ROW_TEXTS,
    ROW_VALUES,
)
from measurement.rules.schedules import schedule_note, schedule_words
from measurement.rules.sop import LEADING, OPEN_ROWS, UNTYPED_ROWS, RowState
from measurement.rules.spans import Span, kept_span

from .amounts import amount_field, is_number, money_field, weight_field
from .cycle import MeasurementCycle
from .people import Person
from .plan import Indicator, IndicatorDefinition, Level, PlanNode

UNPLANNED_LABEL = "Tidak direncanakan"


class NodeQuerySet(models.QuerySet):
    def with_blank_money(self):
        """The sub kegiatan that carry money and whose realisasi nobody has entered yet; `has_blank_money` says the same about one."""
        carries = Q(pagu__gt=0) | Q(spent_before__gt=0)
        return self.filter(carries, level=Level.SUB_KEGIATAN, spent=None, stopped="")


class WorksheetNode(models.Model):
    """A frozen sasaran, program, kegiatan or sub kegiatan; a sub kegiatan carries the money, entered once by its owner.

    `name` is how the branch is printed; that of a sub unit's branch ends in the sub unit in brackets, `sub_unit` says it alone.
    """

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="nodes")
    plan_node = models.ForeignKey(PlanNode, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    level = models.CharField(max_length=20, choices=Level)
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=700)
    sub_unit = models.CharField("sub unit", max_length=150, blank=True)
    position = models.PositiveIntegerField()
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="penanggung jawab"
    )
    pagu = money_field("pagu (Rp)", default=0)
    # what it had before the budget was changed; None in cycles from before that was kept
    pagu_first = money_field("pagu murni (Rp)", null=True, blank=True)
    pagu_plan = money_field("pagu seluruh tahun rencana", default=0)
    cash = models.JSONField("anggaran kas tiap triwulan", default=list)
    weight = weight_field()
    spent_before = money_field("realisasi anggaran periode lalu", default=0)
    spent_earlier = models.JSONField("realisasi anggaran tiap periode sebelumnya", default=list)
    spent_years = models.JSONField("realisasi anggaran tahun-tahun sebelumnya", default=dict)
    opening = models.JSONField("data awal", default=dict, blank=True)
    # why it takes no entry any more; what was spent before still counts
    stopped = models.CharField("dihentikan", max_length=400, blank=True)
    spent = money_field("realisasi anggaran periode ini", null=True, blank=True)
    overspend_reason = models.TextField("alasan melebihi pagu", blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    objects = NodeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "baris anggaran", "baris anggaran"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "plan_node"], name="node_frozen_once"),
            models.CheckConstraint(
                condition=is_number("spent") & (Q(spent=None) | Q(spent__gte=0)), name="spent_is_an_amount"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def place(self) -> str:
        """Its code, with its sub unit where others share the code."""
        return f"{self.code} ({self.sub_unit})" if self.sub_unit else self.code

    @property
    def read_name(self) -> str:
        """Its name as pages show it; tables of papers keep the official spelling."""
        return reading_name(self.name)

    @property
    def carries_money(self) -> bool:
        """Whether its realisasi is asked for in this cycle."""
        carries = self.pagu > 0 or bool(self.spent_before)
        return self.level == Level.SUB_KEGIATAN and carries and not self.stopped

    @property
    def cash_to_date(self) -> Decimal | None:
        """Anggaran kas up to the cycle's period; None where the office has entered none, or the period ends within a quarter."""
        if not self.cash:
            return None
        period = self.cycle.period_of_year
        amounts = self.cash[: period.quarter] if period.ends_quarter else []
        return sum(map(Decimal, amounts), Decimal(0)) if amounts and None not in amounts else None

    @property
    def has_blank_money(self) -> bool:
        return self.carries_money and self.spent is None


class RowQuerySet(models.QuerySet["WorksheetRow"]):
    def visible_to(self, person: Person) -> "RowQuerySet":
        """All rows of the units where this person leads or evaluates, elsewhere only their own."""
        leading = {a.unit_id for a in person.appointments_in_force if a.role in LEADING}
        return self.filter(
            Q(cycle__unit_id__in=leading) | Q(cycle__unit_id__in=person.unit_ids, owner=person)
        )

    def owned_by(self, person: Person) -> "RowQuerySet":
        return self.filter(owner=person)

    def measured(self) -> "RowQuerySet":
        """Those that were planned, or are recorded all the same."""
        return self.filter(Q(planned=True) | ~Q(state=RowState.DIKECUALIKAN))

    def to_fill_in(self) -> "RowQuerySet":
        """Those that their owners answer for: planned, due, and not following others."""
        return self.measured().exclude(state__in=UNTYPED_ROWS)


class WorksheetRow(IndicatorDefinition):
    """One indicator to be measured: frozen definition and targets, the earlier periods, this period's values and analysis."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="rows")
    node = models.ForeignKey(WorksheetNode, models.PROTECT, related_name="rows")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="rows")
    owner = models.ForeignKey(
        Person, models.PROTECT, related_name="worksheet_rows", verbose_name="penanggung jawab"
    )
    # who of Tim SAKIP is to judge it: never its owner
    examiner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="rows_to_judge", verbose_name="penilai"
    )
    position = models.PositiveIntegerField()
    planned = models.BooleanField("direncanakan", default=True)
    target_year = amount_field("target setahun")
    targets = models.JSONField("target tiap periode", default=list)
    spans = models.JSONField("rentang tiap periode", default=list, blank=True)
    earlier = models.JSONField("periode sebelumnya", default=list)
    target_plan = amount_field("target akhir rencana")
    span_plan = models.JSONField("rentang akhir rencana", default=list, blank=True)
    years_before = models.JSONField("realisasi tahun-tahun sebelumnya", default=dict)
    follows = models.JSONField("indikator yang diikuti", default=list)
    opening = models.JSONField("data awal", default=dict, blank=True)
    stopped = models.BooleanField("dihentikan", default=False)

    state = models.CharField(
        "status", max_length=15, choices=[(s.value, s.label) for s in RowState], default=RowState.KOSONG.value
    )
    round = models.PositiveSmallIntegerField("putaran", default=1)
    version = models.PositiveIntegerField(default=1)
    realised = amount_field("realisasi")
    numerator = amount_field("pembilang")
    denominator = amount_field("penyebut")
    analysis = models.TextField("analisis", blank=True)
    driver = models.TextField("faktor pendorong", blank=True)
    obstacle = models.TextField("faktor penghambat", blank=True)
    follow_up = models.TextField("tindak lanjut", blank=True)
    evidence_note = models.TextField("letak bukti bila tidak diunggah", blank=True)
    hint_answer = models.TextField("penjelasan atas petunjuk", blank=True)
    # what was promised in earlier periods and is not settled: where, when, in which words, until when
    promises = models.JSONField("tindak lanjut periode lalu", default=list, blank=True)
    promise_progress = models.CharField("keadaan tindak lanjut lalu", max_length=20, blank=True)
    promise_note = models.TextField("uraian tindak lanjut lalu", blank=True)
    reply = models.TextField("jawaban atas pengembalian", blank=True)
    verdict_note = models.TextField("alasan pengembalian atau pengecualian", blank=True)
    # field → where its value was copied from and what it was then; a mark stands while the value is still the copy
    copied = models.JSONField("disalin dari", default=dict, blank=True)
    saved_at = models.DateTimeField(null=True)

    objects = RowQuerySet.as_manager()

    # what a following row takes over: found when it is calculated, never stored
    followed: tuple[Followed, ...] = ()
    followed_now: Present | None = None
    followed_gap: Gap | None = None

    VALUES = tuple(field.key for field in ROW_VALUES)
    TEXTS = tuple(field.key for field in ROW_TEXTS)
    ANSWERS = tuple(field.key for field in ROW_ANSWERS)

    class Meta:
        verbose_name, verbose_name_plural = "baris kertas kerja", "baris kertas kerja"
        ordering = ["position"]
        indexes = [models.Index(fields=["cycle", "owner"], name="row_cycle_owner")]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "indicator"], name="row_once"),
            models.CheckConstraint(
                condition=Q(examiner=None) | ~Q(examiner=models.F("owner")),
                name="row_examiner_is_another",
                violation_error_message="Baris tidak dibagikan kepada penanggung jawabnya sendiri.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RowState]), name="row_state_known"
            ),
            models.CheckConstraint(
                condition=Q(promise_progress__in=["", *(kind.value for kind in Progress)]),
                name="row_promise_progress_known",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[RowState.DIKEMBALIKAN.value, RowState.DIKECUALIKAN.value], verdict_note=""
                ),
                name="row_verdict_says_why",
                violation_error_message="Tuliskan alasan pengembalian atau pengecualian.",
            ),
            *(
                models.CheckConstraint(condition=is_number(value), name=f"row_{value}_is_a_number")
                for value in ("realised", "numerator", "denominator")
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_follower(self) -> bool:
        """Whether its realisasi is that of other rows: nobody types it, sends it or returns it."""
        return self.state == RowState.MENGIKUTI

    @property
    def is_draft(self) -> bool:
        """Whether its value is still on its owner's desk, or on that of those whom it follows."""
        return self.state in OPEN_ROWS or any(source.is_draft for source in self.followed)

    @property
    def is_outside_plan(self) -> bool:
        """Whether it was not planned this year and is recorded all the same."""
        return not self.planned and self.state not in (RowState.DIKECUALIKAN, *UNTYPED_ROWS)

    @property
    def is_due(self) -> bool:
        """Whether it is measured in the cycle's period; what is not takes nothing."""
        return self.state != RowState.BELUM_WAKTUNYA

    @property
    def is_to_fill_in(self) -> bool:
        """Whether its owner answers for it; `to_fill_in` says the same in SQL."""
        return self.state not in UNTYPED_ROWS and (self.planned or self.is_outside_plan)

    @property
    def state_label(self) -> str:
        """Its state as people read it: what was never planned is not excused."""
        if not self.planned and self.state == RowState.DIKECUALIKAN:
            return UNPLANNED_LABEL
        label = RowState(self.state).label
        return f"{label}, {Gap.OUTSIDE_PLAN}" if self.is_outside_plan else label

    @property
    def schedule_words(self) -> str:
        """When it is measured, in the periods of its cycle."""
        return schedule_words(self.schedule, frequency_of(len(self.targets)))

    @property
    def schedule_note(self) -> str:
        """When it is measured, where that is not every period."""
        return schedule_note(self.schedule, frequency_of(len(self.targets)))

    def now(self, value: str) -> Number | None:
        """What is realised in the cycle's period, exactly: as it was typed, or as it is taken over."""
        if self.followed_now is None:
            return getattr(self, value)
        return dict(zip(self.VALUES, self.followed_now, strict=True))[value]

    def span_in(self, number: int) -> Span | None:
        """The span of its own that the period with this number has; None: that of the year holds."""
        return kept_span(self.spans[number - 1]) if number <= len(self.spans) else None

    @property
    def plan_span(self) -> Span | None:
        """That of the end of the plan, where the years of the plan have spans of their own; else the indicator's."""
        return kept_span(self.span_plan) or self.span

    def period(self, number: int) -> Period:
        """The period with this number, of a year of as many as it has targets."""
        return Period(frequency_of(len(self.targets)), number)

    @property
    def asked_answers(self) -> tuple[str, ...]:
        """What its owner is to answer: why it was returned, and what became of what was promised before."""
        returned = self.state == RowState.DIKEMBALIKAN
        return (REPLY.key,) * returned + (PROMISE_PROGRESS.key, PROMISE_NOTE.key) * bool(self.promises)

    @property
    def asked_values(self) -> tuple[str, ...]:
        """The numbers that its owner fills in: the parts of a ratio, otherwise the realisasi."""
        return tuple(field.key for field in ROW_VALUES if field.is_part == self.is_ratio)
