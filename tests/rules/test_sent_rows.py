"""How many rows were sent, and from when on that is enough for a headline."""

import pytest

from measurement.models import WorksheetRow
from measurement.rules.sent_rows import SentRows, sent_rows
from measurement.rules.sop import RowState


def row(state: str, planned: bool = True) -> WorksheetRow:
    return WorksheetRow(state=state, planned=planned)


@pytest.mark.parametrize(
    ("sent", "asked", "enough"),
    [
        (0, 0, True),
        (0, 1, False),
        (1, 1, True),
        (4, 5, True),
        (43, 55, False),
        (44, 55, True),
        (55, 55, True),
    ],
)
def test_four_of_five_are_enough(sent, asked, enough):
    assert SentRows(sent, asked).is_enough == enough


def test_the_words_say_what_was_sent_and_what_is_left():
    assert SentRows(12, 55).words == "12 dari 55 dikirim"
    assert SentRows(43, 55).left_words == "12 dari 55 belum dikirim"
    assert SentRows(55, 55).left_words == ""


def test_only_rows_that_somebody_has_to_send_are_counted():
    uncounted = [
        row(RowState.MENGIKUTI),
        row(RowState.BELUM_WAKTUNYA),
        row(RowState.DIKECUALIKAN),
        row(RowState.DRAF, planned=False),
    ]
    assert sent_rows(uncounted) == SentRows(0, 0)
    assert sent_rows([row(state) for state in ("kosong", "draf", "dikembalikan")]) == SentRows(0, 3)
    assert sent_rows([row(state) for state in ("terkirim", "diterima")]) == SentRows(2, 2)
