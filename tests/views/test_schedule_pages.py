"""The schedule of an indicator on its page, on the worksheets and in the workbook that is filled in offline."""

import io

import openpyxl
import pytest
from django.urls import reverse

from measurement.models import Indicator, Target
from measurement.plan.revising import approve
from tests.support.characters import YEAR, cycle_at
from tests.support.pages import form_of, logged_in, words
from tests.support.workbooks import comparison, download


def change(office, **values):
    client = logged_in(office.tim)
    url = f"{reverse('indicator', args=[office.indicators[0].pk])}?tahun={YEAR}"
    return client.post(url, form_of(client.get(url), f"?tahun={YEAR}") | values)


def quarters(office) -> list:
    target = Target.objects.get(indicator=office.indicators[0])
    return [target.p1, target.p2, target.p3, target.p4]


def test_ticked_quarters_become_the_schedule_and_the_target_is_spread_over_them(kecamatan):
    change(kecamatan, schedule=["2", "4"])

    assert Indicator.objects.get(pk=kecamatan.indicators[0].pk).schedule == "2,4"
    assert quarters(kecamatan) == [None, 6, None, 6]
    page = logged_in(kecamatan.tim).get(reverse("plan"))
    assert "diukur semester (TW II dan IV)" in words(page)


def test_a_page_that_comes_back_unchanged_keeps_the_schedule(kecamatan):
    change(kecamatan, schedule=["4"])
    change(kecamatan)

    assert Indicator.objects.get(pk=kecamatan.indicators[0].pk).schedule == "4"
    assert quarters(kecamatan) == [None, None, None, 12]


def test_a_target_where_it_is_not_due_is_refused_with_a_sentence(kecamatan):
    refused = change(kecamatan, schedule=["4"], p1="1", p2="", p3="", p4="11")

    assert refused.status_code == 422
    assert "Menurut jadwalnya (setahun sekali (TW IV)) tidak diukur; kosongkan." in words(refused)


def test_a_due_quarter_that_is_blank_is_refused(kecamatan):
    assert change(kecamatan, schedule=["2", "4"], p1="", p2="6", p3="", p4="").status_code == 422


def test_a_changed_schedule_asks_for_the_basis_of_a_revision(kecamatan):
    approve(kecamatan.plan, YEAR, kecamatan.tim, "Perjanjian Kinerja", kecamatan.asn.date_joined.date())

    assert "harus menyebut dasar revisi" in words(change(kecamatan, schedule=["4"]))


@pytest.fixture
def waiting(kecamatan):
    """A cycle of TW I at step 5 whose second indicator is due in TW IV."""
    second = kecamatan.indicators[1]
    Indicator.objects.filter(pk=second.pk).update(schedule="4")
    Target.objects.filter(indicator=second).update(p1=None, p2=None, p3=None, p4=12)
    kecamatan.cycle = cycle_at(kecamatan, "measure")
    return kecamatan


def test_the_worksheets_say_what_is_not_due_and_offer_no_input(waiting):
    row = waiting.cycle.rows.get(name="Jumlah laporan 2")

    mine = logged_in(waiting.asn).get(reverse("worksheet", args=[waiting.cycle.pk]))
    assert "Belum waktunya: diukur setahun sekali (TW IV)." in words(mine)
    assert "0 dari 1 lengkap · 0 terkirim · 1 belum waktunya" in words(mine)
    assert f'name="realised-{row.pk}"' not in mine.content.decode()
    chosen = logged_in(waiting.asn).get(
        reverse("worksheet", args=[waiting.cycle.pk]), {"saring": "belum-waktunya"}
    )
    assert "Belum waktunya (1)" in words(chosen)
    board = logged_in(waiting.tim).get(reverse("coverage", args=[waiting.cycle.pk]))
    assert "1 indikator belum waktunya diukur dan tidak ditunggu." in words(board)


def test_the_workbook_shows_it_locked_and_what_was_typed_there_is_skipped(waiting):
    waiting.asn_client = logged_in(waiting.asn)
    book = download(waiting)
    sheet = openpyxl.load_workbook(io.BytesIO(book.saved()))["Kertas kerja"]
    states = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(str(text).startswith("Belum waktunya") for text in states)
    cell = book.cell("Realisasi", 2)
    assert cell.protection.locked
    cell.value = 5

    url = reverse("round_trip", args=[waiting.cycle.pk])
    found = comparison(waiting.asn_client, url, book.saved())

    assert found.count == 0
    assert [skipped.reason for skipped in found.skipped] == ["belum waktunya diukur pada periode ini"]
