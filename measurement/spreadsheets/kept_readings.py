"""What was read of an uploaded workbook waits beside it while a person looks at it, so that it is read once, also where one process shows what it
would change and another writes it. Without it the file is read again."""

import hashlib
import zlib
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from django.core.files import File

from measurement import files
from measurement.files.sealed import sealed, unsealed
from measurement.files.sweeping import WAITING
from measurement.models import Person

if TYPE_CHECKING:
    from .read_book import ReadBook  # openpyxl is loaded only where there is something to read

READER = 2  # raised whenever the same file is read otherwise than before

_readings: WeakKeyDictionary[File, "ReadBook"] = WeakKeyDictionary()


def remember_reading(upload: File, book: "ReadBook") -> None:
    """Say what was read of this upload, as long as somebody holds it."""
    _readings[upload] = book


def reading_of(upload: File) -> "ReadBook | None":
    return _readings.get(upload)


def store_reading(person: Person, upload: File) -> str:
    """What was read of this upload is kept for this person; where, or "" if nothing was."""
    book = reading_of(upload)
    if book is None:
        return ""
    about = _about(person, upload)
    path = _path(about)
    files.write_whole(path, zlib.compress(sealed(book.so_far(), about), 1))
    return path


def recall_reading(person: Person, upload: File) -> None:
    """Later readers of this upload take what was kept, if it was."""
    about = _about(person, upload)
    path = files.stored_path(_path(about))
    if path is None:
        return
    try:
        book = unsealed(zlib.decompress(path.read_bytes()), about)
    except (OSError, zlib.error):
        return
    if book is not None:
        remember_reading(upload, cast("ReadBook", book))


def take_reading(person: Person, upload: File) -> None:
    """The same, for the last time."""
    recall_reading(person, upload)
    files.absolute(_path(_about(person, upload))).unlink(missing_ok=True)


def _about(person: Person, upload: File) -> str:
    """These bytes, this person and this reader."""
    upload.seek(0)
    digest = hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    return f"reading {READER} {person.pk} {digest}"


def _path(about: str) -> str:
    return f"{WAITING}/{hashlib.sha256(about.encode()).hexdigest()}.bacaan"
