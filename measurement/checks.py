"""What the server needs, as Django's system checks: `manage.py check --deploy --database default` names what is missing, each with what to do.

Settings are looked at with --deploy alone; the machine and the data only with --database as well, so that neither a build without a server nor
`migrate` on an empty database is bothered.
"""

import ctypes
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from measurement.models import JobRun, Unit
from measurement.record.office_facts import BACKUP, REMINDERS, sends_mail
from measurement.rules.readiness import REMINDED_WITHIN, SAVED_WITHIN

# of Debian; WeasyPrint loads them when it draws the first paper
RENDERER = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
LOCAL = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 – recognised, never bound
JOBS: dict[str, timedelta] = {REMINDERS: REMINDED_WITHIN, BACKUP: SAVED_WITHIN}


def check_settings(app_configs, **kwargs) -> Iterator[checks.CheckMessage]:
    """Mail that nobody gets, and links that lead nowhere."""
    if not sends_mail():
        yield _warning(
            1,
            "Surel tidak dikirim ke mana pun, hanya dicetak pada konsol.",
            "Isi EMAIL_URL, misalnya smtp+tls://akun:sandi@host:587.",
        )
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if host in LOCAL or "." not in host:
        yield _warning(
            2,
            f"PUBLIC_URL ({settings.PUBLIC_URL}) tidak dapat dibuka dari komputer lain; alamat ini tercetak pada naskah dan surel.",
            "Isi PUBLIC_URL dengan alamat yang dipakai pegawai.",
        )


def check_machine(app_configs, databases=None, **kwargs) -> Iterator[checks.CheckMessage]:
    """Libraries, folders and static files."""
    if not databases:
        return
    lacking = [package for library, package in RENDERER.items() if not _loads(library)]
    if lacking:
        yield _warning(
            3, "Naskah tidak dapat dibuat berkasnya.", f"Pasang paket sistem: {' '.join(lacking)}."
        )
    if not _is_writable(Path(settings.MEDIA_ROOT)):
        yield _warning(
            4,
            f"Berkas tidak dapat ditulis di {settings.MEDIA_ROOT}.",
            "Berikan izin tulis kepada akun yang menjalankan SAKIP.",
        )
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield _warning(
            5, "Berkas statis belum dikumpulkan.", f"Jalankan: {settings.COMMAND} collectstatic --noinput"
        )


def check_data(app_configs, databases=None, **kwargs) -> Iterator[checks.CheckMessage]:
    """Migrations; once all are applied, the regular jobs and offices without working hours."""
    for alias in databases or ():
        executor = MigrationExecutor(connections[alias])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            yield _warning(
                6, f"{len(waiting)} migrasi belum diterapkan.", f"Jalankan: {settings.COMMAND} migrate"
            )
            continue
        yield from _stopped_jobs(alias)
        for unit in Unit.objects.using(alias).filter(work_spans=None):
            yield _warning(
                8,
                f"Jam kerja {unit} belum diatur: langkahnya tidak mempunyai batas waktu.",
                "Administratornya mengisi pada Kesiapan kantor.",
            )


def _stopped_jobs(alias: str) -> Iterator[checks.CheckMessage]:
    runs = {run.name: run.succeeded_at for run in JobRun.objects.using(alias).filter(name__in=JOBS)}
    for name, within in JOBS.items():
        last = runs.get(name)
        if last is None or timezone.now() - last > within:
            said = (
                f"terakhir berhasil {timezone.localtime(last):%d-%m-%Y %H.%M}"
                if last
                else "belum pernah berhasil"
            )
            yield _warning(
                7, f"{settings.COMMAND} {name} {said}.", "Periksa jadwalnya (systemd timer atau cron)."
            )


def _warning(number: int, said: str, hint: str) -> checks.CheckMessage:
    return checks.Warning(said, hint=hint, id=f"measurement.W{100 + number}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _is_writable(folder: Path) -> bool:
    """Whether files may be made there; a folder that is not there yet is made by the first one, where its parent lets it."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
