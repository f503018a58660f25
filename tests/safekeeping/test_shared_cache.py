"""Sessions in a Redis of our own on loopback that stops, comes back, and is gone."""

import os
import shutil
import signal
import subprocess
import time

import pytest
from django.core.cache import caches
from django.urls import reverse

from sakip.shared_cache import ForgivingRedis
from tests.support.pages import logged_in
from tests.support.with_postgres import free_port

PROGRAM = shutil.which("redis-server") or shutil.which("valkey-server")
pytestmark = pytest.mark.skipif(not PROGRAM, reason="redis-server is not installed")


@pytest.fixture
def redis(settings, tmp_path, monkeypatch):
    port = free_port()
    server = subprocess.Popen(
        [PROGRAM, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    settings.CACHES = {
        "default": {"BACKEND": "sakip.shared_cache.ForgivingRedis", "LOCATION": f"redis://127.0.0.1:{port}/1"}
    }
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    for name, value in (("away_until", 0.0), ("is_stale", False)):
        monkeypatch.setattr(ForgivingRedis, name, value)
    until = time.monotonic() + 20
    while not answers() and time.monotonic() < until:
        ForgivingRedis.away_until = 0.0
        time.sleep(0.05)
    yield server
    server.send_signal(signal.SIGCONT)
    server.kill()
    server.wait()


def answers() -> bool:
    caches["default"].set("ada", 1)
    return caches["default"].get("ada") == 1


def is_in(client) -> bool:
    return client.get(reverse("inbox")).status_code == 200


def stop(server) -> None:
    os.kill(server.pid, signal.SIGSTOP)


def go_on(server) -> None:
    os.kill(server.pid, signal.SIGCONT)
    ForgivingRedis.away_until = 0.0


def test_a_session_is_read_from_the_cache(kecamatan, redis):
    client = logged_in(kecamatan.camat)
    assert is_in(client)
    key = f"django.contrib.sessions.cached_db{client.session.session_key}"
    assert key in caches["default"]


def test_a_cache_that_dies_fails_no_page_and_logs_nobody_out(kecamatan, redis):
    client = logged_in(kecamatan.camat)
    redis.kill()
    redis.wait()
    assert is_in(client)
    assert is_in(logged_in(kecamatan.sekcam))


def test_whoever_logs_out_while_it_is_away_stays_logged_out(kecamatan, redis):
    client = logged_in(kecamatan.camat)
    assert is_in(client)
    key = client.cookies["sessionid"].value
    stop(redis)
    client.post(reverse("logout"))
    go_on(redis)
    client.cookies["sessionid"] = key
    assert not is_in(client)


def test_one_that_is_away_is_left_alone_for_a_while(redis):
    stop(redis)
    caches["default"].get("x")
    assert ForgivingRedis.away_until > time.monotonic()
    go_on(redis)
    ForgivingRedis.away_until = time.monotonic() + 60
    assert caches["default"].get("ada", "tidak") == "tidak"
    ForgivingRedis.away_until = 0.0
    assert caches["default"].get("ada") == 1
