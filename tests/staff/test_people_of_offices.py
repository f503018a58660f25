"""People of many offices come from one file of their government: each line to its office, all of them or none, and nobody helps oneself to a role."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measurement.doors import long_work
from measurement.models import Appointment, Person
from measurement.rules.government_posts import GovernmentRole
from measurement.rules.sop import Role
from tests.staff.people_files import NUMBER, people_file
from tests.support.characters import office
from tests.support.governments import government_over
from tests.support.pages import form_of, logged_in, words
from tests.support.queue import do_waiting

HEADINGS = ("Kode kantor", "Nama", "NIP", "Nama pengguna", "Jabatan", "Peran", "TMT")
PAGE = "people_of_offices"


@pytest.fixture
def above(kecamatan, neighbour):
    return government_over(kecamatan.unit, neighbour.unit)


def row(
    code: str, name: str, nip: str = "", username: str = "", title: str = "Pengelola Data", role: str = ""
):
    return code, name, nip, username, title, role, date(2026, 1, 5)


def sent(client, *rows):
    return client.post(reverse(PAGE), {"action": "preview", "file": people_file(*rows, headings=HEADINGS)})


def looked_at(above, *rows):
    return sent(logged_in(above[GovernmentRole.ADMIN]), *rows).context["preview"]


def applied(client, response):
    return client.post(reverse(PAGE), form_of(response) | {"action": "apply"}, follow=True)


def wrong(above, *rows) -> list[tuple[str, str]]:
    return [(cell.cell, cell.sentence) for cell in looked_at(above, *rows).wrong]


def test_each_line_goes_to_its_office(above, kecamatan, neighbour):
    client = logged_in(above[GovernmentRole.ADMIN])
    codes = kecamatan.unit.code, neighbour.unit.code
    response = sent(
        client, row(codes[0], "Pegawai Satu", NUMBER, role="Tim SAKIP"), row(codes[1], "Pegawai Satu")
    )
    shares = response.context["preview"].offices
    assert [(share.unit, share.new, share.wrong) for share in shares] == [
        (kecamatan.unit, 1, 0),
        (neighbour.unit, 1, 0),
    ]
    assert not Person.objects.filter(name="Pegawai Satu").exists()

    assert "2 pegawai baru" in words(applied(client, response))
    posts = Appointment.objects.filter(person__name="Pegawai Satu").order_by("pk")
    assert [(post.unit, post.role) for post in posts] == [
        (kecamatan.unit, Role.TIM_SAKIP),
        (neighbour.unit, Role.ASN),
    ]
    assert len({post.person.username for post in posts}) == 2
    assert {post.recorded_by for post in posts} == {above[GovernmentRole.ADMIN]}
    assert not any(post.person.has_usable_password() for post in posts)


def test_the_office_sees_who_recorded_it(above, kecamatan):
    client = logged_in(above[GovernmentRole.ADMIN])
    applied(client, sent(client, row(kecamatan.unit.code, "Pegawai Satu")))
    made = Person.objects.get(name="Pegawai Satu")
    page = words(logged_in(kecamatan.administrator).get(reverse("person", args=[made.pk])))
    assert f"dicatat oleh {above[GovernmentRole.ADMIN]}" in page


def test_an_unknown_or_foreign_office_is_an_error_of_its_line(above, kecamatan):
    foreign = office("999-1").unit
    found = wrong(
        above, row("000", "Pegawai Satu"), row(foreign.code, "Pegawai Dua"), row("", "Pegawai Tiga"), row(kecamatan.unit.code, "Pegawai Empat")
    )  # fmt: skip
    assert [cell for cell, _ in found] == ["A4", "A5", "A6"]
    assert "Tidak ada kantor berkode ini" in found[0][1] == found[1][1]
    assert "wajib diisi" in found[2][1]


def test_with_one_wrong_line_no_office_gets_anything(above, kecamatan):
    client = logged_in(above[GovernmentRole.ADMIN])
    response = sent(client, row(kecamatan.unit.code, "Pegawai Satu"), row("000", "Pegawai Dua"))
    assert "1 sel perlu diperbaiki" in words(response)
    answer = client.post(reverse(PAGE), {"action": "apply", "seen": response.context["preview"].digest})
    assert answer.status_code == 422
    assert not Person.objects.filter(name="Pegawai Satu").exists()


def test_one_person_is_written_for_one_office(above, kecamatan, neighbour):
    codes = kecamatan.unit.code, neighbour.unit.code
    [(cell, sentence)] = wrong(
        above, row(codes[0], "Pegawai Satu", NUMBER), row(codes[1], "Pegawai Satu", NUMBER)
    )
    assert cell == "B5"
    assert "Baris 4" in sentence


def test_nobody_gives_oneself_a_role(above, kecamatan):
    admin = above[GovernmentRole.ADMIN]
    Person.objects.filter(pk=admin.pk).update(nip=NUMBER)
    lines = (
        row(kecamatan.unit.code, admin.name, NUMBER, title="Camat", role="Camat"),
        row(kecamatan.unit.code, admin.name, "", admin.username, title="Camat", role="Camat"),
    )
    assert len([wrong(above, line) for line in lines if wrong(above, line)]) == 2
    Appointment.objects.create(
        person=admin, unit=kecamatan.unit, role=Role.ASN, title="Pengelola", starts=date(2020, 1, 1)
    )
    assert (
        "diri sendiri" in wrong(above, row(kecamatan.unit.code, admin.name, NUMBER, role="Tim SAKIP"))[0][1]
    )


def test_a_file_without_the_column_is_no_such_file(above):
    client = logged_in(above[GovernmentRole.ADMIN])
    file = people_file(("Pegawai Satu", NUMBER, "Pengelola"), headings=("Nama", "NIP", "Jabatan"))
    response = client.post(reverse(PAGE), {"action": "preview", "file": file})
    assert response.status_code == 422
    assert "Kode kantor" in words(response)


def test_an_offices_own_import_ignores_the_column(kecamatan):
    client = logged_in(kecamatan.administrator)
    file = people_file(row("000", "Pegawai Satu"), headings=HEADINGS)
    preview = client.post(reverse("people_import"), {"action": "preview", "file": file}).context["preview"]
    assert (len(preview.new), preview.wrong) == (1, [])
    assert "Kode kantor" in " ".join(preview.remarks)


def test_the_template_comes_back_and_names_the_offices(above, kecamatan):
    content = logged_in(above[GovernmentRole.ADMIN]).get(reverse("people_of_offices_template")).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.worksheets[0]["A1"].value == "Kode kantor"
    assert (kecamatan.unit.code, kecamatan.unit.name) in list(book["Kantor"].values)


@pytest.mark.parametrize("role", sorted(set(GovernmentRole) - {GovernmentRole.ADMIN}))
def test_only_the_administrator_of_the_government_may(above, kecamatan, role):
    client = logged_in(above[role])
    assert client.get(reverse(PAGE)).status_code == 403
    assert sent(client, row(kecamatan.unit.code, "Pegawai Satu")).status_code == 403


def test_a_large_file_is_the_queues(above, kecamatan, queue, monkeypatch):
    monkeypatch.setattr(long_work, "BIG_FILE", 0)
    client = logged_in(above[GovernmentRole.ADMIN])
    order = sent(client, row(kecamatan.unit.code, "Pegawai Satu"))
    assert do_waiting() == 1
    shown = client.get(order.url, follow=True)
    assert "Pegawai Satu" in words(shown)

    order = client.post(reverse(PAGE), form_of(shown) | {"action": "apply"})
    assert not Person.objects.filter(name="Pegawai Satu").exists()
    assert do_waiting() == 1
    assert "1 pegawai baru" in words(client.get(order.url, follow=True))
    assert Person.objects.get(name="Pegawai Satu").roles_in(kecamatan.unit.pk) == {Role.ASN}


def test_the_same_file_again_changes_nothing(above, kecamatan, neighbour):
    client = logged_in(above[GovernmentRole.ADMIN])
    rows = row(kecamatan.unit.code, "Pegawai Satu", NUMBER), row(neighbour.unit.code, "Pegawai Dua")
    applied(client, sent(client, *rows))
    again = sent(client, *rows).context["preview"]
    assert (again.changes_nothing, again.same) == (True, 2)


def test_many_lines_ask_no_more_often_than_few(above, kecamatan, neighbour):
    def queries(number: int) -> int:
        codes = kecamatan.unit.code, neighbour.unit.code
        with CaptureQueriesContext(connection) as captured:
            looked_at(above, *(row(codes[n % 2], f"Pegawai {n}") for n in range(number)))
        return len(captured)

    assert queries(2) == queries(40)
