"""What Prometheus is told of requests: how many, how long, and how often the database failed. Only where METRICS is on; otherwise nothing of it is loaded.

Each process counts in a file of its own below PROMETHEUS_MULTIPROC_DIR, which the settings name and `serve` empties; whichever process is asked adds all of them up.
"""

import time
from functools import cache
from types import SimpleNamespace

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError, connection

BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # seconds
FAILED = (OperationalError, InterfaceError)
NOWHERE = "tanpa_halaman"  # what no address of ours answered: files, redirects, unknown addresses


@cache
def counters() -> SimpleNamespace:
    """Made once a process."""
    from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: PLC0415 – only where METRICS is on

    settings.METRICS_DIR.mkdir(parents=True, exist_ok=True)
    own = CollectorRegistry()  # what is told comes from the files of all processes, not from here
    return SimpleNamespace(
        requests=Counter(
            "sakip_requests", "Permintaan menurut halaman dan kelas status", ["view", "status"], registry=own
        ),
        seconds=Histogram(
            "sakip_request_seconds", "Lama permintaan dalam detik", ["view"], buckets=BUCKETS, registry=own
        ),
        database=Counter("sakip_database_errors", "Galat basis data", registry=own),
    )


class CountingMiddleware:
    """Around everything else, so that what is refused early counts as well."""

    def __init__(self, get_response):
        if not settings.METRICS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        begun = time.monotonic()
        with connection.execute_wrapper(_counted):
            response = self.get_response(request)
        match = request.resolver_match
        view = (match.url_name or match.route) if match else NOWHERE
        counters().requests.labels(view, f"{response.status_code // 100}xx").inc()
        counters().seconds.labels(view).observe(time.monotonic() - begun)
        return response

    def process_exception(self, request, exception):
        """A connection that could not be made fails before there is anything to execute."""
        if isinstance(exception, FAILED) and not hasattr(exception, "is_counted"):
            counters().database.inc()


def _counted(execute, sql, parameters, many, context):
    try:
        return execute(sql, parameters, many, context)
    except FAILED as error:
        error.is_counted = True  # type: ignore[union-attr]  # for process_exception
        counters().database.inc()
        raise
