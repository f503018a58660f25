"""The four answers about a file that somebody holds against the papers of this installation.

A file is genuine only if it is, byte for byte, one that was stored – and the signatures in that stored file still hold, so that a swapped file in the
storage is no proof of itself. For every other file the order of questions is: signed as a whole, but by nobody we know (also when it carries our code:
a copy signed by a stranger); ours, but changed; not ours.
"""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from measurement.models import Paper, PaperFile, PaperSignature, SigningMethod
from measurement.rules.dates import local_date

from .comparing import nearest
from .findings import about_issuers, about_stranger, distrust, file_changes
from .inspection import Inspection, inspect, trust
from .waiting import ELECTRONIC


class VerificationAnswer(StrEnum):
    GENUINE = "asli"
    CHANGED = "berubah"
    UNKNOWN_ISSUER = "penerbit_tidak_dikenal"
    NOT_OURS = "bukan"


@dataclass(frozen=True)
class FileVerdict:
    """The answer; the paper that it is about; a caveat that belongs to the headline; what was found, and what else to know, as sentences."""

    answer: VerificationAnswer
    sha256: str
    paper: Paper | None = None
    caveat: str = ""
    findings: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def verify(pdf: bytes, expected: Paper | None = None) -> FileVerdict:
    """The answer about a file, held at the page of a paper or at none."""
    digest = hashlib.sha256(pdf).hexdigest()
    version = _stored_version(digest, expected)
    if version:
        return _about_stored(version, inspect(pdf, trust(paper_of(version).unit)), expected)
    return _about_other(pdf, digest, inspect(pdf, trust()), expected)


def paper_of(version: PaperFile | PaperSignature) -> Paper:
    return version.paper if isinstance(version, PaperFile) else version.signer.paper


def file_versions(paper: Paper) -> list[PaperFile | PaperSignature]:
    """The stored files of a paper: as issued, then with each signature. The last one is valid."""
    signed = (
        PaperSignature.objects.filter(signer__paper=paper)
        .select_related("signer")
        .order_by("signer__position")
    )
    return [*PaperFile.objects.filter(paper=paper), *signed]


def _stored_version(digest: str, expected: Paper | None) -> PaperFile | PaperSignature | None:
    """The stored file with this digest; that of the expected paper, should two papers have the same."""
    signed = PaperSignature.objects.filter(sha256=digest).select_related(
        "signer__paper__unit", "signer__paper__cycle"
    )
    issued = PaperFile.objects.filter(sha256=digest).select_related("paper__unit", "paper__cycle")
    found: list[PaperFile | PaperSignature] = [*signed, *issued]
    return next((version for version in found if paper_of(version) == expected), found[0] if found else None)


# A stored file


def _about_stored(
    version: PaperFile | PaperSignature, seen: Inspection, expected: Paper | None
) -> FileVerdict:
    paper = paper_of(version)
    faults = stored_faults(version, seen)
    if faults:
        stranger = seen.sound and not any(signature.trusted for signature in seen.signatures)
        answer = VerificationAnswer.UNKNOWN_ISSUER if stranger else VerificationAnswer.CHANGED
        faults.append(
            "Berkas ini sama dengan yang tersimpan pada sistem, tetapi simpanan itu sendiri bermasalah. Laporkan kepada kantor penerbit."
        )
        return FileVerdict(answer, version.sha256, paper, findings=faults)
    return FileVerdict(
        VerificationAnswer.GENUINE,
        version.sha256,
        paper,
        _caveat(paper, expected),
        remarks=_remarks(version, paper),
    )


