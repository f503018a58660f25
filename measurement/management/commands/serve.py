"""Runs the web server, and beside it what does long work (sakip/server.py), with the flags that they need: one place for `make run`, systemd, containers."""

import os
import shutil
import sys

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Menjalankan server web (gunicorn) di alamat SERVE_ADDRESS dengan SERVE_WORKERS proses, masing-masing SERVE_THREADS utas, dan di "
        "sampingnya SERVE_JOBS proses untuk pekerjaan panjang. "
        "Berhenti dengan SIGTERM atau Ctrl+C sesudah permintaan yang sedang berjalan selesai."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--bind",
            default=settings.SERVE_ADDRESS,
            help="alamat dan porta, atau unix:/jalur/soket (bawaan: SERVE_ADDRESS)",
        )

    def handle(self, *args, bind: str, **options):
        settings.MEDIA_ROOT.mkdir(
            parents=True, exist_ok=True
        )  # before the first paper /siap/ looks for it, too
        shutil.rmtree(settings.METRICS_DIR, ignore_errors=True)  # what processes of before counted
        self.stdout.write(f"SAKIP {settings.VERSION} melayani {bind}")
        self.stdout.flush()
        # the process becomes the server, which systemd or Ctrl+C then reaches without anything between
        jobs = 0 if settings.JOBS_AT_ONCE else settings.SERVE_JOBS
        server = [sys.executable, "-m", "sakip.server", str(jobs), "sakip.wsgi", *flags(bind)]
        os.execv(sys.executable, server)  # noqa: S606 – fixed command


def flags(bind: str) -> list[str]:
    """Threads, since a page waits for the database and papers for their process. A worker is renewed now and then; its sign of life is kept in memory, not
    on a disk that may be slow. Requests are logged by the proxy."""
    return [
        f"--bind={bind}",
        "--worker-class=gthread",
        f"--workers={settings.SERVE_WORKERS}",
        f"--threads={settings.SERVE_THREADS}",
        "--timeout=120",
        "--graceful-timeout=60",
        "--max-requests=5000",
        "--max-requests-jitter=500",
        "--worker-tmp-dir=/dev/shm",
        "--log-level=warning",
        "--no-control-socket",
    ]
