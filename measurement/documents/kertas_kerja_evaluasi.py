"""Step 6: what Tim SAKIP found of each row, and how the arahan of a further round were answered."""

from django.db.models import prefetch_related_objects

from ..calculation import RowFigures, calculate
from ..models import MeasurementCycle, Person
from ..sop import RowState
from . import tables
from .course import directives, own_work
from .kind import Kind
from .results import notes
from .text import paragraphs


def content(cycle: MeasurementCycle, actor: Person) -> dict:
    sheet = calculate(cycle)
    prefetch_related_objects([figures.row for figures in sheet.rows.values()], "evidence")
    return {
        "groups": tables.groups(sheet, evaluated),
        "total": tables.recap_line(sheet.office),
        "notes": notes(sheet),
        "body": paragraphs(cycle.evaluation_note),
        "directives": directives(cycle, cycle.round) if cycle.round > 1 else [],
        "own_work": own_work(cycle, actor),
    }


def evaluated(figures: RowFigures) -> dict:
    row = figures.row
    return {
        **tables.core(figures),
        **tables.findings(figures),
        "verdict": RowState(row.state).label,
        "verdict_note": row.verdict_note,
        "completed": f"Dilengkapi pada putaran {row.round}" if row.round > 1 else "",
    }


KIND = Kind("Kertas Kerja Evaluasi Pengukuran Data Kinerja", "kertas_kerja_evaluasi.html", content, landscape=True)