def stored_faults(version: PaperFile | PaperSignature, seen: Inspection) -> list[str]:
    """Why a stored file can't be what the system wrote; none for a sound one. What was signed by hand or elsewhere rests on its digest alone."""
    if isinstance(version, PaperFile) or version.signer.method not in ELECTRONIC:
        return []
    signatures = [signature for signature in seen.signatures if not signature.is_timestamp]
    faults = []
    if not seen.sound:
        faults.append(
            "Tanda tangan elektroniknya rusak, tidak dapat dibaca, atau yang terakhir tidak mencakup seluruh berkas."
        )
    if len(signatures) < version.signer.position:
        faults.append(
            f"Berkas memuat {len(signatures)} tanda tangan elektronik, seharusnya {version.signer.position}."
        )
    if version.signer.method == SigningMethod.LOKAL:
        faults += [sentence for signature in signatures for sentence in distrust(signature)]
    inside = {signature.fingerprint.lower() for signature in signatures}
    due = {
        "signer__paper": version.signer.paper_id,
        "signer__position__lte": version.signer.position,
        "signer__method__in": ELECTRONIC,
    }
    for title, fingerprint in PaperSignature.objects.filter(**due).values_list(
        "signer__title", "fingerprint"
    ):
        if fingerprint.lower() not in inside:
            faults.append(f"Tanda tangan {title} yang tercatat tidak ada di dalam berkas.")
    return faults


def _caveat(paper: Paper, expected: Paper | None) -> str:
    """What must not be overlooked beside “asli dan utuh”."""
    caveats = []
    if expected and paper != expected:
        caveats.append("bukan naskah ini")
    if hasattr(paper, "void"):
        caveats.append("naskahnya sudah dibatalkan")
    elif hasattr(paper, "replaced_by"):
        caveats.append("naskahnya sudah digantikan")
    return " dan ".join(caveats)


def _remarks(version: PaperFile | PaperSignature, paper: Paper) -> list[str]:
    stored = file_versions(paper)
    asked = paper.signers.count()
    remarks = [f"Ini naskah nomor {paper.number}, {paper.title}."]
    if hasattr(paper, "void"):
        remarks.append(f"Naskah dibatalkan pada {local_date(paper.void.voided_at)} dan tidak berlaku lagi.")
    if hasattr(paper, "replaced_by"):
        remarks.append(f"Naskah digantikan oleh nomor {paper.replaced_by.number}.")
    if version != stored[-1]:
        remarks.append(
            f"Ini versi sebelum tanda tangan lengkap; versi yang berlaku ber-SHA-256 {stored[-1].sha256}."
        )
    elif len(stored) - 1 < asked:
        remarks.append(f"Tanda tangannya belum lengkap: baru {len(stored) - 1} dari {asked}.")
    if isinstance(version, PaperSignature):
        remarks.append(WAYS[SigningMethod(version.signer.method)])
    return remarks


WAYS = {
    SigningMethod.LOKAL: "Ditandatangani dengan tanda tangan elektronik kantor, tidak tersertifikasi; tanda tangannya diperiksa dan utuh.",
    SigningMethod.BSRE: "Ditandatangani dengan tanda tangan elektronik tersertifikasi (BSrE); keutuhannya diperiksa, penerbit BSrE tidak diperiksa di sini.",
    SigningMethod.MANUAL: "Ditandatangani di luar sistem; yang dijamin di sini ialah bahwa berkas ini sama dengan salinan yang disimpan kantor.",
}


# Any other file


def _about_other(pdf: bytes, digest: str, seen: Inspection, expected: Paper | None) -> FileVerdict:
    marked = _by_codes(seen.codes, expected)
    paper = marked or expected
    compared = nearest(pdf, file_versions(paper)) if paper else None
    likeness = compared if compared and compared.alike else None
    damaged = likeness is not None and likeness.slight
    if seen.sound and not damaged and not any(signature.trusted for signature in seen.signatures):
        return FileVerdict(
            VerificationAnswer.UNKNOWN_ISSUER, digest, marked, findings=about_issuers(seen, marked)
        )
    if marked or likeness or any(signature.ours for signature in seen.signatures):
        about = paper if marked or likeness else None
        caveat = "dan bukan naskah ini" if about and expected and about != expected else ""
        return FileVerdict(
            VerificationAnswer.CHANGED, digest, about, caveat, file_changes(seen, about, likeness)
        )
    return FileVerdict(VerificationAnswer.NOT_OURS, digest, findings=about_stranger(pdf, seen))


def _by_codes(codes: tuple[str, ...], expected: Paper | None) -> Paper | None:
    """The paper whose verification code is in the file."""
    if expected and expected.code in codes:
        return expected
    return Paper.objects.filter(code__in=codes).select_related("unit", "cycle").first() if codes else None
