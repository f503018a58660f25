"""Dot plots as geometry: percentages in, ready strings for an SVG template out; nothing here draws.

All rows share one scale that begins at 0. Each mark has a lane and its words beside it, on the side where the line of the target doesn't strike
through them; to the right of the scale there is always room for the longest. A value beyond the scale is an arrow at its edge before which the lane
is broken, with its true number. Marks differ by shape, so the drawing reads in black and white; provisional ones are hollow and dashed. Two widths
are made: on a phone the name stands above the lanes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from measurement.rules.numbers import show
from measurement.rules.text_width import text_width, wrap_text

from .chart_axis import axis_limit

FONT = Decimal(13)
SET_WIDER = Decimal("1.25")  # the faces of screens run wider than those of papers
LINE, LANE, ROW_GAP, HEAD, FOOT = 17, 20, 12, 26, 24
RADIUS, NEAR, ARROW, LANE_GAP = 5, 10, 12, 4
TARGET = Decimal(100)
COARSE_FROM = Decimal(200)  # a scale so long has a line every 100
BEYOND = "melampaui skala"


@dataclass(frozen=True)
class PlotForm:
    """How wide a drawing is, and where its names stand."""

    key: str
    width: int
    left: int
    most_lines: int
    is_beside: bool  # the name beside its lanes

    @property
    def name_width(self) -> int:
        return self.left - 16 if self.is_beside else self.width


@dataclass(frozen=True)
class PlotScale:
    """From 0 at the left to the limit at the right."""

    left: float
    right: float
    limit: Decimal

    def x(self, value: Decimal) -> float:
        share = float(min(max(value, Decimal(0)), self.limit) / self.limit)
        return self.left + (self.right - self.left) * share

    @property
    def target(self) -> float:
        return self.x(TARGET)


NARROW = PlotForm("narrow", 328, 8, 3, False)
WIDE = PlotForm("wide", 900, 320, 3, True)


@dataclass(frozen=True)
class PlotMark:
    """A value in percent, or None; and what is written beside it: the value, or why there is none."""

    value: Decimal | None
    words: str


@dataclass(frozen=True)
class PlotRow:
    """One thing with its marks, in the order of the names of the plot."""

    name: str
    marks: Sequence[PlotMark]
    is_total: bool = False


def by_distance(rows: Sequence[PlotRow]) -> list[PlotRow]:
    """The furthest below target first, those without a value after all others, the total last; equals stay in their order."""
    return sorted(rows, key=lambda row: (row.is_total, row.marks[0].value is None, row.marks[0].value or 0))


def dot_plot(
    rows: Sequence[PlotRow],
    names: Sequence[str],
    form: PlotForm,
    is_provisional: bool = False,
    target: str = "target",
) -> dict[str, object]:
    """The rows as they are given; `names` are those of the marks, the first a dot, the second a diamond; `target` is what stands at 100."""
    scale = _scale(rows, form)
    drawn, top = [], HEAD
    for row in rows:
        drawn.append(_row(row, top, form, scale))
        top += _height(row, form)
    return {
        "key": form.key,
        "width": str(form.width),
        "height": str(top + FOOT),
        "left": str(form.left),
        "rows": drawn,
        "ticks": [_tick(percent, scale, top, target) for percent in _percents(scale, target)],
        "legend": _legend(names, form),
        "is_provisional": is_provisional,
    }


def told_plot(rows: Sequence[PlotRow], names: Sequence[str]) -> str:
    """The whole plot in words, for those who can't see it."""
    told = (
        f"{row.name}: {', '.join(f'{name} {mark.words}' for name, mark in zip(names, row.marks, strict=True))}"
        for row in rows
    )
    return f"{'; '.join(told)}."


def _scale(rows: Sequence[PlotRow], form: PlotForm) -> PlotScale:
    marks = [mark for row in rows for mark in row.marks if mark.value is not None]
    limit = axis_limit([mark.value for mark in marks if mark.value is not None] or [TARGET])
    room = max((_wide(mark.words) for mark in marks), default=0.0) + NEAR
    return PlotScale(form.left, form.width - room, limit)


def _wide(words: str) -> float:
    return float(text_width(words, FONT) * SET_WIDER)


def _lines(row: PlotRow, form: PlotForm) -> list[str]:
    return wrap_text(row.name, form.name_width / SET_WIDER, FONT, form.most_lines)


def _height(row: PlotRow, form: PlotForm) -> int:
    name, lanes = LINE * len(_lines(row, form)), LANE * len(row.marks)
    return (max(name, lanes) if form.is_beside else name + lanes) + ROW_GAP


