"""Login by user name or NIP, the lock after five failures, and the password."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.support.pages import NIP, log_in, logged_in, submit, words


@pytest.mark.parametrize(
    "name", ["sekcam416-317", " sekcam416-317 ", NIP, "19700626 199003 1 006", " 19700626  1990031006 "]
)
def test_login_by_user_name_and_by_nip_however_spaced(official, name):
    response = log_in(name, "sandi-sekcam416-317-2026")
    assert (response.status_code, response.url) == (302, "/")


@pytest.mark.parametrize(
    ("name", "password"),
    [("sekcam416-317", "salah"), (NIP, "salah"), ("tidakada", "salah"), ("", ""), ("1970", "x")],
)
def test_a_wrong_login_is_told_the_same_whoever_it_is(official, name, password):
    response = log_in(name, password)
    assert response.status_code == 200
    assert "_auth_user_id" not in response.client.session
    assert any(
        sentence in words(response) for sentence in ("kata sandi tidak cocok", "Isi NIP atau nama pengguna")
    )


def test_the_login_is_that_of_the_office_where_there_is_one(kecamatan):
    shown = words(Client().get(reverse("login")))
    assert f"{kecamatan.unit.name} {kecamatan.unit.government}" in shown


def test_the_login_of_many_offices_names_their_government_alone(kecamatan, neighbour):
    shown = words(Client().get(reverse("login")))
    assert kecamatan.unit.government in shown
    assert kecamatan.unit.name not in shown


def lock_out(names: list[str]):
    for name in names:
        last = log_in(name, "salah")
    return last


def test_five_wrong_passwords_lock_and_the_right_one_does_not_help(official):
    lock_out(["sekcam416-317"] * 5)
    response = log_in("sekcam416-317", "sandi-sekcam416-317-2026")
    assert response.status_code == 429
    assert "Untuk sementara tidak dapat masuk" in words(response)
    assert "_auth_user_id" not in response.client.session


def test_four_wrong_passwords_do_not_lock(official):
    lock_out(["sekcam416-317"] * 4)
    assert log_in("sekcam416-317", "sandi-sekcam416-317-2026").status_code == 302


def test_a_nip_is_counted_however_it_is_spaced(official):
    lock_out([NIP, "19700626 199003 1 006", NIP, " 1970 0626199003 1 006", NIP])
    assert log_in(NIP, "sandi-sekcam416-317-2026").status_code == 429


def test_a_lock_does_not_concern_other_people(official, kecamatan):
    lock_out(["sekcam416-317"] * 5)
    assert log_in("camat416-317", "sandi-camat416-317-2026").status_code == 302


def test_a_lock_ends_by_itself(official):
    lock_out(["sekcam416-317"] * 5)
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        assert log_in("sekcam416-317", "sandi-sekcam416-317-2026").status_code == 302


def test_the_session_changes_at_login(official):
    client = Client()
    client.get(reverse("login"))
    session = client.session
    session["before"] = "x"
    session.save()
    client.cookies["sessionid"] = session.session_key
    log_in(NIP, "sandi-sekcam416-317-2026", client)
    assert client.session.session_key != session.session_key


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ],
)
def test_login_never_leads_out_of_the_site(official, target):
    assert log_in(NIP, "sandi-sekcam416-317-2026", next=target).url == "/"


def test_login_leads_to_the_page_that_was_asked_for(official):
    assert log_in(NIP, "sandi-sekcam416-317-2026", next="/siklus/").url == "/siklus/"


def test_a_foreign_host_name_is_refused(db):
    assert Client(headers={"host": "evil.example"}).get(reverse("login")).status_code == 400


def test_logging_out_ends_the_session(kecamatan):
    client = logged_in(kecamatan.asn)
    client.post(reverse("logout"))
    assert client.get(reverse("inbox")).status_code == 302


def test_a_person_can_change_their_password(kecamatan):
    client = logged_in(kecamatan.asn)
    new = "kuda-laut-berenang-7"
    values = {"old_password": "sandi-asn416-317-2026", "new_password1": new, "new_password2": new}
    assert submit(client, reverse("password_change"), **values).status_code == 302
    assert client.get(reverse("inbox")).status_code == 200
    assert log_in("asn416-317", new).status_code == 302


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("salah", "kuda-laut-berenang-7"),
        ("sandi-asn416-317-2026", "pendek"),
        ("sandi-asn416-317-2026", "1234567890"),
    ],
)
def test_a_weak_password_or_a_wrong_old_one_changes_nothing(kecamatan, old, new):
    values = {"old_password": old, "new_password1": new, "new_password2": new}
    response = submit(logged_in(kecamatan.asn), reverse("password_change"), **values)
    assert "Mohon periksa kembali" in words(response)
    assert log_in("asn416-317", "sandi-asn416-317-2026").status_code == 302


def test_the_help_on_passwords_is_drawn_and_not_escaped(kecamatan):
    page = logged_in(kecamatan.asn).get(reverse("password_change")).content.decode()
    assert "<li>" in page
    assert "&lt;li&gt;" not in page
