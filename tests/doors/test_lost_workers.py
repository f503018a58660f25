"""A worker is killed in the middle of its work, at every moment that matters: nothing is lost, nothing is done twice. And `serve` starts another one."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.browser import ROOT, environment
from tests.support.installations import Installation, spare_installation

MOMENTS = ("given out", "reading", "writing", "concluded")
ROUNDS = int(os.environ.get("LOST_WORKER_ROUNDS", "1"))  # of each moment
ORDERS = 2  # of each round
PATIENCE = 120  # seconds until a test is broken, whatever the machine does meanwhile


# the tests' own database is made, of which the place is a copy; the copy comes before a test holds it
pytestmark = [pytest.mark.long, pytest.mark.django_db]


@pytest.fixture(scope="module")
def place(tmp_path_factory, django_db_setup, django_db_blocker):
    folder = tmp_path_factory.mktemp("workers") / "place"
    with django_db_blocker.unblock(), spare_installation(folder, migrated=True) as made:
        (folder / "static").mkdir()
        yield made


def mortal(place: Installation, *words: str) -> str:
    done = place.command("-m", "tests.support.mortal_worker", *words, SERVE_JOBS="1")
    assert done.returncode == 0, done.stderr
    return done.stdout


def killed_at(place: Installation, moment: str) -> None:
    """A worker begins, comes to this moment, and is gone."""
    own = {"DATABASE_URL": place.address, "PYTHONPATH": str(ROOT), "SERVE_JOBS": "1"}
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.support.mortal_worker", "work", moment],
        cwd=ROOT,
        env=environment(place.folder) | own,
        stdout=subprocess.PIPE,
        text=True,
    )
    with worker:
        assert worker.stdout.readline() == "here\n"
        worker.send_signal(signal.SIGKILL)


def test_nothing_is_lost_and_nothing_done_twice(place):
    for number in range(1, ROUNDS + 1):
        for moment in MOMENTS:
            mortal(place, "order", str(ORDERS))
            killed_at(place, moment)
            mortal(place, "work")
            told = json.loads(mortal(place, "told"))
            expected = ORDERS * (len(MOMENTS) * (number - 1) + MOMENTS.index(moment) + 1)
            assert told["orders"] == {"selesai": expected}, (number, moment)
            assert (told["written"], told["twice"]) == (expected, 0), (number, moment)


def children(pid: int) -> dict[int, str]:
    """A process's children with their commands."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(child): Path(f"/proc/{child}/cmdline").read_text() for child in found}


def worker_of(server: subprocess.Popen, other_than: int = 0) -> int:
    """The worker beside the web server, once there is one."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for pid, command in children(server.pid).items():
            if "\0work\0" in command and pid != other_than:
                return pid
        time.sleep(0.2)
    raise AssertionError("no worker was started")


@pytest.fixture
def server(place):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    own = {"DATABASE_URL": place.address, "SERVE_JOBS": "1", "SERVE_WORKERS": "1"}
    started = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--bind", address],
        cwd=ROOT,
        env=environment(place.folder) | own,
    )
    yield started
    started.kill()
    started.wait()


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def waits_until_gone(pid: int) -> None:
    until = time.monotonic() + PATIENCE
    while is_there(pid):
        assert time.monotonic() < until, "the worker stays"
        time.sleep(0.2)


def test_serve_starts_another_worker_and_takes_it_along(server):
    first = worker_of(server)
    os.kill(first, signal.SIGKILL)
    second = worker_of(server, other_than=first)
    server.send_signal(signal.SIGTERM)
    assert server.wait(PATIENCE) == 0
    assert not is_there(second)


def test_a_worker_does_not_outlive_a_server_that_was_killed(server):
    left = worker_of(server)
    server.kill()
    server.wait()
    waits_until_gone(left)
