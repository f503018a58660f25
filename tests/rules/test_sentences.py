"""A sentence ends with one full stop, whatever it ends in."""

import pytest

from measurement.rules.sentences import ended


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("untuk ASN Contoh 07", "untuk ASN Contoh 07."),
        ("untuk ASN Contoh 07, S.T.", "untuk ASN Contoh 07, S.T."),
        ("Jawab arahan: “Lengkapi”", "Jawab arahan: “Lengkapi”."),
        ("didahulukan: sarana…", "didahulukan: sarana…"),
        ("Benar? ", "Benar?"),
    ],
)
def test_a_sentence_has_one_full_stop(text, sentence):
    assert ended(text) == sentence
