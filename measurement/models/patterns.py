"""Patterns of paper numbers, as offices write them: klasifikasi/urut/kode unit/tahun and the like."""

from django.core.exceptions import ValidationError

PATTERN_PARTS = "{klasifikasi}, {urut}, {jenis}, {unit}, {tahun}, dan {bulan}"
LONGEST_NUMBER = 100


def validate_pattern(pattern: str, needed: tuple[str, ...] = ("{urut", "{jenis}", "{tahun}")) -> None:
    """A number pattern knows only its six parts, tells two papers apart, and stays short."""
    try:
        longest = pattern.format(klasifikasi="000.0.0.0", urut=99999, jenis="XXX", unit="X" * 20, tahun=9999, bulan="VIII")
    except (KeyError, IndexError, ValueError, AttributeError, MemoryError) as error:
        raise ValidationError(f"Pola nomor hanya boleh memuat {PATTERN_PARTS}.") from error
    if any(part not in pattern for part in needed):
        raise ValidationError(f"Pola nomor harus memuat {', '.join(part.strip('{}') for part in needed)}.")
    if len(longest) > LONGEST_NUMBER:
        raise ValidationError(f"Nomor menurut pola ini terlalu panjang: paling panjang {LONGEST_NUMBER} karakter.")


def validate_own_pattern(pattern: str) -> None:
    """A pattern of one kind of paper need not name the kind."""
    validate_pattern(pattern, needed=("{urut", "{tahun}"))
