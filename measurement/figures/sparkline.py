"""Sparklines as geometry: the periods of a year so far beside a figure. A gap is a gap, a provisional point is hollow, one point alone says nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from measurement.rules.numbers import show_percent

WIDTH, HEIGHT, EDGE = 104, 32, 5
LEAST_SPAN = Decimal(20)  # percent points: what hardly moves looks as if it hardly moved


@dataclass(frozen=True)
class SparkPoint:
    label: str
    value: Decimal | None
    is_provisional: bool = False


def sparkline(name: str, points: Sequence[SparkPoint]) -> dict[str, object] | None:
    """The points in order; None where fewer than two have a value. `alt` tells them all."""
    known = [point.value for point in points if point.value is not None]
    if len(known) < 2:
        return None
    low, high = _span(known)
    step = (WIDTH - 2 * EDGE) / (len(points) - 1)
    places = [
        None if point.value is None else (EDGE + step * number, _y(point.value, low, high))
        for number, point in enumerate(points)
    ]
    return {
        "width": str(WIDTH),
        "height": str(HEIGHT),
        "path": _path(places),
        "dots": [
            {"x": _text(place[0]), "y": _text(place[1]), "is_provisional": point.is_provisional}
            for point, place in zip(points, places, strict=True)
            if place
        ],
        "alt": f"{name}: {', '.join(_told(point) for point in points)}",
    }


def _span(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Lowest and highest of the drawing, never so near to each other that a trifle looks like a leap."""
    low, high = min(values), max(values)
    spare = max(LEAST_SPAN - (high - low), Decimal(0)) / 2
    return low - spare, high + spare


def _y(value: Decimal, low: Decimal, high: Decimal) -> float:
    return EDGE + (HEIGHT - 2 * EDGE) * (1 - float((value - low) / (high - low)))


def _path(places: Sequence[tuple[float, float] | None]) -> str:
    """Through neighbours only: a line never crosses a period without a value."""
    steps, previous = [], None
    for place in places:
        if place:
            steps.append(f"{'L' if previous else 'M'}{_text(place[0])} {_text(place[1])}")
        previous = place
    return "".join(steps)


def _told(point: SparkPoint) -> str:
    if point.value is None:
        return f"{point.label} tidak ada nilai"
    return f"{point.label} {show_percent(point.value)}{' (sementara)' if point.is_provisional else ''}"


def _text(value: float) -> str:
    return f"{value:.1f}"
