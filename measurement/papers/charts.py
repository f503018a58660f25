"""Bar charts as geometry: figures in, ready strings for an SVG template out. For papers and screens; nothing here draws.

Lengths are in units of the drawing, which is 165 wide: millimetres where a paper prints it at full width. Values are in percent.
A bar is told by its shade (dark, hatched, light) and by the text beside it, so it reads in black and white; a missing value is words and never a bar.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto

from measurement.figures.chart_axis import LIMITS, axis_limit
from measurement.rules.numbers import show_short
from measurement.rules.text_width import fit_text, text_width

WIDTH = Decimal(165)
BAR_AREA = Decimal(104)  # the rest, to the right, is for the words at the end of the longest bar
BAR, GAP, LABEL, SPACE = Decimal("3.6"), Decimal("0.7"), Decimal("4.2"), Decimal("2.2")
FONT, SMALL_FONT = Decimal("2.9"), Decimal("2.5")
LEGEND, AXIS = Decimal(6), Decimal(5)
SWATCH, HATCH = Decimal(5), Decimal("1.6")
TARGET = Decimal(100)
MOST_GROUPS = 12
FINE, COARSE = 25, 50  # percent from one line of the axis to the next


class Shade(Enum):
    DARK = auto()
    HATCHED = auto()
    LIGHT = auto()


@dataclass(frozen=True)
class Bar:
    """One bar: its value in percent or None, and what is printed beside it."""

    value: Decimal | None
    text: str
    shade: Shade = Shade.DARK


@dataclass(frozen=True)
class Group:
    """Bars that belong together below one label."""

    label: str
    bars: list[Bar] = field(default_factory=list)


def bar_charts(title: str, groups: Sequence[Group], legend: Sequence[tuple[Shade, str]] = ()) -> list[dict]:
    """The groups as charts that each fit a page; none where there is nothing to draw."""
    return [
        bar_chart(title, groups[first : first + MOST_GROUPS], legend)
        for first in range(0, len(groups), MOST_GROUPS)
    ]


def bar_chart(title: str, groups: Sequence[Group], legend: Sequence[tuple[Shade, str]] = ()) -> dict:
    """A chart of horizontal bars with the 100 % line, its `alt` telling every figure."""
    limit = axis_limit([bar.value for group in groups for bar in group.bars if bar.value is not None])
    top = LEGEND if legend else Decimal(0)
    drawn, bottom = [], top
    for group in groups:
        drawn.append(_group(group, bottom, limit))
        bottom += LABEL + _height(group) + SPACE
    return {
        "title": title,
        "alt": _told(title, groups),
        "width": _text(WIDTH),
        "height": _text(bottom + AXIS),
        "font": _text(FONT),
        "small": _text(SMALL_FONT),
        "legend": _legend(legend),
        "ticks": _ticks(limit, bottom),
        "groups": drawn,
    }


def _height(group: Group) -> Decimal:
    """How high a group's bars stand, without its label."""
    return len(group.bars) * (BAR + GAP)


def _group(group: Group, top: Decimal, limit: Decimal) -> dict:
    first = top + LABEL
    return {
        "label": fit_text(group.label, WIDTH, FONT),
        "y": _text(first - 1),
        "top": _text(first - GAP),
        "bottom": _text(first + _height(group)),
        "bars": [_bar(bar, first + number * (BAR + GAP), limit) for number, bar in enumerate(group.bars)],
    }


def _bar(bar: Bar, y: Decimal, limit: Decimal) -> dict:
    """A bar with its words; one without a value is only words, at the axis."""
    if bar.value is None:
        return _words(bar.text, Decimal(0), y)
    beyond = bar.value > limit
    length = min(max(bar.value, Decimal(0)), limit) / limit * BAR_AREA
    text = f"{bar.text} (melampaui skala)" if beyond else bar.text
    return {
        **_words(text, length, y),
        "cut": _cut(length, y) if beyond else "",
        **_box(bar.shade, Decimal(0), y, length),
    }


def _words(text: str, end: Decimal, y: Decimal) -> dict:
    """What stands at the end of a bar, on white ground as wide as itself."""
    text = fit_text(text, WIDTH - end - 2, SMALL_FONT)
    return {
        "text": text,
        "text_x": _text(end + Decimal("1.2")),
        "text_y": _text(y + BAR - Decimal("0.9")),
        "ground_x": _text(end + Decimal("0.4")),
        "ground_y": _text(y),
        "ground": _text(text_width(text, SMALL_FONT) + 1),
        "height": _text(BAR),
    }


def _box(shade: Shade, x: Decimal, y: Decimal, width: Decimal) -> dict:
    return {
        "x": _text(x),
        "y": _text(y),
        "width": _text(width),
        "height": _text(BAR),
        "dark": shade is Shade.DARK,
        "light": shade is Shade.LIGHT,
        "hatch": _hatch(x, y, width) if shade is Shade.HATCHED else "",
    }


def _hatch(x: Decimal, y: Decimal, width: Decimal) -> str:
    """Lines from below left to above right across a bar, cut at its edges, as the data of a path."""
    lines, start = [], HATCH - BAR
    while start < width:
        left, right = max(start, Decimal(0)), min(start + BAR, width)
        lines.append(
            f"M{_text(x + left)} {_text(y + BAR - (left - start))}L{_text(x + right)} {_text(y + BAR - (right - start))}"
        )
        start += HATCH
    return "".join(lines)


def _cut(length: Decimal, y: Decimal) -> str:
    """Two slanted lines across the end of a bar that goes on beyond the axis."""
    return "".join(
        f"M{_text(length - back)} {_text(y + BAR)}l{_text(BAR / 2)} {_text(-BAR)}"
        for back in (Decimal(6), Decimal(5))
    )


def _ticks(limit: Decimal, bottom: Decimal) -> list[dict]:
    step = FINE if limit <= LIMITS[1] else COARSE
    return [
        {
            "x": _text(percent / limit * BAR_AREA),
            "label_y": _text(bottom + Decimal("2.5")),
            "label": f"{show_short(percent)} %",
            "is_target": percent == TARGET,
            "is_first": not percent,
        }
        for percent in map(Decimal, range(0, int(limit) + 1, step))
    ]


def _legend(entries: Sequence[tuple[Shade, str]]) -> list[dict]:
    widths = [SWATCH + 2 + text_width(text, SMALL_FONT) + 6 for _, text in entries]
    starts = [sum(widths[:number], Decimal(0)) for number in range(len(entries))]
    return [
        {
            **_box(shade, x, Decimal("0.3"), SWATCH),
            "text": text,
            "text_x": _text(x + SWATCH + 2),
            "text_y": _text(Decimal(3)),
        }
        for (shade, text), x in zip(entries, starts, strict=True)
    ]


def _told(title: str, groups: Sequence[Group]) -> str:
    """The whole chart in words, for those who can't see it."""
    told = "; ".join(f"{group.label}: {', '.join(bar.text for bar in group.bars)}" for group in groups)
    return f"{title}. {told}."


def _text(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01')).normalize():f}"
