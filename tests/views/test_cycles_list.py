"""Siklus: how far those under way are, the archive by year with its reports, and the pages of a round and of a step to read."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement.doors import voiding, workflow
from measurement.models import MeasurementCycle
from measurement.record.rounds import Arahan
from measurement.rules.sop import SEND_BACK, Output, Role, State
from tests.support.characters import cycle_at, fresh, open_cycle, walk
from tests.support.pages import logged_in, words

LIST = reverse("cycles")


def dots_of(response) -> list[str]:
    return re.findall(r'<circle cx="\d+" cy="7" r="4"(?: class="(\w+)")?/>', response.content.decode())


# Under way


def test_a_cycle_under_way_shows_how_far_it_is(kecamatan):
    cycle_at(kecamatan, "measure")
    page = logged_in(kecamatan.asn).get(LIST)
    assert dots_of(page) == ["done"] * 4 + ["here"] + [""] * 6
    assert "Langkah 5 dari 11. Giliran: Seluruh ASN." in words(page)


def test_the_list_is_that_of_my_office(kecamatan, neighbour):
    open_cycle(kecamatan)
    assert dots_of(logged_in(neighbour.camat).get(LIST)) == []


# The archive


@pytest.mark.parametrize("role", [Role.CAMAT, Role.ASN])
def test_the_report_of_an_archived_cycle_can_be_fetched_from_the_list(kecamatan, role):
    report = cycle_at(kecamatan, None).papers.get(kind=Output.LAPORAN)
    page = logged_in(kecamatan.actor(role)).get(LIST)
    assert f'href="{reverse("paper", args=[report.pk])}"' in page.content.decode()
    assert f"Laporan Hasil nomor {report.number}" in words(page)


def test_the_report_that_was_issued_again_is_the_one_to_fetch(kecamatan):
    cycle = cycle_at(kecamatan, "archive")
    old = cycle.papers.get(kind=Output.LAPORAN)
    new = voiding.void(old, kecamatan.sekcam, "Nama penanda tangan keliru.", again=True)
    walk(kecamatan, fresh(cycle))
    text = words(logged_in(kecamatan.asn).get(LIST))
    assert new.number in text
    assert old.number not in text


def test_years_stand_apart_and_older_ones_are_folded(kecamatan):
    for year in (2024, 2025):
        MeasurementCycle.objects.create(
            unit=kecamatan.unit,
            plan=kecamatan.plan,
            year=year,
            number=4,
            state=State.ARSIP,
            opened_at=timezone.now(),
        )
    page = logged_in(kecamatan.asn).get(LIST)
    assert re.findall(r'<details class="more"( open)?>\s*<summary><strong>(\d+)', page.content.decode()) == [
        (" open", "2025"),
        ("", "2024"),
    ]
    assert words(page).count("Laporan Hasil belum ada.") == 2


def test_a_correction_is_told_at_both_cycles(kecamatan):
    cycle_at(kecamatan, None)
    cycle_at(kecamatan, None)
    text = words(logged_in(kecamatan.asn).get(LIST))
    assert (
        text.count("koreksi atas siklus terdahulu")
        == text.count("sudah dikoreksi oleh siklus yang lebih baru")
        == 1
    )


# A round


@pytest.fixture
def returned(kecamatan, to_decide):
    row = to_decide.rows.first()
    arahan = [Arahan("Periksa kembali serapan."), Arahan("Lampirkan bukti yang lengkap.", row.pk)]
    workflow.perform(to_decide, SEND_BACK, kecamatan.sekcam, arahan=arahan)
    return fresh(to_decide)


def round_page(person, cycle, number: int = 2):
    return logged_in(person).get(reverse("round", args=[cycle.pk, number]))


def test_a_round_shows_its_arahan_before_they_are_answered(kecamatan, returned):
    text = words(round_page(kecamatan.tim, returned))
    assert "Arahan umum" in text
    assert str(returned.rows.first()) in text
    assert text.count("Belum dijawab") == 2


@pytest.fixture
def reported(kecamatan, returned):
    """The row of the arahan got another analysis, and the Sekcam has been shown it."""
    cycle = walk(kecamatan, returned, "report")
    row = cycle.rows.first()
    type(row).objects.filter(pk=row.pk).update(analysis="Serapan turun karena lelang gagal.")
    return walk(kecamatan, cycle, "approve")


def test_a_round_shows_what_changed_once_it_was_reported(kecamatan, returned, reported):
    text = words(round_page(kecamatan.asn, reported))
    assert "Serapan turun karena lelang gagal." in text
    assert "Sudah dilengkapi seperti diminta." in text
    assert "Belum dijawab" not in text


def test_changes_wait_for_the_report(kecamatan, returned):
    assert "Perubahan tampil di sini setelah rekapitulasi putaran ini dikirim" in words(
        round_page(kecamatan.tim, returned)
    )


@pytest.mark.parametrize(("role", "shown"), [(Role.TIM_SAKIP, True), (Role.CAMAT, True), (Role.ASN, False)])
def test_figures_of_all_rows_are_hidden_from_an_asn_while_rows_are_filled_in(
    kecamatan, reported, role, shown
):
    workflow.perform(reported, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Periksa lagi serapan.")])
    assert (
        "Serapan turun karena lelang gagal." in words(round_page(kecamatan.actor(role), reported))
    ) == shown


@pytest.mark.parametrize("number", [0, 1, 3])
def test_other_rounds_are_not_found(kecamatan, returned, number):
    assert round_page(kecamatan.tim, returned, number).status_code == 404


# A step to read


def test_a_step_to_read_tells_when_it_was_done_and_how_long_it_took(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    text = words(logged_in(kecamatan.asn).get(reverse("step", args=[cycle.pk, 3])))
    assert f"Langkah ini diselesaikan {kecamatan.tim}" in text
    assert "Waktu baku 120 menit" in text
    assert "0 menit" in text


def test_a_step_whose_turn_has_not_come_says_where_the_cycle_is(kecamatan):
    page = logged_in(kecamatan.asn).get(reverse("step", args=[open_cycle(kecamatan).pk, 7]))
    assert "Langkah ini belum tiba gilirannya; siklus sekarang pada langkah 2." in words(page)


def test_a_step_that_waits_for_its_next_round_says_so(kecamatan, returned):
    page = logged_in(kecamatan.asn).get(reverse("step", args=[returned.pk, 8]))
    assert "selesai pada putaran 1 dan menunggu gilirannya lagi pada putaran 2" in words(page)


def test_a_step_leads_to_those_beside_it(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    page = logged_in(kecamatan.camat).get(reverse("step", args=[cycle.pk, 4])).content.decode()
    assert all(reverse("step", args=[cycle.pk, number]) in page for number in (3, 5))


def test_a_return_is_read_at_its_step_with_the_reason(kecamatan, returned):
    text = words(logged_in(kecamatan.asn).get(reverse("step", args=[returned.pk, 9])))
    assert "Kembalikan dengan arahan oleh" in text
    assert "Periksa kembali serapan." in text
