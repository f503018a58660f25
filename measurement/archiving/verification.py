"""Everything that must not have changed, cycle by cycle: trails, papers with their signed versions and attachments, evidence, packages, numbers."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db.models import Max

from .. import audit, files
from ..documents import numbering
from ..models import Evidence, MeasurementCycle, Paper, PaperSignature, SigningMethod, StoredFile, Unit
from ..signing.inspection import Inspection, Trust, inspect_all, trust
from . import checking

CHUNK = 1024**2
ELECTRONIC = (SigningMethod.LOKAL, SigningMethod.BSRE)


class Verification:
    """One run over some cycles and offices. `counts` tells how much was looked at."""

    def __init__(self):
        self.counts = Counter()

    def cycle(self, cycle: MeasurementCycle) -> Iterator[str]:
        """Sentences on every fault of one cycle."""
        self.counts["siklus"] += 1
        self.counts["catatan audit"] += cycle.audit.count()
        yield from audit.faults(cycle)
        yield from unrecorded(cycle)
        yield from self._papers(cycle)
        yield from self._uploads(cycle)
        for package in cycle.packages.all():
            self.counts["paket"] += 1
            yield from checking.faults(package)

    def numbers(self, unit: Unit, year: int | None) -> Iterator[str]:
        """Every number of an office is accounted for."""
        series = numbering.register(unit, **({"year": year} if year else {}))
        self.counts["nomor"] += sum(one.last for one in series)
        yield from (f"{unit}: {fault}" for one in series for fault in one.faults)

    def _papers(self, cycle: MeasurementCycle) -> Iterator[str]:
        signed = []
        for paper in cycle.papers.select_related("file").prefetch_related("signers__signature").defer("words"):
            self.counts["naskah"] += 1
            yield from (f"{paper.number}: {fault}" for fault in self._paper(paper, cycle.is_archived))
            if paper.signers.all() and paper.signers.all()[0].method in ELECTRONIC and versions(paper):
                signed.append(paper)
        yield from self._signatures(signed, trust(cycle.unit))

    def _paper(self, paper: Paper, archived: bool) -> Iterator[str]:
        if paper.content.get("number", paper.number) != paper.number or paper.content.get("code", paper.code) != paper.code:
            yield "nomor atau kode tidak sama dengan isi naskah."
        before = getattr(paper, "file", None)
        if before is None and (archived or versions(paper)):
            yield "berkas naskah belum dibuat atau catatannya hilang."
        if before:
            yield from self._file(before, "berkas naskah")
        for signer, signature in versions(paper):
            self.counts["tanda tangan"] += 1
            yield from self._file(signature, f"berkas bertanda tangan {signer.title}")
            if before and signer.method in ELECTRONIC and not begins_with(signature.path, before.path):
                yield f"berkas bertanda tangan {signer.title} tidak melanjutkan berkas sebelumnya."
            before = signature
        for kept in paper.content.get("attachments", []):
            self.counts["lampiran"] += 1
            if fault := file_fault(kept["path"], kept["sha256"]):
                yield f"lampiran {kept['name']} {fault}."

    def _file(self, record, name: str) -> Iterator[str]:
        if fault := file_fault(record.path, record.sha256):
            yield f"{name} {fault}."

    def _signatures(self, papers: list[Paper], known: Trust) -> Iterator[str]:
        """The signatures in the latest file of every paper; the files are read one after the other."""
        present = [paper for paper in papers if stored(versions(paper)[-1][1].path)]
        latest = (stored(versions(paper)[-1][1].path).read_bytes() for paper in present)
        for paper, found in zip(present, inspect_all(latest, known), strict=True):
            yield from (f"{paper.number}: {fault}" for fault in signature_faults(paper, found))

    def _uploads(self, cycle: MeasurementCycle) -> Iterator[str]:
        evidence = Evidence.objects.filter(row__cycle=cycle).values("file")
        references = cycle.reference_documents.exclude(file=None).values("file")
        for name, used in (("bukti", evidence), ("dokumen rujukan", references)):
            for upload in StoredFile.objects.filter(pk__in=used).order_by("pk").iterator():
                self.counts[name] += 1
                if fault := file_fault(upload.path, upload.sha256):
                    yield f"{cycle}: {name} {upload.path} {fault}."


def unrecorded(cycle: MeasurementCycle) -> Iterator[str]:
    """Papers and signatures that the trail doesn't tell of, as after its tail was cut. An archived cycle's trail takes no more signatures."""
    told = list(cycle.audit.values_list("data", flat=True))
    issued, signed = ({data.get(name) for data in told} for name in ("paper", "sha256"))
    for number in cycle.papers.values_list("number", flat=True):
        if number not in issued:
            yield f"{cycle}: jejak audit tidak memuat penerbitan {number}."
    signatures = PaperSignature.objects.filter(signer__paper__cycle=cycle).select_related("signer__paper")
    closed = cycle.audit.aggregate(last=Max("at"))["last"]
    if cycle.is_archived and closed:
        signatures = signatures.filter(signed_at__lt=closed)
    for signature in signatures.defer("signer__paper__content", "signer__paper__words"):
        if signature.sha256 not in signed:
            yield f"{cycle}: jejak audit tidak memuat tanda tangan {signature.signer.title} pada {signature.signer.paper.number}."


def versions(paper: Paper) -> list[tuple]:
    """Signers who have signed, with their signatures, in the order of signing."""
    return [(signer, signer.signature) for signer in paper.signers.all() if hasattr(signer, "signature")]


def signature_faults(paper: Paper, found: Inspection) -> Iterator[str]:
    """What the file of a paper shows against the signatures on record."""
    if not found.sound:
        yield "tanda tangan elektronik tidak utuh atau tidak mencakup seluruh berkas."
        return
    inside = {signature.fingerprint.lower(): signature for signature in found.signatures}
    for signer, signature in versions(paper):
        made = inside.get(signature.fingerprint.lower())
        if made is None:
            yield f"tanda tangan {signer.title} tidak ada di dalam berkas."
        elif signer.method == SigningMethod.LOKAL and not made.trusted:
            yield f"tanda tangan {signer.title} bukan dari otoritas kantor, kedaluwarsa, atau sudah dicabut ketika dibuat."


def stored(path: str) -> Path | None:
    """The stored file, if it is there and below the media folder."""
    try:
        found = files.absolute(path)
    except ValueError:
        return None
    return found if found.is_file() else None


def file_fault(path: str, sha256: str) -> str:
    """What is wrong with a stored file, to be put after its name; "" for a sound one."""
    found = stored(path)
    if found is None:
        return "tidak ada"
    with found.open("rb") as stream:
        return "" if hashlib.file_digest(stream, "sha256").hexdigest() == sha256 else "berubah (SHA-256 berbeda)"


def begins_with(path: str, before: str) -> bool:
    """Whether a file begins with all bytes of another, as one with one more signature does. What is missing is told elsewhere."""
    longer, shorter = stored(path), stored(before)
    if longer is None or shorter is None:
        return True
    with longer.open("rb") as one, shorter.open("rb") as other:
        return all(one.read(len(part)) == part for part in _parts(other))


def _parts(stream) -> Iterable[bytes]:
    return iter(lambda: stream.read(CHUNK), b"")
