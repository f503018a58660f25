"""Overviews, reports and search from a replica: here a copy of the database that stays behind. PostgreSQL's own is in tests/safekeeping/test_faults.py."""

import math
import sqlite3
import time
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection, connections, router
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.db.utils import ConnectionHandler
from django.http import Http404, HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measurement.models import Appointment, Indicator
from measurement.replica_reading import FROM_REPLICA, SENT, ReplicaMiddleware
from sakip import replica
from sakip.databases import replica_options, with_options
from tests.support.characters import office
from tests.support.pages import logged_in

copied = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a copy that stays behind is made as a file"
)
POSTGRESQL = {"ENGINE": "django.db.backends.postgresql", "NAME": "sakip", "OPTIONS": {}}
OLD, NEW = "Nama di salinan", "Nama di pusat"


def called(name: str) -> None:
    Indicator.objects.update(name=Concat(Value(f"{name} "), Cast("pk", CharField())))


@pytest.fixture
def behind(transactional_db, settings, tmp_path, monkeypatch):
    """An office whose indicators the primary has called otherwise since the copy was made."""
    made = office()
    called(OLD)
    with sqlite3.connect(tmp_path / "replica.sqlite3") as copy:
        connection.connection.backup(copy)
    copy.close()
    called(NEW)
    config = with_options({"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "replica.sqlite3")})
    complete = ConnectionHandler({"default": {}, replica.REPLICA: config}).settings
    monkeypatch.setitem(connections.settings, replica.REPLICA, complete[replica.REPLICA])
    monkeypatch.setitem(router.__dict__, "routers", [replica.ReplicaRouter()])
    monkeypatch.setattr(replica, "condition", replica.Condition())
    made_anew = connections[replica.REPLICA] = connections.create_connection(replica.REPLICA)
    made_anew.connect()  # what asks for a connection later would find its alias unknown to the test
    settings.REPLICA_URL = "postgres://replica"
    yield made
    connections[replica.REPLICA].close()
    del connections[replica.REPLICA]


def found(client) -> str:
    return (
        client.get(reverse("search"), {"q": "nama di"})
        .content.decode()
        .replace("<mark>", "")
        .replace("</mark>", "")
    )


def page(person) -> str:
    return found(logged_in(person))


def seen(seconds: float) -> replica.Condition:
    return replica.Condition(time.monotonic(), seconds)


@copied
def test_search_is_read_from_the_replica_and_the_plan_from_the_primary(behind):
    assert OLD in page(behind.camat)
    plan = logged_in(behind.camat).get(reverse("plan")).content.decode()
    assert NEW in plan


@copied
def test_whoever_sent_a_form_reads_from_the_primary(behind, settings):
    client = logged_in(behind.camat)
    client.post(reverse("read_messages"))
    assert client.cookies[SENT]["max-age"] == settings.REPLICA_SECONDS
    assert NEW in found(client)
    del client.cookies[SENT]
    assert OLD in found(client)


@copied
def test_a_replica_that_is_a_little_behind_is_told_of(behind, monkeypatch):
    assert "tertinggal" not in page(behind.camat)
    monkeypatch.setattr(replica, "condition", seen(replica.TOLD_FROM + 4))
    assert "tertinggal sekitar 7 detik" in page(behind.camat)
    assert "tertinggal" not in logged_in(behind.camat).get(reverse("inbox")).content.decode()


@copied
def test_one_that_is_far_behind_or_gone_is_not_read(behind, settings, monkeypatch):
    for seconds in (settings.REPLICA_SECONDS + 1, math.inf):
        monkeypatch.setattr(replica, "condition", seen(seconds))
        assert NEW in page(behind.camat)


@copied
def test_one_that_breaks_while_it_is_read_leaves_the_primary(behind, monkeypatch):
    monkeypatch.setattr(replica, "condition", seen(0))

    def broken():
        raise OperationalError("gone")

    monkeypatch.setattr(connections[replica.REPLICA], "cursor", broken)
    assert NEW in page(behind.camat)
    assert replica.condition.behind == math.inf


@copied
def test_one_that_can_not_be_asked_is_gone_for_a_while(behind, monkeypatch):
    asked = []
    monkeypatch.setattr(replica, "_asked", lambda: asked.append(1) or math.inf)
    assert [replica.seconds_behind() for _ in range(3)] == [math.inf] * 3
    assert len(asked) == 1


@copied
def test_what_the_replica_does_not_know_yet_is_asked_of_the_primary(behind, rf):
    def view(request):
        if replica.reading_place() == replica.REPLICA:
            raise Http404
        return HttpResponse("dari pusat")

    request = rf.get("/cari/")
    request.resolver_match = SimpleNamespace(url_name="search")
    middleware = ReplicaMiddleware(view)
    assert middleware.process_view(request, view, (), {}) is None
    assert replica.reading_place() == "default"


@copied
def test_where_somebody_serves_is_never_asked_of_the_replica(behind):
    Appointment.objects.filter(person=behind.camat).delete()
    assert OLD not in page(behind.camat)


def test_pages_of_the_replica_write_nothing(everything):
    client = logged_in(everything.office.sekcam)
    client.get(reverse("inbox"))
    for name in sorted(FROM_REPLICA):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(reverse(name, args=everything.keys.get(name, [])))
        assert response.status_code < 500, name
        written = [one["sql"] for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
        assert written == [], name


def test_threads_share_connections_by_a_setting():
    assert with_options(POSTGRESQL)["CONN_MAX_AGE"] == 600
    shared = with_options({**POSTGRESQL, "OPTIONS": {"sslmode": "require"}}, pool=4)
    assert shared["CONN_MAX_AGE"] == 0
    assert shared["OPTIONS"]["pool"]["max_size"] == 4
    assert shared["OPTIONS"]["sslmode"] == "require"
    assert replica_options(POSTGRESQL)["OPTIONS"]["connect_timeout"] == 3


@pytest.mark.parametrize("options_of", [with_options, replica_options])
def test_what_postgresql_planned_is_kept_unless_a_setting_says_not(options_of):
    assert options_of(POSTGRESQL)["OPTIONS"]["prepare_threshold"] == 1
    assert "prepare_threshold" not in options_of(POSTGRESQL, prepared=False)["OPTIONS"]
