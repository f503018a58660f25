"""Line charts as geometry: percentages in, ready strings for an SVG template out; nothing here draws.

A line breaks where a value is missing, lines are told apart by stroke and dot, and every point bears its value: it reads in black and white.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from measurement.rules.numbers import show

WIDTH, HEIGHT = 320, 190
# margins: axis, names of the lines, highest label, names of the places
LEFT, RIGHT, TOP, BOTTOM = 28, 58, 22, 46
# where the axis may end; what lies beyond is drawn at its edge
LIMITS = tuple(map(Decimal, (125, 150, 200, 250)))
TICKS = tuple(map(Decimal, (0, 50, 100, 150, 200, 250)))
ABOVE, BELOW, APART = -7, 16, 13

Points = list[tuple[float, float] | None]  # of one line, over the places; None where a value is missing


@dataclass(frozen=True)
class ChartPoint:
    """Where on the axis: its name, and a word or two on what is missing or provisional there."""

    label: str
    note: str = ""


@dataclass(frozen=True)
class ChartLine:
    name: str
    values: Sequence[Decimal | None]
    dashed: bool = False


def line_chart(title: str, places: Sequence[ChartPoint], lines: Sequence[ChartLine]) -> dict[str, object]:
    """At most two lines over some places; `alt` tells every figure."""
    limit = _limit(lines)
    columns = [_x(number, len(places)) for number in range(len(places))]
    points = [
        [
            None if value is None else (x, _y(value, limit))
            for x, value in zip(columns, line.values, strict=True)
        ]
        for line in lines
    ]
    return {
        "title": title,
        "is_empty": not any(any(found) for found in points),
        "alt": _told(title, places, lines),
        "width": str(WIDTH),
        "height": str(HEIGHT),
        "left": str(LEFT),
        "right": str(WIDTH - RIGHT),
        "ticks": [_tick(percent, limit) for percent in TICKS if percent <= limit],
        "places": [_place(place, x) for place, x in zip(places, columns, strict=True)],
        "lines": [_line(line, found) for line, found in zip(lines, points, strict=True)],
        "labels": _labels(lines, points),
        "names": _names(lines, points),
    }


def _limit(lines: Sequence[ChartLine]) -> Decimal:
    values = [value for line in lines for value in line.values if value is not None]
    return next((limit for limit in LIMITS if all(value <= limit for value in values)), LIMITS[-1])


def _x(number: int, count: int) -> float:
    width = WIDTH - LEFT - RIGHT
    return LEFT + width * (number + 0.5) / count


def _y(value: Decimal, limit: Decimal) -> float:
    share = float(min(max(value, Decimal(0)), limit) / limit)
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - share)


def _tick(percent: Decimal, limit: Decimal) -> dict[str, object]:
    y = _y(percent, limit)
    return {"y": _text(y), "text_y": _text(y + 4), "label": show(percent, 0), "is_target": percent == 100}


def _place(place: ChartPoint, x: float) -> dict[str, object]:
    below = HEIGHT - BOTTOM + 16
    words = [
        {"text": word, "y": str(below + 13 * number)}
        for number, word in enumerate(place.note.split(" ", 1), 1)
        if word
    ]
    return {"x": _text(x), "y": str(below), "label": place.label, "words": words}


def _line(line: ChartLine, points: Points) -> dict[str, object]:
    """The path through neighbouring points, and the dots."""
    steps, previous = [], None
    for point in points:
        if point:
            steps.append(f"{'L' if previous else 'M'}{_text(point[0])} {_text(point[1])}")
        previous = point
    dots = [{"x": _text(x), "y": _text(y)} for x, y in filter(None, points)]
    return {"path": "".join(steps), "dots": dots, "dashed": line.dashed}


def _labels(lines: Sequence[ChartLine], points: Sequence[Points]) -> list[dict[str, str]]:
    """Values at their points: the higher of two above, the lower below unless it stands on the axis."""
    found = []
    for column, here in enumerate(zip(*points, strict=True)):
        highest = min((point[1] for point in here if point), default=0)
        for line, point in zip(lines, here, strict=True):
            if point:
                below = point[1] > highest and point[1] + BELOW <= HEIGHT - BOTTOM
                y = point[1] + (BELOW if below else ABOVE)
                found.append({"x": _text(point[0]), "y": _text(y), "text": show(line.values[column], 1)})
    return found


def _names(lines: Sequence[ChartLine], points: Sequence[Points]) -> list[dict[str, str]]:
    """The name of each line beside its last point, kept apart."""
    ends = [
        (line.name, *next(point for point in reversed(found) if point))
        for line, found in zip(lines, points, strict=True)
        if any(found)
    ]
    found, lowest = [], float(-APART)
    for name, x, y in sorted(ends, key=lambda end: end[2]):
        lowest = max(y + 4, lowest + APART)
        found.append({"x": _text(x + 9), "y": _text(lowest), "text": name})
    return found


def _told(title: str, places: Sequence[ChartPoint], lines: Sequence[ChartLine]) -> str:
    """The whole chart in words, for those who can't see it."""
    parts = []
    for column, place in enumerate(places):
        values = [
            f"{line.name} {show(line.values[column])} %" for line in lines if line.values[column] is not None
        ]
        parts.append(f"{place.label}: {', '.join(values) or place.note or 'tidak ada nilai'}")
    return f"{title}. {'; '.join(parts)}."


def _text(value: float) -> str:
    return f"{value:.1f}"
