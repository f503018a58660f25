"""Exports of SIPD that hold more than one office, year or print, through the page of the plan's import: another's money is never added up."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.models import Pagu
from tests.support.pages import form_of, logged_in, words
from tests.support.spending_files import book

HEAD = ["Nama SKPD", "Kode Sub Kegiatan", "Nama Sub Kegiatan", "Kode Rekening", "Nama Rekening", "Pagu 2026"]
SUB, ACCOUNT, FURTHER = "7.01.01.2.01.0001", "5.1.02.01.01.0024", "5.1.02.01.01.0026"


def row(office: str, pagu, account: str = ACCOUNT, name: str = "ATK") -> list:
    return [office, SUB, "Penyusunan dokumen", account, name, pagu]


@pytest.fixture
def look(empty, kecamatan):
    client = logged_in(kecamatan.tim)

    def upload(*rows, year: str = ""):
        file = SimpleUploadedFile("sipd.xlsx", book(list(rows)))
        return client.post(
            reverse("plan_import"), {"plan": empty.pk, "file": file, "action": "preview", "year": year}
        )

    upload.client = client
    return upload


def pagu(look, shown) -> int:
    """What is stored of the sub kegiatan after the page's button was pressed."""
    assert not shown.context["preview"].wrong, shown.context["preview"].wrong
    look.client.post(reverse("plan_import"), {"action": "apply", "seen": form_of(shown)["seen"]})
    return int(Pagu.objects.get(node__plan__name="Rencana", node__code=SUB).amount)


def test_rows_of_other_offices_are_left_out_and_said(look, kecamatan):
    shown = look(HEAD, row(kecamatan.unit.name, 1000), row("Kecamatan Lain", 5000), row("", 7000, FURTHER))

    assert pagu(look, shown) == 1000
    assert "2 baris milik Kecamatan Lain tidak dibaca." in shown.context["preview"].remarks


@pytest.mark.parametrize(
    "other", ["Puskesmas 416-317", "Kecamatan 416-317 Lor", "1.02.0.00 Kelurahan 416-317"]
)
def test_an_office_that_shares_our_short_name_is_another(look, kecamatan, other):
    shown = look(HEAD, row(kecamatan.unit.name, 1000), row(other, 5000))

    assert pagu(look, shown) == 1000
    assert f"1 baris milik {other} tidak dibaca." in shown.context["preview"].remarks


def test_a_name_that_is_not_ours_is_said_before_it_is_applied(look, kecamatan):
    shown = look(HEAD, row("7.01.0.00.0.00.02.0000 Kecamatan Lain", 5000))

    said = f"Berkas ini menyebut perangkat daerah “7.01.0.00.0.00.02.0000 Kecamatan Lain”, bukan “{kecamatan.unit.name}”. Pastikan berkasnya benar."
    assert said in shown.context["preview"].remarks


def test_several_offices_without_ours_are_refused_with_their_names(look):
    told = words(look(HEAD, row("Kecamatan Satu", 1000), row("Kecamatan Dua", 5000)))

    assert "Berkas ini memuat 2 perangkat daerah (Kecamatan Dua, Kecamatan Satu)" in told


def test_the_same_row_twice_is_added_up_and_said(look, kecamatan):
    name = kecamatan.unit.name
    shown = look(HEAD, row(name, 1000), row(name, 1000), row(name, 500, FURTHER))

    assert pagu(look, shown) == 2500
    assert (
        "Baris 3 sama persis dengan baris di atasnya dan ikut dijumlahkan; hapus bila tercetak dua kali."
        in shown.context["preview"].remarks
    )


@pytest.mark.parametrize("heading", ["Jumlah (Rp)", "Jumlah"])
def test_a_printed_dpa_has_its_money_under_jumlah(look, heading):
    branches = [
        ["7.01.01", "Program", ""],
        ["7.01.01.2.01", "Kegiatan", ""],
        [SUB, "Penyusunan dokumen", "1.500.000"],
    ]
    accounts = [[ACCOUNT, "ATK", "1.000.000"], [FURTHER, "Cetak", "500.000"], ["Jumlah", "", "1.500.000"]]

    assert pagu(look, look(["Kode", "Uraian", heading], *branches, *accounts, year="2026")) == 1_500_000


@pytest.mark.parametrize("new", ["Sesudah", "Menjadi", "Setelah Perubahan"])
def test_of_a_changed_plan_the_new_figures_are_read(look, new):
    head = [
        "Kode",
        "Nomenklatur",
        "Indikator",
        "Satuan",
        "Target Semula",
        f"Target {new}",
        "Pagu Semula",
        f"Pagu {new}",
    ]
    shown = look(head, [SUB, "Penyusunan dokumen", "Jumlah dokumen", "Dokumen", 4, 5, 100, 200], year="2026")

    assert pagu(look, shown) == 200
    assert "target 2026: 5 Dokumen" in shown.context["preview"].new[0].detail
