"""What a crash between a file and its record leaves behind: files that nothing names, half-written ones, and records whose file is gone."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from measurement.models import ArchivePackage, Paper, PaperFile, PaperSignature, StoredFile

from . import bucket
from .storing import TEMPORARY, at_hand, remove

FOLDERS = re.compile(r"naskah|lampiran|arsip|unit-[0-9]+")
# uploads between looking at their differences and applying them; their names are in sessions
WAITING = "impor"
WITH_PATH = (StoredFile, PaperFile, PaperSignature, ArchivePackage)
# files, and the folders in which packages are built and checked
HALF_WRITTEN = (TEMPORARY, ".susun-", ".periksa-")
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)  # after this long nobody is still at work on it
UNUSED = timedelta(days=7)  # after this long a machine need not keep what is in the bucket


@dataclass(frozen=True)
class Sweep:
    """Paths below the media folder. `half_written` and `forgotten` may be deleted; the others are for people to look at."""

    unnamed: list[str]
    missing: list[str]
    half_written: list[str]
    forgotten: list[str]

    @property
    def sentences(self) -> list[str]:
        said = {
            "berkas ini tidak dicatat di mana pun. Periksa asalnya sebelum dipindahkan.": self.unnamed,
            "catatannya ada, tetapi berkasnya hilang. Pulihkan dari cadangan.": self.missing,
            "berkas sementara dari proses yang terhenti.": self.half_written,
            "berkas impor yang tidak pernah diterapkan.": self.forgotten,
        }
        return [f"{path}: {sentence}" for sentence, paths in said.items() for path in paths]


def sweep(now: datetime | None = None) -> Sweep:
    """Compare the media folder with the records. What is younger than an hour may be under way and is left alone."""
    now, named, root = now or timezone.now(), set(named_paths()), Path(settings.MEDIA_ROOT)
    half_written = [path for path in _below(root, _is_half_written) if _age(path, now) > AN_HOUR]
    stored, waiting = _stored(now), _waiting(now)
    return Sweep(
        unnamed=sorted(name for name in stored.keys() - named if stored[name] > AN_HOUR),
        missing=sorted(
            named - stored.keys() if bucket.is_used() else (n for n in named if not (root / n).is_file())
        ),
        half_written=_names(half_written, root),
        forgotten=sorted(name for name, age in waiting.items() if age > A_DAY),
    )


def stored_files() -> set[str]:
    """The files that are there, whether a record names them or not, without what is still being written."""
    return set(_stored(timezone.now()))


def _stored(now: datetime) -> dict[str, timedelta]:
    """With their ages."""
    if bucket.is_used():
        kept = bucket.names()
        return {name: now - kept[name] for name in kept if FOLDERS.fullmatch(name.partition("/")[0])}
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)): _age(path, now) for path in _whole_files(root)}


def _whole_files(root: Path) -> Iterator[Path]:
    found = _below(root, Path.is_file)
    return (path for path in found if not any(part.startswith(HALF_WRITTEN) for part in path.parts))


def _waiting(now: datetime) -> dict[str, timedelta]:
    if bucket.is_used():
        return {name: now - written for name, written in bucket.names(f"{WAITING}/").items()}
    root = Path(settings.MEDIA_ROOT)
    found = (path for path in (root / WAITING).glob("*") if path.is_file())
    return {str(path.relative_to(root)): _age(path, now) for path in found}


def delete_remains(found: Sweep) -> None:
    """Take away what nobody can need: half-written files and imports that were never applied."""
    for name in (*found.half_written, *found.forgotten):
        path = Path(settings.MEDIA_ROOT) / name
        if path.is_dir():
            shutil.rmtree(path)
        elif name in found.forgotten:
            remove(name)
        else:
            path.unlink(missing_ok=True)
    if bucket.is_used():
        _drop_unused(Path(settings.MEDIA_ROOT), timezone.now())


def _drop_unused(root: Path, now: datetime) -> None:
    """What only lies here because it was once asked for; the bucket has it."""
    old = [path for path in _whole_files(root) if _age(path, now) > UNUSED]
    for path in old:
        if bucket.is_in_bucket(str(path.relative_to(root))):
            path.unlink(missing_ok=True)


def send_files() -> Iterator[tuple[str, str]]:
    """Everything that a record names goes into the bucket, from the folder where it was before: each name, and what is wrong with it."""
    root = Path(settings.MEDIA_ROOT)
    for name in sorted(set(named_paths())):
        if (root / name).is_file():
            try:
                bucket.put(name, root / name)
            except FileExistsError:
                yield name, "sudah ada di penyimpanan dengan isi lain"
                continue
        yield name, "" if at_hand(name).is_file() else "tidak ada di sini dan tidak di penyimpanan"


def named_paths(database: str = DEFAULT_DB_ALIAS) -> Iterator[str]:
    """Every file that a record names, in a database of an earlier version, too: nothing but the paths is asked for."""
    for model in WITH_PATH:
        yield from model.objects.using(database).order_by().values_list("path", flat=True)
    contents = Paper.objects.using(database).order_by().values_list("content__attachments", flat=True)
    for attachments in contents.iterator():
        yield from (attachment["path"] for attachment in attachments or ())


def _below(root: Path, is_wanted) -> Iterator[Path]:
    """The files and folders that are wanted, in the folders where we store."""
    folders = (path for path in root.glob("*") if path.is_dir() and FOLDERS.fullmatch(path.name))
    return (path for folder in folders for path in folder.rglob("*") if is_wanted(path))


def _is_half_written(path: Path) -> bool:
    """A temporary file or workshop itself, not what is in it."""
    return path.name.startswith(HALF_WRITTEN)


def _age(path: Path, now: datetime) -> timedelta:
    try:
        return now - datetime.fromtimestamp(path.stat().st_mtime, tz=now.tzinfo)
    except FileNotFoundError:  # it was finished meanwhile
        return timedelta()


def _names(paths, root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in paths)
