"""What an upload has to be: not too big, not empty, really of the kind that its name says, whole, readable without a password, harmless."""

from pathlib import Path

from django.conf import settings
from django.core.files import File

from measurement.rules.refusals import BadFile

from .names import clean_name
from .office import office_fault
from .pdf import pdf_fault
from .pictures import jpeg_fault, png_fault

SIGNATURES = {
    "pdf": b"%PDF-",
    "jpg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    "xlsx": b"PK\x03\x04",
    "docx": b"PK\x03\x04",
}
# What is wrong with a file that begins as it should: the end of a sentence that begins with its name; empty for a good one.
FAULTS = {
    "pdf": pdf_fault,
    "jpg": jpeg_fault,
    "png": png_fault,
    "xlsx": lambda content: office_fault(content, "xl/workbook", "XLSX"),
    "docx": lambda content: office_fault(content, "word/document", "DOCX"),
}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
    "zip": "application/zip",
}
ACCEPTED = "PDF, JPG, PNG, XLSX, atau DOCX"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def check_upload(upload: File) -> str:
    """The kind of an acceptable upload. BadFile with a sentence for any other."""
    name, limit = clean_name(upload.name), settings.MAX_UPLOAD_BYTES
    if (upload.size or 0) > limit:
        raise BadFile(
            f"“{name}” terlalu besar: paling besar {limit // 1024**2} MB. Perkecil atau pecah berkasnya."
        )
    if not upload.size:
        raise BadFile(f"“{name}” kosong. Pilih berkas yang berisi.")
    kind = Path(name).suffix.lower().lstrip(".").replace("jpeg", "jpg")
    if kind not in SIGNATURES:
        raise BadFile(f"Jenis berkas “{name}” tidak diterima. Unggah {ACCEPTED}.")
    upload.seek(0)
    content = upload.read()
    if not content.startswith(SIGNATURES[kind]):
        raise BadFile(_other_kind(name, kind, content))
    if fault := FAULTS[kind](content):
        raise BadFile(f"“{name}” {fault}")
    return kind


def _other_kind(name: str, kind: str, content: bytes) -> str:
    """Excel and Word keep a workbook with a password, and their old formats, in another container."""
    if kind in ("xlsx", "docx") and content.startswith(OLD_OFFICE):
        if ENCRYPTED in content:
            return f"“{name}” terkunci kata sandi. Buka kuncinya, simpan ulang, lalu unggah lagi."
        return f"“{name}” berformat lama. Simpan sebagai {kind.upper()} lalu unggah lagi."
    return f"Isi “{name}” bukan {kind.upper()} yang sebenarnya. Simpan ulang berkasnya lalu unggah lagi."
