"""The files of an order: what was sent along, kept for a second attempt too, and what was made. They are forgotten together with it."""

import hashlib
import secrets
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile

from measurement import files
from measurement.files.sealed import sealed, unsealed
from measurement.models import LongWork
from measurement.rules.refusals import BadFile

FOLDER = "pekerjaan"
SEAL = "measurement.long_work"
GONE = "Berkas yang diunggah tidak tersimpan lagi. Pilih berkasnya sekali lagi dari halaman asalnya."


def _kept(content: bytes, suffix: str) -> str:
    path = f"{FOLDER}/{secrets.token_hex(16)}{suffix}"
    files.write_whole(path, content)
    return path


def keep_sent_file(upload: UploadedFile) -> dict[str, str]:
    """What an order has to know of a file that came with it. The digest tells the same file sent twice."""
    upload.seek(0)
    content, name = upload.read(), upload.name or ""
    upload.seek(0)
    suffix = Path(files.clean_name(name)).suffix.lower()[:6]
    return {
        "path": _kept(content, suffix),
        "name": name,
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def sent_file(work: LongWork) -> UploadedFile:
    """The file that came with the order, as if it had just been sent. BadFile if it isn't kept any more."""
    facts = work.parameters["file"]
    path = files.stored_path(facts["path"])
    if path is None:
        raise BadFile(GONE)
    content = path.read_bytes()
    return InMemoryUploadedFile(BytesIO(content), "file", facts["name"], None, len(content), None)


def keep_made_file(content: bytes, kind: str) -> str:
    return _kept(content, f".{kind}")


def file_of(work: LongWork) -> Path | None:
    """The file that was made to be downloaded, as long as it is kept."""
    return files.stored_path(work.path) if work.path and work.file_name else None


def keep_answer(value: object) -> str:
    """Something that a page shows later, under our own seal: only what this installation wrote is ever read again."""
    return _kept(sealed(value, SEAL), ".hasil")


def answer_of(work: LongWork) -> object | None:
    """What a page is to show; None if it isn't kept any more, or was written by another version of the program."""
    path = files.stored_path(work.path) if work.path and not work.file_name else None
    if path is None:
        return None
    return unsealed(path.read_bytes(), SEAL)


def forget_files(work: LongWork) -> None:
    """Everything that is kept for it goes."""
    for path in (work.path, work.parameters.get("file", {}).get("path", "")):
        if path:
            files.absolute(path).unlink(missing_ok=True)
