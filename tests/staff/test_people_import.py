"""People come from the office's own list: looked at first, written whole or not at all, and the same file twice changes nothing."""

import io
from datetime import date, timedelta

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from measurement.models import Appointment, Person
from measurement.rules.sop import Role
from tests.staff.people_files import (
    NUMBER,
    ONE,
    ROWS,
    applied,
    changed,
    imported,
    people_file,
    preview_of,
    wrong_cells,
)
from tests.support.characters import office, person
from tests.support.pages import logged_in, words


def test_an_offices_own_list_makes_accounts_with_posts_and_roles(kecamatan):
    imported(kecamatan, *ROWS)
    made = Person.objects.get(nip=NUMBER)
    assert (made.name, made.grade, made.email) == (
        "ASN Contoh 11, S.E.",
        "Penata Tingkat I, III/d",
        "contoh11@example.org",
    )
    assert made.username == "asn.contoh.11"
    assert made.chairs_team_in(kecamatan.unit.pk)
    assert made.appointments.get().starts == date(2024, 1, 2)


def test_an_empty_role_is_read_as_asn_and_several_stand_in_one_cell(kecamatan):
    imported(kecamatan, *ROWS)
    roles = {
        p.name: p.roles_in(kecamatan.unit.pk) for p in Person.objects.filter(name__startswith="ASN Contoh")
    }
    assert roles["ASN Contoh 12"] == {Role.ASN}
    assert roles["ASN Contoh 13"] == {Role.ASN, Role.ADMINISTRATOR}


def test_nothing_is_written_before_it_is_applied(kecamatan):
    response = preview_of(logged_in(kecamatan.administrator), people_file(*ROWS))
    assert [new.username for new in response.context["preview"].new] == [
        "asn.contoh.11",
        "asn.contoh.12",
        "asn.contoh.13",
    ]
    assert "asn.contoh.12" in words(response)
    assert not Person.objects.filter(nip=NUMBER).exists()


def test_the_same_file_twice_changes_nothing(kecamatan):
    imported(kecamatan, *ROWS)
    response = preview_of(logged_in(kecamatan.administrator), people_file(*ROWS))
    assert response.context["preview"].changes_nothing
    assert response.context["preview"].same == 3
    assert "Tidak ada yang berubah" in words(response)


def test_an_exported_list_changes_nothing_when_it_comes_back(kecamatan):
    imported(kecamatan, *ROWS)
    client = logged_in(kecamatan.administrator)
    exported = client.get(reverse("people_export"))
    preview = preview_of(client, SimpleUploadedFile("pegawai.xlsx", exported.content)).context["preview"]
    assert (preview.wrong, preview.questions, preview.new, preview.changed) == ([], [], [], [])


def test_the_export_keeps_numbers_as_text(kecamatan):
    imported(kecamatan, *ROWS)
    content = logged_in(kecamatan.administrator).get(reverse("people_export")).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    values = {row[0].value: row[0].data_type for row in sheet.iter_rows(min_row=2)}
    assert values[NUMBER] == "s"


def test_a_changed_post_ends_the_old_one_the_day_before(kecamatan):
    imported(kecamatan, ONE)
    imported(kecamatan, changed(jabatan="Kepala Subbagian Contoh", tmt=date(2026, 3, 1)))
    posts = Appointment.objects.filter(person__nip=NUMBER).order_by("starts")
    assert [(post.title, post.starts, post.ends) for post in posts] == [
        ("Kepala Seksi Contoh", date(2024, 1, 2), date(2026, 2, 28)),
        ("Kepala Subbagian Contoh", date(2026, 3, 1), None),
    ]


def test_a_new_post_cannot_begin_before_the_one_it_follows(kecamatan):
    imported(kecamatan, ONE)
    [(cell, sentence)] = wrong_cells(kecamatan, changed(jabatan="Jabatan lain", tmt=date(2020, 1, 1)))
    assert cell == "G4"
    assert "2 Januari 2024" in sentence


def test_a_post_that_was_ended_is_not_revived_by_an_old_file(kecamatan):
    imported(kecamatan, ONE)
    Appointment.objects.filter(person__nip=NUMBER).update(ends=timezone.localdate() - timedelta(days=1))
    assert "sudah berakhir" in wrong_cells(kecamatan, ONE)[0][1]


def test_name_and_grade_change_and_a_blank_changes_nothing(kecamatan):
    imported(kecamatan, ONE)
    imported(kecamatan, changed(nama="ASN Contoh 11, S.E., M.Si.", pangkat_gol="IV/a", e_mail=""))
    made = Person.objects.get(nip=NUMBER)
    assert (made.name, made.grade, made.email) == (
        "ASN Contoh 11, S.E., M.Si.",
        "Pembina, IV/a",
        "contoh11@example.org",
    )


def test_who_is_not_in_the_file_keeps_their_roles(kecamatan):
    before = set(Appointment.objects.values_list("pk", "ends"))
    imported(kecamatan, ONE)
    assert before <= set(Appointment.objects.values_list("pk", "ends"))


