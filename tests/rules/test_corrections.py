"""What was probably meant: every button leads to something that is taken."""

from decimal import Decimal
from functools import partial

import pytest

from measurement.rules.corrections import (
    confirmed,
    money_corrections,
    number_corrections,
    overspent_corrections,
)
from measurement.rules.numbers import AmbiguousNumber, NumberError, parse_money, parse_number


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("12%", ["12"]),
        ("12 kali", ["12"]),
        ("Rp 5.000.000", ["5000000"]),
        ("1O", ["10"]),
        ("12,,5", ["12,5"]),
        ("0,33333333", ["0,33"]),
        ("lima 5 laporan", ["5"]),
        ("7 s.d. 8", ["7", "8"]),
        ("lima", []),
        ("", []),
    ],
)
def test_a_text_that_is_no_number(typed, offered):
    assert list(number_corrections(typed, parse_number)) == offered


@pytest.mark.parametrize(
    ("typed", "measure", "value"), [("1O", "Laporan", 10), ("l5", "Orang", 15), ("1O5", "%", 105)]
)
def test_letters_that_look_like_digits_are_no_unit(typed, measure, value):
    with pytest.raises(NumberError) as refused:
        parse_number(typed, measure)
    assert not isinstance(refused.value, AmbiguousNumber)
    assert list(number_corrections(typed, partial(parse_number, measure=measure))) == [str(value)]


def test_a_letter_that_begins_the_unit_of_the_row_is_asked():
    with pytest.raises(AmbiguousNumber, match="dibaca 5"):
        parse_number("5l", "Liter")


def test_a_lone_group_in_a_text_offers_both_readings():
    assert list(number_corrections("kira-kira 1.234 orang sekali", parse_number)) == ["1234", "1,2340"]


def test_a_number_that_may_not_be_negative_is_offered_without_its_sign():
    assert number_corrections("-4", parse_number, may_be_negative=False) == {"4": "Pakai 4"}


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("1.500.000,50", ["1.500.001"]),
        ("1.500.000 rupiah saja", ["1.500.000"]),
        ("12 %", ["12"]),
        ("nihil", []),
    ],
)
def test_a_text_that_is_no_amount(typed, offered):
    assert list(money_corrections(typed, parse_money)) == offered


@pytest.mark.parametrize(
    "typed", ["12%", "1O", "7 s.d. 8", "Rp 1.234", "3 (tiga) dari 4", "1.234.5", "--5", "1e5"]
)
def test_whatever_is_offered_is_taken(typed):
    for parse, corrections in ((parse_number, number_corrections), (parse_money, money_corrections)):
        for text in corrections(typed, parse):
            try:
                parse(text)
            except AmbiguousNumber:
                pytest.fail(text)


@pytest.mark.parametrize(
    ("spent", "before", "offered"),
    [
        (550_000, 500_000, ["50.000", "550"]),
        (900_000_000, 0, ["900.000"]),
        (999_999, 500_000, ["499.999"]),
        (5_000_001, 0, []),
    ],
)
def test_an_amount_beyond_the_pagu(spent, before, offered):
    assert list(overspent_corrections(Decimal(spent), Decimal(before), Decimal(1_000_000))) == offered


def test_a_single_reading_is_said_yes_to_and_several_are_named():
    with pytest.raises(NumberError) as one:
        parse_number("1 juta", "Rupiah")
    with pytest.raises(NumberError) as two:
        partial(parse_number, "1.234")()
    assert list(confirmed(one.value).values())[0].startswith("Ya, ")
    assert len(confirmed(two.value)) == 2
