"""Planning documents as offices print them, through the page: nothing that was printed is lost without a word."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.models import DocumentLine
from tests.support.pages import logged_in
from tests.support.spending_files import book

PK = ["No", "Sasaran Strategis", "Indikator Kinerja", "Target"]
IKI = ["No", "Kinerja Utama", "Indikator Kinerja Individu", "Satuan", "Target"]


@pytest.fixture
def take(kecamatan):
    """What was stored of these rows, what was said about them, and the cells that were wrong."""
    client = logged_in(kecamatan.tim)
    page = f"{reverse('planning_documents')}?rencana={kecamatan.plan.pk}"

    def upload(kind, *rows):
        file = SimpleUploadedFile("dokumen.xlsx", book(list(rows)))
        response = client.post(page, {"kind": kind, "year": "2026", "file": file})
        wrong = [cell.cell for cell in response.context["wrong"]] if response.context else []
        return (
            list(DocumentLine.objects.order_by("number")),
            [str(m) for m in get_messages(response.wsgi_request)],
            wrong,
        )

    return upload


def test_a_failed_formula_is_named(take):
    lines, _, wrong = take("perjakin", PK, [1, "M", "#NAME?", "#REF!"])

    assert (lines, wrong) == ([], ["C2", "D2"])


def test_a_word_for_no_target_is_kept_and_said(take):
    lines, said, _ = take("perjakin", PK, [1, "M", "IKM", "n/a"])

    assert [(line.target, line.target_text) for line in lines] == [(None, "n/a")]
    assert "Baris 2: target “n/a” bukan angka, jadi tidak dibandingkan." in said


@pytest.mark.parametrize("heading", ["Target Menjadi", "Target Perubahan", "Target Setelah Perubahan"])
@pytest.mark.parametrize("first", ["Target Semula", "Target"])
def test_of_a_changed_document_the_new_target_is_read(take, heading, first):
    lines, said, _ = take("perjakin", ["No", "Sasaran", "Indikator", first, heading], [1, "M", "IKM", 88, 90])

    assert [line.target for line in lines] == [90]
    assert any(first in remark for remark in said)


@pytest.mark.parametrize("heading", ["Jumlah (Rp)", "Jumlah", "Jumlah Anggaran (Rp)"])
def test_the_money_of_a_dpa_stands_under_jumlah(take, heading):
    rows = [["Kode Rekening", "Uraian", heading], ["7.01.02.2.01.0001", "Sinergi", "1.500.000"]]
    accounts = [["5.1.02.01.01.0024", "ATK", "1.000.000"], ["5.1.02.01.01.0026", "Cetak", "500.000"]]
    lines, _, _ = take("dpa", *rows, *accounts, ["Jumlah", "", "1.500.000"])

    assert [(line.code, line.pagu) for line in lines] == [("7.01.02.2.01.0001", 1_500_000)]


def test_an_iki_says_whose_it_is_beside_the_number(take):
    head = ["No", "Nama/NIP", "Jabatan", "Indikator Kinerja Individu", "Target"]
    first = [1, "ASN Contoh 01\nNIP 197006261990031006", "Kasi", "Jumlah laporan", "4 laporan"]
    lines, _, _ = take(
        "iki", head, first, ["", "", "", "Jumlah lain", "2"], [2, "ASN Contoh 02", "Staf", "Jumlah x", "1"]
    )

    assert [line.person[:13] for line in lines] == ["ASN Contoh 01", "ASN Contoh 01", "ASN Contoh 02"]
    assert "197006261990031006" in lines[0].person


def test_the_iki_of_several_people_one_below_the_other(take):
    one = [["INDIKATOR KINERJA INDIVIDU"], ["Nama : ASN Contoh 01"], IKI, [1, "M", "Jumlah a", "Laporan", 4]]
    other = [[], ["Nama : ASN Contoh 02"], IKI, [1, "M", "Jumlah b", "Laporan", 4]]
    lines, _, _ = take("iki", *one, *other)

    assert [(line.indicator, line.person) for line in lines] == [
        ("Jumlah a", "ASN Contoh 01"),
        ("Jumlah b", "ASN Contoh 02"),
    ]
