"""Dot plots: one scale, sorted by distance to target, words that nothing strikes through, and honest breaks."""

from decimal import Decimal
from itertools import product

import pytest

from measurement.figures.dot_plot import (
    FONT,
    NARROW,
    SET_WIDER,
    WIDE,
    PlotMark,
    PlotRow,
    by_distance,
    dot_plot,
    told_plot,
)
from measurement.rules.numbers import show_percent
from measurement.rules.text_width import text_width

NAMES = ("capaian", "serapan")
FORMS = pytest.mark.parametrize("form", [NARROW, WIDE], ids=lambda form: form.key)


def mark(value: str | None) -> PlotMark:
    found = None if value is None else Decimal(value)
    return PlotMark(found, "belum cukup data" if value is None else show_percent(found))


def row(name: str, *values: str | None, is_total: bool = False) -> PlotRow:
    return PlotRow(name, [mark(value) for value in values], is_total)


def marks(plot: dict) -> list[dict]:
    return [mark for row in plot["rows"] for mark in row["marks"]]


def span(drawn: dict) -> tuple[float, float]:
    """From where to where the words beside a mark reach."""
    wide, x = float(text_width(drawn["words"], FONT) * SET_WIDER), float(drawn["text_x"])
    return (x, x + wide) if drawn["anchor"] == "start" else (x - wide, x)


def test_rows_stand_by_their_distance_to_target_and_the_total_last():
    rows = [row("tanpa", None), row("lebih", "120"), row("semua", "90", is_total=True), row("jauh", "20")]
    assert [one.name for one in by_distance(rows)] == ["jauh", "lebih", "tanpa", "semua"]


@FORMS
def test_all_rows_share_one_scale(form):
    fifty, hundred, other = marks(
        dot_plot([row("A", "50"), row("B", "100"), row("C", "50")], NAMES[:1], form)
    )
    target = float(hundred["target"]["x"])
    assert float(hundred["x"]) == target
    assert fifty["x"] == other["x"]
    assert float(fifty["x"]) - form.left == pytest.approx((target - form.left) / 2, abs=0.1)


@FORMS
@pytest.mark.parametrize(
    "value", [0, 1, 20, 60, 70, 80, 90, 95, "98.15", "99.99", 100, "100.5", 110, 124, 125]
)
@pytest.mark.parametrize("highest", ["100", "150", "199", "240"])
def test_the_line_of_the_target_strikes_no_words_and_none_leave_the_drawing(form, value, highest):
    for drawn in marks(dot_plot([row("A", str(value), "12"), row("B", highest, None)], NAMES, form)):
        start, end = span(drawn)
        if drawn["shape"]:
            assert not start - 1 < float(drawn["target"]["x"]) < end + 1, drawn
        assert start >= 0
        assert end <= form.width


@FORMS
def test_what_has_no_value_is_words_without_a_mark_or_a_target(form):
    (drawn,) = marks(dot_plot([row("A", None)], NAMES[:1], form))
    assert (drawn["shape"], drawn["words"]) == ("", "belum cukup data")
    assert "target" not in drawn


@FORMS
def test_a_value_far_beyond_is_an_arrow_with_a_broken_lane_and_squeezes_nothing(form):
    with_it = marks(dot_plot([row("A", "95"), row("B", "16600")], NAMES[:1], form))
    along = (float(with_it[0]["x"]) - form.left) / (float(with_it[0]["target"]["x"]) - form.left)
    assert along == pytest.approx(0.95, abs=0.01)
    assert with_it[1]["shape"] == "arrow"
    assert with_it[1]["breaks"].count("M") == 2
    assert with_it[1]["words"] == "16.600,00 %"


@FORMS
@pytest.mark.parametrize("value", ["0", "40", "90", "99", "110", "900"])
def test_the_lane_ends_before_the_words_and_before_the_mark(form, value):
    (drawn,) = marks(dot_plot([row("A", value)], NAMES[:1], form))
    start, end = span(drawn)
    lane = float(drawn["lane"]["to"])
    assert form.left <= lane <= float(drawn["x"])
    assert lane <= start + 0.1 or lane >= end


def test_capaian_and_serapan_differ_by_shape():
    capaian, serapan = marks(dot_plot([row("A", "95", "20")], NAMES, NARROW))
    assert (capaian["shape"], serapan["shape"]) == ("dot", "diamond")
    assert capaian["y"] != serapan["y"]


def test_a_legend_stands_where_there_are_two_marks_to_tell_apart():
    assert [one["text"] for one in dot_plot([row("A", "9", "8")], NAMES, NARROW)["legend"]] == list(NAMES)
    assert dot_plot([row("A", "9")], NAMES[:1], NARROW)["legend"] == []


@FORMS
def test_names_and_lanes_never_overlap(form):
    rows = [
        row("Program Penyelenggaraan Pemerintahan dan Pelayanan Publik " * n, "90", "20") for n in (1, 2, 9)
    ]
    drawn = dot_plot(rows, NAMES, form)["rows"]
    bottoms = [max(float(m["y"]) for m in one["marks"]) for one in drawn]
    tops = [float(one["name"][0]["y"]) - 13 for one in drawn]
    assert all(top > bottom for bottom, top in zip(bottoms, tops[1:], strict=False))
    if not form.is_beside:
        for one, (line, lane) in ((o, p) for o in drawn for p in product(o["name"], o["marks"])):
            assert float(line["y"]) + 3 < float(lane["y"]) - 4, one


@FORMS
@pytest.mark.parametrize("highest", ["90", "140", "199", "16600"])
@pytest.mark.parametrize("target", ["target", "waktu baku"])
def test_the_names_along_the_axis_keep_apart(form, highest, target):
    ticks = dot_plot([row("A", highest)], NAMES[:1], form, target=target)["ticks"]
    ends = []
    for tick in ticks:
        wide, x = float(text_width(tick["label"], FONT) * SET_WIDER), float(tick["x"])
        ends.append((x, x + wide) if tick["anchor"] == "start" else (x - wide / 2, x + wide / 2))
    assert all(left[1] < right[0] for left, right in zip(ends, ends[1:], strict=False))
    assert [tick["label"] for tick in ticks if tick["is_target"]] == [f"100 % = {target}"]


def test_the_words_tell_every_figure():
    told = told_plot([row("A", "95", None), row("B", "100", "20")], NAMES)
    assert told == "A: capaian 95,00 %, serapan belum cukup data; B: capaian 100,00 %, serapan 20,00 %."


def test_nothing_at_all_can_be_drawn():
    assert marks(dot_plot([], NAMES, NARROW)) == []
