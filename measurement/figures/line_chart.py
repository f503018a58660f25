"""Line charts as geometry: percentages in, ready strings for an SVG template out; nothing here draws.

A line breaks where a value is missing, lines are told apart by stroke and dot, and every point bears its value: it reads in black and white. A value far
beyond the axis stands at its edge as an arrow with its number, and two slanted strokes break its line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from measurement.rules.numbers import show

from .chart_axis import axis_limit

WIDTH, HEIGHT = 320, 190
PLACE_WIDTH = 44  # the least that a place takes for its value and its words: twelve months are drawn wider than four quarters
# margins: axis, names of the lines, highest label, names of the places
LEFT, RIGHT, TOP, BOTTOM = 28, 58, 22, 46
TICKS = tuple(map(Decimal, (0, 50, 100, 150, 200, 250)))
ABOVE, BELOW, APART = -7, 16, 13
OVER_LINE, UNDER_LINE = -4, 13  # how far a text keeps from the line of the target
TARGET = Decimal(100)
BREAK, SLANT = 12, 4  # how far below a cut point its line is broken, and half the size of the marks
BEYOND = "melampaui skala"

Points = list[tuple[float, float] | None]  # of one line, over the places; None where a value is missing


@dataclass(frozen=True)
class ChartPoint:
    """Where on the axis: its name, a word or two on what is missing there, and whether its values may still change."""

    label: str
    note: str = ""
    is_provisional: bool = False


@dataclass(frozen=True)
class ChartLine:
    name: str
    values: Sequence[Decimal | None]
    dashed: bool = False


def line_chart(title: str, places: Sequence[ChartPoint], lines: Sequence[ChartLine]) -> dict[str, object]:
    """At most two lines over some places; `alt` tells every figure."""
    limit = axis_limit([value for line in lines for value in line.values if value is not None])
    width = max(WIDTH, LEFT + RIGHT + PLACE_WIDTH * len(places))
    columns = [_x(number, len(places), width) for number in range(len(places))]
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
        "alt": _told(title, places, lines, limit),
        "is_wide": width > WIDTH,
        "width": str(width),
        "height": str(HEIGHT),
        "left": str(LEFT),
        "right": str(width - RIGHT),
        "ticks": [_tick(percent, limit) for percent in TICKS if percent <= limit],
        "places": [_place(place, x) for place, x in zip(places, columns, strict=True)],
        "lines": [_line(line, places, found, limit) for line, found in zip(lines, points, strict=True)],
        "labels": _labels(lines, points, _y(TARGET, limit)),
        "names": _names(lines, points, _y(TARGET, limit)),
    }


def _x(number: int, count: int, width: int) -> float:
    return LEFT + (width - LEFT - RIGHT) * (number + 0.5) / count


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


def _line(line: ChartLine, places: Sequence[ChartPoint], points: Points, limit: Decimal) -> dict[str, object]:
    """The path through neighbouring points, the dots, and the arrows of what lies beyond the axis with the marks that break the line before them.

    What leads to a provisional point is a path of its own.
    """
    known = [
        (*point, place.is_provisional, _is_beyond(value, limit))
        for point, place, value in zip(points, places, line.values, strict=True)
        if point
    ]
    firm, loose = _paths(points, places)
    return {
        "path": firm,
        "provisional_path": loose,
        "dots": [
            {"x": _text(x), "y": _text(y), "is_provisional": provisional}
            for x, y, provisional, beyond in known
            if not beyond
        ],
        "cuts": [_cut(x, y) for x, y, _, beyond in known if beyond],
        "dashed": line.dashed,
    }


def _paths(points: Points, places: Sequence[ChartPoint]) -> tuple[str, str]:
    """Through neighbours, up to the first point that may still change; and from there on."""
    firm: list[str] = []
    loose: list[str] = []
    previous, was_provisional = None, False
    for point, place in zip(points, places, strict=True):
        if point and previous and place.is_provisional:
            loose.append(f"M{_at(previous)}L{_at(point)}")
        elif point:
            goes_on = previous is not None and not was_provisional
            firm.append(f"{'L' if goes_on else 'M'}{_at(point)}")
        previous, was_provisional = point, place.is_provisional
    return "".join(firm), "".join(loose)


def _at(point: tuple[float, float]) -> str:
    return f"{_text(point[0])} {_text(point[1])}"


def _is_beyond(value: Decimal | None, limit: Decimal) -> bool:
    return value is not None and value > limit


def _cut(x: float, y: float) -> dict[str, str]:
    """An arrow upward, its shaft, and two slanted strokes across that."""
    strokes = (
        f"M{_text(x - SLANT)} {_text(y + below + SLANT / 2)}l{2 * SLANT} {-SLANT}"
        for below in (BREAK, BREAK + SLANT)
    )
    return {
        "arrow": f"M{_text(x - 5)} {_text(y + 4)}L{_text(x)} {_text(y - 5)}L{_text(x + 5)} {_text(y + 4)}Z",
        "shaft": f"M{_text(x)} {_text(y)}V{_text(y + BREAK + 2 * SLANT)}",
        "gap": f"M{_text(x - SLANT)} {_text(y + BREAK + SLANT)}l{2 * SLANT} {-SLANT}",
        "marks": "".join(strokes),
    }


def _labels(lines: Sequence[ChartLine], points: Sequence[Points], target: float) -> list[dict[str, str]]:
    """Values at their points: the higher of two above, the lower below unless it stands on the axis; none on the line of the target."""
    found = []
    for column, here in enumerate(zip(*points, strict=True)):
        highest = min((point[1] for point in here if point), default=0)
        for line, point in zip(lines, here, strict=True):
            if point:
                below = point[1] > highest and point[1] + BELOW <= HEIGHT - BOTTOM
                y = point[1] + (BELOW if below else ABOVE)
                if _is_on(y, target):
                    y = target + (UNDER_LINE if below else OVER_LINE)
                found.append({"x": _text(point[0]), "y": _text(y), "text": show(line.values[column], 1)})
    return found


def _is_on(y: float, target: float) -> bool:
    """Whether a text with this base line would be struck through by the line of the target."""
    return OVER_LINE < y - target < UNDER_LINE


def _names(lines: Sequence[ChartLine], points: Sequence[Points], target: float) -> list[dict[str, str]]:
    """The name of each line beside its last point, kept apart, and below the line of the target where it would be on it."""
    ends = [
        (line.name, *next(point for point in reversed(found) if point))
        for line, found in zip(lines, points, strict=True)
        if any(found)
    ]
    found, lowest = [], float(-APART)
    for name, x, y in sorted(ends, key=lambda end: end[2]):
        lowest = max(y + 4, lowest + APART)
        lowest = target + UNDER_LINE if _is_on(lowest, target) else lowest
        found.append({"x": _text(x + 9), "y": _text(lowest), "text": name})
    return found


def _told(title: str, places: Sequence[ChartPoint], lines: Sequence[ChartLine], limit: Decimal) -> str:
    """The whole chart in words, for those who can't see it."""
    parts = []
    for column, place in enumerate(places):
        values = [
            f"{line.name} {show(line.values[column])} %{_beyond_words(line.values[column], limit)}"
            for line in lines
            if line.values[column] is not None
        ]
        parts.append(f"{place.label}: {', '.join(values) or place.note or 'tidak ada nilai'}")
    return f"{title}. {'; '.join(parts)}."


def _beyond_words(value: Decimal | None, limit: Decimal) -> str:
    return f" ({BEYOND})" if _is_beyond(value, limit) else ""


def _text(value: float) -> str:
    return f"{value:.1f}"