def _row(row: PlotRow, top: int, form: PlotForm, scale: PlotScale) -> dict[str, object]:
    lines = _lines(row, form)
    first = top if form.is_beside else top + LINE * len(lines)
    return {
        "rule": str(top - ROW_GAP // 2),
        "is_total": row.is_total,
        "name": [
            {"text": text, "y": str(top + LINE * number - 4)} for number, text in enumerate(lines, start=1)
        ],
        "marks": [_mark(mark, number, first + LANE * number, scale) for number, mark in enumerate(row.marks)],
    }


def _mark(mark: PlotMark, number: int, top: int, scale: PlotScale) -> dict[str, object]:
    """A lane with its mark; without a value only words, and no line of the target for them to meet."""
    middle = top + LANE / 2
    words = {"words": mark.words, "y": _text(middle), "text_y": _text(middle + 4.5)}
    if mark.value is None:
        return {**words, "text_x": _text(scale.left), "anchor": "start", "shape": ""}
    x, beyond = scale.x(mark.value), mark.value > scale.limit
    text_x, anchor = _beside(x, mark.words, scale)
    return {
        **words,
        "text_x": _text(text_x),
        "anchor": anchor,
        "shape": "arrow" if beyond else ("dot", "diamond")[number % 2],
        "x": _text(x),
        "path": _arrow(x, middle) if beyond else _diamond(x, middle),
        "breaks": _breaks(x, middle) if beyond else "",
        "lane": {"from": _text(scale.left), "to": _text(_lane_end(x, mark, text_x, anchor, scale))},
        "target": {"x": _text(scale.target), "from": str(top), "to": str(top + LANE)},
    }


def _beside(x: float, words: str, scale: PlotScale) -> tuple[float, str]:
    """To the right of the mark; to its left where the target would strike through them; beyond the target where there is no room for that."""
    wide = _wide(words)
    if not x < scale.target < x + NEAR + wide:
        return x + NEAR, "start"
    return (x - NEAR, "end") if x - NEAR - wide >= scale.left else (scale.target + NEAR, "start")


def _lane_end(x: float, mark: PlotMark, text_x: float, anchor: str, scale: PlotScale) -> float:
    """The dotted lane leads from 0 to the mark, or to what stands before it: the words, or the strokes that break it."""
    if anchor == "end":
        return max(text_x - _wide(mark.words), scale.left)
    return x - ARROW - 2 * LANE_GAP if (mark.value or 0) > scale.limit else max(x - RADIUS, scale.left)


def _diamond(x: float, y: float) -> str:
    return f"M{_text(x - RADIUS)} {_text(y)}L{_text(x)} {_text(y - RADIUS)}L{_text(x + RADIUS)} {_text(y)}L{_text(x)} {_text(y + RADIUS)}Z"


def _arrow(x: float, y: float) -> str:
    return f"M{_text(x - ARROW / 2)} {_text(y - RADIUS)}L{_text(x + RADIUS)} {_text(y)}L{_text(x - ARROW / 2)} {_text(y + RADIUS)}Z"


def _breaks(x: float, y: float) -> str:
    """Two slanted strokes between which the lane is broken."""
    return "".join(f"M{_text(x - ARROW - back)} {_text(y + 5)}l4 -10" for back in (5, 1))


def _percents(scale: PlotScale, target: str) -> list[Decimal]:
    """Where the axis is named; not so near to the target that the words would meet."""
    step = 100 if scale.limit >= COARSE_FROM else 50
    percents = [Decimal(percent) for percent in range(0, int(scale.limit) + 1, step)]
    room = (_wide(_tick_label(TARGET, target)) + _wide(show(scale.limit, 0))) / 2 + LANE_GAP
    return [each for each in percents if each == TARGET or abs(scale.x(each) - scale.target) > room]


def _tick_label(percent: Decimal, target: str) -> str:
    return f"{show(percent, 0)} % = {target}" if percent == TARGET else show(percent, 0)


def _tick(percent: Decimal, scale: PlotScale, bottom: int, target: str) -> dict[str, object]:
    is_target = percent == TARGET
    return {
        "x": _text(scale.x(percent)),
        "y": str(bottom + 12),
        "label": _tick_label(percent, target),
        "is_target": is_target,
        "anchor": "middle" if percent else "start",
    }


def _legend(names: Sequence[str], form: PlotForm) -> list[dict[str, str]]:
    """What the shapes mean, above the lanes; one shape alone is told by the title."""
    found, x = [], float(form.left + RADIUS)
    for number, name in enumerate(names if len(names) > 1 else ()):
        found.append(
            {
                "shape": ("dot", "diamond")[number % 2],
                "x": _text(x),
                "y": "10",
                "path": _diamond(x, 10),
                "text_x": _text(x + NEAR),
                "text": name,
            }
        )
        x += NEAR + _wide(name) + 2 * NEAR
    return found


def _text(value: float) -> str:
    return f"{value:.1f}"
