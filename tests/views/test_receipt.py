"""Tanda terima: what a finished step led to, who is at work now and until when; also later."""

import pytest
from django.urls import reverse

from measurement.doors import workflow
from measurement.record.rounds import Arahan
from measurement.rules.sop import SEND_BACK, Output
from tests.support.characters import cycle_at, fresh
from tests.support.pages import logged_in, words
from tests.support.step_pages import receipt_of


@pytest.fixture
def reported(kecamatan):
    """A cycle whose recap was just reported to the Sekcam."""
    return cycle_at(kecamatan, "approve")


def test_it_says_what_was_done_by_whom_and_who_is_at_work_now(kecamatan, reported):
    text = words(logged_in(kecamatan.tim).get(receipt_of(reported)))
    assert "Rekapitulasi dikirim ke Sekcam" in text
    assert "Langkah 8 selesai pukul" in text
    assert kecamatan.tim.name in text
    assert "Sekarang langkah 9, giliran Sekcam, paling lambat" in text


def test_the_paper_of_the_step_can_be_fetched(kecamatan, reported):
    paper = reported.papers.get(kind=Output.REKAPITULASI)
    page = logged_in(kecamatan.tim).get(receipt_of(reported)).content.decode()
    assert reverse("paper", args=[paper.pk]) in page
    assert page.count('>PDF<span class="visually-hidden">') == 1


def test_a_return_shows_its_arahan_and_leads_to_the_round(kecamatan, reported):
    workflow.perform(reported, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Periksa kembali serapan.")])
    text = words(logged_in(kecamatan.sekcam).get(receipt_of(reported)))
    assert "dikembalikan dengan arahan" in text
    assert "Periksa kembali serapan." in text
    assert "putaran 2" in text


def test_the_receipt_of_a_step_that_nobody_finished_does_not_exist(kecamatan, reported):
    here = reported.stays.get(left_at=None)
    assert logged_in(kecamatan.tim).get(reverse("receipt", args=[reported.pk, here.pk])).status_code == 404


def test_other_offices_and_other_cycles_find_nothing(kecamatan, neighbour, reported):
    assert logged_in(neighbour.tim).get(receipt_of(reported)).status_code == 404
    other = cycle_at(neighbour, "brief")
    foreign = reverse("receipt", args=[reported.pk, other.stays.first().pk])
    assert logged_in(kecamatan.tim).get(foreign).status_code == 404


def test_after_the_archive_it_says_so(kecamatan):
    cycle = cycle_at(kecamatan, None)
    assert "sudah diarsipkan" in words(logged_in(kecamatan.asn).get(receipt_of(cycle)))


def test_it_costs_few_queries(kecamatan, reported, django_assert_max_num_queries):
    client, address = logged_in(kecamatan.sekcam), receipt_of(fresh(reported))
    with django_assert_max_num_queries(12):
        client.get(address)


def test_the_timeline_leads_to_it(kecamatan, reported):
    page = logged_in(kecamatan.asn).get(reverse("cycle", args=[reported.pk])).content.decode()
    assert receipt_of(reported) in page


def test_who_has_nothing_to_sign_is_not_sent_to_sign(kecamatan, reported):
    text = words(logged_in(kecamatan.asn).get(receipt_of(reported)))
    assert "Ke Tugas saya" in text
    assert "Tanda tangani naskah" not in text
