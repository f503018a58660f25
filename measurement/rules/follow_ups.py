"""What becomes of something that was to be done: promised by an indicator's owner, or directed by the Sekcam or the Camat. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from .dates import long_date
from .requirements import is_said


class Progress(StrEnum):
    """How far it is, in the words in which it is kept, shown and printed."""

    RUNNING = "Berjalan"
    DONE = "Selesai"
    DROPPED = "Tidak dilanjutkan"


CLOSING = frozenset({Progress.DONE, Progress.DROPPED})
UNANSWERED = "Belum dijawab"


def progress_told(progress: str) -> str:
    """How far it is; also where nobody has said anything yet."""
    return progress or UNANSWERED


@dataclass(frozen=True)
class Promise:
    """What an indicator's owner said in an earlier period would be done: in which row and period, in which words, until when."""

    row: int
    period: str
    text: str
    due: date

    @classmethod
    def kept(cls, facts: dict[str, Any]) -> Promise:
        """As a row keeps it."""
        return cls(facts["row"], facts["period"], facts["text"], date.fromisoformat(facts["due"]))

    def facts(self) -> dict[str, Any]:
        return {"row": self.row, "period": self.period, "text": self.text, "due": self.due.isoformat()}

    @property
    def words(self) -> str:
        """ "Menambah jadwal kunjungan. (Triwulan I 2026, batas 30 Juni 2026)"."""
        return f"{self.text} ({self.period}, batas {long_date(self.due)})"


def lacks_reason(progress: str, note: str) -> bool:
    """Whether an owner gives up what was promised and doesn't say why."""
    return progress == Progress.DROPPED and not is_said(note)
