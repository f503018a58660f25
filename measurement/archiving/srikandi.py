"""What has to be typed into SRIKANDI to register the papers of a year: one line each, as csv."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from measurement.models import MeasurementCycle, Paper
from measurement.papers import KINDS
from measurement.record.retention import Retention, retention
from measurement.rules.sop import Output
from measurement.spreadsheets.csv_cells import csv_file

from .content import paper_name
from .records import papers_of, signature_records, void_reason

HEADINGS = (
    "Nomor naskah", "Tanggal", "Jenis naskah", "Hal", "Kode klasifikasi", "Sifat", "Unit pencipta", "Penanda tangan", "Tingkat perkembangan",
    "Media", "Jumlah", "Paket", "Nama berkas di dalam paket", "SHA-256", "Retensi aktif s.d.", "Retensi inaktif s.d.", "Nasib akhir",
    "Keterangan retensi", "Lokasi simpan",
)  # fmt: skip
ORDINARY = "Biasa"


def srikandi_csv(rows: Iterable[list[str]]) -> bytes:
    """A line for each paper, below the headings."""
    return csv_file(HEADINGS, rows)


def srikandi_lines(cycle: MeasurementCycle, package_name: str, digests: dict[str, str]) -> list[list[str]]:
    """The papers of one archived cycle; `digests` are those of its package: name below the payload → SHA-256."""
    kept = retention(cycle)
    return [
        _line(cycle, position, paper, package_name, digests, kept)
        for position, paper in enumerate(papers_of(cycle), start=1)
    ]


def lines_so_far(cycle: MeasurementCycle) -> list[list[str]]:
    """The same of a cycle that may not be archived yet: no package, and the files as they are valid now."""
    papers = enumerate(papers_of(cycle), start=1)
    made = {f"naskah/{paper_name(position, paper)}": _digest(paper) for position, paper in papers}
    return srikandi_lines(cycle, "", made)


def _digest(paper: Paper) -> str:
    signed = [signer.signature.sha256 for signer in paper.signers.all() if hasattr(signer, "signature")]
    file = getattr(paper, "file", None)
    return signed[-1] if signed else file.sha256 if file else ""


def _line(
    cycle: MeasurementCycle,
    position: int,
    paper: Paper,
    package_name: str,
    digests: dict[str, str],
    kept: Retention,
) -> list[str]:
    name = f"naskah/{paper_name(position, paper)}"
    return [
        paper.number,
        timezone.localtime(paper.issued_at).date().isoformat(),
        KINDS[Output(paper.kind)].title,
        paper.title,
        cycle.unit.classification,
        paper.content.get("memo", {}).get("nature", ORDINARY),
        cycle.unit.name,
        "; ".join(signer.title for signer in paper.signers.all()) or str(paper.issued_by),
        development(paper),
        "Elektronik (PDF)",
        "1 berkas",
        package_name,
        f"data/{name}",
        digests[name],
        _day(kept.active_until),
        _day(kept.inactive_until),
        kept.fate,
        kept.rule.source if kept.rule else "",
        cycle.storage_location,
    ]


def development(paper: Paper) -> str:
    """Tingkat perkembangan: an original is what all its signers have signed."""
    if void_reason(paper):
        return "Dibatalkan"
    asked = len(paper.signers.all())
    if asked and len(signature_records(paper)) == asked:
        return "Asli"
    return "Belum ditandatangani lengkap" if asked else "Tanpa tanda tangan"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
