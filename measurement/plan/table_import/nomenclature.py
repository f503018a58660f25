"""The nomenclature of a kecamatan: what a code is called, and a code as it is written there.

The list (nomenclature.csv) holds field 7.01 and the support programs X.XX.01, which an office writes with its own field: 7.01.01.
"""

import csv
import re
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("nomenclature.csv")
SUPPORT = re.compile(r"[0-9X]{1,2}\.[0-9X]{2}\.01(?=\.|$)")
WITHOUT_DOTS = re.compile(r"([1-8])([0-9]{2})([0-9]{2})(?:([12])([0-9]{2})([0-9]{2}|[0-9]{4})?)?")
PARTS_OF_PROGRAM, PARTS_OF_KEGIATAN, PARTS_OF_SUB_KEGIATAN = 3, 5, 6
WIDTHS = (1, 2, 2, 1, 2, 4)  # 7.01.02.2.01.0001


@cache
def _names() -> dict[str, str]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["kode"]: row["nama"] for row in csv.DictReader(file)}


def name_of_code(code: str) -> str:
    """What the nomenclature calls a program, kegiatan or sub kegiatan; empty for a code that it doesn't know."""
    return _names().get(code) or _names().get(SUPPORT.sub("X.XX.01", code, count=1), "")


def parent_code(code: str) -> str:
    """The kegiatan of a sub kegiatan, the program of a kegiatan; empty for others."""
    parts = code.split(".")
    above = {PARTS_OF_SUB_KEGIATAN: PARTS_OF_KEGIATAN, PARTS_OF_KEGIATAN: PARTS_OF_PROGRAM}.get(len(parts))
    return ".".join(parts[:above]) if above else ""


def full_code(code: str) -> str:
    """A code with its dots and noughts: 70102 is 7.01.02, 7.1.2.2.1.1 is 7.01.02.2.01.0001. What is no such code stays as it is."""
    if undotted := WITHOUT_DOTS.fullmatch(code):
        return ".".join(filter(None, undotted.groups()))
    parts = code.split(".")
    shapes = (PARTS_OF_PROGRAM, PARTS_OF_KEGIATAN, PARTS_OF_SUB_KEGIATAN)
    if len(parts) not in shapes or not all(part.isdecimal() and part.isascii() for part in parts):
        return code
    # a last part of two digits is that of older lists
    return ".".join(
        part.zfill(width) if len(part) == 1 or width < len(part) else part
        for part, width in zip(parts, WIDTHS, strict=False)
    )
