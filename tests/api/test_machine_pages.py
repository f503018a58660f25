"""The administrator's pages: a secret is shown once, what is listed can be taken back, and everything is in the trail."""

import pytest
from django.urls import reverse

from measurement.doors.api_tokens import MOST_TOKENS, make_token
from measurement.doors.webhooks import add_receiver, try_receiver
from measurement.messages.webhook_sending import deliver_due
from measurement.models import ApiToken, SettingChange, WebhookDelivery, WebhookSubscription
from measurement.rules.machine_access import SUBSCRIBED, Scope
from measurement.rules.refusals import Incomplete
from tests.support.machines import Machine
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.webhook_receiver import receiving

State = WebhookDelivery.State


def made_on_page(client, **changes):
    return submit(client, reverse("api_tokens"), name="Dasbor Bappeda", **changes)


def test_a_token_is_made_shown_once_and_works(kecamatan):
    client = logged_in(kecamatan.administrator)
    page = made_on_page(client)
    secret = page.context["secret"]
    assert "no-store" in page["Cache-Control"]
    assert page.content.decode().count(secret) == 1
    assert client.get("/api/v1/", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    after = words(client.get(reverse("api_tokens")))
    assert secret not in after
    assert f"Dasbor Bappeda …{secret[-6:]} siklus, hasil" in after


def test_the_same_form_sent_twice_makes_one_token(kecamatan):
    client = logged_in(kecamatan.administrator)
    values = form_of(client.get(reverse("api_tokens"))) | {"name": "Dasbor"}
    first, again = client.post(reverse("api_tokens"), values), client.post(reverse("api_tokens"), values)
    assert (first.status_code, again.status_code) == (200, 302)
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("changes", [{"name": ""}, {"scopes": []}, {"scopes": ["semua"]}, {"days": "9999"}])
def test_a_token_that_says_too_little_or_too_much_is_not_made(kecamatan, changes):
    client = logged_in(kecamatan.administrator)
    values = form_of(client.get(reverse("api_tokens"))) | {"name": "Dasbor"} | changes
    assert client.post(reverse("api_tokens"), values).status_code == 422
    assert not ApiToken.objects.exists()


def test_a_token_is_revoked_and_both_are_in_the_trail(kecamatan):
    client = logged_in(kecamatan.administrator)
    secret = made_on_page(client).context["secret"]
    token = ApiToken.objects.get()
    for said in ("dicabut", "sudah dicabut sebelumnya"):
        page = client.post(reverse("revoke_api_token", args=[token.pk]), follow=True)
        assert said in words(page)
    assert client.get("/api/v1/", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    trail = SettingChange.objects.filter(what=SettingChange.Part.API)
    assert [list(change.after.values()) for change in trail][0] == ["dicabut"]
    assert len(trail) == 2
    assert secret not in str([change.after for change in trail])


def test_an_office_has_so_many_tokens_and_no_more(kecamatan):
    for _ in range(MOST_TOKENS):
        make_token(kecamatan.unit, kecamatan.administrator, "Dasbor", [Scope.CYCLES], 30)
    with pytest.raises(Incomplete):
        make_token(kecamatan.unit, kecamatan.administrator, "Dasbor", [Scope.CYCLES], 30)
    assert made_on_page(logged_in(kecamatan.administrator)).status_code == 422


def test_another_offices_tokens_and_receivers_are_not_found(kecamatan, neighbour):
    Machine(neighbour)
    subscription, _ = add_receiver(neighbour.unit, neighbour.administrator, "https://a.contoh", SUBSCRIBED)
    delivery = try_receiver(subscription, neighbour.administrator)
    client = logged_in(kecamatan.administrator)
    for name, key in (
        ("revoke_api_token", ApiToken.objects.get().pk),
        ("webhook_receiver", subscription.pk),
        ("webhook_delivery", delivery.pk),
    ):
        assert client.post(reverse(name, args=[key]), {"action": "end"}).status_code == 404
    assert ApiToken.objects.get().revoked_at is None
    for name in ("api_tokens", "webhook_receivers"):
        assert "a.contoh" not in words(client.get(reverse(name)))


def added_on_page(client, address: str):
    page = reverse("webhook_receivers")
    return client.post(page, form_of(client.get(page)) | {"url": address})


@pytest.mark.parametrize("name", ["api_tokens", "webhook_receivers"])
def test_only_the_administrator_gets_in(kecamatan, name):
    for person in (kecamatan.camat, kecamatan.tim, kecamatan.asn):
        assert logged_in(person).get(reverse(name)).status_code == 403


def test_a_receiver_is_added_tried_and_ended(kecamatan, settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    client, url = logged_in(kecamatan.administrator), reverse("webhook_receivers")
    with receiving() as receiver:
        secret = added_on_page(client, receiver.url).context["secret"]
        subscription = WebhookSubscription.objects.get()
        at = reverse("webhook_receiver", args=[subscription.pk])
        client.post(at, {"action": "try"})
        assert deliver_due() == (1, 0)
        assert receiver.verified(secret)
    page = words(client.get(url))
    assert "Percobaan" in page
    assert "Terkirim" in page
    assert secret not in page
    delivery = WebhookDelivery.objects.get()
    client.post(reverse("webhook_delivery", args=[delivery.pk]))
    assert WebhookDelivery.objects.get().state == State.WAITING
    client.post(at, {"action": "end"})
    assert "Penerima dihentikan" in words(client.get(url))
    assert SettingChange.objects.filter(what=SettingChange.Part.WEBHOOKS).count() == 2


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "https://127.0.0.1/", "bukan alamat", "https://u:p@8.8.8.8/", ""]
)
def test_a_receiver_where_nothing_may_be_sent_is_refused_at_once(kecamatan, url):
    client = logged_in(kecamatan.administrator)
    assert added_on_page(client, url).status_code == 422
    assert not WebhookSubscription.objects.exists()


def test_pages_ask_the_database_as_often_for_three_as_for_one(kecamatan, django_assert_max_num_queries):
    subscription, _ = add_receiver(kecamatan.unit, kecamatan.administrator, "https://a.contoh", SUBSCRIBED)
    client, counts = logged_in(kecamatan.administrator), {}
    for size in (1, 3):
        for _ in range(size):
            make_token(kecamatan.unit, kecamatan.administrator, "Dasbor", [Scope.CYCLES], 30)
            try_receiver(subscription, kecamatan.administrator)
        for name in ("api_tokens", "webhook_receivers"):
            with django_assert_max_num_queries(12) as captured:
                assert client.get(reverse(name)).status_code == 200
            counts.setdefault(name, set()).add(len(captured))
    assert all(len(found) == 1 for found in counts.values()), counts
