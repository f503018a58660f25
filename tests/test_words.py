"""Numbers and dates in words, as letters write them."""

from datetime import date

import pytest

from measurement.words import count_in_words, date_in_words, number_in_words, weekday_and_date


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
    assert date_in_words(date(2026, 11, 22)) == "Minggu tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam"
    assert date_in_words(date(2000, 1, 1)) == "Sabtu tanggal satu bulan Januari tahun dua ribu"


def test_a_date_with_its_day():
    assert weekday_and_date(date(2023, 10, 5)) == "Kamis, 5 Oktober 2023"


def test_a_count_as_letters_write_it():
    assert count_in_words(1, "berkas") == "1 (satu) berkas"
