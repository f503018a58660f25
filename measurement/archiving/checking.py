"""Checks packages: their SHA-256, the bag, the seal of the office, and what is inside against the records of the database."""

from collections.abc import Iterator
from pathlib import Path

from django.db.models import Q

from measurement import files
from measurement.models import ArchivePackage

from . import records_check
from .bag import TAG_MANIFEST, bag_faults, sha256_of
from .bag_info import SEAL
from .reading import Unreadable, unpack


def package_faults(found: ArchivePackage) -> list[str]:
    """Sentences on everything in a package that is not as its manifests, its seal and the database say; empty for a sound one."""
    path = files.stored_path(found.path)
    if path is None:
        return [f"{found.path}: berkas paket tidak ada."]
    if files.fault(found.path, found.sha256) or sha256_of(path) != found.sha256:
        return [f"{found.path}: SHA-256 paket berubah."]
    try:
        with unpack(path) as folder:
            return [f"{found.path}: {fault}" for fault in _inside(found, folder)]
    except Unreadable as refusal:
        return [f"{found.path}: paket {refusal}."]


def _inside(found: ArchivePackage, folder: Path) -> Iterator[str]:
    wrong = list(bag_faults(folder, unlisted=(SEAL,)))
    yield from wrong
    yield from _seal_faults(found, folder)
    if wrong:
        return
    try:
        yield from records_check.record_disagreements(found, folder)
    except (AttributeError, KeyError, OSError, TypeError, ValueError):
        yield "catatan data di dalam paket tidak terbaca."


def _seal_faults(found: ArchivePackage, folder: Path) -> Iterator[str]:
    """An office that had its own authority when the package was made has sealed it."""
    from measurement.signing import authority  # noqa: PLC0415 – the signing library is loaded only where something was signed

    unit, signature, sealed = found.cycle.unit, folder / SEAL, folder / TAG_MANIFEST
    if signature.is_file() and sealed.is_file():
        yield from authority.check_seal(unit, sealed.read_bytes(), signature.read_bytes())
    elif unit.signing_keys.filter(
        Q(revoked_at=None) | Q(revoked_at__gt=found.made_at), purpose="segel", made_at__lt=found.made_at
    ).exists():
        yield "segel kantor hilang."
