"""Several people at once: threads with connections of their own, on a database of their own that keeps what they commit."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

from django.db import connection, connections
from django.db.models import QuerySet

from measurement.doors import workflow

ROUNDS = 150


@contextmanager
def own_database(folder: Path):
    """A copy of the empty test database. Only threads (`at_once`, `alone`) see it; this thread keeps its connection to the test database."""
    settings = connections.settings["default"]
    usual, name = settings["NAME"], str(folder / "race.sqlite3")
    if connection.vendor == "sqlite":  # the test database lives in memory, where only one may write
        connection.ensure_connection()
        copy = sqlite3.connect(name)
        connection.connection.backup(copy)
        copy.close()
    else:
        connection.creation.clone_test_db("race", verbosity=0)
        name = connection.creation.get_test_db_clone_settings("race")["NAME"]
    settings["NAME"] = name
    try:
        yield
    finally:
        settings["NAME"] = usual
        if connection.vendor != "sqlite":
            connection.creation.destroy_test_db(suffix="race", verbosity=0)


def at_once(*jobs: Callable, rounds: int = ROUNDS) -> list[list]:
    """Each job in its own thread, as often as asked, all beginning every round together. What a job raises is its result."""
    start = Barrier(len(jobs))

    def run(job: Callable) -> list:
        try:
            return [_result(job, number, start) for number in range(rounds)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(run, job) for job in jobs]]


def _result(job: Callable, number: int, start: Barrier):
    start.wait(60)
    try:
        return job(number)
    except Exception as error:
        return error


def alone(job: Callable):
    """One job in a thread of its own, before or after the race; what it raises is raised."""
    [[result]] = at_once(lambda _: job(), rounds=1)
    if isinstance(result, Exception):
        raise result
    return result


def switch_locks_off(monkeypatch) -> None:
    """What every race has to fail without: rows are not held on PostgreSQL, nor the whole database on SQLite."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda found, **options: found.all())
    for prepared in (workflow.LOCKED, workflow.HELD):  # what was written with locks
        monkeypatch.setattr(prepared, "written", {})
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "transaction_mode", "DEFERRED")


def switch_versions_off(monkeypatch) -> None:
    """Rows are written whatever became of them since they were read."""
    usual = QuerySet.filter

    def filter_anyway(found, *conditions, **values):
        values.pop("version", None)
        return usual(found, *conditions, **values)

    monkeypatch.setattr(QuerySet, "filter", filter_anyway)
