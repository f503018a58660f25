"""What is aimed at in a year of the plan: the target of the year and those of its periods."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from measurement.rules.periods import Frequency
from measurement.rules.spans import Aim, Span, Spans, kept_span, kept_spans

from .amounts import amount_field, is_number
from .columns import column_label
from .plan import Indicator


class Target(models.Model):
    """An indicator's target of one year and of its periods: as many as the unit measures in that year."""

    PERIODS = tuple(f"p{number}" for number in Frequency.MONTHLY.numbers)

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name="indikator")
    year = models.PositiveSmallIntegerField("tahun")
    annual = amount_field("target setahun", null=False, blank=False)
    p1 = amount_field("target periode 1")
    p2 = amount_field("target periode 2")
    p3 = amount_field("target periode 3")
    p4 = amount_field("target periode 4")
    p5 = amount_field("target periode 5")
    p6 = amount_field("target periode 6")
    p7 = amount_field("target periode 7")
    p8 = amount_field("target periode 8")
    p9 = amount_field("target periode 9")
    p10 = amount_field("target periode 10")
    p11 = amount_field("target periode 11")
    p12 = amount_field("target periode 12")
    # where the target is a span: that of the year, and those of its periods as text; blank: the indicator's bounds
    low = amount_field("batas bawah rentang tahun ini")
    high = amount_field("batas atas rentang tahun ini")
    spans = models.JSONField("rentang tiap periode", default=list, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "target", "target"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="target_once"),
            models.CheckConstraint(condition=is_number("annual"), name="target_is_a_number"),
            models.CheckConstraint(
                condition=is_number("low")
                & is_number("high")
                & (Q(low=None, high=None) | Q(low__lte=F("high"))),
                name="target_span_in_order",
            ),
            *(
                models.CheckConstraint(condition=is_number(period), name=f"target_{period}_is_a_number")
                for period in (f"p{number}" for number in Frequency.MONTHLY.numbers)
            ),
        ]

    def __str__(self):
        return f"{self.year}: {self.annual}"

    def of_periods(self, frequency: Frequency) -> list[Decimal | None]:
        """The targets of the year's periods in order."""
        return [getattr(self, name) for name in period_fields(frequency)]

    def in_period(self, number: int) -> Decimal | None:
        return getattr(self, self.PERIODS[number - 1])

    @property
    def span(self) -> Span | None:
        """That of the year, where it has one of its own."""
        return None if self.low is None or self.high is None else Span(self.low, self.high)

    def spans_of_periods(self, frequency: Frequency) -> Spans:
        """The periods' own spans in order."""
        kept = map(kept_span, self.spans)
        return [next(kept, None) for _ in frequency.numbers]

    def aim(self, name: str) -> Aim | None:
        """What stands in the cell of a target: a span where there is one of its own, else the number."""
        if name == "annual":
            return self.span or self.annual
        number = self.PERIODS.index(name)
        own = kept_span(self.spans[number]) if number < len(self.spans) else None
        return own or getattr(self, name)

    def aims(self, frequency: Frequency) -> list[Aim | None]:
        """The aim of the year, and those of its periods."""
        return [self.aim(name) for name in ("annual", *period_fields(frequency))]

    def put_spans(self, of_year: Span | None, of_periods: Spans) -> None:
        self.low, self.high = (of_year.low, of_year.high) if of_year else (None, None)
        self.spans = kept_spans(of_periods)

    def put_periods(self, frequency: Frequency, values: Sequence[Decimal | None]) -> None:
        """Fill in the periods of the year, and no others."""
        for name in self.PERIODS:
            setattr(self, name, None)
        for name, value in zip(period_fields(frequency), values, strict=True):
            setattr(self, name, value)


def target_label(name: str, frequency: Frequency) -> str:
    """The label of a column in a year that is measured that often: "target setahun", "target TW I"."""
    if name not in Target.PERIODS:
        return column_label(Target, name)
    return f"target {frequency.periods[Target.PERIODS.index(name)].short}"


def period_fields(frequency: Frequency) -> tuple[str, ...]:
    """The columns of `Target` that a year measured that often uses."""
    return Target.PERIODS[: frequency.size]


def target_labels(frequency: Frequency) -> list[str]:
    """The labels of the target of a year and of those of its periods."""
    return [target_label(name, frequency) for name in ("annual", *period_fields(frequency))]
