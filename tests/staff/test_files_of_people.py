"""Lists of people as offices have them, through the page: two rows of headings, names with their numbers, sections, sums and signatures."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from measurement.models import Person
from tests.staff.people_files import (
    HEADINGS,
    NUMBER,
    ONE,
    applied,
    changed,
    imported,
    preview_of,
    wrong_cells,
)
from tests.support.pages import logged_in

DUK = (
    ("DAFTAR URUT KEPANGKATAN",),
    ("No", "N a m a", "NIP", "Pangkat/Golongan Ruang", None, "Jabatan", None, "Masa Kerja", None),
    (None, None, None, "Gol/Ruang", "TMT", "Nama", "TMT", "Thn", "Bln"),
    (1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, "ASN Contoh 11, S.E.", "19850115 201001 1 003", "III/d", "1-4-2020", "Kepala Seksi", "2-1-2024", 10, 2),
)  # fmt: skip
TWO = (2, "ASN Contoh 12", "199203142024211002", "IX", "Pengelola Data", "", "1 Maret 2024", "")


def sheet(*rows) -> SimpleUploadedFile:
    """An xlsx of just these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("pegawai.xlsx", file.getvalue())


def seen(made, *rows):
    response = preview_of(logged_in(made.administrator), sheet(*rows))
    return response.context["preview"]


def taken(made, *rows) -> dict[str, Person]:
    """The people that the page makes of the rows, by name."""
    client = logged_in(made.administrator)
    before = set(Person.objects.values_list("pk", flat=True))
    response = preview_of(client, sheet(*rows))
    assert not response.context["preview"].wrong, response.context["preview"].wrong
    applied(client, response)
    return {person.name: person for person in Person.objects.exclude(pk__in=before)}


def test_a_daftar_urut_kepangkatan_with_two_rows_of_headings(kecamatan):
    person = taken(kecamatan, *DUK)["ASN Contoh 11, S.E."]

    assert (person.nip, person.grade) == (NUMBER, "Penata Tingkat I, III/d")
    post = person.appointments.get()
    assert (post.title, post.starts) == ("Kepala Seksi", date(2024, 1, 2))


def test_a_wrong_cell_below_two_rows_of_headings_has_its_own_address(kecamatan):
    row = [*DUK[4][:6], "besok", 10, 2]

    assert [cell.cell for cell in seen(kecamatan, *DUK[:4], row).wrong] == ["G5"]


@pytest.mark.parametrize("heading", ["Nama/NIP", "Nama dan NIP", "NAMA / NIP"])
@pytest.mark.parametrize(
    "written", ["ASN Contoh 11, S.E.\n19850115 201001 1 003", "ASN Contoh 11, S.E. / NIP. 198501152010011003"]
)
def test_a_name_and_its_number_in_one_cell(kecamatan, heading, written):
    rows = (("No", heading, "Pangkat/Gol", "Jabatan"), (1, written, "III/d", "Kepala Seksi"))

    assert taken(kecamatan, *rows)["ASN Contoh 11, S.E."].nip == NUMBER


def test_a_number_below_its_name_belongs_to_the_same_person(kecamatan):
    people = taken(
        kecamatan,
        ("No", "Nama / NIP", "Pangkat/Gol", "Jabatan"),
        (1, "ASN Contoh 11, S.E.", "Penata Tingkat I", "Kepala Seksi"),
        (None, "NIP 19850115 201001 1 003", "III/d", None),
        (2, "ASN Contoh 12", "IX", "Pengelola Data"),
        (None, "NI PPPK 199203142024211002", None, None),
    )

    assert {name: person.nip for name, person in people.items()} == {
        "ASN Contoh 11, S.E.": NUMBER,
        "ASN Contoh 12": "199203142024211002",
    }
    assert people["ASN Contoh 11, S.E."].grade == "Penata Tingkat I, III/d"


@pytest.mark.parametrize(
    "footer",
    [
        [(None, None, None, None, "Contoh, 31 Desember 2026"), (None, None, None, None, "Lurah Contoh,"), (),
         (None, None, None, None, "ASN Contoh 03, S.Sos."), (None, None, None, None, "NIP 197006261990031006")],
        [(None, "Mengetahui,", None, None, "Contoh, 31 Desember 2026"), (None, "Lurah Contoh", None, None, "Pengelola Kepegawaian"),
         (None, "ASN Contoh 03", None, None, "ASN Contoh 04")],
        [("Jumlah", 2), (), ("*) data per Desember",)],
        [("Jumlah pegawai", None, None, None, "2 orang")],
    ],
)  # fmt: skip
def test_sums_and_signatures_below_the_list_make_no_person_and_no_post(kecamatan, footer):
    people = taken(kecamatan, ("DAFTAR PEGAWAI",), (), HEADINGS, ONE, TWO, (), *footer)

    assert sorted(people) == ["ASN Contoh 11, S.E.", "ASN Contoh 12"]
    assert people["ASN Contoh 12"].appointments.get().title == "Pengelola Data"


def test_what_is_left_out_below_the_list_is_said(kecamatan):
    found = seen(kecamatan, HEADINGS, ONE, (), (None, "Mengetahui,"), (None, "Lurah Contoh"))

    assert "Baris 4, 5 di bawah daftar (jumlah, catatan, atau tanda tangan) tidak dibaca." in found.remarks


def test_a_person_with_a_name_only_within_the_list_is_not_left_out(kecamatan):
    alone = (2, "ASN Contoh 12", "", "", "", "", "", "")

    assert [cell.cell for cell in seen(kecamatan, HEADINGS, alone, ONE).wrong] == ["E2"]


@pytest.mark.parametrize(
    "number",
    ["NIP. 198501152010011003", "NIP 19850115 201001 1 003", "1985.0115.201001.1.003", "NIP: 19850115-201001-1-003", "'198501152010011003"],
)  # fmt: skip
def test_a_number_with_its_word_dots_or_dashes(kecamatan, number):
    imported(kecamatan, changed(nip=number))

    assert Person.objects.filter(nip=NUMBER).exists()


@pytest.mark.parametrize("word", ["-", "—", "Non ASN", "Honorer", "THL", "tidak ada"])
def test_words_for_no_number(kecamatan, word):
    imported(kecamatan, changed(nip=word))

    assert Person.objects.get(name="ASN Contoh 11, S.E.").nip is None


@pytest.mark.parametrize("written", ["IIId", "III d", "III/D", "III.d", "Gol. III/d"])
def test_a_golongan_as_people_write_it(kecamatan, written):
    imported(kecamatan, changed(pangkat_gol=written))

    assert Person.objects.get(nip=NUMBER).grade.endswith("III/d")


@pytest.mark.parametrize(
    ("cells", "cell"),
    [({"pangkat_gol": "III/f"}, "D4"), ({"nama": "#N/A"}, "B4"), ({"jabatan": "#REF!"}, "E4"), ({"tmt": "#VALUE!"}, "G4")],
)  # fmt: skip
def test_what_cannot_be_is_named_by_its_cell(kecamatan, cells, cell):
    assert [address for address, _ in wrong_cells(kecamatan, changed(**cells))] == [cell]


def test_a_dash_is_no_role_and_a_chair_may_stand_in_brackets(kecamatan):
    imported(kecamatan, changed(peran="Tim SAKIP (Ketua)"), (*TWO[:5], "-", *TWO[6:]))

    assert Person.objects.get(nip=NUMBER).chairs_team_in(kecamatan.unit.pk)
    assert Person.objects.get(nip=TWO[2]).roles_in(kecamatan.unit.pk) == {"asn"}
