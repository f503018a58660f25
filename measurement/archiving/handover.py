"""Writes a year of an office for handing over: its packages, a csv for SRIKANDI and SHA256SUMS, all or nothing."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from measurement import files
from measurement.models import ArchivePackage, MeasurementCycle, Unit
from measurement.rules.refusals import Refusal

from . import srikandi
from .bag import sha256_of
from .bag_info import top_folder
from .building import build_package
from .checking import package_faults
from .reading import digests

METADATA, SUMS = "metadata-srikandi.csv", "SHA256SUMS"


class NotHandedOver(Refusal):
    """Nothing was written; the sentences say why."""


@dataclass(frozen=True)
class YearHandover:
    """What was written, and which cycles of the year are missing because they are still under way."""

    packages: list[str]
    papers: int
    size: int
    under_way: list[MeasurementCycle]


def hand_over_year(unit: Unit, year: int, target: Path) -> YearHandover:
    """NotHandedOver, PaperFailed or OSError leave the target as it was."""
    _check_target(target)
    cycles = unit.cycles.filter(year=year).order_by("number", "opened_at").select_related("unit", "plan")
    archived = [cycle for cycle in cycles if cycle.is_archived]
    if not archived:
        raise NotHandedOver(f"{unit} belum mempunyai siklus tahun {year} yang diarsipkan.")
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as workshop:
        folder = Path(workshop) / target.name
        folder.mkdir(mode=0o755)
        rows, names = [], []
        for cycle in archived:
            found = _sound(build_package(cycle))
            name = f"{top_folder(cycle, found.version)}.zip"
            _copy(found, folder / name)
            names.append(name)
            rows += srikandi.srikandi_lines(cycle, name, digests(files.at_hand(found.path)))
        _write(folder / METADATA, srikandi.srikandi_csv(rows))
        _write(
            folder / SUMS,
            "".join(f"{sha256_of(folder / name)}  {name}\n" for name in (*names, METADATA)).encode(),
        )
        size = sum(path.stat().st_size for path in folder.iterdir())
        os.replace(folder, target)
    return YearHandover(names, len(rows), size, [cycle for cycle in cycles if cycle.is_under_way])


def _check_target(target: Path) -> None:
    if target.is_dir() and any(target.iterdir()):
        raise NotHandedOver(f"Folder “{target}” tidak kosong. Pilih folder baru atau folder kosong.")
    if target.exists() and not target.is_dir():
        raise NotHandedOver(f"“{target}” bukan folder.")
    if not target.parent.is_dir():
        raise NotHandedOver(f"Folder “{target.parent}” tidak ada.")


def _sound(found: ArchivePackage) -> ArchivePackage:
    if wrong := package_faults(found):
        raise NotHandedOver(
            *wrong,
            "Paket yang rusak tidak diserahkan. Jalankan verify_archive dan pulihkan berkasnya dari cadangan.",
        )
    return found


def _copy(found: ArchivePackage, target: Path) -> None:
    shutil.copyfile(files.at_hand(found.path), target)
    if sha256_of(target) != found.sha256:
        raise NotHandedOver(f"Salinan {target.name} tidak sama dengan aslinya. Periksa media tujuan.")
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def _write(target: Path, content: bytes) -> None:
    with target.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
