"""Days off, retention and scales in files as others write them: titles above, other headings, two rows of headings, notes below."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.models import Holiday, RetentionClass
from measurement.record.presets import load_presets
from tests.support.pages import form_of, logged_in, words
from tests.support.spending_files import book


@pytest.fixture
def admin(kecamatan):
    load_presets()
    return logged_in(kecamatan.administrator)


@pytest.fixture
def look(admin):
    def upload(kind, *rows):
        file = SimpleUploadedFile("berkas.xlsx", book(list(rows)))
        return admin.post(reverse("setting_import", args=[kind]), {"file": file})

    return upload


def found(response):
    return response.context["found"] or words(response)


def taken(admin, kind, shown):
    assert not found(shown).wrong, found(shown).wrong
    response = admin.post(reverse("setting_import", args=[kind]), form_of(shown) | {"action": "apply"})
    assert response.status_code == 302


SKB = (
    ["DAFTAR HARI LIBUR NASIONAL DAN CUTI BERSAMA"],
    [],
    ["No", "Tanggal", "Hari", "Keterangan"],
    [1, 2, 3, 4],
    ["A. LIBUR NASIONAL"],
    [1, "Kamis, 1 Januari 2026", "Kamis", "Tahun Baru"],
    ["B. CUTI BERSAMA"],
    [1, "18 Februari 2026", "Rabu", "Cuti bersama"],
    [],
    ["Sumber: keputusan bersama"],
)


def test_a_list_of_days_off_as_it_is_decreed(look, admin):
    taken(admin, "hari-libur", look("hari-libur", *SKB))

    days = Holiday.objects.order_by("date").values_list("date", "name", "works")
    assert list(days) == [
        (date(2026, 1, 1), "Tahun Baru", False),
        (date(2026, 2, 18), "Cuti bersama", False),
    ]


@pytest.mark.parametrize("word", ["Libur Nasional", "Cuti Bersama", "libur", "Nasional", ""])
def test_a_day_off_by_the_words_that_decrees_use(look, admin, word):
    taken(
        admin,
        "hari-libur",
        look("hari-libur", ["Tanggal", "Hari Libur", "Keterangan"], ["1-1-2026", "A", word]),
    )

    assert Holiday.objects.get().works is False


@pytest.mark.parametrize(
    ("day", "cell"), [("20-24 Maret 2026", "B3"), ("1 Januari", "B3"), ("#REF!", "B3"), ("31/02/2026", "B3")]
)
def test_a_day_that_cannot_be_read_below_a_title_is_named_by_its_cell(look, day, cell):
    response = look(
        "hari-libur", ["HARI LIBUR"], ["No", "Tanggal", "Nama"], [1, day, "A"], [2, "2-1-2026", "B"]
    )

    assert [wrong.cell for wrong in found(response).wrong] == [cell]


def test_notes_below_the_table_are_left_out_and_said(look):
    response = look(
        "hari-libur", ["Tanggal", "Nama"], ["1-1-2026", "A"], ["", "Jumlah: 1 hari"], ["Sumber: SKB"]
    )

    assert not found(response).wrong
    assert "Baris 3, 4 di bawah tabel tidak dibaca." in found(response).remarks


def test_a_row_that_lacks_its_day_within_the_table_is_named(look):
    response = look("hari-libur", ["Tanggal", "Nama"], ["", "A"], ["2-1-2026", "B"])

    assert [wrong.cell for wrong in found(response).wrong] == ["A2"]


def test_a_jadwal_retensi_with_two_rows_of_headings(look, admin):
    shown = look(
        "retensi",
        ["JADWAL RETENSI ARSIP"],
        ["No", "Kode Klasifikasi", "Jenis Arsip", "Retensi", "", "Keterangan"],
        ["", "", "", "Aktif", "Inaktif", ""],
        [1, "000.9.9", "Arsip contoh", "2 tahun", "3 Tahun", "Musnah"],
        [2, "000.9.8", "Arsip lain", "-", "-", "Permanen"],
    )
    taken(admin, "retensi", shown)

    kept = RetentionClass.objects.filter(code__startswith="000.9.").order_by("code")
    assert list(kept.values_list("code", "active_years", "inactive_years", "fate")) == [
        ("000.9.8", None, None, "Permanen"),
        ("000.9.9", 2, 3, "Musnah"),
    ]


def test_a_code_that_excel_kept_as_a_number_is_asked_back(look):
    response = look("retensi", ["Kode klasifikasi", "Jenis arsip"], [0.1, "Arsip"])

    assert [wrong.cell for wrong in found(response).wrong] == ["A2"]


def test_a_file_that_fits_nothing_says_what_is_expected(look):
    assert "Kolom yang diharapkan: Tanggal, Nama, Keterangan." in words(
        look("hari-libur", ["x", "y"], [1, 2])
    )


def test_levels_one_below_the_other_in_their_cell(look):
    head = ["Skala", "Sumber", "Berlaku sejak", "Berlaku sampai sebelum", "Tingkat"]
    response = look("predikat", head, ["Baru", "Contoh", "1 Januari 2026", "-", "AA >= 90\nA >= 80\nB"])

    assert not found(response).wrong
    assert ("Tingkat", "", "AA ≥ 90; A ≥ 80; B") in found(response).differences[0].changes
