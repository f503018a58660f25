"""Settings in and out by file: shown first, written whole or not at all, by natural key."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.models import Holiday, PredicateScale, RetentionClass
from measurement.record.presets import load_presets
from tests.support.characters import Office
from tests.support.pages import form_of, logged_in, words

KINDS = ("hari-libur", "predikat", "retensi")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def admin(kecamatan):
    load_presets()
    return logged_in(kecamatan.administrator)


def look(admin, kind: str, text: str | bytes, name: str = "berkas.csv"):
    content = text.encode() if isinstance(text, str) else text
    return admin.post(reverse("setting_import", args=[kind]), {"file": SimpleUploadedFile(name, content)})


def apply(admin, kind: str, page):
    return admin.post(reverse("setting_import", args=[kind]), form_of(page) | {"action": "apply"})


def test_days_off_are_shown_first_and_written_when_applied(kecamatan, admin):
    page = look(
        admin,
        "hari-libur",
        "Tanggal;Nama;Keterangan\n9-5-2026;Hari Jadi;\n17 Agustus 2026;Piket;tetap masuk\n",
    )
    assert "Hari Jadi" in words(page)
    assert not Holiday.objects.exists()

    assert apply(admin, "hari-libur", page).status_code == 302
    found = Holiday.objects.values_list("unit", "date", "name", "works")
    assert list(found) == [
        (kecamatan.unit.pk, date(2026, 5, 9), "Hari Jadi", False),
        (kecamatan.unit.pk, date(2026, 8, 17), "Piket", True),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_downloaded_changes_nothing_when_it_comes_back(kecamatan, admin, kind):
    Holiday.objects.create(unit=kecamatan.unit, date=date(2026, 5, 9), name="=1+1")
    RetentionClass.objects.create(unit=kecamatan.unit, code="000.1", name="Surat", active_years=1)
    content = admin.get(reverse("setting_export", args=[kind])).content
    page = words(look(admin, kind, content, "unduhan.xlsx"))
    assert "Tidak ada yang berbeda" in page
    assert "perlu diperbaiki" not in page


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        (
            "hari-libur",
            "Tanggal;Nama\n31-2-2026;Libur\n",
            "A2 31-2-2026 Tulis satu tanggal seperti 17-8-2027",
        ),
        ("hari-libur", "Tanggal;Nama\n1-5-2026;A\n1-5-2026;B\n", "“01-05-2026” sudah tertulis pada baris 2."),
        ("hari-libur", "Tanggal;Kantor\n1-5-2026;A\n", "tidak memuat kolom Nama. Kolom yang diharapkan"),
        (
            "retensi",
            "Kode klasifikasi;Jenis arsip;Retensi aktif (tahun)\n1.2;Surat;dua\n",
            "C2 dua Tulis tahun",
        ),
        (
            "predikat",
            "Skala;Sumber;Berlaku sejak;Tingkat\nA;B;1-1-2026;Baik ≥ 50\n",
            "D2 Baik ≥ 50 Skala predikat",
        ),
        ("predikat", "Skala;Sumber;Berlaku sejak;Tingkat\nA;B;1-1-2026;Baik ≥ dua\n", "“dua” bukan angka"),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_cell(admin, kind, text, sentence):
    assert sentence in words(look(admin, kind, text))


def test_nothing_is_written_while_one_cell_is_wrong(admin):
    page = look(admin, "hari-libur", "Tanggal;Nama\n9-5-2026;Hari Jadi\n31-2-2026;Libur\n")
    assert apply(admin, "hari-libur", page).status_code == 422
    assert not Holiday.objects.exists()


def scale_csv(name: str, levels: str) -> str:
    return f'Skala,Sumber,Berlaku sejak,Tingkat\n"{name}",Keputusan,2026-01-01,"{levels}"\n'


def test_a_scale_comes_in_as_the_offices_own(kecamatan, admin):
    page = look(admin, "predikat", scale_csv("Skala kantor", "Cukup ≥ 50; Baik >= 75,5; Kurang"))
    assert apply(admin, "predikat", page).status_code == 302
    made = PredicateScale.objects.get(unit=kecamatan.unit)
    assert [label for _, label in made.bounds()] == ["Baik", "Cukup", "Kurang"]


def test_a_preset_scale_cannot_be_changed_by_a_file(admin):
    page = look(admin, "predikat", scale_csv("Tiga warna", "Biru ≥ 50; Merah"))
    assert "Skala bawaan “Tiga warna” tidak diubah." in words(page)
    assert apply(admin, "predikat", page).status_code == 422
    assert PredicateScale.objects.get(name="Tiga warna").bounds()[0][1] == "Hijau"


def test_differences_that_changed_meanwhile_are_shown_again(kecamatan, admin):
    page = look(admin, "hari-libur", "Tanggal;Nama\n9-5-2026;Hari Jadi\n")
    Holiday.objects.create(unit=kecamatan.unit, date=date(2026, 5, 9), name="Lain")
    assert apply(admin, "hari-libur", page).status_code == 409
    assert Holiday.objects.get().name == "Lain"


def test_a_file_for_one_office_is_not_applied_to_another(kecamatan: Office, neighbour: Office, admin):
    page = look(admin, "hari-libur", "Tanggal;Nama\n9-5-2026;Hari Jadi\n")
    stranger = logged_in(neighbour.administrator)
    apply(stranger, "hari-libur", page)
    assert not Holiday.objects.exists()


def test_an_unknown_kind_is_not_found(admin):
    assert admin.get(reverse("setting_import", args=["gaji"])).status_code == 404
    assert admin.get(reverse("setting_export", args=["gaji"])).status_code == 404
