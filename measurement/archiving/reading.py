"""Reads packages that may have been tampered with: nothing outside the folder is written, nothing unpacks to more than it may."""

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from measurement import files

from .bag import MANIFEST, read_manifest

GROWTH = 200  # times its own size that a package may unpack to; JSON shrinks to about a fifteenth
MOST_MANIFEST_BYTES = 64 * 1024**2
# What reading a damaged or forged zip can raise.
BROKEN = (OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error)


class Unreadable(Exception):
    """The package can't be opened safely; the message says why, to be put after its name."""


def digests(path: Path) -> dict[str, str]:
    """Name below the payload → SHA-256, as the manifest inside a package lists them; empty for what is no package."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [
                entry
                for entry in archive.infolist()
                if entry.filename.count("/") == 1 and entry.filename.endswith(f"/{MANIFEST}")
            ]
            if len(found) != 1 or found[0].file_size > MOST_MANIFEST_BYTES:
                return {}
            listed = read_manifest(archive.read(found[0]).decode())
        return {name.removeprefix("data/"): digest for name, digest in listed.items()}
    except BROKEN:
        return {}


@contextmanager
def unpack(path: Path) -> Iterator[Path]:
    """The bag of a package as a folder that is gone afterwards. Unreadable for anything that is not one folder of plain files."""
    shelf = files.absolute("arsip")
    shelf.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".periksa-", dir=shelf) as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                entries = archive.infolist()
                tops = _check(entries, path.stat().st_size)
                for entry in entries:
                    _extract(archive, entry, Path(folder))
        except BROKEN as error:
            raise Unreadable("tidak dapat dibuka sebagai zip") from error
        yield Path(folder) / tops.pop()


def _check(entries: list[zipfile.ZipInfo], size: int) -> set[str]:
    if sum(entry.file_size for entry in entries) > GROWTH * size:
        raise Unreadable("memuat lebih banyak daripada yang wajar untuk ukurannya")
    if not entries or not all(_is_plain(entry) for entry in entries):
        raise Unreadable("memuat nama berkas yang tidak aman")
    tops = {PurePosixPath(entry.filename).parts[0] for entry in entries}
    if len(tops) != 1:
        raise Unreadable("tidak berisi tepat satu folder")
    return tops


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """A file below the top folder: no absolute or climbing path, no link, no folder, not encrypted."""
    path = PurePosixPath(entry.filename)
    mode = entry.external_attr >> 16
    is_file = mode == 0 or mode & 0o170000 in (0, 0o100000)
    climbs = (
        path.is_absolute() or ".." in path.parts or "\\" in entry.filename or "\x00" in entry.orig_filename
    )
    return is_file and not climbs and not entry.is_dir() and len(path.parts) > 1 and not entry.flag_bits & 1


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    """An entry never yields more than the size that it declares."""
    target = folder / entry.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as source, target.open("xb") as place:
        shutil.copyfileobj(source, place, 1024**2)