def test_a_person_of_another_office_is_not_taken_over(kecamatan):
    stranger = person("tamu", office("416-999").unit)
    Person.objects.filter(pk=stranger.pk).update(nip=NUMBER)
    [(cell, sentence)] = wrong_cells(kecamatan, ONE)
    assert cell == "C4"
    assert "kantor lain" in sentence


def test_a_person_who_serves_elsewhere_too_is_not_changed(kecamatan):
    Appointment.objects.create(
        person=kecamatan.asn,
        unit=office("416-999").unit,
        role=Role.ASN,
        title="Staf",
        starts=date(2020, 1, 1),
    )
    Person.objects.filter(pk=kecamatan.asn.pk).update(nip=NUMBER)
    assert "juga bertugas di kantor lain" in wrong_cells(kecamatan, ONE)[0][1]


def test_a_second_holder_of_the_highest_post_is_refused(kecamatan):
    assert "masih dipegang" in wrong_cells(kecamatan, changed(peran="Pimpinan"))[0][1]


def test_the_successor_comes_in_with_the_end_of_who_was_before(kecamatan):
    Person.objects.filter(pk=kecamatan.camat.pk).update(nip="197006261990031006")
    headings = ("Nama", "NIP", "Jabatan", "Peran", "Mulai", "Sampai")
    imported(
        kecamatan,
        (kecamatan.camat.name, "197006261990031006", "Camat", "Camat", "", date(2026, 3, 31)),
        ("ASN Contoh 11", NUMBER, "Camat", "Camat", date(2026, 4, 1), ""),
        headings=headings,
    )
    held = Appointment.objects.get(role=Role.CAMAT, ends=None)
    assert held.person.nip == NUMBER


def test_administrators_cannot_end_their_own_role_by_a_file(kecamatan):
    Person.objects.filter(pk=kecamatan.administrator.pk).update(nip=NUMBER)
    row = (kecamatan.administrator.name, NUMBER, "Pengelola Sistem", "Administrator", date(2026, 3, 31))
    said = wrong_cells(kecamatan, row, headings=("Nama", "NIP", "Jabatan", "Peran", "Sampai"))
    assert "administrator Anda sendiri" in said[0][1]


def test_a_name_that_is_there_already_is_asked_and_not_guessed(kecamatan):
    row = ("Asn416-317", "Petugas Baru", "ASN")
    client = logged_in(kecamatan.administrator)
    response = preview_of(client, people_file(row, headings=("Nama", "Jabatan", "Peran")))
    [question] = response.context["questions"]
    assert applied(client, response).status_code == 422
    asked = client.post(reverse("people_import"), {"action": "answer", question["field"]: "baru"})
    assert [new.name for new in asked.context["preview"].new] == ["Asn416-317"]


def test_the_answer_that_it_is_the_same_person_changes_that_person(kecamatan):
    row = ("Asn416-317", NUMBER, "Staf", "ASN")
    client = logged_in(kecamatan.administrator)
    response = preview_of(client, people_file(row, headings=("Nama", "NIP", "Jabatan", "Peran")))
    [question] = response.context["questions"]
    answer = {"action": "answer", question["field"]: str(kecamatan.asn.pk)}
    applied(client, client.post(reverse("people_import"), answer))
    assert Person.objects.get(pk=kecamatan.asn.pk).nip == NUMBER


def test_two_lines_of_one_person_make_two_roles_and_must_agree(kecamatan):
    imported(kecamatan, ONE, changed(peran="Administrator"))
    assert Person.objects.get(nip=NUMBER).appointments.count() == 2
    said = wrong_cells(kecamatan, ONE, changed(peran="Administrator", nama="ASN Lain"))
    assert "Berbeda dari baris 4" in said[0][1]


def test_nobody_becomes_a_superuser_by_a_file(kecamatan):
    imported(kecamatan, changed(peran="Administrator"))
    made = Person.objects.get(nip=NUMBER)
    assert (made.is_superuser, made.is_staff, made.unit_ids) == (False, False, {kecamatan.unit.pk})


def test_a_superuser_is_not_changed_by_a_file(kecamatan):
    Person.objects.filter(pk=kecamatan.asn.pk).update(nip=NUMBER, is_superuser=True)
    assert "mengelola instalasi" in wrong_cells(kecamatan, ONE)[0][1]


def test_what_was_shown_is_what_is_applied(kecamatan):
    client = logged_in(kecamatan.administrator)
    response = preview_of(client, people_file(ONE))
    imported(kecamatan, ONE)
    assert applied(client, response).status_code == 409


def test_only_the_administrator_of_an_office_imports_people(kecamatan):
    for somebody in (kecamatan.camat, kecamatan.sekcam, kecamatan.tim, kecamatan.asn):
        assert logged_in(somebody).get(reverse("people_import")).status_code == 403


def test_a_longer_list_takes_as_many_queries(kecamatan):
    def queries(count: int) -> int:
        rows = [
            (f"Pegawai ke {n}", f"19850115201001{n:04}", "Staf", "ASN") for n in range(1001, 1001 + count)
        ]
        client, file = (
            logged_in(kecamatan.administrator),
            people_file(*rows, headings=("Nama", "NIP", "Jabatan", "Peran")),
        )
        with CaptureQueriesContext(connection) as captured:
            preview_of(client, file)
        return len(captured)

    assert queries(1) == queries(60) <= 15
