"""Rows are sent when they are complete, excused with a reason, and the last one closes step 5."""

import pytest
from django.urls import reverse

from measurement.doors import measuring, workflow
from measurement.doors.money_on_page import own_open_money
from measurement.models import WorksheetRow
from measurement.rules.sop import RowState, State
from tests.support.characters import Office, cycle_at, fill, fresh
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.sheets import complete, first_row, rows_of


def test_sending_moves_complete_rows_and_says_what_the_others_lack(measuring_office, asn, sheet):
    whole, half = rows_of(measuring_office.asn)
    response = asn.post(
        sheet,
        form_of(asn.get(sheet))
        | complete(whole)
        | {f"realised-{half.pk}": "1", "action": "send", "checked": "ya"},
        follow=True,
    )
    text = words(response)
    assert [row.state for row in rows_of(measuring_office.asn)] == [RowState.TERKIRIM, RowState.DRAF]
    assert "1 baris dikirim" in text
    assert "1 baris belum lengkap" in text
    assert "faktor penghambat (target belum tercapai); tindak lanjut; " in text
    assert "; bukti, atau letaknya bila tidak diunggah." in text


def test_sending_an_empty_sheet_says_that_nothing_was_ready(measuring_office, asn, sheet):
    response = asn.post(sheet, form_of(asn.get(sheet)) | {"action": "send", "checked": "ya"}, follow=True)
    assert "2 baris belum lengkap dan belum dikirim" in words(response)


def test_a_sent_row_is_closed_for_its_owner(measuring_office, asn, sheet):
    whole, _ = rows_of(measuring_office.asn)
    submit(asn, sheet, **complete(whole), action="send", checked="ya")
    assert f"realised-{whole.pk}" not in form_of(asn.get(sheet))
    submit(asn, sheet, **{f"realised-{whole.pk}": "9", f"version-{whole.pk}": str(whole.version + 2)})
    whole.refresh_from_db()
    assert whole.realised == 3


