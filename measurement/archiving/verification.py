"""Everything that must not have changed, cycle by cycle: trails, papers with their signed versions and attachments, evidence, packages, numbers."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from django.db.models import Max, Q
from django.utils import timezone

from measurement import files
from measurement.models import (
    Evidence,
    MeasurementCycle,
    Paper,
    PaperSignature,
    PaperSigner,
    StoredFile,
    Unit,
)
from measurement.papers import numbering
from measurement.papers.text import printable, searchable
from measurement.record import audit
from measurement.signing.inspection import Trust, inspect_all, trust
from measurement.signing.verification import stored_faults
from measurement.signing.waiting import ELECTRONIC

from . import checking, trail_check

logger = logging.getLogger(__name__)
CHUNK = 1024**2


class Verification:
    """One run over some cycles and offices. `counts` tells how much was looked at."""

    def __init__(self):
        self.counts: Counter[str] = Counter()

    def cycle(self, cycle: MeasurementCycle) -> Iterator[str]:
        """Sentences on every fault of one cycle."""
        self.counts["siklus"] += 1
        self.counts["catatan audit"] += cycle.audit.count()
        yield from self._faults(
            cycle,
            audit.trail_faults,
            trail_check.trail_disagreements,
            self._papers,
            self._uploads,
            self._packages,
        )

    def _faults(
        self, cycle: MeasurementCycle, *checks: Callable[[MeasurementCycle], Iterable[str]]
    ) -> Iterator[str]:
        for check in checks:
            try:
                yield from check(cycle)
            except (AttributeError, KeyError, OSError, TypeError, ValueError):
                # the others are still looked at
                logger.exception("a check of cycle %s could not be finished", cycle.pk)
                yield f"{cycle}: sebuah catatan atau berkas tidak terbaca, sehingga sebagian pemeriksaan terlewat. Lihat log."

    def earlier_cycle(self, cycle: MeasurementCycle) -> Iterator[str]:
        """What shows that somebody touched a cycle, without opening a file: its trail, the papers and signatures that it tells of, and the SHA-256 of
        its packages, in which everything else stands."""
        self.counts["siklus lama secara singkat"] += 1
        yield from self._faults(
            cycle, audit.trail_faults, trail_check.trail_disagreements, self._sealed_packages
        )

    @property
    def has_cycles(self) -> bool:
        return bool(self.counts["siklus"] or self.counts["siklus lama secara singkat"])

    def numbers(self, unit: Unit, year: int | None) -> Iterator[str]:
        """Every number of an office is accounted for."""
        series = numbering.register(unit, **({"year": year} if year else {}))
        self.counts["nomor"] += sum(one.last for one in series)
        yield from (f"{unit}: {fault}" for one in series for fault in one.faults)

    def _papers(self, cycle: MeasurementCycle) -> Iterator[str]:
        signed = []
        for paper in cycle.papers.select_related("file", "replaces").prefetch_related("signers__signature"):
            self.counts["naskah"] += 1
            yield from (f"{paper.number}: {fault}" for fault in self._paper(paper, cycle.is_archived))
            if paper.signers.all() and paper.signers.all()[0].method in ELECTRONIC and check_versions(paper):
                signed.append(paper)
        yield from self._signatures(signed, trust(cycle.unit))

    def _paper(self, paper: Paper, archived: bool) -> Iterator[str]:
        if (
            paper.content.get("number", paper.number) != paper.number
            or paper.content.get("code", paper.code) != paper.code
        ):
            yield "nomor atau kode tidak sama dengan isi naskah."
        yield from record_faults(paper)
        before = getattr(paper, "file", None)
        if before is None and (archived or check_versions(paper)):
            yield "berkas naskah belum dibuat atau catatannya hilang."
        if before:
            yield from self._file(before, "berkas naskah")
        for signer, signature in check_versions(paper):
            self.counts["tanda tangan"] += 1
            yield from self._file(signature, f"berkas bertanda tangan {signer.title}")
            if before and signer.method in ELECTRONIC and not begins_with(signature.path, before.path):
                yield f"berkas bertanda tangan {signer.title} tidak melanjutkan berkas sebelumnya."
            before = signature
        for kept in paper.content.get("attachments", []):
            self.counts["lampiran"] += 1
            if fault := files.fault(kept["path"], kept["sha256"]):
                yield f"lampiran {kept['name']} {fault}."

    def _file(self, record, name: str) -> Iterator[str]:
        if fault := files.fault(record.path, record.sha256):
            yield f"{name} {fault}."

    def _signatures(self, papers: list[Paper], known: Trust) -> Iterator[str]:
        """The signatures in the latest file of every paper; the files are read one after the other."""
        latest = [(paper, check_versions(paper)[-1][1]) for paper in papers]
        present = [
            (paper, signature, path)
            for paper, signature in latest
            if (path := files.stored_path(signature.path))
        ]
        contents = (path.read_bytes() for _, _, path in present)
        for (paper, signature, _), found in zip(present, inspect_all(contents, known), strict=True):
            yield from (f"{paper.number}: {fault}" for fault in stored_faults(signature, found))

    def _packages(self, cycle: MeasurementCycle) -> Iterator[str]:
        yield from missing_packages(cycle)
        for package in cycle.packages.all():
            self.counts["paket"] += 1
            yield from checking.package_faults(package)

    def _sealed_packages(self, cycle: MeasurementCycle) -> Iterator[str]:
        yield from missing_packages(cycle)
        for package in cycle.packages.all():
            self.counts["paket"] += 1
            yield from self._file(package, f"paket {package.path}")

    def _uploads(self, cycle: MeasurementCycle) -> Iterator[str]:
        evidence = Evidence.objects.files().filter(row__cycle=cycle).values("file")
        references = cycle.reference_documents.exclude(file=None).values("file")
        money = cycle.money_files.values("file")
        uploads = (
            ("bukti", StoredFile.objects.filter(pk__in=evidence)),
            ("berkas realisasi anggaran", StoredFile.objects.filter(pk__in=money)),
            ("dokumen rujukan", StoredFile.objects.filter(pk__in=references)),
        )
        for name, found in uploads:
            for upload in found.order_by("pk").iterator():
                self.counts[name] += 1
                if fault := files.fault(upload.path, upload.sha256):
                    yield f"{cycle}: {name} {upload.path} {fault}."


Checked = tuple[str, list[str], dict[str, int]]


def check_one(pk: int) -> Checked:
    """One cycle by its number: what it is called, its faults, and how much was looked at."""
    cycle, verification = MeasurementCycle.objects.select_related("unit").get(pk=pk), Verification()
    return f"{cycle.unit}: {cycle}", list(verification.cycle(cycle)), dict(verification.counts)


def check_briefly(pk: int) -> Checked:
    """The same of a cycle on which nothing was written lately."""
    cycle, verification = MeasurementCycle.objects.select_related("unit").get(pk=pk), Verification()
    return f"{cycle.unit}: {cycle}", list(verification.earlier_cycle(cycle)), dict(verification.counts)


def missing_packages(cycle: MeasurementCycle) -> Iterator[str]:
    """Versions without a gap, and one at least, unless electronic signatures came after archiving: then the first download makes it."""
    kept = list(cycle.packages.values_list("version", flat=True))
    yield from (
        f"{cycle}: paket arsip versi {version} hilang."
        for version in sorted(set(range(1, max(kept, default=0))) - set(kept))
    )
    if cycle.is_archived and not kept and not _signed_later(cycle):
        yield f"{cycle}: paket arsip belum disusun atau catatannya hilang."


def _signed_later(cycle: MeasurementCycle) -> bool:
    closed = cycle.stays.aggregate(last=Max("left_at"))["last"]
    signers = PaperSigner.objects.filter(paper__cycle=cycle, method__in=ELECTRONIC)
    return signers.filter(Q(signature=None) | Q(signature__signed_at__gte=closed)).exists()


def record_faults(paper: Paper) -> Iterator[str]:
    """The columns and signers of a paper against its content, which says the same."""
    content = paper.content
    if "replaces" in content and content["replaces"] != (paper.replaces.number if paper.replaces else ""):
        yield "naskah yang digantikan tidak sama dengan isinya."
    if "date" in content and content["date"] != timezone.localdate(paper.issued_at).isoformat():
        yield "tanggal terbit tidak sama dengan isi naskah."
    # PostgreSQL keeps JSON in an order of its own
    if set(paper.words.split("\n")) != set(searchable(content).split("\n")):
        yield "kata-kata untuk pencarian tidak sama dengan isi naskah."
    blocks = [block for block in content.values() if isinstance(block, dict) and "anchor" in block]
    printed = {(block["anchor"], str(block["person"]), block["title"], block["method"]) for block in blocks}
    asked = {
        (f"ttd-{one.position}", str(one.person_id), printable(one.title), one.method)
        for one in paper.signers.all()
    }
    if printed != asked:
        yield "penanda tangan tidak sama dengan yang tercantum pada naskah."


def check_versions(paper: Paper) -> list[tuple[PaperSigner, PaperSignature]]:
    """Signers who have signed, with their signatures, in the order of signing."""
    return [(signer, signer.signature) for signer in paper.signers.all() if hasattr(signer, "signature")]


def begins_with(path: str, before: str) -> bool:
    """Whether a file begins with all bytes of another, as one with one more signature does. What is missing is told elsewhere."""
    longer, shorter = files.stored_path(path), files.stored_path(before)
    if longer is None or shorter is None:
        return True
    with longer.open("rb") as one, shorter.open("rb") as other:
        return all(one.read(len(part)) == part for part in _parts(other))


def _parts(stream) -> Iterable[bytes]:
    return iter(lambda: stream.read(CHUNK), b"")
