"""What a signed file is worth: its signatures, whose they are, what was changed after them, and what of ours is in it.

Files come from anybody, so they are read by another process with its own limits (inspect_worker.py). They are neither stored nor logged.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from measurement.models import SigningKey, Unit
from measurement.workers.warm import WarmWorker

WORKER = "measurement.signing.inspect_worker"
AT_ONCE = 20  # files per worker, all in memory
READERS = ("measurement.signing.reading", "pyhanko.sign.validation", "pyhanko_certvalidator")
# nothing of the application's secrets
INSPECTOR = WarmWorker(READERS, {"LANG": "C.UTF-8", "PYTHONPATH": str(settings.BASE_DIR)})


@dataclass(frozen=True)
class Trust:
    """Whose signatures count: certificates of authorities (PEM), and fingerprints of certificates that were revoked, with the moment."""

    authorities: tuple[str, ...] = ()
    revoked: dict[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Signature:
    """One signature, or document time stamp, as it stands in a file.

    `intact`: what it covers is unchanged, and what came after it is only what signing adds. `ours`: its certificate ends at an authority of ours, by key
    and not by name. `stamped_at`: what a time stamp of ours says; a signature without one counts as made at the moment of looking.
    """

    field: str
    signer: str
    fingerprint: str
    is_timestamp: bool
    intact: bool
    covers_whole_file: bool
    ours: bool
    expired: bool
    revoked: bool
    claimed_at: datetime | None
    stamped_at: datetime | None
    bytes_after: int

    @property
    def trusted(self) -> bool:
        """Unchanged, and made with a certificate of ours that was in force then."""
        return self.intact and self.ours and not self.expired and not self.revoked


@dataclass(frozen=True)
class Inspection:
    """All that was found in a file. `codes` may be verification codes of papers; `attachments` are names with their SHA-256."""

    readable: bool = False
    encrypted: bool = False
    unreadable_signatures: bool = False
    signatures: tuple[Signature, ...] = ()
    attachments: dict[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """It has signatures, none was tampered with, and the last one covers the whole file."""
        whole = bool(self.signatures) and self.signatures[-1].covers_whole_file
        return (
            whole
            and not self.unreadable_signatures
            and all(signature.intact for signature in self.signatures)
        )

    @property
    def bytes_after_last_signature(self) -> int:
        return self.signatures[-1].bytes_after if self.signatures else 0


def trust(unit: Unit | None = None) -> Trust:
    """The authorities of one unit, or of the whole installation; those that were revoked count for what was signed before."""
    keys = SigningKey.objects.filter(unit=unit) if unit else SigningKey.objects.all()
    known = list(keys.values_list("purpose", "certificate", "fingerprint", "revoked_at"))
    return Trust(
        tuple(certificate for purpose, certificate, _, _ in known if purpose == SigningKey.Purpose.AUTHORITY),
        {fingerprint.lower(): moment for _, _, fingerprint, moment in known if moment},
    )


def inspect(pdf: bytes, known: Trust, at: datetime | None = None) -> Inspection:
    """What one file is worth at a moment (now). Never fails because of the file."""
    return next(inspect_all([pdf], known, at))


def inspect_all(pdfs: Iterable[bytes], known: Trust, at: datetime | None = None) -> Iterator[Inspection]:
    """The same for many files in their order, with one worker for every few of them."""
    head = {
        "authorities": known.authorities,
        "revoked": {fingerprint: moment.isoformat() for fingerprint, moment in known.revoked.items()},
        "at": (at or timezone.now()).isoformat(),
    }
    waiting: list[bytes] = []
    for pdf in pdfs:
        waiting.append(pdf)
        if len(waiting) == AT_ONCE:
            yield from _inspected(waiting, head)
            waiting = []
    yield from _inspected(waiting, head)


def _inspected(pdfs: list[bytes], head: dict) -> Iterator[Inspection]:
    """A file at which the worker ends is unreadable; another worker goes on with the next."""
    while pdfs:
        answers = _run(pdfs, head)[: len(pdfs)]
        yield from map(_inspection, answers)
        if len(answers) < len(pdfs):
            yield Inspection()
        pdfs = pdfs[len(answers) + 1 :]


def _run(pdfs: list[bytes], head: dict) -> list[str]:
    """The worker's complete lines. Limits of CPU and memory are the kernel's; twice the CPU time by the clock is ours."""
    seconds, memory = settings.INSPECTION_SECONDS, settings.INSPECTION_MEMORY_BYTES
    source = json.dumps(head).encode() + b"\n" + b"".join(len(pdf).to_bytes(8, "big") + pdf for pdf in pdfs)
    done = INSPECTOR.run(WORKER, [str(seconds), str(memory)], source, 2 * seconds * len(pdfs))
    # what it answered before it was ended still counts; the last piece is empty, or a line that it did not finish
    return done.answer.decode().split("\n")[:-1]


def _inspection(line: str) -> Inspection:
    found = json.loads(line)
    signatures = tuple(Signature(**given | _moments(given)) for given in found.pop("signatures"))
    return Inspection(**found | {"codes": tuple(found["codes"]), "signatures": signatures})


def _moments(given: dict) -> dict:
    return {
        name: datetime.fromisoformat(given[name]) if given[name] else None
        for name in ("claimed_at", "stamped_at")
    }
