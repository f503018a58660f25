"""The one deadline of an open cycle in words: until when, how long still, and whether the office set it itself or the SOP's standard time does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from measurement.rules.dates import moment, until
from measurement.rules.deadlines import NO_HOURS, Deadline

if TYPE_CHECKING:
    from .tasks import Waiting

NO_DEADLINE = f"belum ada: {NO_HOURS}"


def due_words(item: Waiting) -> str:
    """ "hari ini pukul 16.00 WIB · 2 jam lagi · jadwal kantor"; nothing where neither the office nor the SOP gives a time."""
    if item.lacks_clock:
        return NO_DEADLINE
    basis = f" · {item.deadline.basis}" if item.deadline.is_own else ""
    return f"{moment(item.due)} · {until(item.due, timezone.now())}{basis}" if item.due else ""


def turn_words(item: Waiting) -> str:
    """One sentence: where the cycle stands, whose turn, due when."""
    cycle, step = item.cycle, item.cycle.current_step
    words = NO_HOURS if item.lacks_clock else deadline_words(item.deadline)
    deadline = f" Batas: {words}." if words else ""
    again = f", putaran {cycle.round}" if cycle.round > 1 else ""
    return f"Langkah {step.of_all}{again}. Giliran: {cycle.sop.label(step.actor)}.{deadline}"


def deadline_words(deadline: Deadline) -> str:
    """ "hari ini pukul 16.00 WIB"; of the office's own deadline also what the SOP says: "… (jadwal kantor; waktu baku SOP sampai …)"."""
    if deadline.at is None:
        return ""
    if not deadline.is_own:
        return moment(deadline.at)
    beside = f"; waktu baku SOP sampai {moment(deadline.standard)}" if deadline.standard else ""
    return f"{moment(deadline.at)} ({deadline.basis}{beside})"
