"""The figures of the application beside those of a second calculator, written from the domain alone: thousands of rows, exactly equal.

What is drawn is drawn with a fixed seed, so that a disagreement can be looked at again; its inputs are printed.
"""

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from measurement.figures.rows import row_figures
from measurement.models import WorksheetRow
from measurement.rules.accumulations import Accumulation
from measurement.rules.formulas import Rules
from measurement.rules.methods import Method
from measurement.rules.numbers import round_half_up
from measurement.rules.sop import RowState
from measurement.rules.spans import Span
from tests.support import independent_calculator as independent

pytestmark = pytest.mark.long

ROWS, PARTS = 24_000, 8
SCALE = (
    (Decimal(91), "Sangat Tinggi"),
    (Decimal(76), "Tinggi"),
    (Decimal(66), "Sedang"),
    (Decimal(51), "Rendah"),
    (None, "Sangat Rendah"),
)
SCHEDULES = ("", "", "", "2,4", "4", "1,3", "2")
NICE = (
    "0",
    "0",
    "1",
    "3",
    "4",
    "12",
    "100",
    "90",
    "66.67",
    "0.372",
    "-2",
    "-5",
    "1234567.891234",
    "0.000001",
)


def number(draw: random.Random, blank: float = 0.15) -> Decimal | None:
    """Blanks, noughts, negatives, thirds of something, and whatever people type."""
    if draw.random() < blank:
        return None
    if draw.random() < 0.4:
        return Decimal(draw.choice(NICE))
    return Decimal(draw.randint(-30, 400)).scaleb(-draw.choice((0, 0, 1, 2)))


def fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


class DrawnRow:
    """One indicator with its quarters, for both calculators."""

    def __init__(self, draw: random.Random):
        self.method, self.kind = draw.choice(list(Method)), draw.choice(list(Accumulation))
        self.quarter, self.schedule = draw.randint(1, 4), draw.choice(SCHEDULES)
        self.bounds = self._bounds(draw)
        has_spans = draw.random() < 0.4
        self.spans = [self._span(draw) if has_spans and draw.random() < 0.6 else None for _ in range(4)]
        self.annual, self.zero_is_met = number(draw), draw.random() < 0.5
        self.targets = [number(draw) for _ in range(4)]
        self.excused = draw.random() < 0.1
        self.values = [self._values(draw, place) for place in range(1, self.quarter + 1)]
        # what follows other indicators may be a third exactly
        self.third = (
            Fraction(draw.randint(-4, 40), 3) if draw.random() < 0.2 and self.is_due(self.quarter) else None
        )

    def _bounds(self, draw: random.Random) -> tuple[Decimal | None, Decimal | None]:
        low, high = number(draw, 0.05), number(draw, 0.05)
        return (min(low, high), max(low, high)) if low is not None and high is not None else (low, high)

    def _span(self, draw: random.Random) -> Span:
        low, high = sorted(Decimal(draw.randint(-30, 400)) / 4 for _ in range(2))
        return Span(low, high)

    def is_due(self, quarter: int) -> bool:
        return not self.schedule or str(quarter) in self.schedule.split(",")

    def _values(self, draw: random.Random, quarter: int) -> dict[str, Decimal | None]:
        is_filled = self.is_due(quarter) or (quarter < self.quarter and draw.random() < 0.2)
        return {
            name: number(draw, 0.25) if is_filled and name in self.asked else None
            for name in WorksheetRow.VALUES
        }

    @property
    def asked(self) -> tuple[str, ...]:
        """What a row of its sifat is filled in with."""
        return ("numerator", "denominator") if self.kind == Accumulation.RATIO else ("realised",)

    @property
    def now(self) -> dict[str, Decimal | Fraction | None]:
        thirds = {"realised": self.third, "numerator": self.third, "denominator": Fraction(7, 3)}
        if self.third is None:
            return self.values[-1]
        return {name: value if name in self.asked else None for name, value in thirds.items()}

    @property
    def model(self) -> WorksheetRow:
        found = WorksheetRow(
            method=self.method,
            accumulation=self.kind,
            schedule=self.schedule,
            low=self.bounds[0],
            high=self.bounds[1],
            spans=[span.kept if span else None for span in self.spans] if any(self.spans) else [],
            target_year=self.annual,
            targets=[text(target) for target in self.targets],
            earlier=[{name: text(value) for name, value in one.items()} for one in self.values[:-1]],
            state=self._state,
            **self.values[-1],
        )
        if self.third is not None:
            found.followed_now = tuple(self.now[name] for name in WorksheetRow.VALUES)
        return found

    @property
    def _state(self) -> RowState:
        if not self.is_due(self.quarter):
            return RowState.BELUM_WAKTUNYA
        return RowState.DIKECUALIKAN if self.excused else RowState.TERKIRIM

    @property
    def periods(self) -> list[independent.Period]:
        every = [*self.values[:-1], self.now]
        return [
            independent.Period(
                fraction(self.targets[place]),
                *(fraction(one[name]) for name in ("realised", "numerator", "denominator")),
                due=self.is_due(place + 1),
                excused=self.excused and place == len(every) - 1,
                span=(Fraction(span.low), Fraction(span.high)) if (span := self.spans[place]) else None,
            )
            for place, one in enumerate(every)
        ]

    def disagreement(self) -> str:
        """What the two say, where it is not the same."""
        rules = Rules(levels=SCALE, zero_is_met=self.zero_is_met)
        ours = row_figures(self.model, self.quarter, rules)
        options = {"bounds": tuple(map(fraction, self.bounds)), "zero_is_met": self.zero_is_met}
        theirs = independent.row(self.method, self.kind, self.periods, fraction(self.annual), **options)
        word = independent.predicate(theirs[0], SCALE)
        said = (ours.capaian.value, ours.capaian_year.value, ours.predicate)
        return "" if said == (*theirs, word) else f"{said} ≠ {(*theirs, word)}: {vars(self)}"


@pytest.mark.parametrize("part", range(PARTS))
def test_rows_agree(part):
    draw = random.Random(f"rows {part}")

    found = [said for _ in range(ROWS // PARTS) if (said := DrawnRow(draw).disagreement())]

    assert not found, f"{len(found)} of {ROWS // PARTS}:\n" + "\n".join(found[:10])


def test_what_is_drawn_has_every_method_with_a_value_and_without():
    draw = random.Random("what is drawn")
    seen = set()
    for _ in range(4000):
        row = DrawnRow(draw)
        value = row_figures(row.model, row.quarter, Rules(zero_is_met=row.zero_is_met)).capaian.value
        seen.add((row.method, row.kind, value is None))

    assert len(seen) == len(Method) * len(Accumulation) * 2


def test_shown_alike():
    draw = random.Random("shown")
    values = [
        Fraction(draw.randint(-(10**6), 10**6), draw.choice((1, 3, 7, 8, 200, 400, 997)))
        for _ in range(20_000)
    ]

    assert [f"{round_half_up(value):.2f}" for value in values] == [
        independent.shown(value) for value in values
    ]
