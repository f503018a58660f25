"""Numbers as people write and read them: one strict parser for every way in, one way to print."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.rules.numbers import (
    HINT,
    AmbiguousNumber,
    NumberError,
    parse_money,
    parse_number,
    parse_scores,
    show,
    show_money,
    show_percent,
    show_plain,
    show_short,
)

READABLE = [
    ("1.234,56", "1234.56"),
    ("1234,56", "1234.56"),
    ("0", "0"),
    ("0,372", "0.372"),
    ("12", "12"),
    ("1234", "1234"),
    ("2.562.626.955", "2562626955"),
    ("-5", "-5"),
    ("-1.234,5", "-1234.5"),
    (" 7,5 ", "7.5"),
    ("999999999999999", "999999999999999"),
    ("0,123456", "0.123456"),
]
READABLE += [("−5", "-5"), ("12.", "12"), ("\u00a012\u00a0", "12"), ("1 000", "1000"), ("1,1570", "1.157")]
UNREADABLE = [
    "1.23.4", "1_000", "1e5", "NaN", "Infinity", "-inf", "٣", "12%", "99 %", "1.234.56,", "12 Laporan", "BB (85)",
    ".", "-", "--5", "n/a", "tidak ada", "½", "1\n2", "12\x00", "١٢", "１２", "0x10", "3/4", "80-90",
]  # fmt: skip
ASKED = {
    "1,234.56": "1234.56", "1234.56": "1234.56", "2,562,626,955": "2562626955", "1.2": "1.2", "12.3456": "12.3456", ",5": "0.5",
    "5,": "5", "+5": "5", "(5)": "-5", "1,5 juta": "1500000", "≥ 85": "85", "Rp1.000.000": "1000000", "0.372": "0.372",
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), READABLE)
def test_a_number_in_the_indonesian_form_is_read(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_number_is_refused_with_a_hint(text):
    with pytest.raises(NumberError) as refusal:
        parse_number(text)
    assert not isinstance(refusal.value, AmbiguousNumber)
    assert HINT in str(refusal.value)


@pytest.mark.parametrize(("text", "likely"), ASKED.items())
def test_another_notation_is_read_and_asked(text, likely):
    with pytest.raises(AmbiguousNumber) as refusal:
        parse_number(text)
    assert refusal.value.value == Decimal(likely)
    assert [parse_number(choice) for choice in refusal.value.choices] == [Decimal(likely)]


@pytest.mark.parametrize("text", ["", " ", "\t\n"])
def test_a_blank_is_no_number_and_not_zero(text):
    assert parse_number(text) is None
    assert parse_money(text) is None


@pytest.mark.parametrize(
    ("text", "likely", "other"),
    [
        ("1.234", "1234", "1.234"),
        ("1.157", "1157", "1.157"),
        ("-12.500", "-12500", "-12.5"),
        ("999.999", "999999", "999.999"),
        ("1,157", "1.157", "1157"),
        ("12,500", "12.5", "12500"),
    ],
)
def test_a_lone_group_of_three_is_shown_back_with_both_readings(text, likely, other):
    with pytest.raises(AmbiguousNumber) as refusal:
        parse_number(text)
    assert refusal.value.value == Decimal(likely)
    assert [parse_number(choice) for choice in refusal.value.choices] == [Decimal(likely), Decimal(other)]
    assert all(words in str(refusal.value) for words in refusal.value.choices.values())


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("100%", "%", 100),
        ("100 %", "Persen", 100),
        ("95,5 persen", "%", "95.5"),
        ("12 Laporan", "Laporan", 12),
        ("12 laporan", "LAPORAN", 12),
        ("4 Dok.", "Dokumen", 4),
        ("30 org", "Orang", 30),
        ("12 (dua belas) Laporan", "Laporan", 12),
        ("91,5 (A)", "Nilai", "91.5"),
        ("0,95%", "%", "0.95"),
        ("12", "Laporan", 12),
    ],
)
def test_a_unit_that_agrees_may_stand_behind_the_number(text, measure, value):
    assert parse_number(text, measure) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "measure", "words"),
    [
        ("12 Dokumen", "Laporan", "bersatuan “Dokumen”, sedangkan satuannya Laporan"),
        ("12 Orang", "%", "bersatuan “Orang”"),
    ],
)
def test_a_unit_that_does_not_agree_is_asked(text, measure, words):
    with pytest.raises(AmbiguousNumber, match="Benarkah itu") as refusal:
        parse_number(text, measure)
    assert words in str(refusal.value)
    assert list(refusal.value.choices) == ["12"]


def test_a_percentage_of_things_is_no_number():
    with pytest.raises(NumberError, match="bukan angka") as refusal:
        parse_number("12%", "Laporan")
    assert not isinstance(refusal.value, AmbiguousNumber)


def test_a_fraction_of_a_percentage_is_asked():
    with pytest.raises(AmbiguousNumber, match="0,95 % atau 95 %") as refusal:
        parse_number("0,95", "%")
    assert [parse_number(choice, "%") for choice in refusal.value.choices] == [Decimal("0.95"), 95]
    assert parse_number("0", "%") == 0
    assert parse_number("1", "%") == 1


def test_what_is_shown_back_is_accepted_the_second_time():
    with pytest.raises(AmbiguousNumber) as refusal:
        parse_number("1.234")
    assert parse_number(show_plain(refusal.value.value)) == 1234


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("500.000", 500_000),
        ("1.500.000", 1_500_000),
        ("750000", 750_000),
        ("0", 0),
        ("12,00", 12),
        ("Rp 1.500.000,-", 1_500_000),
        ("Rp. 194.281.400", 194_281_400),
        ("Rp194.281.400,00", 194_281_400),
        ("114.281.400,00", 114_281_400),
        ("1 500 000", 1_500_000),
        ("1.500.000.", 1_500_000),
        ("1.500.000 rupiah", 1_500_000),
    ],
)
def test_money_is_whole_rupiah_and_a_lone_dot_means_thousands(text, value):
    assert parse_money(text) == value


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("500,000", [500_000, 500]),
        ("12,500", [12_500]),
        ("1,500,000", [1_500_000]),
        ("1,5 juta", [1_500_000]),
        ("(1.000)", [-1000]),
    ],
)
def test_money_in_another_notation_is_asked(text, choices):
    with pytest.raises(AmbiguousNumber) as refusal:
        parse_money(text)
    assert refusal.value.value == choices[0]
    assert [parse_money(choice) for choice in refusal.value.choices] == choices


@pytest.mark.parametrize("text", ["12%", "12 Laporan", "abc", "-", "1.23.4"])
def test_what_is_no_money_is_refused(text):
    with pytest.raises(NumberError) as refusal:
        parse_money(text)
    assert not isinstance(refusal.value, AmbiguousNumber)


def test_money_with_sen_is_refused():
    with pytest.raises(NumberError, match="tanpa sen"):
        parse_money("1.500,50")


@pytest.mark.parametrize(
    "text", ["1000000000000000", "-1.000.000.000.000.000", "999999999999999,999999", "1234567890,123456"]
)
def test_more_digits_than_can_be_stored_exactly_are_refused(text):
    with pytest.raises(NumberError, match="paling banyak 15 angka"):
        parse_number(text)


@pytest.mark.parametrize("text", ["999999999999999", "123456789,123456", "0,123456", "100000000000000"])
def test_fifteen_digits_are_taken(text):
    assert show_plain(parse_number(text)) == text


def test_a_long_text_is_not_repeated_in_full():
    with pytest.raises(NumberError) as refusal:
        parse_number("x" * 5000)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1234.5", "1.234,50"),
        ("90.995", "91,00"),
        ("90.994999", "90,99"),
        ("-3.145", "−3,15"),
        ("-0.001", "0,00"),
        ("0", "0,00"),
        ("1234567.891", "1.234.567,89"),
        ("112.605", "112,61"),
    ],
)
def test_a_shown_number_has_two_decimals_rounded_half_up(value, text):
    assert show(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("12.00", "12"),
        ("95.50", "95,5"),
        ("1157", "1.157"),
        ("1E+3", "1.000"),
        ("0.000001", "0,000001"),
        ("-7.0", "−7"),
    ],
)
def test_a_short_number_drops_decimals_that_say_nothing(value, text):
    assert show_short(Decimal(value)) == text


def test_no_value_is_a_dash_and_never_a_zero():
    assert {show(None), show_short(None), show_percent(None), show_money(None)} == {"–"}
    assert show_plain(None) == ""


def test_money_and_percent_carry_their_sign():
    assert (show_money(Decimal(1_234_567)), show_money(Decimal(-500))) == ("Rp1.234.567", "−Rp500")
    assert show_percent(Decimal("112.605")) == "112,61 %"


@given(st.decimals(min_value=-(10**9) + 1, max_value=10**9 - 1, places=6))
def test_what_stands_in_a_field_reads_back_as_the_same_number(value):
    assert parse_number(show_plain(value)) == value


@given(st.text(max_size=30))
def test_any_text_is_a_number_a_blank_or_refused(text):
    try:
        value = parse_number(text)
    except NumberError:
        return
    assert value is None or value.is_finite()


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("WTP=4, WDP=3", {"WTP": "4", "WDP": "3"}),
        ("AA=7,A=6", {"AA": "7", "A": "6"}),
        ("Baik=3,5; Cukup = 2;", {"Baik": "3.5", "Cukup": "2"}),
        ("Sangat baik=0", {"Sangat baik": "0"}),
        ("Buruk=-1", {"Buruk": "-1"}),
        ("", {}),
        ("  ", {}),
        (",", {}),
    ],
)
def test_a_scale_of_scores_is_read(text, scores):
    assert parse_scores(text) == {word: Decimal(score) for word, score in scores.items()}


@pytest.mark.parametrize(
    "text", ["WTP", "WTP=", "=4", "WTP=4, WTP=3", "WTP=4=5", "WTP=1.000", "WTP=1e3", "Baik=3,5", "WTP=empat"]
)
def test_a_scale_of_scores_that_has_two_readings_or_none_is_refused(text):
    with pytest.raises(NumberError, match="WTP=4, WDP=3"):
        parse_scores(text)
