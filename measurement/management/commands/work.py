"""Does the long work that people ordered (doors/long_work_run.py). `serve` starts it beside the web server and starts it again when it dies."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from io import StringIO

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from measurement.doors.long_work_run import HEARTBEAT, beat, is_queued, order_carried_by, take_up_lost
from measurement.models import JobRun, Unit
from measurement.record.office_facts import REMINDERS

logger = logging.getLogger(__name__)
LOOKED_EVERY, LOST_LOOKED_EVERY = 1, 15  # seconds
NICE = 5  # whoever saves a worksheet meanwhile comes first
REMINDED_EVERY = timedelta(minutes=20)  # a timer comes every quarter of an hour
MOST_TASKS = (
    200  # then the process ends, with whatever memory it has gathered, and `serve` starts another one
)


class OrderWorker(Worker):
    """The library's worker, of which we see for as long as it works that it lives. It takes what waits, and comes back when nothing does."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"], excluded_queue_names=[], interval=0, batch=True, startup_delay=False,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS, max_tasks=None, worker_id=get_random_string(32),
        )  # fmt: skip

    @property
    def is_worn(self) -> bool:
        return self._run_tasks >= MOST_TASKS

    def run_task(self, db_task_result: DBTaskResult) -> None:
        order = order_carried_by(db_task_result)
        with _heartbeat(order) if order else nullcontext():
            super().run_task(db_task_result)


@contextmanager
def _heartbeat(order: int) -> Iterator[None]:
    """Says every some seconds that this process lives, from a thread with a connection of its own."""
    ended = threading.Event()

    def go_on() -> None:
        while not ended.wait(HEARTBEAT):
            try:
                beat(order)
            except OperationalError as error:  # the next beat will do
                logger.warning("heartbeat of work %s: %s", order, error)
        connection.close()

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


class Command(BaseCommand):
    help = (
        "Mengerjakan pekerjaan panjang yang dipesan pegawai (naskah, paket arsip, impor, ekspor), satu demi satu, sampai dihentikan dengan "
        "SIGTERM. `serve` menjalankannya sendiri sebanyak SERVE_JOBS; boleh berjalan lebih dari satu, juga di mesin lain."
    )

    requires_system_checks = ()  # they load every page

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="selesai begitu tidak ada lagi yang menunggu")
        parser.add_argument("--beside", type=int, help="nomor proses server web; ikut berhenti bersamanya")

    def handle(self, *args, once: bool, beside: int | None, **options):
        if not is_queued():
            raise CommandError("JOBS_AT_ONCE=true: pekerjaan dikerjakan seketika, tidak ada antrean.")
        worker = OrderWorker()
        worker.configure_signals()
        if once:
            take_up_lost(timezone.now())
            worker.run()
            return
        os.nice(NICE)
        _go_on(worker, beside)


def _go_on(worker: OrderWorker, beside: int | None) -> None:
    """Looking takes no lock and writes nothing; only where something waits, the library's worker is let loose. A database that is away is waited for."""
    looked = 0.0
    while worker.running and not worker.is_worn and beside in (None, os.getppid()):
        try:
            if time.monotonic() - looked > LOST_LOOKED_EVERY:
                looked = time.monotonic()
                take_up_lost(timezone.now())
                remind_if_due(timezone.now())
            if DBTaskResult.objects.ready().exists():
                worker.run()
        except OperationalError as error:
            logger.warning("the queue: %s", error)
            connections.close_all()
        if worker.running:
            time.sleep(LOOKED_EVERY)


def remind_if_due(now: datetime) -> None:
    """Where no timer of the machine reminds people, this does; never in a demonstration, whose dates are of another time."""
    recent = JobRun.objects.filter(name=REMINDERS, finished_at__gte=now - REMINDED_EVERY)
    if recent.exists() or Unit.objects.demonstrations().exists():
        return
    try:
        call_command(REMINDERS, stdout=StringIO())
    except CommandError as error:  # mail that is tried again the next time
        logger.warning("%s: %s", REMINDERS, error)
