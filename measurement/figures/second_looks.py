"""Rows that are never accepted with the rest: each asks whoever judges it for a look of its own."""

from collections.abc import Collection
from enum import StrEnum

from measurement.models import Person, WorksheetRow
from measurement.rules.sop import RowState

from .calculation import Sheet
from .hints import unexplained
from .rows import RowFigures


class Look(StrEnum):
    """Why a row is looked at by itself; the value is its name in addresses."""

    OWN = "milik-sendiri"
    NO_EVIDENCE = "tanpa-bukti"
    HINTS = "petunjuk"


# On a chip, on the row, and as what is left when the others are accepted.
LOOK_WORDS = {
    Look.OWN: (
        "Milik Anda sendiri",
        "Baris ini Anda ukur atau isi sendiri; rekan ditawari lebih dahulu.",
        "milik Anda sendiri",
    ),
    Look.NO_EVIDENCE: (
        "Di bawah target tanpa bukti",
        "Di bawah target, dan tidak ada berkas bukti.",
        "di bawah target tanpa berkas bukti",
    ),
    Look.HINTS: (
        "Petunjuk belum dijelaskan",
        "Petunjuk di bawah belum dijelaskan.",
        "dengan petunjuk yang belum dijelaskan",
    ),
}


def second_looks(sheet: Sheet, judge: Person, filled: Collection[int]) -> dict[int, list[Look]]:
    """Row id → why this judge looks at it by itself; only rows that wait for a verdict. `filled` are those that the judge filled in for others."""
    unsaid = set(unexplained(sheet))
    found = {
        pk: [
            *([Look.OWN] if is_own(figures.row, judge, filled) else []),
            *([Look.NO_EVIDENCE] if lacks_evidence(figures) else []),
            *([Look.HINTS] if pk in unsaid else []),
        ]
        for pk, figures in sheet.rows.items()
        if figures.row.state == RowState.TERKIRIM
    }
    return {pk: looks for pk, looks in found.items() if looks}


def is_own(row: WorksheetRow, judge: Person, filled: Collection[int]) -> bool:
    """Whether the judge measured it, or wrote it for its owner."""
    return row.owner_id == judge.pk or row.pk in filled


def lacks_evidence(figures: RowFigures) -> bool:
    """Whether it is below its target and nothing was uploaded that would show it; where a paper lies is no evidence at hand."""
    return figures.capaian.is_missed and not figures.row.evidence_items
