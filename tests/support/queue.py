"""The queue of long work in tests: a worker that takes what waits and comes back, in the test's own process."""

from unittest.mock import patch

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from sakip.settings import QUEUE

QUEUED = {"default": {"BACKEND": QUEUE}}


def do_waiting() -> int:
    """Everything that waits is done; how much that was."""
    waiting = DBTaskResult.objects.ready().count()
    worker = Worker(
        queue_names=["*"], excluded_queue_names=[], interval=0, batch=True, startup_delay=False,
        backend_name="default", max_tasks=None, worker_id="uji",
    )  # fmt: skip
    # its connection is that of the test, and holds the test's transaction
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        worker.run()
    return waiting
