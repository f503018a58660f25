"""Step 9: the draft report with the Sekcam's decision: approved as material for the report, or returned with the lembar arahan."""

from ..calculation import calculate
from ..models import MeasurementCycle, Person
from .course import changes, directives, own_work
from .kind import Kind
from .results import overview, shortfalls, summary, uncounted
from .text import paragraphs


def content(cycle: MeasurementCycle, actor: Person) -> dict:
    """A return has just written its arahan for the round that begins with it; an approval has none there."""
    sheet = calculate(cycle)
    return {
        **overview(sheet),
        "summary": summary(sheet),
        "shortfalls": shortfalls(sheet),
        "uncounted": uncounted(sheet),
        "body": paragraphs(cycle.decision_note),
        "changes": changes(cycle),
        "directives": directives(cycle, cycle.round + 1),
        "answered": directives(cycle, cycle.round) if cycle.round > 1 else [],
        "next_round": str(cycle.round + 1),
        "own_work": own_work(cycle, actor),
    }


KIND = Kind("DLH", "Draft Laporan Hasil Pengukuran Data Kinerja", "draft_laporan.html", content)
