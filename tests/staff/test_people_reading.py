"""What stands in a file of people is read as people write it; what can't be read is named by its cell."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.models import Appointment, Person
from measurement.rules.sop import Role
from measurement.rules.sop_edition import KIND_BY_KEY, Sop
from tests.staff.people_files import (
    NUMBER,
    ROWS,
    applied,
    changed,
    imported,
    people_file,
    preview_of,
    wrong_cells,
)
from tests.support.pages import logged_in, words


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (198501152010011003, "tersimpan sebagai angka"),
        (1.98501152010011e17, "tersimpan sebagai angka"),
        ("1,98501E+17", "tersimpan sebagai angka"),
        ("198501152010011000", "tersimpan sebagai angka"),
        ("19850115", "18 angka"),
    ],
)
def test_a_number_that_lost_its_end_is_refused_at_its_cell(kecamatan, number, sentence):
    [(cell, said)] = wrong_cells(kecamatan, changed(nip=number))
    assert cell == "C4"
    assert sentence in said


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        ({"nama": ""}, "B4"),
        ({"pangkat_gol": "III/e"}, "D4"),
        ({"peran": "Raja"}, "F4"),
        ({"tmt": "besok"}, "G4"),
        ({"tmt": "31-02-2026"}, "G4"),
        ({"e_mail": "bukan surel"}, "H4"),
        ({"peran": "Plt. Tim SAKIP"}, "F4"),
        ({"jabatan": ""}, "E4"),
    ],
)
def test_a_wrong_cell_is_named_by_its_address(kecamatan, cells, cell):
    assert [address for address, _ in wrong_cells(kecamatan, changed(**cells), ROWS[1])] == [cell]


def test_one_wrong_cell_keeps_the_whole_file_out(kecamatan):
    client = logged_in(kecamatan.administrator)
    response = preview_of(client, people_file(changed(e_mail="bukan"), ROWS[1]))
    assert applied(client, response).status_code == 422
    assert not Person.objects.filter(name__startswith="ASN Contoh").exists()


def test_a_file_that_is_no_list_of_people_says_so_in_a_sentence(kecamatan):
    response = preview_of(
        logged_in(kecamatan.administrator), people_file(("a", "b"), headings=("Kode", "Target"))
    )
    assert response.status_code == 422
    assert "tidak memuat daftar pegawai" in words(response)


def test_numbers_of_pppk_may_stand_in_a_column_of_their_own(kecamatan):
    headings = ("Nama", "NIP", "NI PPPK", "Pangkat", "Golongan", "Jabatan")
    imported(
        kecamatan,
        ("ASN Contoh 11", NUMBER, "", "Penata", "III/c", "Staf"),
        ("ASN Contoh 12", "", "199203142024211002", "", "IX", "Staf"),
        headings=headings,
    )
    made = Person.objects.filter(name__startswith="ASN Contoh").order_by("name")
    assert [(p.nip, p.grade, p.printed_number_label) for p in made] == [
        (NUMBER, "Penata, III/c", "NIP"),
        ("199203142024211002", "IX", "NI PPPK"),
    ]
    row = ("ASN Contoh 13", "", 199203142024211003, "", "IX", "Staf")
    assert wrong_cells(kecamatan, row, headings=headings)[0][0] == "C4"


def test_a_csv_with_semicolons_is_read_as_well(kecamatan):
    text = f"Nama;NIP;Jabatan;Peran\nASN Contoh 11, S.E.;{NUMBER};Staf;Administrator\n"
    client = logged_in(kecamatan.administrator)
    applied(client, preview_of(client, SimpleUploadedFile("pegawai.csv", text.encode("utf-8-sig"))))
    assert Role.ADMINISTRATOR in Person.objects.get(nip=NUMBER).roles_in(kecamatan.unit.pk)


def test_roles_are_read_and_written_in_the_words_of_the_office(kecamatan):
    kecamatan.unit.sop_editions.update(facts=Sop.of_kind(KIND_BY_KEY["kelurahan"]).facts())
    Appointment.objects.filter(role=Role.SEKCAM).update(ends=date(2026, 1, 31))
    imported(kecamatan, changed(jabatan="Sekretaris Kelurahan", peran="Seklur", tmt=date(2026, 2, 1)))
    assert Appointment.objects.get(person__nip=NUMBER).role == Role.SEKCAM
    content = logged_in(kecamatan.administrator).get(reverse("people_export")).content
    roles = {row[5].value for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2)}
    assert {"Seklur", "Lurah"} <= roles
