"""Patterns of paper numbers, as offices write them: klasifikasi/urut/kode unit/tahun and the like."""

import re
from string import Formatter

from django.core.exceptions import ValidationError

PATTERN_PARTS = "{klasifikasi}, {urut}, {jenis}, {unit}, {tahun}, dan {bulan}"
LONGEST_NUMBER = 100
LONGEST_PARTS = {
    "klasifikasi": "0" * 20,
    "urut": 99999,
    "jenis": "XXX",
    "unit": "X" * 20,
    "tahun": 9999,
    "bulan": "VIII",
}
PADDED = re.compile(r"0[2-5]d?")  # {urut:03} prints 007
NEEDED = ("urut", "jenis", "tahun")
NEEDED_OF_ONE_KIND = ("urut", "tahun")


def validate_pattern(pattern: str, needed: tuple[str, ...] = NEEDED) -> None:
    """A number pattern knows only its six parts, tells two papers apart, and stays short."""
    parts = _parts(pattern)
    if any(part not in parts for part in needed):
        raise ValidationError(f"Bagian yang wajib ada: {', '.join(f'{{{part}}}' for part in needed)}.")
    if len(pattern.format(**LONGEST_PARTS)) > LONGEST_NUMBER:
        raise ValidationError(
            f"Nomor menurut pola ini terlalu panjang: paling panjang {LONGEST_NUMBER} karakter."
        )


def validate_own_pattern(pattern: str) -> None:
    """A pattern for one kind of paper need not name the kind."""
    validate_pattern(pattern, NEEDED_OF_ONE_KIND)


def _parts(pattern: str) -> set[str]:
    """The parts that a pattern names. Whatever else format() would understand (attributes, conversions, doubled braces) is refused."""
    try:
        pieces = list(Formatter().parse(pattern))
    except ValueError as error:
        raise ValidationError(f"Bagian yang dikenal hanya {PATTERN_PARTS}.") from error
    for literal, part, padding, conversion in pieces:
        odd = "{" in literal or "}" in literal or not literal.isprintable() or conversion
        padded = padding and not (part == "urut" and PADDED.fullmatch(padding))
        if odd or padded or part not in (None, *LONGEST_PARTS):
            raise ValidationError(
                f"Bagian yang dikenal hanya {PATTERN_PARTS}; {{urut:03}} menulis urut dengan tiga angka."
            )
    return {part for _, part, _, _ in pieces if part}
