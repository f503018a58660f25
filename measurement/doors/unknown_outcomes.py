"""A request whose outcome nobody here knows: somebody looks it up at the provider, and brings the signed file or says that there is none."""

from django.conf import settings

from measurement.models import PaperSignature, Person, SigningAttempt
from measurement.rules.permissions import is_administrator
from measurement.rules.refusals import BadFile, Incomplete, NotAtThisStep
from measurement.rules.requirements import is_said
from measurement.signing import attempts
from measurement.signing.interface import Signed, SigningRequest

from . import paper_signing

LONGEST_REASON = 200
WAITING = "Jawaban BSrE masih mungkin datang. Tunggu beberapa menit, lalu muat ulang halaman ini."
NO_AUTHORITIES = "Sertifikat induk BSrE belum dipasang pada server (BSRE_CA), sehingga berkasnya belum dapat diperiksa. Hubungi administrator."
UNSIGNED = "Berkas ini sama dengan naskah yang dikirim dan belum ditandatangani. Unduh berkas yang sudah ditandatangani dari portal BSrE."
NO_REASON = "Tuliskan sedikitnya 10 huruf: apa yang Anda lihat di portal BSrE."


def may_close(person: Person, attempt: SigningAttempt) -> bool:
    """The signer while they serve, and the administrator of the unit."""
    paper = attempt.signer.paper
    return is_administrator.test(person, paper) or (
        person.pk == attempt.signer.person_id and paper.unit_id in person.unit_ids
    )


def close_with_file(attempt: SigningAttempt, actor: Person, upload: bytes) -> PaperSignature:
    """The file that the provider signed, found in its portal, becomes the paper's. It is checked like one that came back by itself, and more:
    what somebody uploads counts only with a certificate of the provider's own authorities."""
    from measurement.signing.returned_files import NotOurs, NotSigned, signed_by_provider

    _check_open(attempt)
    if not settings.BSRE_AUTHORITIES:
        raise BadFile(NO_AUTHORITIES)
    sent = paper_signing.current_bytes(attempt.signer.paper)
    try:
        found = signed_by_provider(sent, upload)
    except NotSigned:
        raise BadFile(UNSIGNED) from None
    except NotOurs as fault:
        raise BadFile(f"Berkas ini tidak dapat diterima: {fault}.") from None
    signed = Signed(found.pdf, found.fingerprint, f"{found.remark}; diunggah dari portal BSrE"[:250])
    return paper_signing.record_signature(
        SigningRequest(attempt.signer, actor, sent, attempt.started_at), signed
    )


def close_as_failed(attempt: SigningAttempt, actor: Person, reason: str) -> None:
    """The paper is not signed at the provider, says somebody with a reason; it may be tried again."""
    _check_open(attempt)
    if not is_said(reason):
        raise Incomplete(NO_REASON)
    attempts.declare_failed(attempt, actor, reason)


def _check_open(attempt: SigningAttempt) -> None:
    if attempt.outcome not in attempts.UNSETTLED:
        raise NotAtThisStep(attempts.KNOWN)
    if attempts.may_still_answer(attempt):
        raise NotAtThisStep(WAITING)
