"""What may be copied into a row of the worksheet from an earlier period or from its twin, and the mark that a copy leaves.

A mark stands as long as the value is still the copy: it keeps from where it came and the fingerprint of what came.
"""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from .numbers import show_plain
from .row_fields import ROW_FIELDS, ROW_TEXTS, Asked

FINGERPRINT = 16


class CopyGroup(StrEnum):
    """What is copied with one press."""

    FIGURE = "angka"
    TEXT = "teks"
    EVIDENCE = "bukti"

    @property
    def label(self) -> str:
        return COPY_LABELS[self]


COPY_LABELS = {
    CopyGroup.FIGURE: "Realisasi",
    CopyGroup.TEXT: "Analisis dan tindak lanjut",
    CopyGroup.EVIDENCE: "Bukti",
}
PLACE_OF_EVIDENCE = tuple(field.key for field in ROW_TEXTS if field.asked == Asked.WITHOUT_EVIDENCE)
# what is said about hints is about this period's figure, and never said again
COPIED_TEXTS = tuple(
    field.key for field in ROW_TEXTS if field.asked not in (Asked.WITHOUT_EVIDENCE, Asked.WITH_HINTS)
)


def fields_of(group: CopyGroup, asked_values: tuple[str, ...]) -> tuple[str, ...]:
    """The fields of a row that a group fills in."""
    return {
        CopyGroup.FIGURE: asked_values,
        CopyGroup.TEXT: COPIED_TEXTS,
        CopyGroup.EVIDENCE: PLACE_OF_EVIDENCE,
    }[group]


def is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def copy_mark(value: object, origin: str) -> dict[str, str]:
    return {"dari": origin, "sidik": _fingerprint(value)}


def _fingerprint(value: object) -> str:
    text = show_plain(Decimal(value)) if isinstance(value, Decimal | int) else str(value)
    return hashlib.sha256(text.encode()).hexdigest()[:FINGERPRINT]


def copied_sentences(row: Any, marks: Mapping[str, Mapping[str, str]]) -> list[str]:
    """ "Realisasi dan Analisis disalin dari Triwulan I 2026": of what is still as it was copied, a sentence for each origin."""
    found: dict[str, list[str]] = {}
    for field in ROW_FIELDS:
        mark, value = marks.get(field.key), getattr(row, field.key)
        if mark and not is_blank(value) and mark["sidik"] == _fingerprint(value):
            found.setdefault(mark["dari"], []).append(field.label)
    return [f"{_listed(labels)} disalin dari {origin}." for origin, labels in found.items()]


def _listed(labels: list[str]) -> str:
    *before, last = [labels[0], *(label.lower() for label in labels[1:])]
    return f"{', '.join(before)} dan {last}" if before else last
