"""Machines ask whether the server lives and whether people can work; only who is allowed hears why not."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measurement.models import LongWork
from measurement.papers import render
from measurement.views.start import health
from tests.support.long_orders import order

FAR = "203.0.113.7"


@pytest.fixture(autouse=True)
def renderer_tried(monkeypatch):
    """Starting it takes a second, and one test asks for it."""
    monkeypatch.setitem(health.rendered, "until", float("inf"))


def ask(address: str = FAR, **headers):
    return Client(headers=headers, REMOTE_ADDR=address).get(reverse("ready"))


def test_alive_asks_no_database(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client().get(reverse("alive"))
    assert (response.status_code, response.content) == (200, b"sehat")
    assert "no-store" in response["Cache-Control"]


def test_ready_tells_a_stranger_one_word(db):
    assert (ask().status_code, ask().content) == (200, b"siap")


def test_ready_tells_this_machine_and_the_holder_of_the_token_everything(db, settings):
    settings.READINESS_TOKEN = "rahasia-pemantau"
    told = ask("127.0.0.1").json()
    assert told["ready"]
    assert set(told["checks"]) == set(health.CHECKS)
    assert ask(Authorization="Bearer rahasia-pemantau").json() == told
    assert ask(Authorization="Bearer lain").content == b"siap"


def test_what_a_proxy_hands_on_is_not_this_machine(db):
    assert ask("127.0.0.1", X_Forwarded_For=FAR).content == b"siap"


@pytest.mark.parametrize(
    ("setting", "value", "check"),
    [("LEAST_FREE_BYTES", 10**18, "disk"), ("MEDIA_ROOT", "/tidak/ada", "media")],
)
def test_what_is_missing_makes_it_unready(db, settings, setting, value, check):
    setattr(settings, setting, value)
    assert (ask().status_code, ask().content) == (503, b"belum siap")
    assert ask("127.0.0.1").json()["checks"][check] != "baik"


def test_work_that_nobody_begins_makes_it_unready(kecamatan, kind):
    order(kecamatan)
    assert ask().status_code == 200
    LongWork.objects.update(ordered_at=timezone.now() - timedelta(minutes=2))
    assert "1 pekerjaan menunggu" in ask("127.0.0.1").json()["checks"]["jobs"]


def test_work_that_waits_behind_other_work_is_in_good_hands(kecamatan, kind):
    waiting, at_work = order(kecamatan, number=1), order(kecamatan, number=2)
    LongWork.objects.filter(pk=waiting.pk).update(ordered_at=timezone.now() - timedelta(minutes=2))
    LongWork.objects.filter(pk=at_work.pk).update(state=LongWork.State.RUNNING, seen_at=timezone.now())
    assert ask().status_code == 200


def test_a_waiting_migration_makes_it_unready(db, monkeypatch):
    monkeypatch.setattr(health, "waiting_migrations", lambda alias: ["measurement.9999"])
    assert ask("127.0.0.1").json()["checks"]["migrations"] == "1 migrasi belum dijalankan"


def test_a_renderer_that_does_not_start_makes_it_unready(db, monkeypatch):
    monkeypatch.setitem(health.rendered, "until", 0)
    monkeypatch.setattr(render, "WORKER", "measurement.workers.not_there")
    assert ask().status_code == 503


def test_a_fresh_server_is_ready_before_its_first_paper(db, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(os, "execv", lambda program, words: None)
    assert ask().content == b"belum siap"
    call_command("serve", stdout=StringIO())
    assert ask().content == b"siap"
