"""Step 6: what Tim SAKIP found of each row, and how the arahan of a further round were answered."""

from functools import partial

from django.db.models import prefetch_related_objects

from ..calculation import RowFigures, calculate
from ..models import MeasurementCycle, Person
from ..sop import RowState
from . import tables
from .course import directives
from .kind import Kind
from .results import notes
from .text import paragraphs


def content(cycle: MeasurementCycle, actor: Person) -> dict:
    sheet, accepted, filled = calculate(cycle), named_in(cycle, "row_accept"), named_in(cycle, "row_fill_for")
    prefetch_related_objects([figures.row for figures in sheet.rows.values()], "evidence")
    return {
        "groups": tables.groups(sheet, partial(evaluated, accepted, filled)),
        "total": tables.recap_line(sheet.office),
        "hints": tables.hints(sheet),
        "notes": notes(sheet),
        "body": paragraphs(cycle.evaluation_note),
        "directives": directives(cycle, cycle.round) if cycle.round > 1 else [],
    }


def named_in(cycle: MeasurementCycle, action: str) -> dict[int, Person]:
    """Row id → who did this with it last, from the audit trail."""
    entries = cycle.audit.filter(action=action).select_related("actor")
    return {int(pk): entry.actor for entry in entries for pk in entry.data["rows"]}


def evaluated(accepted: dict[int, Person], filled: dict[int, Person], figures: RowFigures) -> dict:
    """A row with its verdict; it says so where the judge is the one who measured or filled in for the owner."""
    row, writer = figures.row, filled.get(figures.row.pk)
    judge = accepted.get(row.pk) if row.state == RowState.DITERIMA else None
    return {
        **tables.core(figures),
        **tables.findings(figures),
        "verdict": RowState(row.state).label,
        "verdict_note": row.verdict_note,
        "accepted_by": judge.name if judge else "",
        "filled_by": writer.name if writer else "",
        "own_verdict": judge in (row.owner, writer),
        "completed": f"Dilengkapi pada putaran {row.round}" if row.round > 1 else "",
    }


KIND = Kind("KKE", "Kertas Kerja Evaluasi Pengukuran Data Kinerja", "kertas_kerja_evaluasi.html", content, landscape=True)
