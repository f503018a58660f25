"""A file that waits between looking at its differences and applying them: its bytes in storage (also with several hosts), its name in the session. What
was read of it lies beside it, so that the file is read once."""

from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile

from measurement.files import absolute, clean_name
from measurement.spreadsheets.kept_readings import recall_reading, store_reading

from .visitor import PersonRequest


def _store() -> FileSystemStorage:
    return FileSystemStorage(settings.MEDIA_ROOT / "impor")


def keep_upload(request: PersonRequest, purpose: str, upload: UploadedFile, **facts) -> None:
    """Keep an upload and what was read of it for this person and purpose, together with facts (JSON) on what it is for; an older one is dropped."""
    drop_upload(request, purpose)
    reading = store_reading(request.user, upload)
    upload.seek(0)
    stored = _store().save(
        f"{purpose}{Path(clean_name(upload.name)).suffix.lower()[:6]}", ContentFile(upload.read())
    )
    request.session[purpose] = {"file": stored, "name": upload.name, "reading": reading, **facts}


def keep_facts(request: PersonRequest, purpose: str, **facts) -> None:
    """Further facts on the file that waits, such as what was answered."""
    request.session[purpose] = {**request.session[purpose], **facts}


def pending_upload(request: PersonRequest, purpose: str) -> tuple[UploadedFile, dict] | None:
    """The file that waits and its facts; None where none does any more."""
    facts = request.session.get(purpose)
    if facts is None or not _store().exists(facts["file"]):
        return None
    with _store().open(facts["file"]) as file:
        content = file.read()
    upload = InMemoryUploadedFile(BytesIO(content), "file", facts["name"], None, len(content), None)
    if facts.get("reading"):
        recall_reading(request.user, upload)
    return upload, facts


def drop_upload(request: PersonRequest, purpose: str) -> None:
    """Forget the file that waits, and what was read of it."""
    facts = request.session.pop(purpose, None)
    if facts:
        _store().delete(facts["file"])
        if facts.get("reading"):
            absolute(facts["reading"]).unlink(missing_ok=True)
