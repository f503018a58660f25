"""Printed numbers and their readings, and the verdict on a published percentage: pure rules, no database."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.published.comparing import FigureVerdict, check_capaian, check_serapan, compare_published
from measurement.published.printed import PrintedKind, PrintedState, of_number, read_printed

EQUAL, ROUNDED, DIFFERENT, UNCOMPUTABLE = FigureVerdict


def capaian(target: str, realised: str, published: str, direction: str = "max"):
    return check_capaian(
        direction, read_printed(target), read_printed(realised), read_printed(published, PrintedKind.PERCENT)
    )


def serapan(pagu: str, realised: str, published: str):
    return check_serapan(
        read_printed(pagu, PrintedKind.MONEY),
        read_printed(realised, PrintedKind.MONEY),
        read_printed(published, PrintedKind.PERCENT),
    )


@pytest.mark.parametrize(
    ("text", "value", "places"),
    [
        ("97,89", "97.89", 2),
        ("97.5", "97.5", 1),
        ("100,16%", "100.16", 2),
        ("100 persen", "100", 0),
        ("2.562.626.955", "2562626955", 0),
        ("2,562,626,955", "2562626955", 0),
        ("2 562 626 955,50", "2562626955.50", 2),
        ("Rp. 2.562.626.955,-", "2562626955", 0),
        ("Rp2.562.626.955,00", "2562626955", 2),
        ("Rp 1 234 567,-", "1234567", 0),
        ("2683946801", "2683946801", 0),
        ("1.234,56", "1234.56", 2),
        ("1,234.56", "1234.56", 2),
        ("−5,2", "-5.2", 1),
        ("(1.234,5)", "-1234.5", 1),
        ("Rp (5)", "-5", 0),
        ("12 Dokumen", "12", 0),
        ("82,5 Nilai", "82.5", 1),
        ("40 m2", "40", 0),
        ("85 (Delapan Puluh Lima)", "85", 0),
        ("\u00a095 %\n", "95", 0),
        ("'97,89", "97.89", 2),
        ("2,56 miliar", "2560000000", 0),
        ("2,56E+09", "2560000000", 0),
        ("0,5000", "0.5", 4),
        (",5", "0.5", 1),
        ("0", "0", 0),
    ],
)
def test_a_printed_number_is_read(text, value, places):
    (reading,) = read_printed(text).readings

    assert (reading.value, reading.places) == (Decimal(value), places)


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("1.157", PrintedKind.FIGURE, ["1157", "1.157"]),
        ("95,500", PrintedKind.FIGURE, ["95.5", "95500"]),
        ("1.157", PrintedKind.PERCENT, ["1.157", "1157"]),
        ("500.000", PrintedKind.MONEY, ["500000"]),
        ("500,000", PrintedKind.MONEY, ["500000"]),
        ("0.123", PrintedKind.FIGURE, ["0.123"]),
    ],
)
def test_a_lone_group_of_three_has_two_readings_but_in_rupiah(text, kind, values):
    assert [reading.value for reading in read_printed(text, kind).readings] == [
        Decimal(value) for value in values
    ]


@pytest.mark.parametrize(
    "text",
    ["89,3405,300", "n/a", "#DIV/0!", "Baik", "3 dari 4", "80-90", "1/2", "12 (100%)", "1.234,567.8", "1234.567,8", "12 5", "½", "5‰", "NaN",
     "1_000", "(12", "7.01.01", "9" * 19, "1" * 5000, "(" * 5000],
)  # fmt: skip
def test_what_is_doubtful_is_no_number(text):
    assert read_printed(text).state == PrintedState.UNREADABLE


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", PrintedState.BLANK),
        (" \u00a0", PrintedState.BLANK),
        ("-", PrintedState.DASH),
        ("–", PrintedState.DASH),
        ("Rp -", PrintedState.DASH),
    ],
)
def test_blank_dash_and_nought_are_three_things(text, state):
    assert read_printed(text).state == state
    assert read_printed("0").state == PrintedState.NUMBER


@given(st.text(max_size=60), st.sampled_from(PrintedKind))
def test_reading_never_fails(text, kind):
    assert (read_printed(text, kind).state == PrintedState.NUMBER) == bool(read_printed(text, kind).readings)


# Rows of published documents


@pytest.mark.parametrize(
    ("target", "realised", "published", "computed", "verdict"),
    [
        ("85", "86", "101,2", "101,18", EQUAL),
        ("90", "97,89", "108,7", "108,77", ROUNDED),
        ("90,1", "98,02", "108,8", "108,79", EQUAL),
        ("91,33", "94,87", "103,87", "103,88", ROUNDED),
        ("90", "86", "95", "95,56", ROUNDED),
        ("90", "88", "97", "97,78", ROUNDED),
        ("90", "83", "92", "92,22", EQUAL),
        ("83,47", "88,45", "106", "105,97", EQUAL),
        ("83,97", "70,81", "84,32", "84,33", ROUNDED),
        ("85,47", "85,09", "99,55", "99,56", ROUNDED),
        ("92,50", "92,50", "100", "100,00", EQUAL),
    ],
)
def test_published_capaian(target, realised, published, computed, verdict):
    check = capaian(target, realised, published)

    assert (check.text, check.verdict) == (computed, verdict)


@pytest.mark.parametrize(
    ("pagu", "realised", "published", "verdict"),
    [
        ("2500000", "2500000", "100%", EQUAL),
        ("16447874576", "12686491756", "92%", DIFFERENT),
        ("12722186843", "11960502525", "95%", ROUNDED),
        ("780562950", "87054200", "98%", DIFFERENT),
        ("89,3405,300", "886684800", "99%", UNCOMPUTABLE),
        ("436280000", "266311864", "60%", DIFFERENT),
        ("1617023276", "1613142367", "100%", EQUAL),
        ("", "1567281600", "100%", UNCOMPUTABLE),
        ("", "", "-", UNCOMPUTABLE),
        ("0", "0", "0", UNCOMPUTABLE),
        ("500.000", "Rp250.000,-", "50", EQUAL),
        ("404811300", "404468100", "0,9992", EQUAL),
    ],
)
def test_published_serapan(pagu, realised, published, verdict):
    assert serapan(pagu, realised, published).verdict == verdict


# The edges of a verdict


@pytest.mark.parametrize(
    ("shown", "places", "exact", "verdict"),
    [
        ("92", 0, "91.5", EQUAL),
        ("91", 0, "91.5", ROUNDED),
        ("99", 0, "100", ROUNDED),
        ("98", 0, "99.0001", DIFFERENT),
        ("97.88", 2, "97.89", ROUNDED),
        ("97.87", 2, "97.89", DIFFERENT),
        ("97.880", 3, "97.89", ROUNDED),
        ("97.8799", 4, "97.89", DIFFERENT),
    ],
)
def test_within_a_hundredth_or_one_unit_of_the_last_place(shown, places, exact, verdict):
    assert compare_published(Decimal(shown), places, Decimal(exact)) == verdict


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 3), st.integers(-2, 2))
def test_verdicts_agree_with_fractions(target, realised, places, off):
    exact, unit = Fraction(realised, target) * 100, Fraction(1, 10**places)
    half_up = (exact / unit + Fraction(1, 2)).__floor__() * unit
    published = max(half_up + off * unit, Fraction(0))
    expected = (
        EQUAL
        if published == half_up
        else ROUNDED
        if abs(published - exact) <= max(Fraction(1, 100), unit)
        else DIFFERENT
    )
    shown = Decimal(published.numerator) / Decimal(published.denominator)

    assert (
        check_serapan(
            *(of_number("", Decimal(n), 0) for n in (target, realised)), of_number("", shown, places, True)
        ).verdict
        == expected
    )


# Directions and readings


@pytest.mark.parametrize(
    ("direction", "target", "realised", "published", "verdict", "said"),
    [
        ("min", "23", "20,10", "112,61", EQUAL, ""),
        ("MINIMIZE", "94", "144", "46,81", EQUAL, ""),
        ("Semakin rendah semakin baik", "0,372", "0,325", "112,63", EQUAL, ""),
        ("Makin tinggi, makin baik", "94", "144", "46,81", DIFFERENT, "arah sebaliknya (minimum)"),
        (
            "Maksimum (semakin tinggi semakin baik)",
            "94",
            "144",
            "46,81",
            DIFFERENT,
            "arah sebaliknya (minimum)",
        ),
        ("Progres negatif", "94", "144", "153,19", DIFFERENT, "arah sebaliknya (maksimum)"),
        ("", "94", "144", "46,81", EQUAL, "cocok dengan minimum"),
        ("", "94", "144", "153,19", EQUAL, "cocok dengan maksimum"),
        ("", "94", "94", "100", EQUAL, ""),
        ("", "94", "144", "70", DIFFERENT, "keduanya tidak cocok"),
        ("entah", "94", "144", "46,81", EQUAL, "arah “entah” tidak dikenal"),
        ("min", "5", "12", "-40", EQUAL, "tanpa batas bawah 0"),
        ("min", "5", "12", "0", EQUAL, "ditampilkan 0"),
        ("min", "94", "144", "65,28", DIFFERENT, "bentuk rasio target ÷ realisasi = 65,28"),
        ("max", "94", "144", "46,81", DIFFERENT, "arah sebaliknya (minimum) = 46,81"),
        ("max", "100", "145", "120", DIFFERENT, "cocok bila dibatasi 120"),
        ("max", "100%", "0,98", "98%", EQUAL, "“0,98” dibaca sebagai pecahan: 98 %"),
        ("max", "100", "97,8", "0,978", EQUAL, "“0,978” dibaca sebagai pecahan: 97,8 %"),
        (
            "max",
            "12",
            "11",
            "0,9",
            EQUAL,
            "“0,9” dibaca sebagai pecahan: 90 %, dicetak sampai puluhan persen",
        ),
        ("max", "100", "95", "1,0", EQUAL, "pecahan: 100 %, dicetak sampai puluhan persen"),
        ("max", "100", "99", "0,9", ROUNDED, "dipotong"),
        ("max", "12", "8", "0,9", DIFFERENT, ""),
        ("max", "12", "11", "1", DIFFERENT, ""),
        ("max", "1000", "9", "0,9", EQUAL, ""),
        ("max", "1000", "3", "0,1", DIFFERENT, ""),
        ("max", "1.157", "1.200", "103,72", EQUAL, "“1.157” dibaca 1157 (ribuan)"),
        ("max", "1.157", "1,2", "103,72", EQUAL, "“1.157” dibaca 1,157 (desimal)"),
        ("max", "2.000", "1.500,5", "75,03", EQUAL, "“2.000” dibaca 2000 (ribuan)"),
        ("max", "0", "3", "100", UNCOMPUTABLE, "target 0"),
        ("max", "5", "", "0", UNCOMPUTABLE, "realisasi kosong"),
        ("max", "Perda", "Perda", "100", UNCOMPUTABLE, "target “Perda” tidak terbaca sebagai angka"),
        ("max", "5", "0", "0", EQUAL, ""),
        ("max", "90", "86", "95", ROUNDED, "dipotong"),
    ],
)
def test_what_was_tried_or_assumed_is_said(direction, target, realised, published, verdict, said):
    check = capaian(target, realised, published, direction)

    assert check.verdict == verdict
    assert said in "; ".join(check.notes)
    assert said or not check.notes


def test_nothing_published_gets_no_verdict_but_the_figure():
    check = capaian("90", "86", "")

    assert (check.verdict, check.text) == (None, "95,56")


def test_dash_published_for_a_computable_row_is_not_compared():
    assert (capaian("90", "86", "-").verdict, capaian("90", "86", "-").text) == (UNCOMPUTABLE, "95,56")


def test_computed_value_follows_the_notation_of_the_published_one():
    assert [capaian("85", "86", text).text for text in ("101.2", "101,2", "101")] == [
        "101.18",
        "101,18",
        "101,18",
    ]


def test_misread_thousands_do_not_agree_with_nought_by_accident():
    assert serapan("599.089", "5.448", "0").verdict == ROUNDED
    assert serapan("971215", "9,177", "0,94").verdict == EQUAL
