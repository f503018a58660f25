"""How an order is carried out, whoever does it: a worker beside the web server, or the request itself where nothing is queued.

The queue may deliver a task twice, or a worker may die in the middle: an order is claimed by a conditional update, and what it writes and that it is
done are one transaction, which only whoever still holds the claim can commit. So nothing is lost and nothing done twice.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus, task, task_backends
from django_tasks_db.models import DBTaskResult

from measurement import files
from measurement.addresses import reverse
from measurement.models import LongWork, Message
from measurement.rules.refusals import Refusal

from .long_work_files import keep_answer, keep_made_file
from .long_work_kinds import LONG_WORK_KINDS
from .long_work_results import Answer, Leads, Made, MadeFile, Told

logger = logging.getLogger(__name__)
State = LongWork.State
MOST_ATTEMPTS = 3
HEARTBEAT = 10  # seconds
# after so long without a word nobody is at work on it any more; a request has no heartbeat beside it
LOST, LOST_AT_ONCE = timedelta(seconds=60), timedelta(minutes=10)
TOLD_EVERY = timedelta(seconds=1)
BROKEN = "Terjadi kesalahan pada server, jadi hasilnya tidak ada dan tidak ada yang berubah. Coba lagi; bila berulang, hubungi administrator."
STOPPED = f"Prosesnya terhenti {MOST_ATTEMPTS} kali, jadi tidak dicoba lagi dan tidak ada yang berubah. Hubungi administrator."
IN_THE_MIDDLE = "Pekerjaan ini terhenti di tengah jalan. {stays} Bila berulang, hubungi administrator."
WORKER_LOST = "the worker was not heard of any more"


class WorkStopped(Exception):
    """Somebody cancelled the order, or somebody else has taken it up: nothing of what was done so far counts."""


def is_queued() -> bool:
    """Whether tasks wait for a worker. Otherwise they are done at once, by whoever orders them."""
    return task_backends[DEFAULT_TASK_BACKEND_ALIAS].supports_defer


def start_work(begin: Callable[[], int | None]) -> int | None:
    """Write an order and the task that carries it, both or neither; at once it is done only after that. None if there was nothing to begin."""
    with transaction.atomic():
        pk = begin()
        if pk and is_queued():
            carry_out.enqueue(pk)
    if pk and not is_queued():
        carry_out.enqueue(pk)
    return pk


@task
def carry_out(pk: int) -> None:
    """The task that carries an order. Whatever it comes to, the order itself says it; nothing is done for one that doesn't wait any more."""
    work = _claimed(pk)
    if work is None:
        return
    try:
        _finish(work, LONG_WORK_KINDS[work.kind].make(work, teller(work)))
    except WorkStopped:
        LongWork.objects.filter(pk=pk, state=State.STOPPING, attempts=work.attempts).update(
            state=State.CANCELLED, words="", done_at=timezone.now()
        )
    except Refusal as refusal:
        _fail(work, " ".join(refusal.sentences))
    except Exception:
        logger.exception("%s %s broke off", work.kind, work.pk)
        _fail(work, _broken_off(work, BROKEN))


def _claimed(pk: int) -> LongWork | None:
    """The order, if it waits and nobody was faster."""
    waiting = LongWork.objects.filter(pk=pk, state=State.WAITING)
    if not waiting.update(state=State.RUNNING, seen_at=timezone.now(), attempts=F("attempts") + 1):
        return None
    return LongWork.objects.select_related("unit", "person").get(pk=pk)


def _ours(work: LongWork) -> QuerySet[LongWork]:
    """The order, as long as nobody has cancelled it or taken it up again."""
    return LongWork.objects.filter(pk=work.pk, state=State.RUNNING, attempts=work.attempts)


def teller(work: LongWork) -> Told:
    """What a kind calls to say how far it is; often, since only now and then something is written. WorkStopped where it shall not go on."""
    last: datetime | None = None

    def tell(percent: int, words: str) -> None:
        nonlocal last
        now = timezone.now()
        if last is not None and now - last < TOLD_EVERY:
            return
        if not _ours(work).update(percent=percent, words=words[:200], seen_at=now):
            raise WorkStopped
        last = now

    return tell


def order_carried_by(given: DBTaskResult) -> int | None:
    """The number of the order that a task carries; None for any other task."""
    return given.args_kwargs["args"][0] if given.task_path == carry_out.module_path else None


