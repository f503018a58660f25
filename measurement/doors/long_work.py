"""Work that takes longer than two seconds: ordered here, done by `manage.py do_work` in a process of its own, and told when it is done.

An order survives a restart: a process that is not heard of any more loses it to the next one, twice at most.
"""

import hashlib
import json
import logging
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from measurement import files
from measurement.models import LongWork, Message, Person, Unit
from measurement.rules.refusals import Refusal

from .long_work_kinds import LONG_WORK_KINDS
from .made_files import MadeFile, Told

logger = logging.getLogger(__name__)
State = LongWork.State
FOLDER = "pekerjaan"
AT_ONCE, MOST_ATTEMPTS = 2, 2
HEARTBEAT, LOST, KEPT = 10, timedelta(seconds=60), timedelta(days=1)
TOLD_EVERY = timedelta(milliseconds=400)
BROKEN = "Terjadi kesalahan pada server, jadi hasilnya tidak ada dan tidak ada yang berubah. Coba lagi; bila berulang, hubungi administrator."
STOPPED = (
    "Prosesnya terhenti dua kali, jadi tidak dicoba lagi dan tidak ada yang berubah. Hubungi administrator."
)


def order_work(person: Person, unit: Unit, kind: str, **parameters: object) -> LongWork:
    """The order, or the same one that is still under way; a process for it is started."""
    same = hashlib.sha256(json.dumps([unit.pk, parameters], sort_keys=True).encode()).hexdigest()
    try:
        with transaction.atomic():
            work = LongWork.objects.create(
                person=person,
                unit=unit,
                kind=kind,
                parameters=parameters,
                same=same,
                ordered_at=timezone.now(),
            )
    except IntegrityError:
        revive_lost(timezone.now())
        return LongWork.objects.unfinished().get(person=person, kind=kind, same=same)
    start_process()
    return work


def start_process() -> None:
    """A process that does what waits, and ends. It belongs to nobody's request; a thread takes note of its end."""
    if not settings.START_WORK:
        return
    # fixed command, no shell; a session of its own, so that no key pressed in a terminal reaches it
    process = subprocess.Popen(
        [sys.executable, "-m", "django", "do_work"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()


def do_waiting() -> int:
    """Do what waits, one after another, until nothing does; how many were done."""
    count = 0
    while work := _taken():
        _do(work)
        count += 1
    return count


def _taken() -> LongWork | None:
    """The oldest order that waits, claimed for this process; None where there is none, or enough is at work."""
    while LongWork.objects.filter(state=State.RUNNING).count() < AT_ONCE:
        oldest = LongWork.objects.filter(state=State.WAITING).first()
        if oldest is None:
            return None
        claim = LongWork.objects.filter(pk=oldest.pk, state=State.WAITING)
        if claim.update(state=State.RUNNING, seen_at=timezone.now(), attempts=F("attempts") + 1):
            oldest.refresh_from_db()
            return oldest
    return None


def _do(work: LongWork) -> None:
    """What it writes and that it is done are one transaction; a file is there before its record."""
    kind = LONG_WORK_KINDS[work.kind]
    try:
        with heartbeat(work.pk), transaction.atomic() if kind.writes else _nothing():
            made = kind.make(work, teller(work.pk))
            _conclude(work, made)
    except Refusal as refusal:
        _fail(work, " ".join(refusal.sentences))
    except Exception:
        logger.exception("%s %s broke off", work.kind, work.pk)
        _fail(work, BROKEN)


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def teller(pk: int) -> Told:
    """What a kind calls to say how far it is; often, since only now and then something is written."""
    last = datetime.min.replace(tzinfo=timezone.get_current_timezone())

    def tell(percent: int, words: str) -> None:
        nonlocal last
        now = timezone.now()
        if now - last >= TOLD_EVERY:
            LongWork.objects.filter(pk=pk).update(percent=percent, words=words[:200], seen_at=now)
            last = now

    return tell


@contextmanager
def heartbeat(pk: int) -> Iterator[None]:
    """Says every some seconds that this process lives, from a thread with a connection of its own."""
    if not settings.START_WORK:
        yield
        return
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(HEARTBEAT):
            try:
                LongWork.objects.filter(pk=pk).update(seen_at=timezone.now())
            except OperationalError as error:  # the next beat will do
                logger.warning("heartbeat of work %s: %s", pk, error)
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@transaction.atomic
def _conclude(work: LongWork, made: MadeFile | str) -> None:
    values: dict[str, object] = {"led_to": made} if isinstance(made, str) else _kept(work, made)
    LongWork.objects.filter(pk=work.pk).update(
        state=State.DONE, percent=100, words="", done_at=timezone.now(), **values
    )
    _tell_end(work, f"{LONG_WORK_KINDS[work.kind].title} selesai")


def _kept(work: LongWork, made: MadeFile) -> dict[str, object]:
    path = f"{FOLDER}/{work.pk}-{secrets.token_hex(8)}.{made.kind}"
    files.write_whole(path, made.content)
    return {"path": path, "file_name": made.name}


@transaction.atomic
def _fail(work: LongWork, sentence: str) -> None:
    LongWork.objects.filter(pk=work.pk).update(state=State.FAILED, error=sentence, done_at=timezone.now())
    _tell_end(work, f"{LONG_WORK_KINDS[work.kind].title} gagal")


def _tell_end(work: LongWork, subject: str) -> None:
    """Also whoever left the page hears of it; not by mail, since the file is kept for a day only."""
    now = timezone.now()
    Message.objects.get_or_create(
        person=work.person,
        key=message_key(work.pk),
        defaults={
            "kind": Message.Kind.DONE,
            "subject": subject,
            "text": "Buka pesan ini untuk melihat hasilnya. Berkas disimpan satu hari.",
            "url": reverse("work", args=[work.pk]),
            "mailed_at": now,
        },
    )


def message_key(pk: int) -> str:
    return f"pekerjaan:{pk}"


def revive_lost(now: datetime) -> None:
    """What a process left behind that is gone waits again, or has failed if that happened twice; and what waits gets a process."""
    lost = LongWork.objects.filter(state=State.RUNNING, seen_at__lt=now - LOST)
    for work in lost.filter(attempts__gte=MOST_ATTEMPTS):
        _fail(work, STOPPED)
    lost.filter(attempts__lt=MOST_ATTEMPTS).update(state=State.WAITING)
    if LongWork.objects.filter(
        state=State.WAITING, ordered_at__lt=now - timedelta(seconds=HEARTBEAT)
    ).exists():
        start_process()


def sweep_work(now: datetime) -> int:
    """Forget orders of yesterday, with the files that were made for them."""
    old = LongWork.objects.exclude(state__in=[State.WAITING, State.RUNNING]).filter(done_at__lt=now - KEPT)
    for path in old.exclude(path="").values_list("path", flat=True):
        files.absolute(path).unlink(missing_ok=True)
    count, _ = old.delete()
    return count


def file_of(work: LongWork) -> Path | None:
    """The file that was made, as long as it is kept."""
    return files.stored_path(work.path) if work.path else None
