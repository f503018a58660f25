"""XLSX and DOCX by the directory of their zip: really such a file, of a bearable size when unpacked, without password and macros."""

import re
import zipfile
from io import BytesIO

MOST_PARTS = 3000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 120
CENTRAL_ENTRY = b"PK\x01\x02"
CONTENTS = "[Content_Types].xml"
DAMAGED = "rusak atau tidak utuh. Buka, simpan ulang, lalu unggah lagi."
BOMB = "ditolak: isinya mengembang terlalu besar saat dibuka."
MACROS = "berisi makro. Simpan tanpa makro lalu unggah lagi."
LOCKED = "terkunci kata sandi. Buka kuncinya, simpan ulang, lalu unggah lagi."


def office_fault(content: bytes, part: str, label: str) -> str:
    """What is wrong with an office file whose main part has this name; empty for a good one. No part is unpacked."""
    if content.count(CENTRAL_ENTRY) > MOST_PARTS:  # before the directory is read into memory
        return BOMB
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except Exception:  # a forged directory can make zipfile raise anything
        return DAMAGED
    names = [entry.filename for entry in entries]
    if CONTENTS not in names or not any(re.fullmatch(rf"{part}[0-9]*\.xml", name) for name in names):
        return f"bukan {label} yang sebenarnya. Simpan ulang berkasnya sebagai {label} lalu unggah lagi."
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return MACROS
    if any(entry.flag_bits & 1 for entry in entries):
        return LOCKED
    unpacked = sum(entry.file_size for entry in entries)
    return BOMB if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * len(content) else ""
