"""Papan keterisian: who has filled in what, and a ready text for everybody who is late."""

from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse

from measurement.messages.worksheet_progress import (
    PersonProgress,
    common_reminder,
    not_due,
    reminder,
    worksheet_progress,
)
from measurement.rules.dates import moment
from measurement.rules.permissions import may_see_all_rows
from measurement.rules.sent_rows import sent_rows
from measurement.rules.sop import MEASURING, RowState

from ..fetch import get_cycle
from ..start.deadline_words import due_words
from ..start.tasks import Waiting, open_cycles
from ..visitor import PersonRequest

MESSENGER = "https://wa.me/?text="


def coverage_board(request: PersonRequest, pk: int):
    """Person × indicator × state, those with most left to do on top."""
    cycle = get_cycle(request, pk)
    if not may_see_all_rows.test(request.user, cycle):
        raise PermissionDenied
    parts = worksheet_progress(cycle)
    waiting = next((item for item in open_cycles(request.user) if item.cycle.pk == pk), None)
    is_measured_now = cycle.state in MEASURING
    late = [part for part in parts if part.is_late] if is_measured_now else []
    due, address = waiting.due if waiting else None, settings.PUBLIC_URL + reverse("worksheet", args=[pk])
    context = {
        "cycle": cycle,
        "sentence": _sentence(parts, late, not_due(cycle)),
        "due": due_words(waiting) if late and waiting else "",
        "lines": [
            _line(part, reminder(part, cycle, _due_of(part, waiting), address) if part in late else "")
            for part in parts
        ],
        "common": common_reminder(late, cycle, due, address) if len(late) > 1 else "",
        "legend": [{"key": state.value, "label": state.label} for state in RowState],
    }
    return render(request, "cycle/coverage.html", context)


def _due_of(part: PersonProgress, waiting: Waiting | None) -> datetime | None:
    """Who got more time for their own rows is reminded by it."""
    if waiting is None:
        return None
    stay = waiting.stay
    return stay.deadline(waiting.cycle.unit.calendar, stay.terms(part.person)).at


def _sentence(parts: list[PersonProgress], late: list[PersonProgress], later: int) -> str:
    rows = [row for part in parts for row in part.rows]
    sent = sent_rows(rows)
    people = f"{len(late)} orang belum selesai" if late else "tidak ada yang ditunggu"
    waits = f" {later} indikator belum waktunya diukur dan tidak ditunggu." if later else ""
    return f"{sent.sent} dari {sent.asked} indikator sudah dikirim; {people}.{waits}"


def _line(part: PersonProgress, text: str) -> dict:
    sent = len(part.rows) - len(part.open)
    return {
        "name": part.person.name,
        "serves": part.serves,
        "rows": [
            {"name": row.name, "state": {"key": row.state, "label": row.state_label}} for row in part.rows
        ],
        "sent": f"{sent} dari {len(part.rows)}",
        "money": f"{len(part.money)} sub kegiatan belum diisi" if part.money else "",
        "saved": moment(part.last_saved) if part.last_saved else "belum pernah",
        "text": text,
        "messenger": MESSENGER + quote(text) if text else "",
    }
