"""What the doors of the worksheet add to the threads of rows: reasons with what the row said then, and the answers with which it comes again.

Called in the transaction of the move, under the lock on the cycle.
"""

from measurement.addresses import reverse
from measurement.messages import remark_messages
from measurement.models import MeasurementCycle, Person, RowRemark, WorksheetRow
from measurement.record.row_threads import keep_remark, keep_return
from measurement.rules.sop import EVALUATE, RowState


def keep_reason(cycle: MeasurementCycle, row: WorksheetRow, move: str, actor: Person, reason: str) -> None:
    """Why a row was returned or excused; the row as it was read before it moved."""
    if move == "return":
        keep_return(cycle, row, actor, reason)
    else:
        keep_remark(cycle, row, RowRemark.Kind.EXCUSED, actor, reason)


def answer_returns(cycle: MeasurementCycle, actor: Person, sent: list[WorksheetRow]) -> None:
    """Of the rows just sent, those that had been returned: their answers come into their threads, and whoever returned them is told once."""
    again = [row for row in sent if row.state == RowState.DIKEMBALIKAN]
    for row in again:
        keep_remark(cycle, row, RowRemark.Kind.ANSWERED, actor, row.reply)
    if again:
        url = reverse("step", args=[cycle.pk, cycle.sop.step_by_key[EVALUATE.key].number])
        remark_messages.tell_sent_again(
            cycle, actor, [row.pk for row in again], f"{url}?saring=dikirim-ulang"
        )
