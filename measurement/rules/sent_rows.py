"""Whether enough of a worksheet was sent for its figures to be told as those of the office. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from .sop import OPEN_ROWS, UNTYPED_ROWS, RowState

if TYPE_CHECKING:
    from measurement.models import WorksheetRow

ENOUGH_SENT = Fraction(80, 100)
"""From this share of sent rows on there is a headline. No rule names a share: with four of five rows the rest rarely turns the judgement."""
NEVER_SENT = UNTYPED_ROWS | {RowState.DIKECUALIKAN}


@dataclass(frozen=True)
class SentRows:
    """How many of the rows that have to be sent are."""

    sent: int
    asked: int

    @property
    def is_complete(self) -> bool:
        return self.sent == self.asked

    @property
    def is_enough(self) -> bool:
        """Whether leaders are told a figure; where nothing has to be sent, nothing is waited for."""
        return self.is_complete or self.sent >= ENOUGH_SENT * self.asked

    @property
    def words(self) -> str:
        """ "12 dari 55 dikirim"."""
        return f"{self.sent} dari {self.asked} dikirim"

    @property
    def too_few_words(self) -> str:
        """What stands in place of a headline: "Belum cukup data: 12 dari 55 dikirim"."""
        return f"Belum cukup data: {self.words}"

    @property
    def left_words(self) -> str:
        """ "12 dari 55 belum dikirim"; empty once all are sent."""
        return "" if self.is_complete else f"{self.asked - self.sent} dari {self.asked} belum dikirim"


def is_to_be_sent(row: WorksheetRow) -> bool:
    """Whether it is planned and due, and neither follows others nor is excused."""
    return row.planned and row.state not in NEVER_SENT


def sent_rows(rows: Iterable[WorksheetRow]) -> SentRows:
    """Counts those that have to be sent."""
    states = [row.state for row in rows if is_to_be_sent(row)]
    return SentRows(sum(state not in OPEN_ROWS for state in states), len(states))
