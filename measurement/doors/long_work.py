"""Work that takes longer than two seconds, as people see it: ordered, looked at, cancelled, ordered again, forgotten after a day.

The order is ours, the queue is that of django-tasks: the task that carries an order (long_work_run.py) comes with it in one transaction.
"""

import hashlib
import json
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from measurement.models import LongWork, MeasurementCycle, Person, Unit
from measurement.rules.refusals import Refusal

from .long_work_files import forget_files, keep_sent_file
from .long_work_run import is_queued, start_work, take_up_lost

State = LongWork.State
KEPT = timedelta(days=1)
BIG_FILE = 100 * 1024  # bytes: about a thousand lines of a workbook, which take a second or two
FINISHED_MEANWHILE = "Pekerjaan ini sudah selesai, jadi tidak ada lagi yang dapat dibatalkan."
NOT_AGAIN = "Pekerjaan ini sedang dikerjakan atau sudah selesai, jadi tidak dimulai lagi."


def order_work(
    person: Person, unit: Unit, kind: str, upload: UploadedFile | None = None, **parameters: object
) -> LongWork:
    """The order, or the same one that is still under way. Where nothing is queued, it is done when this comes back."""
    if upload is not None:
        parameters["file"] = keep_sent_file(upload)
    same, now = _same(unit, parameters), timezone.now()
    work = LongWork(
        person=person, unit=unit, kind=kind, parameters=parameters, same=same, ordered_at=now, seen_at=now
    )
    try:
        start_work(lambda: _created(work))
    except IntegrityError:
        forget_files(work)
        take_up_lost(now)
        return LongWork.objects.filter(person=person, kind=kind, same=same).latest("ordered_at")
    work.refresh_from_db()
    return work


def order_papers(cycle: MeasurementCycle, actor: Person) -> None:
    """The files of what a step has just issued, and of an archived cycle its package. What is not ordered or fails is made on demand."""
    if settings.RENDER_PAPERS_AT_ONCE:
        # a later step's papers are another order
        order_work(actor, cycle.unit, "papers", cycle=cycle.pk, version=cycle.version)


def _same(unit: Unit, parameters: dict) -> str:
    """Two orders with the same parameters are the same, whatever name their file is kept under."""
    known = {name: value for name, value in parameters.items() if name != "file"}
    digest = parameters.get("file", {}).get("sha256", "")
    return hashlib.sha256(json.dumps([unit.pk, known, digest], sort_keys=True).encode()).hexdigest()


def _created(work: LongWork) -> int:
    work.save(force_insert=True)
    return work.pk


def is_long(upload: UploadedFile) -> bool:
    """Whether reading a file is left to the queue; a small one is read at once, so that nobody waits for a page that only says so."""
    return is_queued() and (upload.size or 0) > BIG_FILE


def cancel_work(work: LongWork) -> None:
    """What has not begun is not begun any more; what is at work stops at its next step, at the latest before anything of it counts."""
    now, found = timezone.now(), LongWork.objects.filter(pk=work.pk)
    if found.filter(state=State.WAITING).update(state=State.CANCELLED, done_at=now):
        return
    if not found.filter(state__in=(State.RUNNING, State.STOPPING)).update(state=State.STOPPING):
        raise Refusal(FINISHED_MEANWHILE)


def retry_work(work: LongWork) -> None:
    """The same order from the start, with the same parameters and the same file."""
    now = timezone.now()
    afresh = {"percent": 0, "words": "", "attempts": 0, "error": "", "ordered_at": now, "seen_at": now}

    def begin() -> int | None:
        ended = LongWork.objects.filter(pk=work.pk, state__in=(State.FAILED, State.CANCELLED))
        return work.pk if ended.update(state=State.WAITING, done_at=None, **afresh) else None

    try:
        if not start_work(begin):
            raise Refusal(NOT_AGAIN)
    except IntegrityError:  # the same was ordered a second time meanwhile
        raise Refusal(NOT_AGAIN) from None


def sweep_work(now: datetime) -> int:
    """Forget orders of yesterday with their files, and what the queue still knows of them."""
    old = LongWork.objects.filter(done_at__lt=now - KEPT)
    for work in old:
        forget_files(work)
    count, _ = old.delete()
    DBTaskResult.objects.exclude(status=TaskResultStatus.READY).filter(enqueued_at__lt=now - KEPT).delete()
    return count
