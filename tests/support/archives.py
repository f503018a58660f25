"""Archived cycles with files behind them, and what is inside their packages."""

import json
import zipfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from measurement import archiving, files, papers
from measurement.doors import attachments, workflow
from measurement.models import ArchivePackage, MeasurementCycle
from measurement.signing import authority
from tests.support.characters import Office, fresh, open_cycle, prepare, walk
from tests.support.sheets import PDF


def archived(
    office: Office, quarter: int = 1, evidence_name: str = "bukti.pdf", link: str = ""
) -> MeasurementCycle:
    """A cycle walked into the archive, with one file of evidence and maybe a link; its package is not made yet."""
    cycle = walk(office, open_cycle(office, quarter), "measure")
    attachments.attach(cycle.pk, office.asn, cycle.rows.first().pk, SimpleUploadedFile(evidence_name, PDF))
    if link:
        attachments.attach_link(cycle.pk, office.asn, cycle.rows.first().pk, link)
    for step in ("evaluate", "recapitulate", "report", "approve", "report_to_camat", "archive"):
        cycle = walk(office, cycle, step)
        papers.render_pending(cycle)
    prepare(office, cycle)
    workflow.perform(cycle, "archive", office.tim)
    papers.render_pending(cycle)
    return fresh(cycle)


def packaged(office: Office, **options) -> ArchivePackage:
    return archiving.build_package(archived(office, **options))


def sealed(office: Office) -> ArchivePackage:
    """The package of an office that has an authority of its own by then."""
    cycle = archived(office)
    authority.make_authority(office.unit, timezone.now())
    return archiving.build_package(cycle)


def names(package: ArchivePackage) -> list[str]:
    """Names inside a package, without its one top folder."""
    with zipfile.ZipFile(files.absolute(package.path)) as archive:
        return [name.partition("/")[2] for name in archive.namelist()]


def inside(package: ArchivePackage, name: str) -> bytes:
    with zipfile.ZipFile(files.absolute(package.path)) as archive:
        found = next(entry for entry in archive.namelist() if entry.partition("/")[2] == name)
        return archive.read(found)


def told(package: ArchivePackage) -> list[dict]:
    """The papers as the package tells of them."""
    return json.loads(inside(package, "data/data/naskah.json"))


def unpack(package: ArchivePackage, folder: Path) -> Path:
    """The bag, as somebody without the system opens it."""
    place = folder / "dibuka"
    with zipfile.ZipFile(files.absolute(package.path)) as archive:
        archive.extractall(place)
    (bag,) = place.iterdir()
    return bag


def leftovers() -> list[Path]:
    """What should not be in the archive's folders without a record."""
    known = {files.absolute(path) for path in ArchivePackage.objects.values_list("path", flat=True)}
    return [
        path
        for path in files.absolute("arsip").rglob("*")
        if (path.is_file() or path.name.startswith(".")) and path not in known
    ]
