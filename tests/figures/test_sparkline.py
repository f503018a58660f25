"""Sparklines: the periods so far, with gaps as gaps, and trifles that look like trifles."""

from decimal import Decimal

from measurement.figures.sparkline import HEIGHT, SparkPoint, sparkline


def spark(*values: str | None, provisional: bool = False):
    points = [
        SparkPoint(f"TW {n}", None if value is None else Decimal(value))
        for n, value in enumerate(values, start=1)
    ]
    if provisional:
        points[-1] = SparkPoint(points[-1].label, points[-1].value, True)
    return sparkline("Capaian", points)


def test_fewer_than_two_values_are_no_line():
    assert spark("98") is None
    assert spark("98", None) is None


def test_a_higher_value_stands_higher_within_the_drawing():
    first, second, third = (float(dot["y"]) for dot in spark("20", "90", "50")["dots"])
    assert 0 < second < third < first < HEIGHT


def test_a_line_never_crosses_a_period_without_a_value():
    assert spark("20", None, "50")["path"].count("M") == 2
    assert spark("20", "30", "50")["path"].count("M") == 1


def test_what_hardly_moves_looks_as_if_it_hardly_moved():
    first, second = (float(dot["y"]) for dot in spark("98", "99")["dots"])
    assert first - second < HEIGHT / 10
    assert len({dot["y"] for dot in spark("98", "98")["dots"]}) == 1


def test_the_words_tell_every_value_and_what_is_provisional():
    made = spark("98.15", None, "97", provisional=True)
    assert made["alt"] == "Capaian: TW 1 98,15 %, TW 2 tidak ada nilai, TW 3 97,00 % (sementara)"
    assert [dot["is_provisional"] for dot in made["dots"]] == [False, True]
