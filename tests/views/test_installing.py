"""SAKIP on a phone: manifest, service worker and offline page are anybody's and hold nothing of anybody; the box to jump finds what one may see."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from measurement import guide
from tests.support.characters import cycle_at, open_cycle
from tests.support.pages import logged_in, words
from tests.whole.test_architecture import ROOT


def manifest(client: Client) -> dict:
    return json.loads(client.get(reverse("manifest")).content)


def test_the_manifest_names_the_office_and_its_icons_are_there(kecamatan):
    told = manifest(logged_in(kecamatan.asn))
    assert kecamatan.unit.name in told["name"]
    assert (told["display"], told["start_url"]) == ("standalone", "/")
    sizes = {(icon["sizes"], icon["purpose"]) for icon in told["icons"]}
    assert sizes == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    for icon in told["icons"]:
        assert (ROOT / "static/img" / icon["src"].rpartition("/")[2]).exists()


def test_before_login_the_only_office_is_named_but_none_of_several(kecamatan, neighbour):
    assert kecamatan.unit.name not in manifest(Client())["name"]
    assert neighbour.unit.name not in manifest(Client())["name"]


@pytest.mark.parametrize("name", ["service_worker", "offline", "manifest"])
def test_what_a_phone_keeps_names_nobody(kecamatan, name):
    open_cycle(kecamatan)
    answer = Client().get(reverse(name))
    assert answer.status_code == 200
    assert not answer.cookies
    for who in (kecamatan.camat, kecamatan.asn):
        assert who.name not in answer.content.decode()


def test_the_service_worker_keeps_the_offline_page_and_static_files_alone(client, db):
    answer = client.get(reverse("service_worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-store" in answer["Cache-Control"]
    told = re.match(r"const SAKIP = (\{.*\});", answer.content.decode())
    kept = json.loads(told[1])["files"]
    assert kept[0] == reverse("offline")
    assert all(name.startswith("/static/") for name in kept[1:])


def test_the_policy_allows_both_and_nothing_foreign(client, db):
    policy = client.get(reverse("offline"))["Content-Security-Policy"]
    assert "manifest-src 'self'" in policy
    assert "worker-src 'self'" in policy


def test_unread_messages_are_a_dot_in_the_bar(kecamatan):
    open_cycle(kecamatan)
    client = logged_in(kecamatan.sekcam)
    assert 'class="dot"' in client.get(reverse("cycles")).content.decode()
    kecamatan.sekcam.messages.mark_read()
    assert 'class="dot"' not in client.get(reverse("cycles")).content.decode()


def jumped(who, query: str) -> list[dict]:
    return logged_in(who).get(reverse("jump"), {"q": query}).json()["found"]


def test_the_box_to_jump_finds_what_the_search_finds(kecamatan):
    cycle_at(kecamatan, "report")
    found = jumped(kecamatan.tim, "laporan 1")
    assert found[0]["title"] == "Jumlah laporan 1"
    assert found[0]["url"] == reverse("indicator", args=[kecamatan.indicators[0].pk])
    assert found[0]["kind"].startswith("Indikator")


def test_it_finds_nothing_of_another_office_and_nothing_for_nothing(kecamatan, neighbour):
    assert not [
        one
        for one in jumped(neighbour.tim, "laporan 1")
        if "indikator" in one["url"] and str(kecamatan.indicators[0].pk) in one["url"]
    ]
    assert jumped(kecamatan.tim, "") == []


def test_every_page_lists_its_keys_and_the_help_lists_all(measuring_office):
    page = logged_in(measuring_office.asn).get(reverse("worksheet", args=[measuring_office.cycle.pk]))
    own = guide.KEYS["kertas-kerja"]
    assert page.context["page_keys"] == (*own, *guide.ANYWHERE)
    text = words(logged_in(measuring_office.asn).get(reverse("help")))
    for key, _ in (*guide.ANYWHERE, *(key for keys in guide.KEYS.values() for key in keys)):
        assert key in text


def test_the_keys_belong_to_pages_that_exist():
    assert guide.KEYS.keys() <= {job.key for job in guide.JOBS}
