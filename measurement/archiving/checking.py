"""Checks packages: their SHA-256, the bag, the seal of the office, and what is inside against the records of the database."""

import hashlib
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import bagit
from django.db.models import Q

from .. import files
from ..models import ArchivePackage, Evidence, MeasurementCycle
from . import before_bagit
from .info import SEAL, TAG_MANIFEST, TRAIL_HEAD
from .reading import Unreadable, unpacked
from .records import PAPERS, described, digests_of, papers_of, signatures

FIXED = ("nomor", "urut", "tahun", "jenis", "judul", "putaran", "kode", "sha256_isi")  # of a paper; names of people may be corrected later

bagit.LOGGER.setLevel(logging.CRITICAL + 1)  # what it finds comes out as sentences


def faults(found: ArchivePackage) -> list[str]:
    """Sentences on everything in a package that is not as its manifests, its seal and the database say; empty for a sound one."""
    path = files.absolute(found.path)
    if not path.is_file():
        return [f"{found.path}: berkas paket tidak ada."]
    with path.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != found.sha256:
            return [f"{found.path}: SHA-256 paket berubah."]
    try:
        if before_bagit.is_one(path):
            return [f"{found.path}: {fault}" for fault in before_bagit.faults(found.cycle, path)]
        with unpacked(path) as folder:
            return [f"{found.path}: {fault}" for fault in _inside(found, folder)]
    except Unreadable as refusal:
        return [f"{found.path}: paket {refusal}."]


def _inside(found: ArchivePackage, folder: Path) -> Iterator[str]:
    wrong = list(_bag_faults(folder))
    yield from wrong
    yield from _seal_faults(found, folder)
    if wrong:
        return
    try:
        yield from _record_faults(found.cycle, folder)
    except (OSError, ValueError, KeyError, TypeError):
        yield "catatan data di dalam paket tidak terbaca."


def _bag_faults(folder: Path) -> Iterator[str]:
    """What the library says of the bag, file by file where it can tell."""
    try:
        bag = bagit.Bag(str(folder))
        bag.info.pop("Payload-Oxum", None)  # counting comes first in the library, and would hide which file it is
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
    from ..signing import authority  # noqa: PLC0415 – the signing library is loaded only where something was signed

    unit, signature, sealed = found.cycle.unit, folder / SEAL, folder / TAG_MANIFEST
    if signature.is_file() and sealed.is_file():
        yield from authority.check_seal(unit, sealed.read_bytes(), signature.read_bytes())
    elif unit.signing_keys.filter(
        Q(revoked_at=None) | Q(revoked_at__gt=found.made_at), purpose="segel", made_at__lt=found.made_at
    ).exists():
        yield "segel kantor hilang."


def _record_faults(cycle: MeasurementCycle, folder: Path) -> Iterator[str]:
    bag = bagit.Bag(str(folder))
    head = bag.info.get(TRAIL_HEAD, "")
    if not cycle.audit.filter(sequence=int(head.partition(":")[0] or 0), digest=head.partition(":")[2]).exists():
        yield f"jejak audit tidak lagi memuat catatan {head.partition(':')[0]} yang tercantum pada paket."
    held = {name.removeprefix("data/"): digest["sha256"] for name, digest in bag.entries.items()}
    yield from _paper_faults(cycle, json.loads((folder / "data" / PAPERS).read_bytes()), held)
    stored = set(held.values())
    for evidence in Evidence.objects.filter(row__cycle=cycle).select_related("file"):
        if evidence.file.sha256 not in stored:
            yield f"bukti {evidence.name} tidak ada di dalam paket sebagaimana tercatat."


def _paper_faults(cycle: MeasurementCycle, told: list[dict], held: dict[str, str]) -> Iterator[str]:
    """Every paper of the cycle is inside, as it is recorded, with a file that is on record for it."""
    inside = {paper["kode"]: paper for paper in told}
    for paper in papers_of(cycle):
        entry, record = inside.get(paper.code), described(paper)
        if entry is None:
            yield f"{paper.number} tidak ada di dalam paket."
            continue
        signed, made = ([signature["sha256"] for signature in found] for found in (entry["tanda_tangan"], signatures(paper)))
        differs = [name for name in FIXED if entry.get(name) != record[name]]
        if differs or held.get(entry["berkas"]) not in digests_of(paper) or signed != made[: len(signed)]:
            yield f"{paper.number} di dalam paket tidak sama dengan catatannya."
