"""What the owner of a worksheet row still has to fill in before it may be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .figure import Figure
from .follow_ups import lacks_reason
from .requirements import is_said
from .row_fields import ROW_TEXTS, Asked, RowText
from .sop import RowState

if TYPE_CHECKING:
    from measurement.models import WorksheetRow

UNUSUAL_CAPAIAN = 1000  # percent; nothing is clipped, but somebody has to say why


def row_gaps(row: WorksheetRow, capaian: Figure, evidence_count: int) -> list[str]:
    """What the owner still has to fill in before a row may be sent, given its capaian to date."""
    gaps = []
    if row.is_ratio and (row.numerator is None or row.denominator is None):
        gaps.append("pembilang dan penyebut")
    elif row.is_ratio and row.denominator == 0 and row.numerator:
        gaps.append("penyebut selain 0")
    elif not row.is_ratio and row.realised is None:
        gaps.append("realisasi")
    return (
        gaps
        + [
            lacking
            for text in required_texts(row, capaian, evidence_count)
            if (lacking := text_gap(row, text))
        ]
        + answer_gaps(row)
    )


def text_gap(row: WorksheetRow, text: RowText) -> str:
    """What a required text lacks: all of it, or some letters, which is said, or nobody knew why what they wrote is not there. "" without a gap."""
    written = getattr(row, text.key)
    if is_said(written, text.at_least):
        return ""
    return f"{text.gap}: paling sedikit {text.at_least} huruf" if is_said(written, 1) else text.gap


def answer_gaps(row: WorksheetRow) -> list[str]:
    """What is still to be answered: a return always, what was promised only where it is given up."""
    replies = row.state == RowState.DIKEMBALIKAN and not is_said(row.reply)
    return ["jawaban atas pengembalian: apa yang sudah diperbaiki"] * replies + [
        "alasan tindak lanjut periode lalu tidak dilanjutkan"
    ] * lacks_reason(row.promise_progress, row.promise_note)


def required_texts(row: WorksheetRow, capaian: Figure, evidence_count: int) -> list[RowText]:
    """The texts without which a row may not be sent, as it stands now."""
    odd = (row.realised or 0) < 0 or (row.numerator or 0) < 0 or (capaian.shown or 0) > UNUSUAL_CAPAIAN
    asked = {
        Asked.ALWAYS: True,
        Asked.MET: capaian.is_met,
        Asked.MISSED: capaian.is_missed,
        Asked.ODD: odd,
        Asked.WITHOUT_EVIDENCE: not evidence_count,
    }
    return [text for when, applies in asked.items() if applies for text in ROW_TEXTS if text.asked == when]
