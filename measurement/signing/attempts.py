"""Requests to the certified provider, each recorded before it is sent: one that is not known to have failed may have signed the paper."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from measurement.models import PaperSigner, Person, SigningAttempt
from measurement.rules.dates import clock, local_date
from measurement.rules.refusals import Stale

from .interface import OutcomeUnknown, SigningRefused

Outcome = SigningAttempt.Outcome
UNSETTLED = (Outcome.SENT, Outcome.UNKNOWN)
LONGEST_DETAIL = 250
# between the last moment at which an answer may come and believing that none will
MARGIN = timedelta(minutes=1)
KNOWN = "Hasil percobaan ini sudah diketahui. Muat ulang halamannya."
PENDING = "Permintaan tanda tangan sebelumnya atas naskah ini belum jelas hasilnya. Selesaikan dahulu melalui halaman percobaan tanda tangan."


def begin(signer: PaperSigner, actor: Person, at: datetime) -> SigningAttempt:
    """Write down, for good, that a request is about to be sent. SigningRefused while another one is unsettled."""
    try:
        # Durable refuses to run inside another transaction, which could still take the record back once the request is out.
        with transaction.atomic(durable=True):
            return SigningAttempt.objects.create(signer=signer, started_at=at, started_by=actor)
    except IntegrityError:
        raise SigningRefused(PENDING) from None


def mark_refused(attempt: SigningAttempt, refusal: SigningRefused) -> None:
    """The paper was certainly not signed."""
    _finish(attempt, Outcome.REFUSED, refusal.sentences[0])


def mark_unknown(attempt: SigningAttempt, failure: OutcomeUnknown) -> None:
    """Nobody here can say whether the paper was signed."""
    _finish(attempt, Outcome.UNKNOWN, failure.sentences[0])


def mark_signed(signer: PaperSigner) -> None:
    """The signed file is stored: called in the transaction that records the signature."""
    SigningAttempt.objects.filter(signer=signer, outcome__in=UNSETTLED).update(outcome=Outcome.SIGNED)


def declare_failed(attempt: SigningAttempt, actor: Person, reason: str) -> None:
    """Somebody looked it up at the provider and found the paper unsigned: it may be tried again. Stale if the outcome is known by now."""
    now = timezone.now()
    detail = f"{local_date(now)} pukul {clock(now)}: {reason}"[:LONGEST_DETAIL]
    changed = SigningAttempt.objects.filter(pk=attempt.pk, outcome__in=UNSETTLED)
    if not changed.update(outcome=Outcome.SETTLED, detail=detail, settled_by=actor):
        raise Stale(KNOWN)


def unsettled_attempt(signer: PaperSigner) -> SigningAttempt | None:
    """The request whose outcome nobody knows; while there is one, no other may be sent."""
    return SigningAttempt.objects.filter(signer=signer, outcome__in=UNSETTLED).first()


def may_still_answer(attempt: SigningAttempt) -> bool:
    """Whether the process that sent it may still be waiting for the answer."""
    # connect and answer, and both again for a download
    longest = 4 * timedelta(seconds=settings.BSRE_SECONDS) + MARGIN
    return attempt.outcome == Outcome.SENT and timezone.now() < attempt.started_at + longest


def _finish(attempt: SigningAttempt, outcome: Outcome, detail: str) -> None:
    # only from SENT: what a person has settled meanwhile stays
    SigningAttempt.objects.filter(pk=attempt.pk, outcome=Outcome.SENT).update(
        outcome=outcome, detail=detail[:LONGEST_DETAIL]
    )
