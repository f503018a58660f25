"""Builds packages: a bag in a temporary folder, zipped, put in its place whole or not at all, and recorded as the next version."""

import os
import shutil
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from measurement import files
from measurement.models import ArchivePackage, MeasurementCycle, Unit, VoidNumber
from measurement.papers.issue import current_file
from measurement.signing.interface import SigningRefused

from .bag import TAG_MANIFEST, sha256_of, write_bag
from .bag_info import README, SEAL, bag_info, readme, top_folder
from .content import members
from .reading import digests

PACKED = (".json", ".txt", ".pem")  # what deflating makes smaller; everything else is compressed already


class PackageFailed(OSError):
    """The package could not be made; nothing half made is left."""


def build_package(cycle: MeasurementCycle) -> ArchivePackage:
    """The newest package of an archived cycle; the next version is made first if papers were signed or withdrawn since, or if there is none.

    PaperFailed or OSError if it can't be made.
    """
    newest = cycle.packages.last()
    if newest and is_current(newest):
        return newest
    version, begun = newest.version + 1 if newest else 1, timezone.now()
    folder = files.absolute(f"arsip/{cycle.unit_id}/{cycle.year}")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".susun-", dir=folder) as workshop:
        made = _zip(_build(cycle, version, newest, Path(workshop)), timezone.localtime(begun))
        kept = _keep(cycle, version, made, begun)
    # somebody else was faster, with fewer signatures
    return kept if is_current(kept) else build_package(cycle)


def current_package(cycle: MeasurementCycle) -> ArchivePackage | None:
    """The newest package, if it can be given away as it is; None where one has to be built first. PaperFailed or OSError as above."""
    newest = cycle.packages.last()
    return newest if newest and is_current(newest) else None


def is_current(found: ArchivePackage) -> bool:
    """Whether it holds the valid file of every paper, and no paper was withdrawn after it was made."""
    held = set(digests(files.at_hand(found.path)).values())
    withdrawn = VoidNumber.objects.filter(paper__cycle=found.cycle, voided_at__gt=found.made_at)
    return (
        all(current_file(paper).sha256 in held for paper in found.cycle.papers.defer("content", "words"))
        and not withdrawn.exists()
    )


def _build(cycle: MeasurementCycle, version: int, before: ArchivePackage | None, workshop: Path) -> Path:
    """The finished bag in the workshop."""
    bag, can_seal = workshop / top_folder(cycle, version), cycle.unit.signs_locally
    recorded: dict[str, str] = {}
    for member in members(cycle):
        name = f"data/{member.name}"
        _stage(bag / name, member.content)
        recorded |= {name: member.sha256} if member.sha256 else {}
    found = write_bag(bag, bag_info(cycle, version, before), {README: readme(cycle, can_seal)})
    _compare(found, recorded)
    if can_seal:
        _stage(bag / SEAL, _sealed(cycle.unit, (bag / TAG_MANIFEST).read_bytes()))
    return bag


def _stage(target: Path, content: bytes | Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        target.write_bytes(content)
        return
    try:
        target.hardlink_to(content)  # nothing is copied before it goes into the zip
    except FileNotFoundError:
        raise PackageFailed(f"stored file is missing: {content}") from None
    except OSError:  # a file system without hard links
        shutil.copyfile(content, target)


def _compare(found: dict[str, str], recorded: dict[str, str]) -> None:
    """A stored file that is no longer what its record says does not go into an archive as if it were."""
    if changed := [name for name, digest in recorded.items() if found.get(name) != digest]:
        raise PackageFailed(f"stored files differ from their records: {changed}")


def _sealed(unit: Unit, data: bytes) -> bytes:
    from measurement.signing import authority  # noqa: PLC0415 – the signing library is loaded only where something is signed

    try:
        return authority.seal(unit, data)
    except SigningRefused as refusal:
        raise PackageFailed(f"package could not be sealed: {refusal}") from refusal


def _zip(bag: Path, moment: datetime) -> Path:
    """The bag as one zip with one folder in it, in the order of names, every entry with the same time."""
    target = bag.with_suffix(".zip")
    with target.open("wb") as stream:
        with zipfile.ZipFile(stream, "w") as archive:
            for path in sorted(path for path in bag.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(str(path.relative_to(bag.parent)), moment.timetuple()[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED if path.suffix in PACKED else zipfile.ZIP_STORED
                entry.external_attr, entry.file_size = 0o644 << 16, path.stat().st_size
                with path.open("rb") as source, archive.open(entry, "w") as place:
                    shutil.copyfileobj(source, place, 1024**2)
        stream.flush()
        os.fsync(stream.fileno())
    return target


def _keep(cycle: MeasurementCycle, version: int, made: Path, begun: datetime) -> ArchivePackage:
    """File and record belong together, whoever was first: the name holds the digest, the version is unique."""
    digest = sha256_of(made)
    path, size = (
        f"arsip/{cycle.unit_id}/{cycle.year}/siklus-{cycle.pk}-v{version}-{digest[:16]}.zip",
        made.stat().st_size,
    )
    files.take_in(made, path)
    values = {"path": path, "sha256": digest, "size": size, "made_at": begun}
    kept, _ = ArchivePackage.objects.get_or_create(cycle=cycle, version=version, defaults=values)
    if kept.path != path:
        files.remove(path)
    return kept
