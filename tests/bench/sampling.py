"""Ratios of interleaved repeats: the median, and how far the middle half of the repeats lies around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any


@dataclass(frozen=True)
class Sample:
    """`spread` is the greater distance from the median to a quartile."""

    value: float
    spread: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Sample":
        middle = median(values)
        if len(values) < 3:
            return cls(middle, max(values) - middle)
        lower, _, upper = quantiles(values, n=4, method="inclusive")
        return cls(middle, max(upper - middle, middle - lower))


def in_turns(repeats: int, *measures: Callable[[], Any], warm: bool = True) -> list[list]:
    """What each measure gave, in turns, the order turned round each time. To be warm, a first turn doesn't count."""
    found: list[list] = [[] for _ in measures]
    for turn in range(0 if warm else 1, repeats + 1):
        places = list(range(len(measures)))
        for place in places if turn % 2 else reversed(places):
            value = measures[place]()
            if turn:
                found[place].append(value)
    return found


def ratio(repeats: int, top: Callable[[], float], bottom: Callable[[], float]) -> Sample:
    """The one measure divided by the other, turn by turn."""
    tops, bottoms = in_turns(repeats, top, bottom)
    return Sample.of([one / other for one, other in zip(tops, bottoms, strict=True)])
