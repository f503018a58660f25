"""Numbers and dates in words, as letters write them."""

from datetime import date

import pytest

from measurement.rules.dates import (
    count_in_words,
    date_in_words,
    number_in_words,
    period,
    weekday_and_date,
    working_time,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"), (1, "satu"), (9, "sembilan"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"), (19, "sembilan belas"),
        (20, "dua puluh"), (21, "dua puluh satu"), (99, "sembilan puluh sembilan"), (100, "seratus"), (101, "seratus satu"),
        (111, "seratus sebelas"), (200, "dua ratus"), (999, "sembilan ratus sembilan puluh sembilan"), (1000, "seribu"), (1001, "seribu satu"),
        (1100, "seribu seratus"), (2026, "dua ribu dua puluh enam"), (11_000, "sebelas ribu"), (100_000, "seratus ribu"),
        (999_999, "sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan"),
    ],
)  # fmt: skip
def test_a_number_in_words(number, words):
    assert number_in_words(number) == words


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_a_number_without_words_here_is_refused(number):
    with pytest.raises(ValueError, match=str(number)):
        number_in_words(number)


def test_no_two_numbers_share_their_words():
    assert len({number_in_words(number) for number in range(20_000)}) == 20_000


def test_a_date_in_words():
    assert (
        date_in_words(date(2026, 11, 22))
        == "Minggu tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam"
    )
    assert date_in_words(date(2000, 1, 1)) == "Sabtu tanggal satu bulan Januari tahun dua ribu"


def test_a_date_with_its_day():
    assert weekday_and_date(date(2023, 10, 5)) == "Kamis, 5 Oktober 2023"


def test_a_count_as_letters_write_it():
    assert count_in_words(1, "berkas") == "1 (satu) berkas"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0, "0 menit"),
        (45, "45 menit"),
        (449, "449 menit"),
        (450, "1 hari"),
        (935, "2 hari 35 menit"),
        (900, "2 hari"),
    ],
)
def test_working_time_is_told_in_the_days_and_minutes_of_the_sop(minutes, told):
    assert working_time(minutes, 450) == told


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2026, 10, 5), date(2026, 10, 5), "5 Oktober 2026"),
        (date(2026, 10, 5), date(2026, 10, 6), "5–6 Oktober 2026"),
        (date(2026, 9, 30), date(2026, 10, 2), "30 September – 2 Oktober 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 Desember 2026 – 2 Januari 2027"),
    ],
)
def test_a_span_of_days_says_once_what_is_the_same(first, last, told):
    assert period(first, last) == told
