"""Numbers of papers: gapless per unit, year and kind, also when two are issued at once."""

from datetime import date

from ..models import NumberCounter, PaperSetting, Unit

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def next_sequence(unit: Unit, year: int, kind: str) -> int:
    """The next number; call it inside the transaction that issues the paper, so that a failure gives the number back."""
    counter, _ = NumberCounter.objects.select_for_update().get_or_create(unit=unit, year=year, kind=kind)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def printed_number(unit: Unit, setting: PaperSetting, code: str, sequence: int, day: date) -> str:
    """The number by the pattern of the kind, else by the office's, e.g. 000.8.6.3/3/LHP/416-317/2026."""
    pattern = setting.number_pattern or unit.number_pattern
    month = ROMAN_MONTHS[day.month - 1]
    return pattern.format(klasifikasi=unit.classification, urut=sequence, jenis=code, unit=unit.code, tahun=day.year, bulan=month)
