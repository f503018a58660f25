"""What is aimed at in a year of the plan: the target of the year and those of its periods."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import models

from measurement.rules.periods import Frequency

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

    class Meta:
        verbose_name, verbose_name_plural = "target", "target"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="target_once"),
            models.CheckConstraint(condition=is_number("annual"), name="target_is_a_number"),
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
