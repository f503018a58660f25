"""A file that waits between looking at its differences and applying them: its bytes in storage (also with several hosts), its name in the session."""

from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile

from measurement.files.names import clean_name

from .visitor import PersonRequest


def _store() -> FileSystemStorage:
    return FileSystemStorage(settings.MEDIA_ROOT / "impor")


def keep_upload(request: PersonRequest, purpose: str, upload: UploadedFile, **facts) -> None:
    """Keep an upload for this person and purpose, together with facts (JSON) on what it is for; an older one is dropped."""
    drop_upload(request, purpose)
    upload.seek(0)
    stored = _store().save(
        f"{purpose}{Path(clean_name(upload.name)).suffix.lower()[:6]}", ContentFile(upload.read())
    )
    request.session[purpose] = {"file": stored, "name": upload.name, **facts}


def pending_upload(request: PersonRequest, purpose: str) -> tuple[UploadedFile, dict] | None:
    """The file that waits and its facts; None where none does any more."""
    facts = request.session.get(purpose)
    if facts is None or not _store().exists(facts["file"]):
        return None
    with _store().open(facts["file"]) as file:
        content = file.read()
    return InMemoryUploadedFile(BytesIO(content), "file", facts["name"], None, len(content), None), facts


def drop_upload(request: PersonRequest, purpose: str) -> None:
    """Forget the file that waits."""
    facts = request.session.pop(purpose, None)
    if facts:
        _store().delete(facts["file"])
