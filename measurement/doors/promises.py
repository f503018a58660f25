"""Answering for what was promised in a row that takes no entry now: it follows others, is not due, was excused or was stopped."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from measurement.models import MeasurementCycle, Person, WorksheetRow
from measurement.record import audit
from measurement.rules.follow_ups import Progress, lacks_reason
from measurement.rules.permissions import may_answer_promise
from measurement.rules.refusals import Incomplete, NotAtThisStep, Stale
from measurement.rules.sop import MEASURING, UNTYPED_ROWS, RowState

from . import workflow

CLOSED = "Tindak lanjut pada baris ini tidak dapat dijawab di sini sekarang."
NO_REASON = "Tuliskan alasan tidak dilanjutkan, paling sedikit 10 huruf."
WITHOUT_ENTRY = UNTYPED_ROWS | {RowState.DIKECUALIKAN}


def is_answerable(row: WorksheetRow, cycle: MeasurementCycle, person: Person) -> bool:
    """Whether this person may answer here; where a row takes entries, its owner answers on the worksheet."""
    open_now = bool(row.promises) and row.state in WITHOUT_ENTRY and cycle.state in MEASURING
    return open_now and may_answer_promise(person, row)


@transaction.atomic
def answer_promise(
    cycle_id: int, actor: Person, row_id: int, version: int, progress: Progress, note: str
) -> None:
    """Its owner or Tim SAKIP says what has become of it."""
    cycle = workflow.lock(cycle_id)
    row = WorksheetRow.objects.get(cycle=cycle, pk=row_id)
    row.cycle = cycle
    if not may_answer_promise(actor, row):
        raise PermissionDenied
    if not is_answerable(row, cycle, actor):
        raise NotAtThisStep(CLOSED)
    if lacks_reason(progress, note):
        raise Incomplete(NO_REASON)
    rows = WorksheetRow.objects.filter(pk=row.pk, version=version)
    values = {"promise_progress": progress.value, "promise_note": note.strip()}
    if not rows.update(**values, version=F("version") + 1):
        raise Stale("Baris ini baru saja diubah orang lain; periksa lalu simpan lagi.")
    audit.record(cycle, actor, "promise_answer", row=row.pk, progress=progress.value, note=note.strip())
