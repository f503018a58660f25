"""Bar charts: geometry from the same figures as the tables, legible in black and white, told in words, and never a bar where there is no figure."""

import re
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from measurement.figures.chart_axis import LIMITS
from measurement.papers.charts import (
    BAR_AREA,
    MOST_GROUPS,
    WIDTH,
    Bar,
    Group,
    Shade,
    bar_charts,
)
from measurement.rules.text_width import fit_text, text_width

LEGEND = ((Shade.DARK, "capaian"), (Shade.LIGHT, "serapan"))
MISSING = "tidak dapat dihitung"


def chart(*values, shade: Shade = Shade.DARK, legend=()) -> dict:
    """A chart with one group per value."""
    groups = [
        Group(f"Program {number}", [_bar(value, shade)]) for number, value in enumerate(values, start=1)
    ]
    return bar_charts("Capaian tiap program", groups, legend)[0]


def _bar(value, shade: Shade) -> Bar:
    return Bar(None, MISSING) if value is None else Bar(Decimal(value), f"{value} %", shade)


def bars(drawn: dict) -> list[dict]:
    return [bar for group in drawn["groups"] for bar in group["bars"]]


def drawing(drawn: dict) -> str:
    return render_to_string("print/parts/charts.html", {"charts": [drawn]})


def numbers(text: str) -> list[Decimal]:
    return [Decimal(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def test_bars_are_as_long_as_their_values():
    one, two, four = bars(chart(25, 50, 100))
    assert Decimal(four["width"]) == 2 * Decimal(two["width"]) == 4 * Decimal(one["width"])
    assert Decimal(four["width"]) == (100 / LIMITS[0] * BAR_AREA).quantize(Decimal("0.01"))


@pytest.mark.parametrize(
    ("value", "limit"),
    [("99", 125), ("125", 125), ("125.01", 150), ("151", 200), ("200", 200), ("248", 125), ("1640.5", 125)],
)
def test_the_axis_grows_with_the_highest_ordinary_value(value, limit):
    assert chart("50", value)["ticks"][-1]["label"] == f"{limit} %"


def test_the_target_line_stands_at_100_percent():
    drawn = chart("248")
    (target,) = [tick for tick in drawn["ticks"] if tick["is_target"]]
    assert (target["label"], Decimal(target["x"])) == (
        "100 %",
        (BAR_AREA * 100 / 250).quantize(Decimal("0.01")),
    )


def test_a_value_beyond_the_axis_is_cut_and_says_so():
    inside, beyond = bars(chart("248", "1640.5"))
    assert inside["cut"] == ""
    assert beyond["cut"].count("M") == 2
    assert beyond["text"] == "1640.5 % (melampaui skala)"
    assert Decimal(beyond["width"]) == BAR_AREA


def test_what_lies_far_beyond_never_squeezes_the_others():
    ordinary, beyond = bars(chart("95", "16600"))
    assert Decimal(ordinary["width"]) == (95 / LIMITS[0] * BAR_AREA).quantize(Decimal("0.01"))
    assert (ordinary["cut"], beyond["cut"].count("M")) == ("", 2)
    assert beyond["text"] == "16600 % (melampaui skala)"


def test_a_missing_value_is_words_and_never_a_bar():
    missing, zero = bars(chart(None, 0))
    assert missing["text"] == MISSING
    assert "width" not in missing
    assert zero["width"] == "0"
    assert drawing(chart(None)).count("<rect") == 1  # the white ground of its words


def test_a_negative_value_has_no_length_and_keeps_its_words():
    (bar,) = bars(chart("-20"))
    assert (bar["width"], bar["text"]) == ("0", "-20 %")


def test_shades_tell_bars_apart_without_colour():
    dark, light, hatched = (
        bars(chart(80, shade=shade))[0] for shade in (Shade.DARK, Shade.LIGHT, Shade.HATCHED)
    )
    assert (dark["dark"], dark["light"], dark["hatch"]) == (True, False, "")
    assert (light["dark"], light["light"], light["hatch"]) == (False, True, "")
    assert (hatched["dark"], hatched["light"]) == (False, False)
    assert hatched["hatch"].startswith("M")
    for colour in re.findall(r'(?:fill|stroke)="#([0-9a-f]+)"', drawing(chart(80, legend=LEGEND))):
        assert len(set(colour)) == 1 or colour[:2] == colour[2:4] == colour[4:], "only greys"


def test_hatching_stays_inside_its_bar():
    for value in ("1", "3.3", "77.77", "125"):
        (bar,) = bars(chart(value, shade=Shade.HATCHED))
        found = numbers(bar["hatch"])
        left, top = Decimal(bar["x"]), Decimal(bar["y"])
        right, bottom = left + Decimal(bar["width"]), top + Decimal(bar["height"])
        slack = Decimal("0.02")
        assert all(left - slack <= x <= right + slack for x in found[::2]), value
        assert all(top - slack <= y <= bottom + slack for y in found[1::2]), value


@pytest.mark.parametrize("size", [1, 2, 5, 12])
def test_bars_and_labels_never_overlap(size):
    drawn = chart(*range(10, 10 + size), legend=LEGEND)
    places = [
        (Decimal(group["y"]), Decimal(group["top"]), Decimal(group["bottom"])) for group in drawn["groups"]
    ]
    assert all(label < top < bottom for label, top, bottom in places)
    assert all(below[0] - above[2] > Decimal("2.9") for above, below in zip(places, places[1:], strict=False))
    assert places[-1][2] < Decimal(drawn["ticks"][0]["label_y"]) < Decimal(drawn["height"])


def test_many_programs_make_several_charts_that_fit_a_page():
    groups = [Group(f"Program {number}", [Bar(Decimal(90), "90 %")]) for number in range(MOST_GROUPS + 3)]
    drawn = bar_charts("Capaian", groups)
    assert [len(one["groups"]) for one in drawn] == [MOST_GROUPS, 3]
    assert all(Decimal(one["height"]) < 200 for one in drawn)
    assert bar_charts("Capaian", []) == []


def test_a_long_name_ends_in_an_ellipsis_and_is_whole_in_the_words():
    name = "PROGRAM PENYELENGGARAAN PEMERINTAHAN DAN PELAYANAN PUBLIK " * 3
    (drawn,) = bar_charts("Capaian", [Group(name.strip(), [Bar(Decimal(90), "90 %")])])
    (group,) = drawn["groups"]
    assert group["label"].endswith("…")
    assert text_width(group["label"], Decimal(drawn["font"])) <= WIDTH
    assert name.strip() in drawn["alt"]


def test_words_at_the_end_of_the_longest_bar_stay_on_the_drawing():
    groups = [
        Group(
            "Program",
            [Bar(Decimal(1640), "1.640,00 % · Sangat Tinggi dengan keterangan yang panjang sekali")],
        )
    ]
    bar = bars(bar_charts("Capaian", groups)[0])[0]
    assert Decimal(bar["text_x"]) + text_width(bar["text"], Decimal("2.5")) <= WIDTH


def test_the_words_tell_every_figure():
    groups = [
        Group("Satu", [Bar(Decimal(95), "capaian 95,00 %"), Bar(None, f"serapan {MISSING}")]),
        Group("Dua", [Bar(Decimal(1), "1,00 %")]),
    ]
    (drawn,) = bar_charts("Capaian dan serapan", groups, LEGEND)
    assert drawn["alt"] == f"Capaian dan serapan. Satu: capaian 95,00 %, serapan {MISSING}; Dua: 1,00 %."
    assert f"<title>{drawn['alt']}</title>" in drawing(drawn)


def test_everything_is_a_string_or_a_truth_value():
    def leaves(value):
        if isinstance(value, dict | list):
            for item in value.values() if isinstance(value, dict) else value:
                yield from leaves(item)
        else:
            yield value

    assert {type(leaf) for leaf in leaves(chart(95, None, 300, shade=Shade.HATCHED, legend=LEGEND))} == {
        str,
        bool,
    }


def test_hostile_names_are_text():
    (drawn,) = bar_charts(
        "<b>x</b>",
        [
            Group(
                '"><script>alert(1)</script>', [Bar(Decimal(1), "</text><image href='file:///etc/passwd'/>")]
            )
        ],
    )
    html = drawing(drawn)
    assert "<script" not in html
    assert "<image" not in html
    assert "<b>" not in html


def test_fitted_keeps_what_fits():
    assert fit_text("pendek", Decimal(100), Decimal(3)) == "pendek"
    assert fit_text("AAAA", Decimal(7), Decimal(3)) == "AA…"
