"""Batalkan: a button beside what was just done, which works without JavaScript."""

import re

from django.urls import reverse

from measurement.doors import measuring
from measurement.models import MeasurementCycle
from measurement.rules.sop import EVALUATE, PREPARE_METHOD, RowState, State
from tests.support.characters import cycle_at, fill, fresh
from tests.support.pages import logged_in, submit, words
from tests.support.step_pages import address, perform


def button(page) -> str:
    return re.search(r'action="([^"]*/batalkan/[0-9]+/)"', page.content.decode()).group(1)


def states(cycle: MeasurementCycle) -> set[str]:
    return set(cycle.rows.values_list("state", flat=True))


def test_what_was_accepted_at_once_can_be_taken_back_from_the_page(kecamatan):
    cycle, client = cycle_at(kecamatan, EVALUATE.key), logged_in(kecamatan.tim)
    measuring.accept(cycle.pk, kecamatan.tim, dict(cycle.rows.values_list("pk", "version")))
    page = client.get(address(cycle))
    assert "2 baris diterima pukul" in words(page)
    done = client.post(button(page), follow=True)
    assert "Dibatalkan: 2 baris kembali menunggu penilaian." in words(done)
    assert states(cycle) == {RowState.TERKIRIM}


def test_pressing_the_button_twice_is_pressing_it_once(kecamatan):
    cycle, client = cycle_at(kecamatan, EVALUATE.key), logged_in(kecamatan.tim)
    measuring.accept(cycle.pk, kecamatan.tim, dict(cycle.rows.values_list("pk", "version")))
    url = button(client.get(address(cycle)))
    client.post(url)
    assert "tidak ada yang dikerjakan dua kali" in words(client.post(url, follow=True))


def test_asn_can_take_back_what_they_sent_from_the_worksheet(kecamatan):
    cycle, client = cycle_at(kecamatan, "measure"), logged_in(kecamatan.asn)
    fill(kecamatan, cycle)
    sheet = reverse("worksheet", args=[cycle.pk])
    submit(client, sheet, action="send")
    page = client.get(sheet)
    assert "2 baris dikirim ke Tim SAKIP untuk dievaluasi pukul" in words(page)
    done = client.post(button(page), follow=True)
    assert "2 baris kembali kepada Anda dan dapat diubah lagi" in words(done)
    assert fresh(cycle).state == State.PENGUKURAN


def test_a_step_can_be_taken_back_from_its_receipt(kecamatan):
    cycle, client = cycle_at(kecamatan, "recapitulate"), logged_in(kecamatan.tim)
    page = client.get(perform(kecamatan, cycle).url)
    assert "Batalkan" in words(page)
    assert "siklus kembali ke langkah 7" in words(client.post(button(page), follow=True))


def test_a_receipt_says_why_a_step_stays_done(kecamatan):
    cycle, client = cycle_at(kecamatan, PREPARE_METHOD.key), logged_in(kecamatan.tim)
    page = client.get(perform(kecamatan, cycle).url)
    assert "membuka kertas kerja seluruh ASN" in words(page)


def test_nobody_finds_the_acts_of_others(kecamatan):
    cycle = cycle_at(kecamatan, EVALUATE.key)
    measuring.accept(cycle.pk, kecamatan.tim, dict(cycle.rows.values_list("pk", "version")))
    url = button(logged_in(kecamatan.tim).get(address(cycle)))
    assert logged_in(kecamatan.sekcam).post(url).status_code == 404
    assert "Batalkan" not in words(logged_in(kecamatan.sekcam).get(address(cycle)))


def test_the_timeline_tells_what_was_taken_back(kecamatan):
    cycle, client = cycle_at(kecamatan, EVALUATE.key), logged_in(kecamatan.tim)
    measuring.accept(cycle.pk, kecamatan.tim, dict(cycle.rows.values_list("pk", "version")))
    client.post(button(client.get(address(cycle))))
    text = words(client.get(reverse("cycle", args=[cycle.pk])))
    assert "Dibatalkan: 2 baris diterima" in text
    assert text.count("2 baris diterima") == 1


def test_a_step_that_was_taken_back_reads_as_such(kecamatan):
    cycle, client = cycle_at(kecamatan, "recapitulate"), logged_in(kecamatan.tim)
    client.post(button(client.get(perform(kecamatan, cycle).url)))
    text = words(client.get(reverse("cycle", args=[cycle.pk])))
    assert "Dibatalkan: Rekap ditetapkan" in text
    assert "Naskah dibatalkan" in text
    assert "Naskah diterbitkan ulang" not in text
