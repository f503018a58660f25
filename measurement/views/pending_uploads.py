"""A file that waits between looking at its differences and applying them: its bytes in storage (also with several hosts), its name in the session. What
was read of it lies beside it, so that the file is read once."""

import secrets
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile

from measurement import files
from measurement.files.sweeping import WAITING
from measurement.spreadsheets.kept_readings import recall_reading, store_reading

from .visitor import PersonRequest


def _place(name: str) -> str:
    return f"{WAITING}/{name}"


def keep_upload(request: PersonRequest, purpose: str, upload: UploadedFile, **facts) -> None:
    """Keep an upload and what was read of it for this person and purpose, together with facts (JSON) on what it is for; an older one is dropped."""
    drop_upload(request, purpose)
    reading = store_reading(request.user, upload)
    upload.seek(0)
    suffix = Path(files.clean_name(upload.name)).suffix.lower()[:6]
    stored = f"{purpose}-{secrets.token_hex(8)}{suffix}"
    files.write_whole(_place(stored), upload.read())
    request.session[purpose] = {"file": stored, "name": upload.name, "reading": reading, **facts}


def keep_facts(request: PersonRequest, purpose: str, **facts) -> None:
    """Further facts on the file that waits, such as what was answered."""
    request.session[purpose] = {**request.session[purpose], **facts}


def pending_upload(request: PersonRequest, purpose: str) -> tuple[UploadedFile, dict] | None:
    """The file that waits and its facts; None where none does any more."""
    facts = request.session.get(purpose)
    path = files.stored_path(_place(facts["file"])) if facts else None
    if facts is None or path is None:
        return None
    content = path.read_bytes()
    upload = InMemoryUploadedFile(BytesIO(content), "file", facts["name"], None, len(content), None)
    if facts.get("reading"):
        recall_reading(request.user, upload)
    return upload, facts


def drop_upload(request: PersonRequest, purpose: str) -> None:
    """Forget the file that waits, and what was read of it."""
    facts = request.session.pop(purpose, None)
    if facts:
        files.remove(_place(facts["file"]))
        if facts.get("reading"):
            files.remove(facts["reading"])
