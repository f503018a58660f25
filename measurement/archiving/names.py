"""Names of files inside a package: readable on every system, in every order the same, never a way out of the folder."""

import unicodedata

LONGEST_BYTES = 120
RESERVED = '<>:"/\\|?*%'  # what Windows refuses, what separates folders, and what BagIt manifests would have to encode


def inside(name: str) -> str:
    """The name as one part of a path: NFC, one line, at most 120 bytes with its ending kept, no separators or direction characters."""
    text = "".join(
        "-" if char in RESERVED else char for char in unicodedata.normalize("NFC", name) if _stays(char)
    )
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > 5:
        stem, ending = text, ""
    ending = f".{ending.strip()}" if ending.strip() else ""
    stem = stem.strip(" .") or "berkas"
    return _cut(stem, LONGEST_BYTES - len(ending.encode())) + ending


def _stays(char: str) -> bool:
    return not unicodedata.category(char).startswith(("C", "Zl", "Zp"))


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore").rstrip(" .")
