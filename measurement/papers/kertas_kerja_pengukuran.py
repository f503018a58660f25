"""Step 5: what all ASN measured."""

from collections import Counter

from measurement.figures.calculation import Sheet, calculate
from measurement.figures.recap import recap_line
from measurement.figures.rows import RowFigures
from measurement.models import MeasurementCycle, PaperSetting, Person
from measurement.record.officials import block, posts
from measurement.rules.sop import Output

from . import tables, workbooks
from .kind import PaperKind
from .results import figure_notes

WORDING = {
    "note": "Setiap realisasi diukur oleh penanggung jawabnya memakai metodologi yang ditetapkan dan disertai bukti."
}


def kertas_kerja_pengukuran_content(cycle: MeasurementCycle, actor: Person) -> dict:
    sheet = calculate(cycle)
    return {
        "groups": tables.groups(sheet, measurement_line),
        "total": recap_line(sheet.office),
        "owners": owners_with_rows(sheet),
        "hints": tables.rows_with_hints(sheet),
        "notes": [*methodology(cycle), *figure_notes(sheet)],
    }


def measurement_line(figures: RowFigures) -> dict:
    return {**tables.core(figures), **tables.owner_words(figures)}


def methodology(cycle: MeasurementCycle) -> list[str]:
    """Where the columns stand that are too long for the sheet."""
    paper = cycle.papers.filter(kind=Output.METODOLOGI).last()
    if paper is None:
        return []
    return [
        f"Definisi operasional, formula, dan sumber data setiap indikator tercantum pada Kertas Kerja Metodologi Nomor {paper.number}."
    ]


def owners_with_rows(sheet: Sheet) -> list[dict]:
    """Who answers for how many indicators and for the money of how many sub kegiatan, each with what a signature block needs."""
    rows = Counter(figures.row.owner for figures in sheet.rows.values())
    money = Counter(
        branch.node.owner for _, branch in sheet.nodes() if branch.node.carries_money and branch.node.owner
    )
    titles = posts(sheet.cycle.unit)
    ordered = sorted({*rows, *money}, key=lambda person: person.name)
    return [
        {
            "number": str(number),
            "count": str(rows[person]),
            "money": str(money[person]),
            **block(person, titles.get(person.pk, "–")),
        }
        for number, person in enumerate(ordered, start=1)
    ]


KIND = PaperKind(
    "KKP", "Kertas Kerja Pengukuran Data Kinerja", "kertas_kerja_pengukuran.html", kertas_kerja_pengukuran_content,
    landscape=True, wording=WORDING, attach=workbooks.worksheet_attachments, signatory=PaperSetting.Signatory.CHAIR,
)  # fmt: skip
