"""What was measured, beside what was wanted."""

from dataclasses import asdict, dataclass
from typing import Self

from tests.bench.sampling import Sample


@dataclass(frozen=True)
class Bound:
    """At least or at most so much."""

    value: float
    at_least: bool = False
    unit: str = ""

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {shown(self.value)}{self.unit}"


def at_least(value: float, unit: str = "") -> Bound:
    return Bound(value, True, unit)


def at_most(value: float, unit: str = "") -> Bound:
    return Bound(value, False, unit)


@dataclass(frozen=True)
class Result:
    """`sample` is missing where nothing could be measured, and `note` says why; `failed`: what was to be measured can't even be done."""

    what: str
    bound: Bound | None = None
    sample: Sample | None = None
    note: str = ""
    failed: bool = False

    @property
    def verdict(self) -> str:
        """met, within (the spread reaches the bound), missed, skipped, or nothing where there is no bound."""
        if self.failed:
            return "missed"
        if self.sample is None:
            return "skipped"
        if self.bound is None:
            return ""
        over = self.sample.value - self.bound.value
        over = -over if self.bound.at_least else over
        if over <= 0:
            return "met"
        return "within" if over <= self.sample.spread else "missed"

    def kept(self) -> dict:
        return asdict(self)

    @classmethod
    def read(cls, kept: dict) -> Self:
        bound, sample = kept["bound"], kept["sample"]
        return cls(
            kept["what"],
            Bound(**bound) if bound else None,
            Sample(**sample) if sample else None,
            kept["note"],
            kept["failed"],
        )


def shown(value: float) -> str:
    """Three figures are as much as a measurement is worth."""
    if value == 0 or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}"
