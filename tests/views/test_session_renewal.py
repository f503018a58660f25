"""A session goes on while somebody works, and ends for good some time after the login."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.support.pages import log_in, logged_in

HOUR = timedelta(hours=1)
NOW = timezone.now()


@pytest.fixture
def at_work(kecamatan):
    with time_machine.travel(NOW, tick=False):
        client = Client()
        assert log_in("tim416-317", "sandi-tim416-317-2026", client).status_code == 302
    return client


def is_in(client: Client, hours: float, *, path: str = "/", post: dict | None = None) -> bool:
    """Whether the person is logged in so long after the login."""
    with time_machine.travel(NOW + hours * HOUR, tick=False):
        response = client.get(path) if post is None else client.post(path, post)
        return "/masuk/" not in response.get("Location", "")


def test_it_ends_four_hours_after_the_last_work(at_work):
    assert not is_in(at_work, 4.1)


def test_work_puts_its_end_off(at_work):
    assert [is_in(at_work, hours) for hours in (3, 6, 9)] == [True, True, True]


def test_typing_puts_its_end_off(at_work):
    draft = {"page": "/siklus/", "form": "", "action": "/siklus/", "fields": "[]"}
    assert is_in(at_work, 3, path=reverse("save_draft"), post=draft)
    assert is_in(at_work, 6)


def test_it_ends_for_good_twelve_hours_after_the_login(at_work):
    assert [is_in(at_work, hours) for hours in (3, 6, 9, 11.9, 12.1)] == [True, True, True, True, False]


def test_a_page_that_only_asks_puts_nothing_off(at_work):
    is_in(at_work, 3, path=reverse("session_state"))
    assert not is_in(at_work, 4.1)


def test_the_button_puts_its_end_off_with_and_without_scripts(at_work):
    assert is_in(at_work, 3.9, path=reverse("stay_logged_in"), post={})
    assert is_in(at_work, 7)


def test_the_page_knows_when_it_ends(at_work):
    with time_machine.travel(NOW, tick=False):
        assert f'data-left="{4 * 3600}"' in at_work.get("/").content.decode()
        assert at_work.get(reverse("session_state")).json()["left"] == 4 * 3600


def test_the_last_hours_say_that_they_are_the_last(at_work):
    for hours in (3, 6):
        is_in(at_work, hours)
    with time_machine.travel(NOW + 9 * HOUR, tick=False):
        at_work.get("/")
        facts = at_work.get(reverse("session_state")).json()
    assert (facts["is_last"], facts["left"]) == (True, 3 * 3600)


def test_strangers_learn_nothing():
    assert Client().get(reverse("session_state")).json() == {"person": None}


def test_reading_writes_nothing_for_some_minutes(at_work):
    with time_machine.travel(NOW + timedelta(minutes=4), tick=False):
        before = at_work.session.get("renewed_at")
        at_work.get("/")
        assert at_work.session.get("renewed_at") == before


def test_a_session_of_an_earlier_version_goes_on_as_it_was(kecamatan):
    assert logged_in(kecamatan.tim).get("/").status_code == 200
