"""Stored files: under our own names, the same bytes once per unit, written whole or not at all; in the media folder, or in a bucket behind it."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from measurement.models import StoredFile, Unit

from . import bucket
from .bucket import TEMPORARY
from .checking import check_upload
from .names import clean_name


def store_upload(unit: Unit, upload: UploadedFile) -> StoredFile:
    """Keep a checked upload; the same bytes are stored once per unit."""
    return _store(unit, upload, check_upload(upload))


def store_table(unit: Unit, upload: UploadedFile) -> StoredFile:
    """Keep a table that was read before: csv has no first bytes by which it could be told, reading it is its check."""
    is_csv = clean_name(upload.name).lower().endswith(".csv")
    return _store(unit, upload, "csv" if is_csv else check_upload(upload))


def _store(unit: Unit, upload: UploadedFile, kind: str) -> StoredFile:
    upload.seek(0)
    content = upload.read()
    digest = hashlib.sha256(content).hexdigest()
    path = f"unit-{unit.pk}/{digest[:2]}/{digest}.{kind}"
    write_whole(path, content)
    stored, _ = StoredFile.objects.get_or_create(
        unit=unit, sha256=digest, defaults={"size": len(content), "kind": kind, "path": path}
    )
    return stored


def write_whole(path: str, content: bytes, *, unrecorded: bool = False) -> None:
    """Write so that the file appears complete or not at all, even if the power fails. A bucket takes other bytes under the same name only where the
    caller knows that no record names the ones before (`unrecorded`)."""
    target = absolute(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        take_in(Path(temporary), path, unrecorded=unrecorded)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def take_in(made: Path, path: str, *, unrecorded: bool = False) -> None:
    """A finished file of this machine becomes a stored one."""
    if bucket.is_used():
        bucket.put(path, made, unrecorded=unrecorded)
    os.replace(made, absolute(path))


def remove(path: str) -> None:
    """A stored file without a record goes."""
    if bucket.is_used():
        bucket.drop_object(path)
    absolute(path).unlink(missing_ok=True)


def absolute(path: str) -> Path:
    """A stored path as a file below the media folder; ValueError for anything outside it."""
    root = Path(settings.MEDIA_ROOT).resolve()
    found = (root / path).resolve()
    if not found.is_relative_to(root):
        raise ValueError("path outside the media folder")
    return found


def at_hand(path: str) -> Path:
    """A stored file as a file of this machine, fetched if only the bucket has it. Where nothing is stored, nothing is there."""
    found = absolute(path)
    if bucket.is_used() and not found.is_file():
        bucket.fetch(path, found)
    return found


def stored_path(path: str) -> Path | None:
    """The stored file, if it is there and below the media folder."""
    try:
        found = at_hand(path)
    except ValueError:
        return None
    return found if found.is_file() else None


def fault(path: str, sha256: str) -> str:
    """What is wrong with a stored file, to be put after its name; "" for a sound one. Of a bucket, what it holds itself; a copy here that differs goes."""
    if bucket.is_used():
        kept = bucket.bucket_digest(path)
        if kept and _digest(absolute(path)) not in ("", kept):
            absolute(path).unlink()
    else:
        kept = _digest(stored_path(path))
    if not kept:
        return "tidak ada"
    return "" if kept == sha256 else "berubah (SHA-256 berbeda)"


def _digest(path: Path | None) -> str:
    """ "" for a file that isn't there."""
    if path is None or not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
