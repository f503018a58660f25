"""A civil servant has a NIP, a PPPK an NI PPPK; papers print which."""

import pytest

from measurement.models import Person
from measurement.record.officials import block


@pytest.mark.parametrize(
    ("number", "kind", "label"),
    [
        ("198001012005011001", "", "NIP"),
        ("199203142024211002", "", "NI PPPK"),
        ("199203142024211002", "nip", "NIP"),
        ("198001012005011001", "ni_pppk", "NI PPPK"),
        (None, "", "NIP"),
    ],
)
def test_the_number_says_which_kind_it_is_unless_somebody_did(number, kind, label):
    assert Person(nip=number, number_kind=kind).printed_number_label == label


def test_a_signature_block_names_the_kind_of_number():
    assert block(Person(nip="199203142024211002"), "Pengelola Data")["number_label"] == "NI PPPK"
