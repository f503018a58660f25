"""Remarks on a row of the worksheet: its owner, Tim SAKIP and the Sekcam write them while the cycle is under way. Nothing of them changes afterwards."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from measurement.messages import remark_messages
from measurement.models import Person, RowRemark, WorksheetRow
from measurement.record import audit
from measurement.record.row_threads import keep_remark
from measurement.rules.permissions import may_remark
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.requirements import is_said

from . import workflow

CLOSED = "Siklus ini sudah ditutup; catatan pada barisnya tidak bertambah lagi."
SHORT = "Tuliskan catatan, paling sedikit 10 huruf."


@transaction.atomic
def add_remark(cycle_id: int, actor: Person, row_id: int, text: str) -> RowRemark:
    """Add one remark to a row's thread, and tell the other side once."""
    cycle = workflow.lock(cycle_id)
    if not cycle.is_under_way:
        raise NotAtThisStep(CLOSED)
    row = WorksheetRow.objects.select_related("owner").get(cycle=cycle, pk=row_id)
    if not may_remark(actor, row):
        raise PermissionDenied
    if not is_said(text):
        raise Incomplete(SHORT)
    kept = keep_remark(cycle, row, RowRemark.Kind.COMMENT, actor, text)
    audit.record(cycle, actor, "row_remark", row=row.pk, remark=kept.pk, text=kept.text)
    remark_messages.tell_remark(cycle, row, kept)
    return kept
