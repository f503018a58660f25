"""Requests through the whole application as gunicorn hands them over, and the CPU that they cost: this process and, on PostgreSQL, its backend."""

import time
from functools import cache
from pathlib import Path
from typing import Self

CONSTANT = "/ukur/tetap/"
SERVER = {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "HTTP_HOST": "127.0.0.1:8000"}


@cache
def application():
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


@cache
def cookies_of(username: str) -> str:
    """Somebody who has logged in."""
    from django.test import Client

    from measurement.models import Person

    client = Client()
    client.force_login(Person.objects.get(username=username))
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def environ_of(username: str, url: str, compressed: bool = False) -> dict:
    from django.test import RequestFactory

    headers = {"HTTP_COOKIE": cookies_of(username), **SERVER}
    if compressed:
        headers["HTTP_ACCEPT_ENCODING"] = "gzip"
    return RequestFactory().get(url, **headers).environ


def answered(environ: dict) -> tuple[str, bytes]:
    """Status and body; the answer is read to its end, as by a server."""
    said: list[str] = []
    parts = application()(dict(environ), lambda status, headers, *more: said.append(status))
    try:
        return said[0], b"".join(parts)
    finally:
        parts.close()


def cpu() -> float:
    """CPU seconds so far, of this process and of the backend that answers it."""
    from django.db import connection

    used = time.process_time()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        pid = connection.connection.info.backend_pid
        used += int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    return used


def cpu_of(username: str, url: str, times: int = 1, compressed: bool = False) -> float:
    """CPU seconds of one request, as the mean of so many; anything but a page is a failure."""
    environ = environ_of(username, url, compressed)
    begin = cpu()
    for _ in range(times):
        status, body = answered(environ)
    used = (cpu() - begin) / times
    if not status.startswith("200"):
        raise ValueError(f"{url} for {username}: {status}")
    return used


class Counter:
    """Counts what the database is asked, without keeping it as Django's own log does, which costs more than the asking."""

    def __init__(self):
        from django.db import connection

        self.count = 0
        self.wrapper = connection.execute_wrapper(self._counted)

    def _counted(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)

    def __enter__(self) -> Self:
        self.wrapper.__enter__()
        return self

    def __exit__(self, *exception) -> None:
        self.wrapper.__exit__(*exception)


def queries_of(username: str, url: str) -> int:
    """How often a page asks the database, once it is warm."""
    environ = environ_of(username, url)
    answered(environ)
    with Counter() as counted:
        status, _ = answered(environ)
    if not status.startswith("200"):
        raise ValueError(f"{url} for {username}: {status}")
    return counted.count


def keys() -> dict[str, int]:
    """Numbers that addresses name: a row of an ASN in the cycle under way."""
    from measurement.models import WorksheetRow

    row = WorksheetRow.objects.filter(owner__username="asn02", cycle=2, planned=True).earliest("position")
    return {"row": row.pk}
