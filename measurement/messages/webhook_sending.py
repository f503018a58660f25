"""Sending what was written for machines: signed, each delivery by one sender at a time, again and later where it fails, and given up at last.

Signed as Standard Webhooks says: HMAC-SHA256 over "id.timestamp.body". At least once: a process that is killed between sending and noting sends again, under
the same id, once its claim is over.
"""

import base64
import hashlib
import hmac
import logging
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.models import F
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from measurement.models import WebhookDelivery, WebhookSubscription
from measurement.signing.transport import Call, NoAnswer, NotSent, exchange

from .webhook_targets import TargetRefused, judged_address

logger = logging.getLogger(__name__)
State = WebhookDelivery.State
SECRET_PREFIX = "whsec_"  # noqa: S105 – what stands before a secret
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
CLAIMED_FOR = timedelta(minutes=3)
MOST_AT_ONCE, MOST_SECONDS, MOST_ANSWER = 50, 120, 64 * 1024
KEPT = timedelta(days=90)
LOCKED = "rahasianya tidak dapat dibuka lagi; hentikan penerima ini dan tambahkan yang baru"
UNREACHABLE = "penerima tidak dapat dihubungi, atau sertifikatnya tidak dipercaya"


@dataclass(frozen=True)
class SendingOutcome:
    """What the receiver answered, or why there is no answer."""

    answer: int | None = None
    fault: str = ""

    @property
    def is_good(self) -> bool:
        return self.answer is not None and 200 <= self.answer < 300


class SecretLost(Exception):
    """The server's own secret is another one than when the receiver was added."""


def send_soon() -> None:
    """After the commit: from a thread of its own with a connection of its own, so that no page waits for a receiver. What it doesn't come to, because the
    process ends, the timer of send_reminders sends."""
    if settings.SEND_WEBHOOKS_AT_ONCE:
        threading.Thread(target=_deliver_apart, daemon=True).start()


def _deliver_apart() -> None:
    try:
        deliver_due()
    except DatabaseError as error:
        logger.warning("webhooks wait for the timer: %s", error)
    finally:
        connections.close_all()


def deliver_due() -> tuple[int, int]:
    """Send what is due: how many arrived, how many did not. A receiver that fails is left in peace for the rest of this run."""
    due = WebhookDelivery.objects.waiting().filter(due_at__lte=timezone.now())
    arrived, failed, until = 0, set(), time.monotonic() + MOST_SECONDS
    for delivery in due.select_related("subscription").order_by("due_at", "pk")[:MOST_AT_ONCE]:
        if time.monotonic() > until:
            break  # the next run goes on
        if delivery.subscription_id in failed or not _claim(delivery):
            continue
        if _send(delivery):
            arrived += 1
        else:
            failed.add(delivery.subscription_id)
    return arrived, len(failed)


def forget_deliveries(now: datetime) -> int:
    """Delete what was settled long ago; the number."""
    return WebhookDelivery.objects.exclude(state=State.WAITING).filter(created_at__lt=now - KEPT).delete()[0]


def _claim(delivery: WebhookDelivery) -> bool:
    """Of several senders one gets it: whoever finds the time for which it was due unchanged."""
    mine = WebhookDelivery.objects.filter(pk=delivery.pk, state=State.WAITING, due_at=delivery.due_at)
    return bool(mine.update(due_at=timezone.now() + CLAIMED_FOR, attempts=F("attempts") + 1))


def _send(delivery: WebhookDelivery) -> bool:
    outcome, now = _posted(delivery), timezone.now()
    tried = delivery.attempts + 1
    values: dict[str, object] = {"answer": outcome.answer, "fault": outcome.fault}
    if outcome.is_good:
        values |= {"state": State.DELIVERED, "delivered_at": now}
    elif tried > len(RETRIES):
        values |= {"state": State.DEAD}
        logger.warning("webhook delivery %s was given up: %s", delivery.message_id, outcome.fault)
    else:
        values |= {"due_at": now + RETRIES[tried - 1]}
    WebhookDelivery.objects.filter(pk=delivery.pk, state=State.WAITING).update(**values)
    return outcome.is_good


@sensitive_variables("key")
def _posted(delivery: WebhookDelivery) -> SendingOutcome:
    url = delivery.subscription.url
    try:
        address, key = judged_address(url), opened_secret(delivery.subscription)
        answer = exchange(
            origin_of(url),
            signed_call(delivery, key, int(timezone.now().timestamp())),
            settings.WEBHOOK_SECONDS,
            address,
            MOST_ANSWER,
        )
    except TargetRefused as refused:
        return SendingOutcome(fault=str(refused))
    except NotSent:
        return SendingOutcome(fault=UNREACHABLE)
    except SecretLost:
        return SendingOutcome(fault=LOCKED)
    except NoAnswer as failure:
        return SendingOutcome(fault=str(failure))
    return SendingOutcome(
        answer.status, "" if 200 <= answer.status < 300 else f"dijawab dengan status {answer.status}"
    )


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@sensitive_variables("key")
def signed_call(delivery: WebhookDelivery, key: bytes, moment: int) -> Call:
    """The request with its signature."""
    body = delivery.body.encode()
    signed = hmac.digest(key, f"{delivery.message_id}.{moment}.".encode() + body, hashlib.sha256)
    parts = urlsplit(delivery.subscription.url)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"SAKIP/{settings.VERSION}",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }
    return Call("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), headers, body)


@sensitive_variables()
def opened_secret(subscription: WebhookSubscription) -> bytes:
    """The key of the signatures."""
    from measurement.signing import sealing  # noqa: PLC0415 – cryptography is loaded where something is signed

    try:
        return sealing.open_office(subscription.sealed, seal_use(subscription.unit_id))
    except sealing.SealBroken:
        raise SecretLost from None


def seal_use(unit_id: int) -> str:
    """Whose secret it is: it opens for no other office."""
    return f"webhook/{unit_id}"
