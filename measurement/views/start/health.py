"""For machines that watch over the server: alive, and ready. Open to everybody, but only who is allowed sees what is wrong."""

import shutil
import tempfile
import time
from collections.abc import Callable
from hmac import compare_digest
from ipaddress import ip_address
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from measurement.doors.long_work_run import LOST
from measurement.models import LongWork
from measurement.papers.render import PaperFailed, html_to_pdf
from measurement.safekeeping.databases import waiting_migrations

RENDERER_SECONDS = 600  # starting it takes a second of a processor: not for each question
rendering = Lock()
rendered: dict[str, float] = {}  # "until" → how long its last success counts


@never_cache
@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("sehat", content_type="text/plain; charset=utf-8")


@never_cache
@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether people can work: 200, or 503."""
    faults = {name: said for name, check in CHECKS.items() if (said := check())}
    status = 503 if faults else 200
    if not may_watch(request, settings.READINESS_TOKEN):
        return HttpResponse("belum siap" if faults else "siap", "text/plain; charset=utf-8", status)
    return JsonResponse(
        {
            "ready": not faults,
            "version": settings.VERSION,
            "checks": {n: faults.get(n, "baik") for n in CHECKS},
        },
        status=status,
    )


def may_watch(request: HttpRequest, token: str) -> bool:
    """From this machine itself, or with that token of the settings. What a proxy hands on doesn't come from this machine."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and compare_digest(given.encode(), token.encode()):
        return True
    try:
        local = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return local and "X-Forwarded-For" not in request.headers


def _database() -> str:
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "basis data tidak terjangkau"
    return ""


def _migrations() -> str:
    try:
        waiting = len(waiting_migrations(DEFAULT_DB_ALIAS))
    except DatabaseError:
        return "tidak dapat diperiksa"
    return f"{waiting} migrasi belum dijalankan" if waiting else ""


def _disk() -> str:
    places = [Path(settings.MEDIA_ROOT)]
    name = settings.DATABASES[DEFAULT_DB_ALIAS]["NAME"]
    places += [Path(name).parent] if Path(str(name)).is_file() else []
    least = min((shutil.disk_usage(place).free for place in places if place.exists()), default=0)
    return "" if least >= settings.LEAST_FREE_BYTES else f"sisa tempat {least // 1024**2} MB"


def _media() -> str:
    try:
        with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as probe:
            probe.write(b"siap")
    except OSError:
        return "MEDIA_ROOT tidak dapat ditulisi"
    return ""


def _jobs() -> str:
    """A worker that lives takes an order within seconds, or is at work on another."""
    try:
        waiting = LongWork.objects.unattended(timezone.now() - LOST).count()
    except DatabaseError:
        return "tidak dapat diperiksa"
    return f"{waiting} pekerjaan menunggu dan tidak ada yang mengerjakannya" if waiting else ""


def _renderer() -> str:
    """Tried by one at a time; whoever asks meanwhile hears of the last time."""
    if time.monotonic() < rendered.get("until", 0) or not rendering.acquire(blocking=False):
        return ""
    try:
        html_to_pdf("<!doctype html><title>siap</title><p>siap</p>")
        rendered["until"] = time.monotonic() + RENDERER_SECONDS
    except PaperFailed:
        return "pembuat naskah tidak dapat dijalankan"
    finally:
        rendering.release()
    return ""


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "disk": _disk,
    "media": _media,
    "renderer": _renderer,
    "jobs": _jobs,
}
