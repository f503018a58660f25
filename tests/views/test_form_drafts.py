"""Drafts at the server: kept for their owner alone, shown on the page of their form, gone when the form arrived."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from measurement.models import FormDraft, Person
from measurement.rules.form_drafts import draft_place
from tests.support.characters import cycle_at
from tests.support.pages import form_of, logged_in, words

NOTE = "Catatan rekapitulasi yang belum dikirim."


def field(name: str = "recap_note", text: str = NOTE, **more) -> dict:
    return {"name": name, "label": "Catatan", "texts": [text], "over": [""], "plain": True} | more


@pytest.fixture
def page(kecamatan) -> str:
    kecamatan.cycle = cycle_at(kecamatan, "recapitulate")
    return reverse("step", args=[kecamatan.cycle.pk, 7])


def keep(client, page: str, *fields, **more):
    given = {"page": page, "form": page, "action": page, "fields": json.dumps(fields)} | more
    return client.post(reverse("save_draft"), given)


def test_a_draft_stands_on_the_page_of_its_form(kecamatan, page):
    client = logged_in(kecamatan.tim)
    assert keep(client, page, field()).json()["kept"]
    assert NOTE in words(client.get(page))
    assert NOTE not in words(client.get(reverse("cycles")))


def test_a_filter_of_the_page_does_not_matter_but_the_year_does():
    assert draft_place("/langkah/6/?saring=semua&halaman=2") == draft_place("/langkah/6/")
    assert draft_place("/rencana/cabang/3/?tahun=2027") != draft_place("/rencana/cabang/3/?tahun=2026")


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "", "javascript:x"])
def test_an_address_elsewhere_has_no_draft(kecamatan, address):
    response = keep(logged_in(kecamatan.tim), address, field())
    assert (response.status_code, FormDraft.objects.count()) == (422, 0)


def test_nobody_else_sees_it(kecamatan, page):
    keep(logged_in(kecamatan.tim), page, field())
    other = logged_in(kecamatan.sekcam)
    other.post(reverse("discard_draft"), {"page": page, "form": page})
    assert NOTE not in words(other.get(page))
    assert FormDraft.objects.count() == 1


def test_it_is_dropped_by_its_button(kecamatan, page):
    client = logged_in(kecamatan.tim)
    keep(client, page, field())
    response = client.post(reverse("discard_draft"), form_of(client.get(page), reverse("discard_draft")))
    assert response.url == page
    assert NOTE not in words(client.get(page))
    assert not Person.objects.get(pk=kecamatan.tim.pk).has_drafts


def test_what_is_deleted_by_hand_is_no_draft_any_more(kecamatan, page):
    client = logged_in(kecamatan.tim)
    keep(client, page, field())
    keep(client, page)
    assert not FormDraft.objects.exists()


def test_it_goes_when_the_form_arrives(kecamatan, page):
    client = logged_in(kecamatan.tim)
    keep(client, page, field())
    assert client.post(page, form_of(client.get(page)) | {"recap_note": NOTE}).status_code == 302
    assert not FormDraft.objects.exists()


def test_it_stays_when_the_form_is_refused(kecamatan, page):
    client = logged_in(kecamatan.tim)
    keep(client, page, field())
    sent = form_of(client.get(page)) | {"version": "99", "recap_note": NOTE}
    assert client.post(page, sent).status_code == 409
    assert FormDraft.objects.count() == 1


def test_a_draft_that_comes_late_from_a_page_that_was_sent_is_not_kept(kecamatan, page):
    client = logged_in(kecamatan.tim)
    sent = form_of(client.get(page)) | {"recap_note": NOTE}
    client.post(page, sent)
    keep(client, page, field(), mark=sent["csrfmiddlewaretoken"][:16])
    assert not FormDraft.objects.exists()


@pytest.mark.parametrize("name", ["password", "pin", "nik", "passphrase", "csrfmiddlewaretoken"])
def test_secrets_are_left_out_whatever_the_browser_sends(kecamatan, page, name):
    keep(logged_in(kecamatan.tim), page, field(name, "rahasia"), field())
    assert [one["name"] for one in FormDraft.objects.get().fields] == ["recap_note"]


@pytest.mark.parametrize(
    "fields", ["", "[", "{}", "[1]", '[{"name": 5}]', '[{"name": "a", "texts": "x", "over": []}]', "[" * 9000]
)
def test_nonsense_is_no_draft_and_no_crash(kecamatan, page, fields):
    response = logged_in(kecamatan.tim).post(
        reverse("save_draft"), {"page": page, "form": "", "action": page, "fields": fields}
    )
    assert (response.status_code, FormDraft.objects.count()) == (200, 0)


def test_text_is_printed_as_text(kecamatan, page):
    client = logged_in(kecamatan.tim)
    keep(client, page, field(text="</script><b>tebal</b>"))
    assert b"<b>tebal" not in client.get(page).content


def test_a_long_one_is_refused(kecamatan, page):
    assert keep(logged_in(kecamatan.tim), page, field(text="x" * 70_000)).status_code == 422


def test_a_month_later_it_is_forgotten(kecamatan, page):
    keep(logged_in(kecamatan.tim), page, field())
    FormDraft.objects.update(saved_at=timezone.now() - timedelta(days=31))
    call_command("send_reminders")
    assert not FormDraft.objects.exists()
    assert not Person.objects.get(pk=kecamatan.tim.pk).has_drafts
