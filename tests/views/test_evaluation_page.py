"""Step 6: Tim SAKIP accepts rows or returns them with a reason."""

import re

import pytest
from django.urls import reverse

from measurement.doors import measuring, workflow
from measurement.models import MeasurementCycle, WorksheetRow
from measurement.record.rounds import Arahan
from measurement.rules.sop import SEND_BACK, RowState
from tests.support.characters import Office, cycle_at, fill, fresh, settle
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.step_pages import address, receipt_of, snapshot

FAR = 900  # three were planned: far enough for a hint


def verdict(office: Office, cycle: MeasurementCycle, **values):
    return submit(logged_in(office.tim), address(cycle), **values)


def test_tim_sakip_can_accept_all_rows_shown(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    assert verdict(kecamatan, cycle, action="accept_shown").status_code == 302
    assert set(cycle.rows.values_list("state", flat=True)) == {RowState.DITERIMA}


def test_accepting_what_is_shown_leaves_what_a_filter_hides(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    first = cycle.rows.first()
    verdict(kecamatan, cycle, **{f"verdict-{first.pk}": "accept", "action": "save"})
    client, url = logged_in(kecamatan.tim), f"{address(cycle)}?saring=dikembalikan"
    client.post(url, form_of(client.get(url)) | {"action": "accept_shown"})
    assert cycle.rows.filter(state=RowState.TERKIRIM).count() == 1


def test_a_row_marked_to_be_returned_is_not_accepted_with_the_rest(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    first, second = cycle.rows.all()
    verdict(
        kecamatan,
        cycle,
        **{
            f"verdict-{first.pk}": "return",
            f"reason-{first.pk}": "Bukti tidak terbaca.",
            "action": "accept_shown",
        },
    )
    assert [WorksheetRow.objects.get(pk=row.pk).state for row in (first, second)] == [
        RowState.DIKEMBALIKAN,
        RowState.DITERIMA,
    ]


def test_tim_sakip_can_return_a_row_with_a_reason(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    verdict(
        kecamatan,
        cycle,
        **{f"verdict-{row.pk}": "return", f"reason-{row.pk}": "Bukti tidak terbaca.", "action": "save"},
    )
    row.refresh_from_db()
    assert (row.state, row.verdict_note) == (RowState.DIKEMBALIKAN, "Bukti tidak terbaca.")
    assert "Bukti tidak terbaca." in words(
        logged_in(kecamatan.asn).get(reverse("worksheet", args=[cycle.pk]))
    )


@pytest.mark.parametrize("reason", ["", "  ", "\u200b" * 12, "pendek"])
def test_a_return_without_a_reason_writes_nothing_of_the_page(kecamatan, reason):
    cycle = cycle_at(kecamatan, "evaluate")
    first, second = cycle.rows.all()
    before = snapshot(cycle)
    values = {
        f"verdict-{first.pk}": "accept",
        f"verdict-{second.pk}": "return",
        f"reason-{second.pk}": reason,
    }
    response = verdict(kecamatan, cycle, evaluation_note="Catatan baru.", **values)
    assert response.status_code == 422
    assert "Tuliskan alasannya, paling sedikit 10 huruf." in words(response)
    assert "1 baris diterima" not in words(response)
    assert (form_of(response)[f"verdict-{first.pk}"], form_of(response)["evaluation_note"]) == (
        ["accept"],
        "Catatan baru.",
    )
    assert snapshot(cycle) == before


@pytest.mark.parametrize("chosen", ["", "accept"])
@pytest.mark.parametrize("action", ["save", "accept_shown", "evaluate"])
def test_a_reason_of_a_row_that_is_not_returned_is_asked_about(kecamatan, chosen, action):
    cycle = cycle_at(kecamatan, "evaluate")
    row, reason = cycle.rows.first(), "Bukti tidak terbaca."
    before = snapshot(cycle)
    response = verdict(
        kecamatan, cycle, **{f"verdict-{row.pk}": chosen, f"reason-{row.pk}": reason, "action": action}
    )
    assert response.status_code == 422
    assert f"{row.name}: Alasan ini hanya disimpan bila baris dikembalikan." in words(response)
    assert form_of(response)[f"reason-{row.pk}"] == reason
    assert snapshot(cycle) == before


def test_a_returned_row_keeps_step_6_open_until_it_is_sent_and_accepted(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    first, second = cycle.rows.all()
    values = {
        f"verdict-{first.pk}": "return",
        f"reason-{first.pk}": "Bukti tidak terbaca.",
        f"verdict-{second.pk}": "accept",
    }
    refused = verdict(kecamatan, cycle, **values, action="evaluate")
    assert "1 baris masih dilengkapi" in words(refused)
    verdict(kecamatan, cycle, **values, action="save")
    settle(kecamatan, cycle)
    assert verdict(kecamatan, cycle, action="evaluate").url == receipt_of(cycle)


def test_an_accepted_row_can_still_be_returned(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    verdict(kecamatan, cycle, action="accept_shown")
    returned = {f"verdict-{row.pk}": "return", f"reason-{row.pk}": "Bukti tidak terbaca."}
    submit(logged_in(kecamatan.tim), f"{address(cycle)}?saring=semua", **returned)
    assert WorksheetRow.objects.get(pk=row.pk).state == RowState.DIKEMBALIKAN


def test_a_row_that_changed_meanwhile_is_not_accepted(kecamatan):
    cycle, client = cycle_at(kecamatan, "evaluate"), logged_in(kecamatan.tim)
    row = cycle.rows.first()
    values = form_of(client.get(address(cycle))) | {
        f"version-{row.pk}": str(row.version - 1),
        "action": "accept_shown",
    }
    assert "1 baris berubah sejak halaman dibuka" in words(client.post(address(cycle), values, follow=True))
    assert WorksheetRow.objects.get(pk=row.pk).state == RowState.TERKIRIM


def test_a_row_of_another_office_cannot_be_accepted(kecamatan, neighbour):
    cycle, foreign = cycle_at(kecamatan, "evaluate"), cycle_at(neighbour, "evaluate").rows.first()
    verdict(
        kecamatan, cycle, **{f"version-{foreign.pk}": str(foreign.version), f"verdict-{foreign.pk}": "accept"}
    )
    foreign.refresh_from_db()
    assert foreign.state == RowState.TERKIRIM


def test_rows_with_unexplained_hints_are_left_when_many_are_accepted(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    odd, plain = cycle.rows.all()
    WorksheetRow.objects.filter(pk=odd.pk).update(realised=FAR)
    client = logged_in(kecamatan.tim)
    response = client.post(
        address(cycle), form_of(client.get(address(cycle))) | {"action": "accept_shown"}, follow=True
    )
    assert [WorksheetRow.objects.get(pk=row.pk).state for row in (odd, plain)] == [
        RowState.TERKIRIM,
        RowState.DITERIMA,
    ]
    assert "1 baris tidak ikut diterima" in words(response)
    assert "1 dengan petunjuk yang belum dijelaskan" in words(response)
    verdict(kecamatan, cycle, **{f"verdict-{odd.pk}": "accept", "action": "save"})
    assert WorksheetRow.objects.get(pk=odd.pk).state == RowState.DITERIMA


def test_a_missing_reason_is_told_at_its_row_and_linked_from_the_top(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    page = verdict(kecamatan, cycle, **{f"verdict-{row.pk}": "return", "action": "save"}).content.decode()
    assert f'href="#reason-{row.pk}"' in page
    assert f'id="reason-{row.pk}-error"' in page


def test_saving_comes_back_to_the_chosen_chip(kecamatan):
    cycle, client = cycle_at(kecamatan, "evaluate"), logged_in(kecamatan.tim)
    url = f"{address(cycle)}?saring=belum"
    assert client.post(url, form_of(client.get(url)) | {"action": "save"}).url == url


def test_a_refusal_keeps_the_chosen_chip(kecamatan):
    cycle, client = cycle_at(kecamatan, "evaluate"), logged_in(kecamatan.tim)
    row, url = cycle.rows.first(), f"{address(cycle)}?saring=belum"
    page = client.post(
        url, form_of(client.get(url)) | {f"verdict-{row.pk}": "return", "action": "save"}
    ).content.decode()
    assert re.search(r'saring=belum"\s+aria-current="true"', page)


def test_one_click_accepts_some_and_returns_others(kecamatan):
    cycle, client = cycle_at(kecamatan, "evaluate"), logged_in(kecamatan.tim)
    first, second = cycle.rows.all()
    values = {
        f"verdict-{first.pk}": "accept",
        f"verdict-{second.pk}": "return",
        f"reason-{second.pk}": "Bukti tidak terbaca.",
    }
    text = words(
        client.post(
            address(cycle), form_of(client.get(address(cycle))) | values | {"action": "save"}, follow=True
        )
    )
    assert "1 baris diterima" in text
    assert "1 baris dikembalikan kepada penanggung jawabnya" in text
    assert "0 belum dinilai" in text


def test_what_was_typed_stays_when_a_reason_is_missing(kecamatan, to_decide):
    row = to_decide.rows.first()
    workflow.perform(
        to_decide, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Periksa kembali bukti.", row.pk)]
    )
    fill(kecamatan, fresh(to_decide))
    measuring.send(to_decide.pk, kecamatan.asn)
    answer = f"answer-{to_decide.directives.get().pk}"
    typed = {answer: "Bukti sudah diperiksa.", f"verdict-{row.pk}": "return"}
    response = submit(logged_in(kecamatan.tim), address(to_decide, "evaluate"), **typed)
    kept = form_of(response)
    assert (response.status_code, kept[answer], kept[f"verdict-{row.pk}"]) == (
        422,
        "Bukti sudah diperiksa.",
        ["return"],
    )


def test_a_refusal_shows_what_was_marked_though_the_chip_hides_it_by_now(kecamatan):
    cycle, client = cycle_at(kecamatan, "evaluate"), logged_in(kecamatan.tim)
    row, url = cycle.rows.first(), f"{address(cycle)}?saring=dikembalikan"
    marked = {f"version-{row.pk}": str(row.version), f"verdict-{row.pk}": "return"}
    assert form_of(client.post(url, form_of(client.get(url)) | marked))[f"verdict-{row.pk}"] == ["return"]


def test_a_row_marked_by_mistake_can_be_left_alone_again(kecamatan):
    cycle, client = cycle_at(kecamatan, "evaluate"), logged_in(kecamatan.tim)
    assert form_of(client.get(address(cycle)))[f"verdict-{cycle.rows.first().pk}"] == [""]
    assert "Batal memilih" in words(client.get(address(cycle)))
    before = snapshot(cycle)
    verdict(kecamatan, cycle, action="save")
    assert snapshot(cycle) == before


def test_what_is_judged_leaves_the_list_of_what_is_left(kecamatan):
    cycle, client = cycle_at(kecamatan, "evaluate"), logged_in(kecamatan.tim)
    cycle.rows.update(realised=FAR)
    assert "2 baris belum dinilai. 2 baris dinilai satu per satu." in words(client.get(address(cycle)))
    verdict(kecamatan, cycle, **{f"verdict-{row.pk}": "accept" for row in cycle.rows.all()}, action="save")
    text = words(client.get(address(cycle)))
    assert "Semua baris sudah dinilai." in text
    assert "Semua baris yang terkirim sudah dinilai." in text
    assert "Tidak ada baris yang perlu perhatian." in words(client.get(f"{address(cycle)}?saring=perhatian"))


def test_a_row_in_doubt_says_so_beside_its_verdict(kecamatan):
    cycle, client = cycle_at(kecamatan, "evaluate"), logged_in(kecamatan.tim)
    assert "semuanya dapat diterima sekaligus" in words(client.get(address(cycle)))
    cycle.rows.filter(pk=cycle.rows.first().pk).update(realised=FAR)
    text = words(client.get(address(cycle)))
    assert text.count("Petunjuk di bawah belum dijelaskan.") == 1
    assert "Capaian di atas 200 %." in text
