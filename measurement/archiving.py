"""The archive package of step 11: one zip with everything of a cycle and a manifest of SHA-256."""

import hashlib
import json
import logging
import os
import tempfile
import zipfile
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from . import files
from .calculation import calculate
from .documents.issue import paper_file
from .models import ArchivePackage, Evidence, MeasurementCycle

logger = logging.getLogger(__name__)

MANIFEST = "manifest-sha256.txt"


def package(cycle: MeasurementCycle) -> ArchivePackage:
    """The stored package of an archived cycle, built now if it is not there yet. PaperFailed if a paper can't be made."""
    existing = ArchivePackage.objects.filter(cycle=cycle).last()
    if existing:
        return existing
    folder = files.absolute(f"arsip/{cycle.unit_id}/{cycle.year}")
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "w+b") as stream:
            _write(cycle, stream)
            stream.flush()
            os.fsync(stream.fileno())
            digest, size = _digest(stream), stream.seek(0, os.SEEK_END)
        path = (
            f"arsip/{cycle.unit_id}/{cycle.year}/siklus-{cycle.pk}-{digest[:16]}.zip"  # file and record belong together, whoever was first
        )
        os.replace(temporary, files.absolute(path))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    defaults = {"path": path, "sha256": digest, "size": size, "made_at": timezone.now()}
    return ArchivePackage.objects.get_or_create(cycle=cycle, version=1, defaults=defaults)[0]


def package_or_later(cycle: MeasurementCycle) -> None:
    """Build the package; what fails is logged, and the first download tries again."""
    from .documents.render import PaperFailed  # noqa: PLC0415

    try:
        package(cycle)
    except (PaperFailed, OSError):
        logger.exception("archive package of cycle %s could not be built", cycle.pk)


def _digest(stream) -> str:
    stream.seek(0)
    return hashlib.file_digest(stream, "sha256").hexdigest()


def _write(cycle: MeasurementCycle, stream) -> None:
    """Papers, workbooks, evidence, reference documents, rows and audit trail as JSON, then the manifest of them all."""
    lines = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _members(cycle):
            content = content.read_bytes() if isinstance(content, Path) else content
            archive.writestr(name, content)
            lines.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        archive.writestr(MANIFEST, "".join(lines))


def _members(cycle: MeasurementCycle):
    """Name in the zip and bytes, or the file that holds them, of everything that belongs to the cycle."""
    from .spreadsheets.recap_export import recap_workbook  # noqa: PLC0415 – openpyxl is loaded only where a workbook is made
    from .spreadsheets.worksheet_export import worksheet_workbook  # noqa: PLC0415

    for paper in cycle.papers.order_by("pk"):
        name = f"naskah/{paper.pk:06d} {paper.title} putaran {paper.round}.pdf"
        yield name, files.absolute(paper_file(paper).path)
    sheet = calculate(cycle)
    yield "kertas-kerja.xlsx", worksheet_workbook(sheet)
    yield "rekap.xlsx", recap_workbook(sheet)
    for evidence in Evidence.objects.filter(row__cycle=cycle).select_related("file", "row__node"):
        row = evidence.row
        folder = f"bukti/{row.position + 1:03d} {row.node.code} {row.name[:60].replace('/', '-')}"
        yield f"{folder}/{evidence.pk}-{evidence.name}", files.absolute(evidence.file.path)
    for document in cycle.reference_documents.exclude(file=None).select_related("file"):
        yield f"rujukan/{document.kind}-{document.name}", files.absolute(document.file.path)
    yield "data/baris.json", _json(cycle.rows.values())
    yield "data/anggaran.json", _json(cycle.nodes.values())
    yield "data/riwayat.json", _json(cycle.stays.values())
    yield "data/jejak-audit.json", _json(cycle.audit.order_by("sequence").values())


def _json(values) -> bytes:
    return json.dumps(list(values), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def faults(found: ArchivePackage) -> list[str]:
    """Sentences on everything in a package that is not as its manifest and its record say; empty for a sound one."""
    path = files.absolute(found.path)
    if not path.is_file():
        return [f"{found.path}: berkas tidak ada."]
    with path.open("rb") as stream:
        if _digest(stream) != found.sha256:
            return [f"{found.path}: SHA-256 paket berubah."]
    with zipfile.ZipFile(path) as archive:
        listed = dict(reversed(line.split("  ", 1)) for line in archive.read(MANIFEST).decode().split("\n") if line)
        present = set(archive.namelist()) - {MANIFEST}
        wrong = [name for name, digest in listed.items() if name in present and hashlib.sha256(archive.read(name)).hexdigest() != digest]
    return [f"{found.path}: {name} berubah, hilang, atau tidak terdaftar." for name in (*wrong, *(present ^ set(listed)))]
