"""The one door through which every paper is signed: allowed, its turn, signed by its method, the file stored, then recorded.

A signer may take seconds, so it works outside any transaction. If two sign at once, one signature
is recorded; the other's file is deleted again.
"""

import hashlib
import secrets
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from measurement import files
from measurement.messages import notifications, report_messages
from measurement.models import MeasurementCycle, Paper, PaperSignature, PaperSigner, Person, SigningMethod
from measurement.papers.issue import current_file
from measurement.papers.render import PaperFailed
from measurement.record import audit
from measurement.record.report_receipts import keep_reading
from measurement.rules.dates import moment
from measurement.rules.permissions import leads, may_receive_report
from measurement.rules.sop import Output
from measurement.signing import attempts
from measurement.signing.interface import LateSigner, Signed, Signer, SigningRefused, SigningRequest

SIGNERS: dict[str, Signer] = {
    SigningMethod.LOKAL: LateSigner("measurement.signing.local", "Lokal"),
    SigningMethod.BSRE: LateSigner("measurement.signing.bsre", "Bsre"),
    SigningMethod.MANUAL: LateSigner("measurement.signing.manual", "Manual"),
}
NOT_MADE = "Berkas naskah belum dapat dibuat, jadi belum dapat ditandatangani. Coba lagi sesaat lagi; bila tetap gagal, hubungi administrator."
DAMAGED = "Berkas naskah yang tersimpan tidak sama dengan catatannya, jadi tidak dapat ditandatangani. Hubungi administrator."


@sensitive_variables()
def sign_paper(
    signer: PaperSigner,
    actor: Person,
    *,
    secret: str = "",
    national_id: str = "",
    upload: bytes = b"",
    at: datetime | None = None,
) -> PaperSignature:
    """Make one signature by its method and keep it. A refusal leaves everything as it was; `at` is when it is signed (now)."""
    signer = PaperSigner.objects.select_related("paper__unit", "person").get(pk=signer.pk)
    if not may_sign(actor, signer):
        raise PermissionDenied
    _check_turn(signer)
    request = SigningRequest(
        signer, actor, current_bytes(signer.paper), at or timezone.now(), secret, national_id, upload
    )
    return record_signature(request, SIGNERS[signer.method].sign(request))


def may_sign(actor: Person, signer: PaperSigner) -> bool:
    """Only the signer signs electronically; what was signed on paper may also be uploaded by those who lead or evaluate. Both only while they serve."""
    if actor.pk == signer.person_id:
        return signer.paper.unit_id in actor.unit_ids
    return signer.method == SigningMethod.MANUAL and leads.test(actor, signer.paper)


def _check_turn(signer: PaperSigner) -> None:
    """SigningRefused unless the paper is valid, waits for this signature, and those before it are there."""
    if obstacle := obstacle_for(signer):
        raise SigningRefused(obstacle)


def obstacle_for(signer: PaperSigner) -> str:
    """Why the paper doesn't take this signature now, and whom it waits for; empty if it takes it."""
    paper = Paper.objects.listed().get(pk=signer.paper_id)
    if hasattr(paper, "void"):
        return f"{paper.number} sudah dibatalkan, jadi tidak ditandatangani lagi."
    if hasattr(paper, "replaced_by"):
        return f"{paper.number} sudah digantikan oleh {paper.replaced_by.number}, jadi tidak ditandatangani lagi."
    if paper.overtaken:
        return f"{paper.number} berasal dari putaran atau siklus yang sudah diperbaiki, jadi tidak ditandatangani lagi."
    signatures = {s.position: s for s in paper.signers.select_related("signature")}
    if hasattr(signatures[signer.position], "signature"):
        return (
            f"{paper.number} sudah ditandatangani {moment(signatures[signer.position].signature.signed_at)}."
        )
    before = [
        s.title for s in signatures.values() if s.position < signer.position and not hasattr(s, "signature")
    ]
    return f"{paper.number} menunggu tanda tangan {before[0]} lebih dahulu." if before else ""


def current_bytes(paper: Paper) -> bytes:
    """The file as it is now, unchanged since it was stored."""
    try:
        stored = current_file(paper)
        content = files.absolute(stored.path).read_bytes()
    except (PaperFailed, OSError):
        raise SigningRefused(NOT_MADE) from None
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise SigningRefused(DAMAGED)
    return content


def record_signature(request: SigningRequest, signed: Signed) -> PaperSignature:
    """Store the file first, under a name of its own, then its record; a file that got no record is taken away."""
    signer, digest = request.signer, hashlib.sha256(signed.pdf).hexdigest()
    paper = signer.paper
    path = f"naskah/{paper.unit_id}/{paper.year}/{paper.kind}-{paper.sequence}-ttd-{signer.position}-{secrets.token_hex(8)}.pdf"
    files.write_whole(path, signed.pdf)
    signature = PaperSignature(
        signer=signer, path=path, sha256=digest, size=len(signed.pdf), signed_at=request.at, recorded_by=request.actor,
        fingerprint=signed.fingerprint, remark=signed.remark,
    )  # fmt: skip
    try:
        _record(signature)
    # also when the process is being stopped; a commit that went through all the same keeps its file
    except BaseException:
        if not PaperSignature.objects.filter(path=path).exists():
            files.absolute(path).unlink(missing_ok=True)
        raise
    return signature


@transaction.atomic
def _record(signature: PaperSignature) -> None:
    """The record of a stored file, who signs next is told, and its line in the trail; an archived cycle takes none any more."""
    signer, actor = signature.signer, signature.recorded_by
    cycle = MeasurementCycle.objects.select_for_update(of=("self",)).get(pk=signer.paper.cycle_id)
    # asked again under the lock: signing took its time, and the paper may have been withdrawn meanwhile
    _check_turn(signer)
    try:
        # a savepoint, so that the transaction stays usable after the constraint's refusal (PostgreSQL)
        with transaction.atomic():
            signature.save(force_insert=True)
    except IntegrityError:
        raise SigningRefused(f"{signer.paper.number} baru saja ditandatangani. Muat ulang halaman.") from None
    attempts.mark_signed(signer)
    notifications.tell_signed(cycle, signer, actor)
    if not cycle.is_archived:
        facts = {
            "paper": signer.paper.number,
            "title": signer.title,
            "method": signer.method,
            "sha256": signature.sha256,
        }
        audit.record(cycle, actor, "sign", **facts, fingerprint=signature.fingerprint)
    if signer.paper.kind == Output.LAPORAN and may_receive_report.test(signer.person, signer.paper):
        keep_reading(cycle, signer.paper, signer.person, signer.title, actor)
        report_messages.settle_report(signer.paper)
