"""First passwords are shown once, on paper to be cut apart, and kept nowhere in readable form."""

import logging

from django.contrib.sessions.models import Session
from django.urls import reverse

from measurement.models import Person
from tests.staff.people_files import ROWS, imported
from tests.support.characters import office, person
from tests.support.pages import form_of, log_in, logged_in, words

ACTION = "/pegawai/kata-sandi/"


def sheet(made, *people):
    keys = {"pegawai": [str(one.pk) for one in people]}
    return logged_in(made.administrator).post(reverse("first_passwords"), keys)


def secret_of(response) -> str:
    return response.context["sheet"].slips[0].password


def test_an_import_leads_to_the_list_of_those_without_a_password_all_ticked(kecamatan):
    page = imported(kecamatan, *ROWS)
    assert len(form_of(page, ACTION)["pegawai"]) == 3
    assert "Belum punya kata sandi (3)" in words(page)


def test_imported_people_can_log_in_with_what_stands_on_their_slip(kecamatan):
    page = imported(kecamatan, *ROWS)
    response = logged_in(kecamatan.administrator).post(ACTION, form_of(page, ACTION))
    slip = response.context["sheet"].slips[0]
    assert log_in(slip.username, slip.password).status_code == 302
    assert Person.objects.get(username=slip.username).must_change_password


def test_a_sheet_says_name_address_and_what_to_do(kecamatan):
    response = sheet(kecamatan, kecamatan.asn)
    said = words(response)
    assert all(
        part in said for part in (kecamatan.asn.name, kecamatan.asn.username, "/masuk/", secret_of(response))
    )


def test_a_sheet_is_kept_by_no_browser_no_database_and_no_log(kecamatan, caplog):
    caplog.set_level(logging.DEBUG)
    response = sheet(kecamatan, kecamatan.asn)
    secret = secret_of(response)
    assert "no-store" in response["Cache-Control"]
    assert secret not in caplog.text
    assert secret not in Person.objects.get(pk=kecamatan.asn.pk).password
    assert not any(secret in str(session.get_decoded()) for session in Session.objects.all())


def test_a_new_sheet_takes_the_worth_of_the_one_before(kecamatan):
    first = secret_of(sheet(kecamatan, kecamatan.asn))
    second = secret_of(sheet(kecamatan, kecamatan.asn))
    assert log_in(kecamatan.asn.username, first).status_code == 200
    assert log_in(kecamatan.asn.username, second).status_code == 302


def test_nobody_else_gets_a_slip(kecamatan):
    stranger = person("tamu", office("416-999").unit)
    root = person("akar", kecamatan.unit)
    Person.objects.filter(pk=root.pk).update(is_superuser=True)
    response = sheet(kecamatan, stranger, root, kecamatan.administrator)
    assert response.context["sheet"].slips == []
    assert stranger.name not in words(response)


def test_only_the_administrator_makes_slips(kecamatan):
    for somebody in (kecamatan.camat, kecamatan.sekcam, kecamatan.tim, kecamatan.asn):
        assert logged_in(somebody).post(ACTION, {"pegawai": str(kecamatan.asn.pk)}).status_code == 403


def test_without_a_tick_the_list_says_what_is_missing(kecamatan):
    response = logged_in(kecamatan.administrator).post(ACTION, {}, follow=True)
    assert "Centang dahulu" in words(response)


def test_what_else_the_page_asks_for_leaves_no_word_behind_after_the_change(kecamatan):
    """The browser fetches more than the page; none of it may tell the old thing on the page after the new password."""
    Person.objects.filter(pk=kecamatan.asn.pk).update(must_change_password=True)
    client = logged_in(Person.objects.get(pk=kecamatan.asn.pk))
    page = client.get(reverse("inbox"), follow=True)
    assert "Kata sandi Anda masih sementara." in words(page)
    client.get(reverse("session_state"))
    new = "Sandi-baru-7788"
    changed = client.post(
        reverse("password_change"),
        {"old_password": f"sandi-{kecamatan.asn.username}-2026", "new_password1": new, "new_password2": new},
        follow=True,
    )
    assert "masih sementara" not in words(changed)
