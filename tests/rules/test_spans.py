"""Targets that are a span: how they are written, shared out over the periods, and put together."""

from decimal import Decimal
from fractions import Fraction

import pytest

from measurement.rules.accumulations import Accumulation, PeriodValues
from measurement.rules.numbers import AmbiguousNumber, NumberError
from measurement.rules.spans import Span, parse_span, span_to_date, spans_of_periods

SUM, LAST, MEAN, RATIO = Accumulation.SUM, Accumulation.LAST, Accumulation.MEAN, Accumulation.RATIO
YEAR = Span(Decimal(80), Decimal(90))


def span(low, high) -> Span:
    return Span(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "measure", "low", "high"),
    [
        ("80-90", "Nilai", 80, 90),
        ("80–90", None, 80, 90),
        ("80 s.d. 90", "Nilai", 80, 90),
        ("80 sd 90", "Nilai", 80, 90),
        ("80 s/d 90", "Nilai", 80, 90),
        ("80 sampai dengan 90", "Nilai", 80, 90),
        ("antara 80 dan 90", "Nilai", 80, 90),
        ("80% – 90%", "%", 80, 90),
        ("7 – 8 hari", "Hari", 7, 8),
        ("7,5-8,25", "Nilai", "7.5", "8.25"),
        ("-5 – 5", "°C", -5, 5),
        ("80-80", "Nilai", 80, 80),
    ],
)
def test_a_span_is_read_as_people_write_it(text, measure, low, high):
    found = parse_span(text, measure)

    assert found == span(low, high)
    assert parse_span(found.plain) == found


@pytest.mark.parametrize("text", ["80", "", "WTP", "-5", "1.234,5"])
def test_what_is_no_span_is_none(text):
    assert parse_span(text) is None


@pytest.mark.parametrize("text", ["90-80", "2026-01", "80-90 orang", "80–90–95", "80 s.d. 9o"])
def test_what_can_not_be_a_span_is_refused(text):
    with pytest.raises(NumberError):
        parse_span(text, "Nilai")


def test_a_fraction_of_per_cent_is_asked_in_a_span_too():
    with pytest.raises(AmbiguousNumber):
        parse_span("0,8–0,9", "%")


def test_a_sum_is_shared_out_over_the_periods_that_are_open():
    blank = [None] * 4

    assert spans_of_periods(SUM, span(8, 12), blank, {}) == [span(2, 3)] * 4
    assert spans_of_periods(SUM, span(8, 12), blank, {1: span(5, 6)}) == [span(5, 6)] + [span(1, 2)] * 3
    assert spans_of_periods(SUM, span(8, 12), blank, {}, "2,4") == [None, span(4, 6), None, span(4, 6)]
    assert spans_of_periods(LAST, span(8, 12), blank, {}) == blank


@pytest.mark.parametrize(
    ("accumulation", "spans", "expected"),
    [
        (LAST, [None, None], YEAR),
        (LAST, [span(60, 70), None], YEAR),
        (LAST, [span(60, 70), span(65, 75)], span(65, 75)),
        (SUM, [span(2, 3), span(3, 4)], span(5, 7)),
        (SUM, [None, None], YEAR),
        (MEAN, [span(60, 70), span(61, 70)], Span(Fraction(121, 2), Fraction(70))),
        (MEAN, [span(60, 70), None], span(70, 80)),
        (RATIO, [span(60, 70), span(65, 75)], span(65, 75)),
    ],
)
def test_spans_are_put_together_as_targets_are(accumulation, spans, expected):
    periods = [PeriodValues(Decimal(90), Decimal(50), Decimal(1), Decimal(2)) for _ in spans]

    assert span_to_date(accumulation, periods, spans, YEAR) == expected


def test_a_position_has_the_span_of_the_last_period_that_is_filled():
    periods = [PeriodValues(Decimal(90), Decimal(50)), PeriodValues(Decimal(90), None)]

    assert span_to_date(LAST, periods, [span(60, 70), span(65, 75)], YEAR) == span(60, 70)
