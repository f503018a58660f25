"""How much of a stored file is in another: counted as a person with two hex dumps would."""

import os.path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.signing.comparing import compare_bytes

STORED = bytes(range(256)) * 8


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_beginning_and_ending_are_the_longest_that_agree(pdf, stored):
    found = compare_bytes(pdf, stored)
    assert found.beginning == len(os.path.commonprefix([pdf, stored]))
    left, right = pdf[found.beginning :], stored[found.beginning :]
    assert found.ending == len(os.path.commonprefix([left[::-1], right[::-1]]))


@given(st.binary(min_size=1, max_size=40), st.integers(0, len(STORED)))
def test_what_is_put_in_somewhere_leaves_the_rest_alike(added, place):
    found = compare_bytes(STORED[:place] + added + STORED[place:], STORED)
    assert found.kept == len(STORED)
    assert found.alike
    assert not found.slight


@pytest.mark.parametrize(
    ("pdf", "sentence"),
    [
        (STORED + b"xyz", "Ada 3 byte ditambahkan sesudah akhir berkas yang tersimpan."),
        (STORED[:-3], "Ada 3 byte dari berkas yang tersimpan hilang."),
        (STORED[:50] + STORED[60:], "Ada 10 byte dari berkas yang tersimpan hilang."),
        (
            STORED[:50] + b"??" + STORED[52:],
            "Bagian sepanjang 2 byte tidak sama dengan berkas yang tersimpan.",
        ),
    ],
)
def test_the_sentence_counts(pdf, sentence):
    assert compare_bytes(pdf, STORED).sentence == sentence


@pytest.mark.parametrize(("share", "alike"), [(2, False), (1.9, True), (100, False)])
def test_less_than_half_is_not_alike(share, alike):
    assert compare_bytes(STORED[: int(len(STORED) / share)], STORED).alike == alike


def test_damage_in_one_small_place_is_slight_and_a_signature_is_not():
    assert compare_bytes(STORED[:100] + b"?" * 300 + STORED[400:], STORED).slight
    assert not compare_bytes(STORED[:100] + b"?" * 900 + STORED[1000:], STORED).slight
