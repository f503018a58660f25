"""The office's emblem: a small picture, because every page shows it and every paper carries it."""

from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from measurement.rules.refusals import BadFile

from .checking import check_upload
from .names import clean_name
from .pictures import picture_size

MOST_BYTES = 200 * 1024
LONGEST_SIDE = 1000
KINDS = ("png", "jpg")
RULE = f"PNG atau JPG, paling besar {MOST_BYTES // 1024} KB, sisi paling panjang {LONGEST_SIDE} piksel. Latar tembus pandang (PNG) paling baik."


def check_emblem(upload: UploadedFile) -> None:
    """BadFile with a sentence for what is not fit to be an emblem."""
    kind = Path(clean_name(upload.name)).suffix.lower().lstrip(".").replace("jpeg", "jpg")
    if kind not in KINDS:
        raise BadFile("Lambang harus berupa gambar PNG atau JPG.")
    if (upload.size or 0) > MOST_BYTES:
        raise BadFile(
            f"Gambar terlalu besar: paling besar {MOST_BYTES // 1024} KB. Perkecil gambarnya lalu unggah lagi."
        )
    check_upload(upload)
    upload.seek(0)
    width, height = picture_size(kind, upload.read())
    if max(width, height) > LONGEST_SIDE:
        raise BadFile(
            f"Gambar berukuran {width} × {height} piksel; sisi paling panjang {LONGEST_SIDE} piksel. Perkecil lalu unggah lagi."
        )
