"""A tint goes with the place of a predicate in its scale, whatever the scale and its words."""

from decimal import Decimal

import pytest

from measurement.rules.predicate_tints import predicate_tint


def scale(*words: str) -> list[tuple[Decimal | None, str]]:
    """Lower bounds in falling order; the last word has none."""
    return [*((Decimal(90 - 10 * n), word) for n, word in enumerate(words[:-1])), (None, words[-1])]


PERMENDAGRI = scale("Sangat Tinggi", "Tinggi", "Sedang", "Rendah", "Sangat Rendah")


def test_five_words_have_five_tints():
    assert [predicate_tint(word, PERMENDAGRI) for _, word in PERMENDAGRI] == ["5", "4", "3", "2", "1"]


@pytest.mark.parametrize(
    ("words", "tints"),
    [("AB", "51"), ("ABC", "531"), ("ABCD", "5421"), ("ABCDEFG", "5443221")],
)
def test_other_scales_go_from_the_highest_to_the_lowest_tint(words, tints):
    assert "".join(predicate_tint(word, scale(*words)) for word in words) == tints


def test_no_predicate_and_a_word_of_another_scale_have_no_tint():
    assert predicate_tint("", PERMENDAGRI) == predicate_tint("Baik", PERMENDAGRI) == ""
