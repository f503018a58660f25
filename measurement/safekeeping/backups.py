"""Backups: a folder of their own, there whole or not at all, named by their time; older ones are taken away if asked."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone

from measurement.files import stored_path
from measurement.files.sweeping import named_paths, stored_files

from .copying import copied_database
from .databases import NotDone, applied_migrations, row_counts
from .manifest import FILES, README, KeptFile, Manifest, digest_of, secret_mark
from .sealing import Lock

NAMED = re.compile(r"sakip-\d{8}-\d{6}")
UNFINISHED = ".sementara-"
CHUNK = 1024**2
PRIVATE = 0o700
TAKEN = "{place} sudah ada."
INSIDE_MEDIA = "Folder cadangan tidak boleh berada di dalam MEDIA_ROOT."


def write_backup(place: Path, lock: Lock | None = None) -> tuple[Path, Manifest, str]:
    """Copy everything into a new folder below `place`: the folder, what it holds, and a note on how."""
    if place.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise NotDone(INSIDE_MEDIA)
    place.mkdir(parents=True, exist_ok=True)
    target = place / f"sakip-{timezone.localtime():%Y%m%d-%H%M%S}"
    if target.exists():
        raise NotDone(TAKEN.format(place=target))
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=place) as workshop:
        made = Path(workshop) / target.name
        made.mkdir(mode=PRIVATE)
        manifest, note = _fill(made)
        manifest.write(made)
        if lock:
            made = lock.seal(made, Path(workshop) / "terkunci", made / README)
        os.sync()
        made.rename(target)
    return target, manifest, note


def _fill(folder: Path) -> tuple[Manifest, str]:
    with copied_database(folder) as copy:
        database = folder / copy.name
        names = sorted(set(named_paths(copy.alias)))
        manifest = Manifest(
            made_at=timezone.localtime().isoformat(timespec="seconds"),
            version=settings.VERSION,
            database=KeptFile(copy.name, database.stat().st_size, digest_of(database)),
            engine=connections[copy.alias].vendor,
            migrations=applied_migrations(copy.alias),
            counts=row_counts(copy.alias),
            secret=secret_mark(),
        )
    for name in names:
        kept = _copy_file(name, folder)
        if kept:
            manifest.files.append(kept)
        else:
            manifest.missing.append(name)
    manifest.others = len(stored_files() - set(names))
    return manifest, copy.note


def _copy_file(name: str, folder: Path) -> KeptFile | None:
    found = stored_path(name)
    if found is None:
        return None
    target, digest = folder / FILES / name, hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with found.open("rb") as source, target.open("wb") as copy:
        while part := source.read(CHUNK):
            digest.update(part)
            copy.write(part)
    return KeptFile(f"{FILES}/{name}", target.stat().st_size, digest.hexdigest())


def prune(place: Path, keep: int) -> list[str]:
    """Take away all backups but the newest; only what bears our name."""
    old = _backups_in(place)[:-keep]
    _delete(old)
    return [path.name for path in old]


def newest_backup(place: Path) -> Path:
    """The one made last."""
    return _backups_in(place)[-1]


def _backups_in(place: Path) -> list[Path]:
    return sorted(path for path in place.iterdir() if path.is_dir() and NAMED.fullmatch(path.name))


def _delete(folders: Iterable[Path]) -> None:
    for folder in folders:
        doomed = folder.with_name(f"{UNFINISHED}{folder.name}")  # half of it must not look like a backup
        folder.rename(doomed)
        shutil.rmtree(doomed)
