"""How files are checked and kept: by size and first bytes, under our own names, written whole or not at all."""

import hashlib
import os
import tempfile
import unicodedata
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from .models import StoredFile, Unit
from .refusals import BadFile

SIGNATURES = {
    "pdf": (b"%PDF-",),
    "jpg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "xlsx": (b"PK\x03\x04",),
    "docx": (b"PK\x03\x04",),
}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}
ACCEPTED = "PDF, JPG, PNG, XLSX, atau DOCX"
LONGEST_NAME = 200


def check_upload(upload: UploadedFile) -> str:
    """The kind of an acceptable upload. BadFile with a sentence for what is too big, empty, or not what its name says."""
    limit = settings.MAX_UPLOAD_BYTES
    if upload.size > limit:
        raise BadFile(f"“{clean_name(upload.name)}” terlalu besar: paling besar {limit // 1024**2} MB. Perkecil atau pecah berkasnya.")
    if not upload.size:
        raise BadFile(f"“{clean_name(upload.name)}” kosong. Pilih berkas yang berisi.")
    kind = Path(upload.name).suffix.lower().lstrip(".").replace("jpeg", "jpg")
    if kind not in SIGNATURES:
        raise BadFile(f"Jenis berkas “{clean_name(upload.name)}” tidak diterima. Unggah {ACCEPTED}.")
    upload.seek(0)
    if not upload.read(16).startswith(SIGNATURES[kind]):
        raise BadFile(f"Isi “{clean_name(upload.name)}” bukan {kind.upper()} yang sebenarnya. Simpan ulang berkasnya lalu unggah lagi.")
    return kind


def store_upload(unit: Unit, upload: UploadedFile) -> StoredFile:
    """Keep a checked upload; the same bytes are stored once per unit."""
    kind = check_upload(upload)
    upload.seek(0)
    content = upload.read()
    digest = hashlib.sha256(content).hexdigest()
    path = f"unit-{unit.pk}/{digest[:2]}/{digest}.{kind}"
    write_whole(path, content)
    stored, _ = StoredFile.objects.get_or_create(unit=unit, sha256=digest, defaults={"size": len(content), "kind": kind, "path": path})
    return stored


def write_whole(path: str, content: bytes) -> None:
    """Write below the media folder so that the file appears complete or not at all, even if the power fails."""
    target = absolute(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def absolute(path: str) -> Path:
    """A stored path as a file below the media folder; ValueError for anything outside it."""
    root = Path(settings.MEDIA_ROOT).resolve()
    found = (root / path).resolve()
    if not found.is_relative_to(root):
        raise ValueError("path outside the media folder")
    return found


def clean_name(name: str) -> str:
    """A file name fit to show and to download: one line, no folders, no control or direction characters, not too long."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if not unicodedata.category(c).startswith(("C", "Zl", "Zp")))
    return name[-LONGEST_NAME:] or "berkas"
