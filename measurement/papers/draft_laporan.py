"""Step 9: the draft report with the Sekcam's decision: approved as material for the report, or returned with the lembar arahan."""

from measurement.figures.calculation import calculate
from measurement.models import Level, MeasurementCycle, Person
from measurement.rules.sop import APPROVE

from . import analysis, annexes, results, workbooks
from .cycle_history import directives, last_round_changes
from .kind import PaperKind
from .own_judgement import own_work
from .ringkasan import ringkasan
from .text import paragraphs

WORDING = {
    "note": "Draft ini memuat hasil pengukuran {period} sebagaimana dilaporkan Tim SAKIP dan belum merupakan Laporan Hasil Pengukuran Data Kinerja.",
}


def draft_laporan_content(cycle: MeasurementCycle, actor: Person) -> dict:
    """A return has just written its arahan for the round that begins with it; an approval has none there."""
    sheet = calculate(cycle)
    return {
        "ringkasan": ringkasan(sheet, is_draft=True),
        "key_figures": results.key_figures(sheet),
        "highlights": results.highlights(sheet),
        "charts": {"programs": results.charts(sheet)["programs"]},
        "shortfalls": results.shortfalls(sheet),
        "left_out": analysis.left_out(sheet),
        "notes": results.figure_notes(sheet),
        "all_levels": annexes.recap_annex(sheet, (Level.SASARAN, Level.PROGRAM)),
        "body": paragraphs(cycle.decision_note),
        "changes": last_round_changes(cycle),
        "directives": directives(cycle, cycle.round + 1),
        "answered": directives(cycle, cycle.round) if cycle.round > 1 else [],
        "next_round": str(cycle.round + 1),
        "own_work": own_work(cycle, actor, APPROVE.key),
    }


KIND = PaperKind(
    "DLH",
    "Draft Laporan Hasil Pengukuran Data Kinerja",
    "draft_laporan.html",
    draft_laporan_content,
    wording=WORDING,
    attach=workbooks.recap_attachments,
)
