"""What a cycle's figures say, in ready sentences and tables: used by rekapitulasi, draft and report."""

from collections import Counter

from ..calculation import RowFigures, Sheet
from ..conventions import rules_words
from ..models import Level
from ..numbers import show_money, show_percent
from . import tables

MET = 100


def summary(sheet: Sheet) -> list[str]:
    """The result in a few sentences; nothing is stated that was not counted."""
    figures, office = tables.in_order(sheet), sheet.office
    values = [row.capaian.value for row in figures if row.capaian.value is not None]
    met = sum(value >= MET for value in values)
    counts = f"Dari {len(figures)} indikator, {len(values)} dapat dihitung capaiannya: {met} mencapai target dan {len(values) - met} belum mencapai target."
    return [counts, *_left_out(figures), _mean(sheet), _money(office)]


def _left_out(figures: list[RowFigures]) -> list[str]:
    gaps = Counter(row.capaian.gap for row in figures if row.capaian.gap)
    if not gaps:
        return []
    reasons = ", ".join(f"{count} {gap}" for gap, count in gaps.items())
    return [f"Tidak dihitung dan tidak masuk rata-rata: {reasons}."]


def _mean(sheet: Sheet) -> str:
    office, period = sheet.office, sheet.cycle.period
    if office.capaian.figure.value is None:
        return f"Capaian kinerja sampai dengan {period} belum dapat dihitung."
    counted = tables.recap_line(office)["counted"]
    return (
        f"Rata-rata capaian kinerja sampai dengan {period} adalah {show_percent(office.capaian.figure.value)}, "
        f"predikat {office.predicate} ({counted})."
    )


def _money(office) -> str:
    if office.spent_to_date is None:
        return f"Pagu anggaran {show_money(office.pagu)}; realisasi anggaran belum diisi."
    return (
        f"Realisasi anggaran {show_money(office.spent_to_date)} dari pagu {show_money(office.pagu)}, serapan {show_percent(office.serapan.value)}"
        + (f"; {office.efficiency}." if office.efficiency else ".")
    )


def shortfalls(sheet: Sheet) -> list[dict]:
    """Indicators below their target, with obstacle and follow-up."""
    below = [row for row in tables.in_order(sheet) if row.capaian.value is not None and row.capaian.value < MET]
    return [{**tables.core(row), "obstacle": row.row.obstacle, "follow_up": row.row.follow_up} for row in below]


def uncounted(sheet: Sheet) -> list[dict]:
    """Indicators without a figure and why."""
    without = [row for row in tables.in_order(sheet) if row.capaian.gap]
    return [{"name": row.row.name, "gap": str(row.capaian.gap), "reason": tables.excused(row.row)} for row in without]


def overview(sheet: Sheet, levels: tuple[Level, ...] = (Level.SASARAN, Level.PROGRAM)) -> dict:
    """Recap table, total and the notes that explain it."""
    return {"recap": tables.recap(sheet, levels), "total": tables.recap_line(sheet.office), "notes": notes(sheet)}


def notes(sheet: Sheet) -> list[str]:
    """How the figures were made, printed under every table of them."""
    return [*rules_words(sheet.cycle.rules), "“–” berarti tidak ada nilai, bukan nol."]
