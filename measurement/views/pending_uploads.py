"""A file that waits between looking at its differences and applying them: its bytes in storage (also with several hosts), its name in the session. What
was read of it lies beside it, bound to these bytes and this person, so that the file is read once."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile

from measurement.files.names import clean_name
from measurement.files.readings import reading_of, remember_reading

from .visitor import PersonRequest


def _store() -> FileSystemStorage:
    return FileSystemStorage(settings.MEDIA_ROOT / "impor")


def keep_upload(request: PersonRequest, purpose: str, upload: UploadedFile, **facts) -> None:
    """Keep an upload and what was read of it for this person and purpose, together with facts (JSON) on what it is for; an older one is dropped."""
    drop_upload(request, purpose)
    upload.seek(0)
    content = upload.read()
    stored = _store().save(
        f"{purpose}{Path(clean_name(upload.name)).suffix.lower()[:6]}", ContentFile(content)
    )
    request.session[purpose] = {
        "file": stored,
        "name": upload.name,
        "reading": _keep_reading(request, purpose, upload, content),
        **facts,
    }


def keep_facts(request: PersonRequest, purpose: str, **facts) -> None:
    """Further facts on the file that waits, such as what was answered."""
    request.session[purpose] = {**request.session[purpose], **facts}


def _keep_reading(
    request: PersonRequest, purpose: str, upload: UploadedFile, content: bytes
) -> dict[str, str] | None:
    """Where what was read lies, and its digest: only what this session kept is believed."""
    reading = reading_of(upload)
    if reading is None:
        return None
    packed = reading.packed(_bound_to(request, content))
    return {"file": _store().save(f"{purpose}.bacaan", ContentFile(packed)), "sha256": _digest(packed)}


def _bound_to(request: PersonRequest, content: bytes) -> dict[str, Any]:
    return {"sha256": _digest(content), "person": request.user.pk}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def pending_upload(request: PersonRequest, purpose: str) -> tuple[UploadedFile, dict] | None:
    """The file that waits and its facts; None where none does any more."""
    facts = request.session.get(purpose)
    if facts is None or not _store().exists(facts["file"]):
        return None
    content = _content(facts["file"])
    upload = InMemoryUploadedFile(BytesIO(content), "file", facts["name"], None, len(content), None)
    _recall_reading(request, upload, content, facts.get("reading"))
    return upload, facts


def _recall_reading(
    request: PersonRequest, upload: UploadedFile, content: bytes, kept: dict[str, str] | None
) -> None:
    """Where it is gone or is another, the file is read again."""
    from measurement.spreadsheets.read_book import unpacked  # noqa: PLC0415 – openpyxl is loaded only here

    if kept is None or not _store().exists(kept["file"]):
        return
    packed = _content(kept["file"])
    if _digest(packed) == kept["sha256"] and (reading := unpacked(packed, _bound_to(request, content))):
        remember_reading(upload, reading)


def _content(name: str) -> bytes:
    with _store().open(name) as file:
        return file.read()


def drop_upload(request: PersonRequest, purpose: str) -> None:
    """Forget the file that waits, and what was read of it."""
    facts = request.session.pop(purpose, None)
    if facts:
        _store().delete(facts["file"])
        if kept := facts.get("reading"):
            _store().delete(kept["file"])
