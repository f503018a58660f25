"""Checks packages: their SHA-256, the bag, the seal of the office, and what is inside against the records of the database."""

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path

import bagit
from django.db.models import Q

from measurement import files
from measurement.models import ArchivePackage

from . import before_bagit, records_check
from .bag_info import SEAL, TAG_MANIFEST
from .reading import BROKEN, Unreadable, unpack

bagit.LOGGER.setLevel(logging.CRITICAL + 1)  # what it finds comes out as sentences


def package_faults(found: ArchivePackage) -> list[str]:
    """Sentences on everything in a package that is not as its manifests, its seal and the database say; empty for a sound one."""
    path = files.absolute(found.path)
    if not path.is_file():
        return [f"{found.path}: berkas paket tidak ada."]
    with path.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != found.sha256:
            return [f"{found.path}: SHA-256 paket berubah."]
    try:
        if before_bagit.is_one(path):
            return _before_bagit(found, path)
        with unpack(path) as folder:
            return [f"{found.path}: {fault}" for fault in _inside(found, folder)]
    except Unreadable as refusal:
        return [f"{found.path}: paket {refusal}."]


def _before_bagit(found: ArchivePackage, path: Path) -> list[str]:
    try:
        return [f"{found.path}: {fault}" for fault in before_bagit.older_package_faults(found.cycle, path)]
    except BROKEN as error:
        raise Unreadable("tidak dapat dibaca") from error


def _inside(found: ArchivePackage, folder: Path) -> Iterator[str]:
    wrong = list(_bag_faults(folder))
    yield from wrong
    yield from _seal_faults(found, folder)
    if wrong:
        return
    try:
        yield from records_check.record_disagreements(found, folder)
    except (AttributeError, KeyError, OSError, TypeError, ValueError):
        yield "catatan data di dalam paket tidak terbaca."


def _bag_faults(folder: Path) -> Iterator[str]:
    """What the library says of the bag, file by file where it can tell."""
    try:
        bag = bagit.Bag(str(folder))
        bag.info.pop(
            "Payload-Oxum", None
        )  # counting comes first in the library, and would hide which file it is
        bag.validate()
    except bagit.BagValidationError as error:
        for detail in error.details:
            yield f"{detail.path} {_wrong(detail)}."
        if not error.details:
            yield "susunan BagIt tidak utuh."
    except (bagit.BagError, ValueError, OSError):
        yield "bukan paket BagIt yang sah."


def _wrong(detail: bagit.ManifestErrorDetail) -> str:
    match detail:
        case bagit.FileMissing():
            return "hilang"
        case bagit.UnexpectedFile():
            return "tidak terdaftar"
    return "berubah"


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
