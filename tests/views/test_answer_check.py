"""Periksa jawaban: before anything is sent, what is empty, below target, out of line or unproved is shown with a link to its field."""

import pytest

from measurement.models import WorksheetRow
from measurement.rules.sop import RowState
from tests.support.pages import form_of, submit, words
from tests.support.sheets import complete, money_node, rows_of


@pytest.fixture
def both(measuring_office) -> tuple[WorksheetRow, WorksheetRow]:
    return tuple(rows_of(measuring_office.asn))


def states(office) -> list[str]:
    return [row.state for row in rows_of(office.asn)]


def filled(office, *rows: WorksheetRow) -> dict:
    """Everything that the ASN has to fill in, and the money."""
    typed = {f"spent-{money_node(office).pk}": "1.000.000"}
    for row in rows:
        typed |= complete(row)
    return typed


def test_nothing_remarkable_is_sent_with_one_press(measuring_office, asn, sheet, both):
    submit(asn, sheet, **filled(measuring_office, *both), action="send")
    assert states(measuring_office) == [RowState.TERKIRIM] * 2


def test_something_remarkable_is_shown_before_anything_is_sent(measuring_office, asn, sheet, both):
    whole, half = both
    answer = submit(
        asn, sheet, **filled(measuring_office, whole), **{f"realised-{half.pk}": "1"}, action="send"
    )
    page = asn.get(answer.url)
    assert states(measuring_office) == [RowState.DRAF] * 2
    assert "Penjelasan yang masih kurang (2)" in words(page)
    assert f'<a href="#obstacle-{half.pk}">7.01.02.2.01.0001 {half.name}</a>' in page.content.decode()
    assert "1 dari 2 baris siap dikirim" in words(page)


def test_after_the_check_what_is_complete_is_sent(measuring_office, asn, sheet, both):
    whole, half = both
    answer = submit(
        asn, sheet, **filled(measuring_office, whole), **{f"realised-{half.pk}": "1"}, action="send"
    )
    asn.post(sheet, form_of(asn.get(answer.url)) | {"action": "send"})
    assert states(measuring_office) == [RowState.TERKIRIM, RowState.DRAF]


def test_a_blank_figure_blank_money_and_missing_evidence_are_named(measuring_office, asn, sheet, both):
    first, second = both
    submit(asn, sheet, **complete(first) | {f"evidence_note-{first.pk}": ""})
    page = asn.get(f"{sheet}?periksa=ya")
    text = words(page)
    assert f'href="#realised-{second.pk}"' in page.content.decode()
    assert f'href="#spent-{money_node(measuring_office).pk}"' in page.content.decode()
    assert "Masih kosong (2)" in text
    assert "Belum ada bukti atau letaknya (1)" in text


def test_below_target_but_explained_is_told_without_stopping(measuring_office, asn, sheet, both):
    typed = filled(measuring_office, *both) | {f"realised-{both[0].pk}": "2"}
    submit(asn, sheet, **typed)
    assert "Di bawah target, sudah dijelaskan (1)" in words(asn.get(f"{sheet}?periksa=ya"))
    submit(asn, sheet, action="send")
    assert states(measuring_office) == [RowState.TERKIRIM] * 2


def test_a_hint_from_what_was_typed_after_the_check_is_shown_once_more(measuring_office, asn, sheet, both):
    first = both[0]
    submit(asn, sheet, **filled(measuring_office, *both) | {f"evidence_note-{first.pk}": ""})
    page = asn.get(f"{sheet}?periksa=ya")
    typed = form_of(page) | {
        f"realised-{first.pk}": "9",
        f"evidence_note-{first.pk}": "Map laporan",
        "action": "send",
    }
    answer = asn.post(sheet, typed)
    assert "periksa=ya" in answer.url
    assert states(measuring_office) == [RowState.DRAF] * 2


def test_the_button_saves_and_leads_to_the_check(measuring_office, asn, sheet, both):
    answer = submit(asn, sheet, **{f"realised-{both[0].pk}": "2"}, action="check")
    assert "Periksa jawaban Anda" in words(asn.get(answer.url))
    assert rows_of(measuring_office.asn)[0].realised == 2
