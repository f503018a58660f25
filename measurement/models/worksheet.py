"""The rows of a cycle's worksheet: the definitions of indicators as they were frozen at step 4, and what was measured."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from measurement.rules.figure import Gap
from measurement.rules.follow_ups import Progress
from measurement.rules.following import Followed, Present
from measurement.rules.numbers import Number
from measurement.rules.periods import Period, frequency_of
from measurement.rules.row_fields import (
    FOLLOW_UP,
    PROMISE_NOTE,
    PROMISE_PROGRESS,
    REPLY,
    ROW_ANSWERS,
    ROW_TEXTS,
    ROW_VALUES,
)
from measurement.rules.schedules import schedule_note, schedule_words
from measurement.rules.sop import OPEN_ROWS, UNTYPED_ROWS, RowState
from measurement.rules.spans import Span, kept_span

from .amounts import amount_field, is_number
from .cycle import MeasurementCycle
from .made_at_once import MadeAtOnce
from .people import Person
from .plan import Indicator, IndicatorDefinition
from .reading import read_offices
from .worksheet_nodes import WorksheetNode

if TYPE_CHECKING:
    from .evidence import Evidence  # built on this module

UNPLANNED_LABEL = "Tidak direncanakan"


class RowQuerySet(models.QuerySet["WorksheetRow"]):
    def visible_to(self, person: Person) -> "RowQuerySet":
        """All rows of the units where this person leads or evaluates, elsewhere only their own."""
        leading = Q(cycle__unit_id__in=person.led_units)
        own = leading | Q(cycle__unit_id__in=person.served_units, owner=person)
        return self.filter(own | read_offices(person, "cycle__unit"))

    def owned_by(self, person: Person) -> "RowQuerySet":
        return self.filter(owner=person)

    def measured(self) -> "RowQuerySet":
        """Those that were planned, or are recorded all the same."""
        return self.filter(Q(planned=True) | ~Q(state=RowState.DIKECUALIKAN))

    def for_figures(self, *also: str) -> "RowQuerySet":
        """With what the calculation and a recap take, and nothing else but the columns that are named."""
        return self.select_related("owner").only(*WorksheetRow.FIGURES, *also)

    def to_fill_in(self) -> "RowQuerySet":
        """Those that their owners answer for: planned, due, and not following others."""
        return self.measured().exclude(state__in=UNTYPED_ROWS)


class WorksheetRow(MadeAtOnce, IndicatorDefinition):
    """One indicator to be measured: frozen definition and targets, the earlier periods, this period's values and analysis."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="rows")
    node = models.ForeignKey(WorksheetNode, models.PROTECT, related_name="rows")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="rows")
    owner = models.ForeignKey(
        Person, models.PROTECT, related_name="worksheet_rows", verbose_name="penanggung jawab"
    )
    # who of Tim SAKIP is to judge it: never its owner
    examiner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="penilai")
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
    # what the calculation and a recap take
    FIGURES = (
        *(
            "cycle",
            "node",
            "indicator",
            "owner",
            "position",
            "name",
            "measure",
            "method",
            "accumulation",
            "schedule",
        ),
        *(
            "low",
            "high",
            "score_scale",
            "follow_rule",
            "follows",
            "target_year",
            "targets",
            "spans",
            "earlier",
        ),
        *("opening", "planned", "stopped", "state", "round", *VALUES, FOLLOW_UP, "owner__name"),
    )

    class Meta:
        verbose_name, verbose_name_plural = "baris kertas kerja", "baris kertas kerja"
        ordering = ["position"]
        indexes = [
            models.Index(fields=["cycle", "owner"], name="row_cycle_owner"),
            models.Index(fields=["cycle", "state"], name="row_cycle_state"),
            # what a search by name reads: the rows themselves are thirty times as long
            models.Index(fields=["cycle", "name", "indicator"], name="row_frozen_names"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "indicator"], name="row_once"),
            models.CheckConstraint(condition=~Q(examiner=models.F("owner")), name="row_examiner_is_another"),
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

    @cached_property
    def evidence_items(self) -> "list[Evidence]":
        """Its evidence; known where the whole worksheet was loaded."""
        return list(self.evidence.all())

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