def beat(pk: int) -> None:
    """The worker that carries this order lives."""
    LongWork.objects.filter(pk=pk, state__in=(State.RUNNING, State.STOPPING)).update(seen_at=timezone.now())


def _finish(work: LongWork, made: Made) -> None:
    """A file is there before its record; if the record can't be written, it goes again."""
    kept: dict[str, str] = {}
    if isinstance(made, MadeFile):
        kept = {"path": keep_made_file(made.content, made.kind), "file_name": made.name}
    elif isinstance(made, Answer):
        kept = {"path": keep_answer(made.value), "led_to": made.url}
    try:
        _conclude(work, made, kept)
    except BaseException:
        if kept:
            files.remove(kept["path"])
        raise


@transaction.atomic
def _conclude(work: LongWork, made: Made, values: dict[str, str]) -> None:
    """What changes something is called here."""
    led = made() if callable(made) else made
    if isinstance(led, Leads):
        values = {"led_to": led.url, "words": led.words[:200]}
    done = {"state": State.DONE, "percent": 100, "words": "", "done_at": timezone.now(), **values}
    if not _ours(work).update(**done):
        raise WorkStopped
    if not LONG_WORK_KINDS[work.kind].is_quiet:
        _tell_end(work, f"{LONG_WORK_KINDS[work.kind].title} selesai")


def _broken_off(work: LongWork, nothing: str) -> str:
    """What to say: that nothing has changed, or what is written already."""
    stays = LONG_WORK_KINDS[work.kind].stays
    return IN_THE_MIDDLE.format(stays=stays) if stays else nothing


@transaction.atomic
def _fail(work: LongWork, sentence: str) -> None:
    """A failure of what was cancelled meanwhile is none any more."""
    ended = {"done_at": timezone.now(), "words": ""}
    if _ours(work).update(state=State.FAILED, error=sentence, **ended):
        _tell_end(work, f"{LONG_WORK_KINDS[work.kind].title} gagal")
    else:
        LongWork.objects.filter(pk=work.pk, state=State.STOPPING, attempts=work.attempts).update(
            state=State.CANCELLED, **ended
        )


def _tell_end(work: LongWork, subject: str) -> None:
    """Also whoever left the page hears of it; not by mail, since the file is kept for a day only."""
    now = timezone.now()
    Message.objects.update_or_create(
        person=work.person,
        key=message_key(work.pk),
        defaults={
            "kind": Message.Kind.DONE,
            "subject": subject,
            "text": "Buka pesan ini untuk melihat hasilnya. Berkas disimpan satu hari.",
            "url": reverse("work", args=[work.pk]),
            "mailed_at": now,
            "read_at": None,
        },
    )


def message_key(pk: int) -> str:
    return f"pekerjaan:{pk}"


def take_up_lost(now: datetime) -> int:
    """What a worker left behind that is gone is carried by another task, or has failed if that happened too often; how many were lost."""
    silent = now - (LOST if is_queued() else LOST_AT_ONCE)
    lost = [w for w in LongWork.objects.unfinished().filter(seen_at__lt=silent) if not _waits_its_turn(w)]
    for work in lost:
        logger.warning("%s %s: %s", work.kind, work.pk, WORKER_LOST)
        _take_up(work, now)
    return len(lost)


def _tasks_of(work: LongWork) -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path=carry_out.module_path, args_kwargs__args__0=work.pk)


def _waits_its_turn(work: LongWork) -> bool:
    return work.state == State.WAITING and _tasks_of(work).filter(status=TaskResultStatus.READY).exists()


def _take_up(work: LongWork, now: datetime) -> None:
    """Nothing if it was heard of since we looked."""
    as_found = LongWork.objects.filter(pk=work.pk, state=work.state, seen_at=work.seen_at)

    def begin() -> int | None:
        _tasks_of(work).filter(status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.FAILED, finished_at=now, traceback=WORKER_LOST
        )
        if work.state == State.STOPPING:
            as_found.update(state=State.CANCELLED, words="", done_at=now)
        elif work.attempts < MOST_ATTEMPTS:
            return work.pk if as_found.update(state=State.WAITING, seen_at=now) else None
        elif as_found.update(state=State.FAILED, error=_broken_off(work, STOPPED), words="", done_at=now):
            _tell_end(work, f"{LONG_WORK_KINDS[work.kind].title} gagal")
        return None

    start_work(begin)
