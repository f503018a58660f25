"""The word for a figure, by tables of cases around every boundary, and scales that leave values without one."""

from decimal import Decimal

import pytest

from measurement.rules.figure import Figure, Gap
from measurement.rules.formulas import predicate, scale_gaps

PERMENDAGRI_86 = [
    (Decimal(91), "Sangat Tinggi"), (Decimal(76), "Tinggi"), (Decimal(66), "Sedang"), (Decimal(51), "Rendah"), (None, "Sangat Rendah"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("248", "Sangat Tinggi"), ("100.01", "Sangat Tinggi"), ("100", "Sangat Tinggi"), ("91", "Sangat Tinggi"),
        ("90.995", "Sangat Tinggi"), ("90.9949", "Tinggi"), ("90.99", "Tinggi"), ("75.995", "Tinggi"),
        ("76", "Tinggi"), ("75.99", "Sedang"), ("66", "Sedang"), ("65.99", "Rendah"), ("51", "Rendah"), ("50.99", "Sangat Rendah"),
        ("0", "Sangat Rendah"), ("-5", "Sangat Rendah"),
    ],
)  # fmt: skip
def test_a_predicate_follows_the_rounded_value(value, word):
    assert predicate(Figure(Decimal(value)), PERMENDAGRI_86) == word


def test_no_value_has_no_predicate():
    assert predicate(Figure(gap=Gap.ZERO_TARGET), PERMENDAGRI_86) == ""


def test_an_unnamed_value_of_a_scale_with_a_gap_has_no_word():
    assert predicate(Figure(Decimal(10)), PERMENDAGRI_86[:4]) == ""


@pytest.mark.parametrize(
    ("lowers", "faults"),
    [
        ([91, 76, 66, 51, None], []),
        ([50, None], []),
        ([None], ["paling sedikit dua"]),
        ([], ["paling sedikit dua", "tanpa batas bawah"]),
        ([91, 76], ["tanpa batas bawah"]),
        ([91, 91, None], ["batas bawah yang sama"]),
        ([91, None, None], ["batas bawah yang sama"]),
        ([91, 91], ["tanpa batas bawah", "batas bawah yang sama"]),
    ],
)
def test_a_scale_says_why_it_leaves_values_without_exactly_one_word(lowers, faults):
    found = scale_gaps(lowers)
    assert len(found) == len(faults)
    assert all(fault in sentence for fault, sentence in zip(faults, found, strict=True))
