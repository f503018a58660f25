"""What an owner answers beside a row: why it was returned, and what became of what was promised in an earlier period."""

from django.contrib import messages
from django.template.defaultfilters import linebreaksbr

from measurement.addresses import reverse
from measurement.forms.worksheet.grid import Grid, input_name
from measurement.models import MeasurementCycle, WorksheetRow
from measurement.record.row_threads import ThreadEntry
from measurement.rules.dates import dated_moment
from measurement.rules.follow_ups import Promise, progress_told
from measurement.rules.row_fields import PROMISE_NOTE, PROMISE_PROGRESS, REPLY, ROW_ANSWERS, RowAnswer

from ..visitor import PersonRequest

UNANSWERED_SENT = "{count} baris dikirim tanpa jawaban atas tindak lanjut periode lalu; baris itu tampil sebagai belum dijawab pada Tindak lanjut."


def answer_fields(row: WorksheetRow, editable: bool, grid: Grid) -> dict:
    """The fields that are asked for, by what they answer, and all of them as `answers`: the cells that are saved while typing."""
    fields = {
        answer.key: _field(row, answer, grid) for answer in ROW_ANSWERS if answer.key in row.asked_answers
    }
    return {
        "answers": list(fields.values()) if editable else [],
        "reply": fields.get(REPLY.key),
        "promised": _promised(row, fields) if row.promises else None,
        "thread": [],
        "remarks": getattr(row, "said", 0),  # known where the whole worksheet was loaded
        "thread_url": reverse("row_thread", args=[row.cycle_id, row.pk]),
    }


def _field(row: WorksheetRow, answer: RowAnswer, grid: Grid) -> dict:
    name = input_name(answer.key, row.pk)
    stored = getattr(row, answer.key)
    value = grid.typed.get(name, stored)
    return {
        "name": name,
        "label": answer.label,
        "value": value,
        "stored": stored,
        "changed": value != stored,
        "choices": [(choice, choice == value) for choice in answer.choices],
        "error": grid.errors.get(name, ""),
    }


def _promised(row: WorksheetRow, fields: dict[str, dict]) -> dict:
    """What was promised, in which period, until when; and what is said of it now."""
    return {
        "lines": [Promise.kept(facts).words for facts in row.promises],
        "progress": fields[PROMISE_PROGRESS.key],
        "note": fields[PROMISE_NOTE.key],
        "state": progress_told(row.promise_progress),
        "said": row.promise_note,
    }


def tell_unanswered(request: PersonRequest, cycle: MeasurementCycle, sent: list[int]) -> None:
    """How many of the rows just sent say nothing of what was promised before: nothing waits for it, but the office's list shows it."""
    unanswered = cycle.rows.filter(pk__in=sent, promise_progress="").exclude(promises=[]).count()
    if unanswered:
        messages.info(request, UNANSWERED_SENT.format(count=unanswered))


def thread_lines(entries: list[ThreadEntry]) -> list[dict]:
    """A thread as it is read, the oldest entry first."""
    return [
        {
            "what": entry.what,
            "lines": linebreaksbr(entry.text),
            "who": " · ".join(filter(None, (entry.by, entry.title, dated_moment(entry.at)))),
            "round": str(entry.round) if entry.round > 1 else "",
            "returns": entry.returns,
        }
        for entry in entries
    ]
