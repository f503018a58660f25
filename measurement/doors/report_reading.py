"""The head of the office says that they have received and read the report. It blocks nothing: the cycle goes on meanwhile."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from measurement.messages.report_messages import settle_report
from measurement.models import Paper, Person, ReportReceipt
from measurement.record.report_receipts import keep_reading
from measurement.rules.permissions import may_receive_report
from measurement.rules.refusals import NotAtThisStep

from .workflow import lock

NO_REPORT = "Belum ada Laporan Hasil yang berlaku pada siklus ini."


@transaction.atomic
def read_report(cycle_id: int, actor: Person) -> Paper:
    """Keep that the actor read the valid report of the cycle; said twice it is kept once."""
    cycle = lock(cycle_id)
    if not may_receive_report.test(actor, cycle):
        raise PermissionDenied
    report = cycle.valid_report
    if report is None:
        raise NotAtThisStep(NO_REPORT)
    keep_reading(cycle, report, actor, actor.title_in(cycle.unit_id, ReportReceipt.READER), actor)
    settle_report(report)
    return report
