"""Papan keterisian: whom a cycle waits for, with a ready text for each of them; apart from them who is done, and who measures nothing."""

from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from measurement.addresses import reverse
from measurement.messages.worksheet_progress import (
    PersonProgress,
    common_reminder,
    not_due,
    reminder,
    serving_people,
    without_indicator,
    worksheet_progress,
)
from measurement.rules.dates import moment
from measurement.rules.permissions import may_keep_plan, may_see_all_rows
from measurement.rules.sent_rows import sent_rows
from measurement.rules.sop import MEASURING, RowState

from ..fetch import get_cycle
from ..start.deadline_words import due_words
from ..start.tasks import Waiting, waiting_in
from ..visitor import PersonRequest

MESSENGER = "https://wa.me/?text="


def coverage_board(request: PersonRequest, pk: int):
    """Person × indicator × state: those with most left to do on top, the others folded."""
    cycle = get_cycle(request, pk)
    if not may_see_all_rows.test(request.user, cycle):
        raise PermissionDenied
    people = serving_people(cycle)
    parts = worksheet_progress(cycle, people)
    waiting = waiting_in(cycle, request.user)
    late = [part for part in parts if part.is_late] if cycle.state in MEASURING else []
    due, address = waiting.due if waiting else None, settings.PUBLIC_URL + reverse("worksheet", args=[pk])
    texts = {part.person.pk: reminder(part, cycle, _due_of(part, waiting), address) for part in late}
    context = {
        "cycle": cycle,
        "sentence": _sentence(parts, late, not_due(cycle)),
        "due": due_words(waiting) if late and waiting else "",
        "late_title": _late_title(waiting, len(late)),
        "late": [_line(part, texts[part.person.pk]) for part in late],
        "done": [_line(part, "") for part in parts if part not in late],
        "without": without_indicator(people) if parts else [],
        "may_keep_plan": may_keep_plan.test(request.user, cycle),
        "common": _shared(common_reminder(late, cycle, due, address)) if len(late) > 1 else {},
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


def _late_title(waiting: Waiting | None, count: int) -> str:
    """Late is who has not finished when the time is over; before that they are only not done."""
    return f"{count} orang {'terlambat' if waiting and waiting.is_late else 'belum selesai'}"


def _line(part: PersonProgress, text: str) -> dict:
    return {
        "key": str(part.person.pk),
        "name": part.person.name,
        "serves": part.serves,
        "rows": [
            {"name": row.name, "state": {"key": row.state, "label": row.state_label}} for row in part.rows
        ],
        "sent": f"{len(part.rows) - len(part.open)} dari {len(part.rows)}",
        "money": f"{len(part.money)} sub kegiatan belum diisi" if part.money else "",
        "missing": part.missing,
        "saved": f"terakhir menyimpan {moment(part.last_saved)}"
        if part.last_saved
        else "belum pernah menyimpan",
        **_shared(text),
    }


def _shared(text: str) -> dict:
    """A text to hand on, and where a messenger takes it up without a script."""
    return {"text": text, "messenger": MESSENGER + quote(text) if text else ""}
