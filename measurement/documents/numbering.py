"""Numbers of papers: gapless per unit, year and kind, also when two are issued at once."""

from ..models import NumberCounter, Unit


def next_sequence(unit: Unit, year: int, kind: str) -> int:
    """The next number; call it inside the transaction that issues the paper, so that a failure gives the number back."""
    counter, _ = NumberCounter.objects.select_for_update().get_or_create(unit=unit, year=year, kind=kind)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def printed_number(unit: Unit, year: int, sequence: int, code: str) -> str:
    """The number by the office's pattern, e.g. 000.8.6.3/3/LHP/416-317/2026."""
    return unit.number_pattern.format(klasifikasi=unit.classification, urut=sequence, jenis=code, unit=unit.code, tahun=year)
