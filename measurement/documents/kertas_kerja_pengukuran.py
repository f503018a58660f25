"""Step 5: what all ASN measured."""

from collections import Counter

from django.db.models import prefetch_related_objects

from ..calculation import RowFigures, Sheet, calculate
from ..models import MeasurementCycle, Person
from . import tables
from .kind import Kind
from .results import notes


def content(cycle: MeasurementCycle, actor: Person) -> dict:
    sheet = calculate(cycle)
    prefetch_related_objects([figures.row for figures in sheet.rows.values()], "evidence")
    return {
        "groups": tables.groups(sheet, measured),
        "total": tables.recap_line(sheet.office),
        "owners": owners(sheet),
        "hints": tables.hints(sheet),
        "notes": notes(sheet),
    }


def measured(figures: RowFigures) -> dict:
    return {**tables.core(figures), **tables.findings(figures)}


def owners(sheet: Sheet) -> list[dict]:
    """Who measured how many indicators."""
    counts = Counter(figures.row.owner.name for figures in sheet.rows.values())
    return [
        {"number": str(number), "name": name, "count": str(count)} for number, (name, count) in enumerate(sorted(counts.items()), start=1)
    ]


KIND = Kind("KKP", "Kertas Kerja Pengukuran Data Kinerja", "kertas_kerja_pengukuran.html", content, landscape=True)
