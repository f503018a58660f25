"""Texts of drawings: broken between words, cut with an ellipsis, never wider than their place."""

from decimal import Decimal

import pytest

from measurement.rules.text_width import text_width, wrap_text

NAME = "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik"
SIZE = Decimal(13)


@pytest.mark.parametrize("width", [80, 150, 300, 600])
@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_line_is_wider_than_its_place(width, most):
    lines = wrap_text(NAME, Decimal(width), SIZE, most)
    assert len(lines) <= most
    assert all(text_width(line, SIZE) <= width for line in lines)


def test_what_fits_is_whole_and_what_does_not_ends_in_an_ellipsis():
    assert " ".join(wrap_text(NAME, Decimal(200), SIZE, 3)) == NAME
    assert wrap_text(NAME, Decimal(200), SIZE, 1)[-1].endswith("…")
    assert wrap_text("", Decimal(200), SIZE, 2) == []