def test_a_met_target_asks_what_helped(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    values = complete(row) | {f"driver-{row.pk}": ""}
    response = asn.post(sheet, form_of(asn.get(sheet)) | values | {"action": "send"}, follow=True)
    assert "faktor pendorong (target tercapai)" in words(response)


def test_the_last_row_sent_completes_step_5_and_issues_the_paper(measuring_office, asn, sheet):
    fill(measuring_office, measuring_office.cycle)
    colleague, theirs = logged_in(measuring_office.colleague), rows_of(measuring_office.colleague)[0]
    submit(asn, sheet, action="send")
    assert fresh(measuring_office.cycle).state == State.PENGUKURAN
    submit(colleague, sheet, **complete(theirs), action="send")
    cycle = fresh(measuring_office.cycle)
    assert cycle.state == State.EVALUASI
    assert cycle.papers.filter(kind="kertas_kerja_pengukuran").count() == 1


def test_the_last_excuse_completes_step_5(measuring_office, asn, sheet):
    fill(measuring_office, measuring_office.cycle)
    submit(asn, sheet, action="send")
    theirs = rows_of(measuring_office.colleague)[0]
    excuse = reverse("excuse", args=[measuring_office.cycle.pk, theirs.pk])
    logged_in(measuring_office.tim).post(
        excuse, {"version": theirs.version, "reason": "Kegiatan ditunda seluruhnya."}
    )
    assert fresh(measuring_office.cycle).state == State.EVALUASI


def test_nothing_is_written_after_step_5_was_closed(measuring_office, asn, sheet):
    fill(measuring_office, measuring_office.cycle)
    opened = form_of(asn.get(sheet))
    theirs = rows_of(measuring_office.colleague)[0]
    measuring.send(measuring_office.cycle.pk, measuring_office.asn)
    measuring.excuse(
        measuring_office.cycle.pk,
        measuring_office.tim,
        theirs.pk,
        theirs.version,
        "Kegiatan ditunda seluruhnya.",
    )
    before = list(WorksheetRow.objects.order_by("pk").values())
    response = asn.post(sheet, opened | complete(first_row(measuring_office), "99"))
    assert response.status_code == 409
    assert "sudah dikirim, ditutup" in words(response)
    assert list(WorksheetRow.objects.order_by("pk").values()) == before


def test_a_page_from_before_the_close_is_answered_with_a_sentence(measuring_office, asn, sheet, monkeypatch):
    """The rows were still open when the request began, and are closed when it writes."""
    fill(measuring_office, measuring_office.cycle)
    opened, row = form_of(asn.get(sheet)), first_row(measuring_office)

    def close_first(cycle_id, *rest, save=measuring.save):
        close(measuring_office)
        return save(cycle_id, *rest)

    monkeypatch.setattr(measuring, "save", close_first)
    response = asn.post(sheet, opened | complete(row, "99"))
    assert response.status_code == 409
    assert "sudah ditutup" in words(response)
    assert WorksheetRow.objects.get(pk=row.pk).realised != 99


def close(office: Office) -> None:
    """All rows are accepted, and the cycle goes on to step 7."""
    office.cycle.rows.update(state=RowState.DITERIMA)
    workflow.perform(office.cycle, "measure", office.asn)
    workflow.perform(office.cycle, "evaluate", office.tim)


def excuse(office: Office, who, reason: str, **values):
    row = first_row(office)
    url = reverse("excuse", args=[office.cycle.pk, row.pk])
    return logged_in(who).post(url, {"version": str(row.version), "reason": reason} | values)


def test_tim_sakip_can_excuse_a_row_with_a_reason(measuring_office):
    response = excuse(measuring_office, measuring_office.tim, "Kegiatan ditunda ke triwulan II.")
    row = first_row(measuring_office)
    assert response.status_code == 302
    assert (row.state, row.verdict_note) == (RowState.DIKECUALIKAN, "Kegiatan ditunda ke triwulan II.")


@pytest.mark.parametrize("reason", ["", "   ", "\u200b" * 20, "singkat", "a b c d e f"])
def test_an_excuse_without_a_reason_is_refused(measuring_office, reason):
    response = excuse(measuring_office, measuring_office.tim, reason)
    assert response.status_code == 422
    assert "Tuliskan alasan untuk" in words(response)
    assert first_row(measuring_office).state == RowState.KOSONG


@pytest.mark.parametrize(
    ("who", "status"), [("asn", 403), ("sekcam", 403), ("camat", 403), ("administrator", 403)]
)
def test_nobody_but_tim_sakip_can_excuse(measuring_office, who, status):
    response = excuse(measuring_office, getattr(measuring_office, who), "Kegiatan ditunda ke triwulan II.")
    assert (response.status_code, first_row(measuring_office).state) == (status, RowState.KOSONG)


def test_another_offices_tim_sakip_cannot_find_the_row(measuring_office, neighbour):
    assert excuse(measuring_office, neighbour.tim, "Kegiatan ditunda ke triwulan II.").status_code == 404


def test_an_excuse_from_a_stale_page_is_a_conflict(measuring_office):
    response = excuse(measuring_office, measuring_office.tim, "Kegiatan ditunda ke triwulan II.", version="9")
    assert (response.status_code, first_row(measuring_office).state) == (409, RowState.KOSONG)


def test_a_row_of_another_office_cannot_be_excused_through_ones_own_cycle(measuring_office, neighbour):
    """The row is fetched through the cycle of the address, so that a foreign id finds nothing."""
    foreign = cycle_at(neighbour, "measure").rows.first()
    url = reverse("excuse", args=[measuring_office.cycle.pk, foreign.pk])
    response = logged_in(measuring_office.tim).post(
        url, {"version": str(foreign.version), "reason": "Kegiatan ditunda ke triwulan II."}
    )
    foreign.refresh_from_db()
    assert (response.status_code, foreign.state) == (409, RowState.KOSONG)


def test_sending_empty_rows_says_on_each_what_is_missing(measuring_office):
    client, url = logged_in(measuring_office.asn), reverse("worksheet", args=[measuring_office.cycle.pk])
    assert "Masih kurang" not in words(client.get(url))
    response = client.post(url, {"action": "send"}, follow=True)
    assert "Masih kurang: realisasi" in words(response)


@pytest.mark.parametrize("step", ["measure", "evaluate"])
def test_the_page_and_the_door_agree_on_whose_money_is_open(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    for row in cycle.rows.filter(state=RowState.TERKIRIM)[:1]:
        measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, "Bukti tidak terbaca.")
    for who in (kecamatan.asn, kecamatan.tim, kecamatan.camat):
        assert own_open_money(cycle, who) == list(measuring.open_money(cycle, who))
