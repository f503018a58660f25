"""What is kept of a report on its way: that it was put before the head of the office, and that they read it."""

from django.utils import timezone

from measurement.models import MeasurementCycle, Paper, Person, ReportReceipt
from measurement.rules.sop import Output

from . import audit


def put_before_head(paper: Paper, actor: Person, title: str) -> None:
    """Whoever issues the Laporan Hasil puts it before the head; a paper of another kind goes nowhere."""
    if paper.kind == Output.LAPORAN:
        _keep(paper, ReportReceipt.Event.PUT, actor, title)


def keep_reading(cycle: MeasurementCycle, paper: Paper, reader: Person, title: str, actor: Person) -> None:
    """The head has read the report, or signed it, which says the same. The trail of an archived cycle takes nothing more."""
    if paper.receipts.readings().exists():
        return
    _keep(paper, ReportReceipt.Event.READ, reader, title)
    if not cycle.is_archived:
        audit.record(cycle, actor, "report_read", paper=paper.number, title=title, reader=reader.name)


def _keep(paper: Paper, event: ReportReceipt.Event, person: Person, title: str) -> None:
    ReportReceipt.objects.create(
        cycle_id=paper.cycle_id, paper=paper, event=event, person=person, title=title, at=timezone.now()
    )
