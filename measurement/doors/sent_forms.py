"""A form that is sent twice is carried out once: by a double press, by sending again after a lost answer, by Back and the same button."""

import time
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from measurement.models import Person, SentForm

PATIENCE, PAUSE = 10.0, 0.1  # seconds that the second of two equal forms waits for the first
ABANDONED = timedelta(minutes=5)  # so long no form takes: the process that was at it is gone


def claim_form(person: Person, key: str, mark: str) -> tuple[SentForm, bool]:
    """The record of this form, and whether it is ours to carry out. One that another request is at is waited for."""
    until = time.monotonic() + PATIENCE
    while True:
        if (made := _made(person, key, mark)) is not None:
            return made, True
        found = SentForm.objects.filter(key=key).first()
        if found is None:  # the first one was refused meanwhile
            continue
        if found.done_at or time.monotonic() > until:
            return found, False
        if _took_over(found):
            return found, True
        time.sleep(PAUSE)


def _made(person: Person, key: str, mark: str) -> SentForm | None:
    try:
        with transaction.atomic():
            return SentForm.objects.create(person=person, key=key, mark=mark, sent_at=timezone.now())
    except IntegrityError:
        return None


def _took_over(found: SentForm) -> bool:
    now = timezone.now()
    abandoned = SentForm.objects.filter(pk=found.pk, done_at=None, sent_at=found.sent_at)
    return bool(abandoned.filter(sent_at__lt=now - ABANDONED).update(sent_at=now))


def conclude_form(sent: SentForm, led_to: str) -> None:
    """It was carried out; whoever sends it again is led to the same page."""
    SentForm.objects.filter(pk=sent.pk).update(done_at=timezone.now(), led_to=led_to[:1000])


def release_form(sent: SentForm) -> None:
    """It was refused, or only looked at: it may be sent again."""
    SentForm.objects.filter(pk=sent.pk, done_at=None).delete()
