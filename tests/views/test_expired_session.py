"""A form that is sent after the session was over: the person comes back to its page with what they typed, and nobody else sees it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measurement.rules.form_drafts import SECRET
from tests.support.characters import cycle_at, fresh
from tests.support.pages import form_of, log_in, words

NOTE = "Catatan rekapitulasi yang panjang dan\nsulit diketik ulang."
HEADING = "Yang Anda ketik sebelum sesi berakhir"


def entered(name: str, client: Client | None = None, **values) -> Client:
    """Somebody logs in by the page, as browsers do, with its token."""
    client = client or Client(enforce_csrf_checks=True)
    token = form_of(client.get(reverse("login")))["csrfmiddlewaretoken"]
    account = f"{name}416-317"
    client.last = log_in(account, f"sandi-{account}-2026", client, csrfmiddlewaretoken=token, **values)
    assert client.last.status_code == 302
    return client


@pytest.fixture
def page(kecamatan) -> str:
    kecamatan.cycle = cycle_at(kecamatan, "recapitulate")
    return reverse("step", args=[kecamatan.cycle.pk, 7])


@pytest.fixture
def typed(kecamatan, page):
    """A member of Tim SAKIP with a form that was filled in and not sent, whose session is over."""
    client = entered("tim")
    values = form_of(client.get(page)) | {"recap_note": NOTE}
    del client.cookies["sessionid"]
    return client, values


def send(client: Client, page: str, values: dict):
    came = {"referer": f"http://testserver{page}", "origin": "http://testserver"}
    return client.post(page, values, headers=came)


def test_what_was_typed_is_on_the_page_after_the_login(typed, page):
    client, values = typed
    response = send(client, page, values)
    assert response.url == f"{reverse('login')}?next={page}"
    assert "Yang Anda ketik disimpan" in words(client.get(response.url))
    assert entered("tim", client, next=page).last.url == page
    shown = client.get(page)
    assert HEADING in words(shown)
    assert "sulit diketik ulang" in words(shown)


def test_it_can_be_sent_again_from_there_and_is_gone_then(typed, page, kecamatan):
    client, values = typed
    send(client, page, values)
    entered("tim", client)
    again = form_of(client.get(page), page)
    assert again["recap_note"] == NOTE
    assert client.post(page, again).status_code == 302
    assert fresh(kecamatan.cycle).recap_note.splitlines() == NOTE.splitlines()
    assert HEADING not in words(client.get(reverse("inbox")))


def test_another_person_on_the_same_computer_never_sees_it(typed, page):
    client, values = typed
    send(client, page, values)
    entered("sekcam", client)
    for address in (page, reverse("inbox")):
        assert "sulit diketik ulang" not in words(client.get(address))
    client.post(
        reverse("logout"),
        {"csrfmiddlewaretoken": form_of(client.get(reverse("password_change")))["csrfmiddlewaretoken"]},
    )
    entered("tim", client)
    assert "sulit diketik ulang" not in words(client.get(page))


def test_it_is_forgotten_after_an_hour(typed, page):
    client, values = typed
    send(client, page, values)
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=True):
        entered("tim", client)
        assert HEADING not in words(client.get(page))


def test_it_can_be_thrown_away(typed, page):
    client, values = typed
    send(client, page, values)
    entered("tim", client)
    client.post(reverse("drop_kept_text"), form_of(client.get(page), reverse("drop_kept_text")))
    assert HEADING not in words(client.get(page))


def test_a_token_of_an_earlier_login_keeps_the_text_for_its_owner(typed, page):
    """Somebody logged in again in another tab, and then sends the old one."""
    client, values = typed
    entered("tim", client)
    response = send(client, page, values)
    assert response.status_code == 403
    assert "sulit diketik ulang" in words(response)
    assert form_of(response, page)["recap_note"] == NOTE


def test_the_form_of_one_person_is_not_sent_in_the_name_of_another(typed, page):
    client, values = typed
    entered("sekcam", client)
    response = send(client, page, values)
    assert response.status_code == 403
    assert "Kirim lagi" not in words(response)
    assert HEADING not in words(client.get(reverse("inbox")))


def test_what_a_strange_site_sends_is_not_kept(typed, page):
    client, values = typed
    entered("tim", client)
    response = client.post(page, values, headers={"origin": "https://evil.example"})
    assert response.status_code == 403
    assert "sulit diketik ulang" not in words(response)
    assert HEADING not in words(client.get(reverse("inbox")))


def test_a_page_of_nobody_known_leads_to_the_login_and_keeps_nothing(kecamatan, page):
    client = Client()
    assert send(client, page, {"recap_note": NOTE}).status_code == 302
    assert "kept_text" not in client.session


@pytest.mark.parametrize(
    "name", ["password", "new_password1", "passphrase", "pin", "nik", "kata_sandi", "csrfmiddlewaretoken"]
)
def test_secrets_are_never_kept(name):
    assert SECRET.search(name)


def test_an_address_that_takes_only_forms_leads_to_a_page_after_the_login(typed, page):
    client, values = typed
    token = values["csrfmiddlewaretoken"]
    response = client.post(reverse("read_messages"), {"csrfmiddlewaretoken": token, "x": "teks"})
    assert response.url == f"{reverse('login')}?next=/"
    entered("tim", client)
    assert HEADING in words(client.get("/"))
