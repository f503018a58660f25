"""Line charts as geometry: points over places, lines that break at gaps, labels that name every value."""

from decimal import Decimal

import pytest

from measurement.figures.line_chart import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    ChartLine,
    ChartPoint,
    line_chart,
)

PLACES = [ChartPoint("TW I"), ChartPoint("TW II"), ChartPoint("TW III", "belum diukur"), ChartPoint("TW IV")]


def chart(*values, other=(None,) * 4) -> dict:
    lines = [ChartLine("capaian", [None if v is None else Decimal(v) for v in values])]
    return line_chart(
        "Program",
        PLACES,
        [*lines, ChartLine("serapan", [None if v is None else Decimal(v) for v in other], dashed=True)],
    )


def heights(made: dict, line: int = 0) -> list[float]:
    return [float(dot["y"]) for dot in made["lines"][line]["dots"]]


def test_a_higher_value_stands_higher_and_100_is_marked():
    made = chart(50, 100, 110, 0)
    target = next(float(tick["y"]) for tick in made["ticks"] if tick["is_target"])
    fifty, hundred, above, zero = heights(made)
    assert above < hundred == target < fifty < zero == HEIGHT - BOTTOM


def test_the_line_breaks_where_a_value_is_missing():
    assert chart(50, 60, None, 70)["lines"][0]["path"].count("M") == 2
    assert chart(50, 60, 65, 70)["lines"][0]["path"].count("M") == 1


def test_a_missing_value_is_no_point_and_says_so_below_its_place():
    made = chart(50, 60, None, 70)
    assert len(made["lines"][0]["dots"]) == 3
    assert [word["text"] for word in made["places"][2]["words"]] == ["belum", "diukur"]
    assert "TW III: belum diukur" in made["alt"]


def test_every_value_is_printed_and_told():
    made = chart(50, "99.96", None, 70, other=(20, None, None, None))
    assert [label["text"] for label in made["labels"]] == ["50,0", "20,0", "100,0", "70,0"]
    assert "TW I: capaian 50,00 %, serapan 20,00 %" in made["alt"]


def test_of_two_values_the_lower_one_is_labelled_below():
    above, below = chart(90, None, None, None, other=(40, None, None, None))["labels"]
    assert float(above["y"]) < heights(chart(90, None, None, None))[0]
    assert float(below["y"]) > heights(chart(40, None, None, None))[0]


def test_a_value_on_the_axis_is_labelled_above_so_that_the_quarter_stays_readable():
    labels = chart(90, None, None, None, other=(1, None, None, None))["labels"]
    assert all(float(label["y"]) < HEIGHT - BOTTOM for label in labels)


def test_the_names_of_two_lines_that_end_together_are_kept_apart():
    first, second = chart(1, 1, 1, 80, other=(1, 1, 1, 81))["names"]
    assert float(second["y"]) - float(first["y"]) >= 13


@pytest.mark.parametrize("value", ["125", "140", "249", "900", "-20"])
def test_whatever_the_value_the_drawing_keeps_its_edges(value):
    made = chart(value, 50, None, None)
    dots = made["lines"][0]["dots"]
    assert len(dots) + len(made["lines"][0]["cuts"]) == 2
    assert all(TOP <= y <= HEIGHT - BOTTOM for y in heights(made))
    assert all(LEFT < float(dot["x"]) < WIDTH - RIGHT for dot in dots)


def test_without_any_value_there_is_nothing_to_draw():
    made = chart(None, None, None, None)
    assert made["is_empty"]
    assert made["names"] == made["labels"] == []


def test_a_value_far_beyond_is_cut_and_named_and_squeezes_nothing():
    made, ordinary = chart(50, 16600, 95, None), chart(50, 95, 95, None)
    assert heights(made) == [heights(ordinary)[0], heights(ordinary)[2]]
    assert [line["cuts"] != [] for line in made["lines"]] == [True, False]
    assert "16.600,0" in [label["text"] for label in made["labels"]]
    assert "TW II: capaian 16.600,00 % (melampaui skala)" in made["alt"]


def test_values_that_all_lie_far_beyond_make_the_scale_themselves():
    assert chart(210, 248, None, None)["lines"][0]["cuts"] == []


@pytest.mark.parametrize("value", [80, 85, 90, 95, "98.2", 100, 105, 110])
def test_the_line_of_the_target_strikes_no_words(value):
    made = chart(value, None, None, None, other=(value, None, None, None))
    target = next(float(tick["y"]) for tick in made["ticks"] if tick["is_target"])
    for text in [*made["labels"], *made["names"]]:
        assert not float(text["y"]) - 10 < target < float(text["y"]) + 2, text
