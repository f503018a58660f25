"""What an indicator means and how it is measured: shared by the plan and by the worksheet into which it is frozen."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models

from measurement.rules.accumulations import ACCUMULATION_CHOICES, ACCUMULATIONS, Accumulation
from measurement.rules.following import FOLLOW_CHOICES
from measurement.rules.methods import METHOD_CHOICES, METHODS, Method, Need, Yardstick
from measurement.rules.numbers import Number, NumberError, parse_scores, show_short
from measurement.rules.schedules import ScheduleError, parse_schedule
from measurement.rules.score_words import YES_NO
from measurement.rules.spans import Aim, Span

from .amounts import amount_field


def validate_scores(text: str) -> None:
    try:
        parse_scores(text)
    except NumberError as error:
        raise ValidationError(str(error)) from None


def validate_schedule(text: str) -> None:
    """Only what `schedule_of` makes; people's words are read before."""
    try:
        known = parse_schedule(text) == text
    except ScheduleError as error:
        raise ValidationError(str(error)) from None
    if not known:
        raise ValidationError("Jadwal pengukuran ditulis sebagai nomor triwulan, misalnya 2,4.")


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
    schedule = models.CharField(
        "jadwal pengukuran",
        max_length=10,
        blank=True,
        validators=[validate_schedule],
        help_text="Kosong: setiap periode. Selain itu triwulan saat indikator diukur, misalnya 2,4.",
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
    def words(self) -> Mapping[str, Decimal]:
        """What may be written for a number: the words of its scale, and done or not of a ya/tidak."""
        return YES_NO if self.method == Method.YES_NO else self.scores

    @property
    def takes_span(self) -> bool:
        """Whether the target is a range."""
        return METHODS[self.method].needs == Need.BOUNDS

    @property
    def span(self) -> Span | None:
        """Its bounds, where the target is a range and both are known."""
        known = self.takes_span and self.low is not None and self.high is not None
        return Span(self.low, self.high) if known else None

    def yardstick(self, zero_is_met: bool = False, span: Span | None = None) -> Yardstick:
        """What realisasi is measured with: in that span, or in the indicator's own. Whether 0 of a target of 0 is met is the office's rule."""
        return Yardstick(Method(self.method), span or self.span, zero_is_met)

    def shown(self, value: Aim | Number | None) -> str:
        """A target or realisasi as people read it; a predicate's as its word with the score."""
        if isinstance(value, Span):
            return str(value)
        word = next((word for word, score in self.scores.items() if score == value), "")
        return f"{word} ({show_short(value)})" if word else show_short(value)

    def shown_target(self, value: Aim | Number | None) -> str:
        """A target as people read it; a range's as its bounds, where it has none of its own."""
        return self.shown(value if isinstance(value, Span) else self.span or value)

    @property
    def smart_answers(self) -> list[bool | None]:
        return [getattr(self, field) for field in self.SMART]

    @property
    def smart_lacks(self) -> list[str]:
        """The elements of SMART that it was judged not to have."""
        return [field for field in self.SMART if getattr(self, field) is False]
