"""Packages as they were made before they became BagIt bags: a manifest and files, without a folder around them. They are kept and still checked."""

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from measurement.models import MeasurementCycle

from .reading import MANIFEST
from .records import digests_of, papers_of


def is_one(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except zipfile.BadZipFile:
        return False


def older_package_faults(cycle: MeasurementCycle, path: Path) -> Iterator[str]:
    """What differs from the manifest, and papers whose file is not inside; to be put after the name of the package."""
    with zipfile.ZipFile(path) as archive:
        listed = dict(
            reversed(line.split("  ", 1)) for line in archive.read(MANIFEST).decode().split("\n") if line
        )
        found = {name: _digest(archive, name) for name in archive.namelist() if name != MANIFEST}
    for name in sorted(listed.keys() | found.keys()):
        if listed.get(name) != found.get(name):
            yield f"{name} berubah, hilang, atau tidak terdaftar."
    for paper in papers_of(cycle):
        if not digests_of(paper) & set(found.values()):
            yield f"{paper.number} tidak ada di dalam paket sebagaimana tercatat."


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as member:
        return hashlib.file_digest(member, "sha256").hexdigest()
