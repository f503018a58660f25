"""Step 4: how each indicator is measured, as frozen into the cycle; the SMART test; the six reference documents."""

from measurement.figures.calculation import Sheet, calculate
from measurement.models import IndicatorDefinition, MeasurementCycle, Person, Revision
from measurement.plan.revising import fixed_by, revision_line
from measurement.rules.dates import local_date
from measurement.rules.office_rules import rules_words
from measurement.rules.sop import REFERENCE_DOCUMENTS

from . import tables
from .kind import PaperKind
from .results import legend
from .smart import smart_decisions
from .text import paragraphs

ANSWERS = {True: "ya", False: "tidak", None: "–"}
WORDING = {
    "note": "Metodologi ini berlaku sejak ditetapkan. Perubahan rencana sesudahnya tidak mengubah pengukuran {period} yang sedang berjalan."
}


def kertas_kerja_metodologi_content(cycle: MeasurementCycle, actor: Person) -> dict:
    sheet = calculate(cycle)
    return {
        "groups": tables.groups(sheet, tables.definition),
        **tables.target_heads(cycle.period_of_year.frequency),
        "smart_labels": list(IndicatorDefinition.SMART.values()),
        "smart": smart_sheet(sheet),
        "smart_summary": smart_summary(sheet),
        "smart_decisions": smart_decisions(cycle),
        "references": references(cycle),
        "approval": {"year": str(cycle.year), "sentence": fixed_by(cycle.plan, cycle.year)},
        "revisions": revisions_of_year(cycle),
        "notes": legend(cycle.period_of_year.frequency),
        "rules": rules_words(cycle.rules),
        "body": paragraphs(cycle.method_note),
    }


def smart_sheet(sheet: Sheet) -> list[dict]:
    """Every indicator with the code of its branch, its five answers, and the reason where one is "tidak"."""
    listed = ((branch.node.code, figures.row) for _, branch in sheet.nodes() for figures in branch.rows)
    return [
        {
            "number": str(number),
            "code": code,
            "name": row.name,
            "answers": [ANSWERS[answer] for answer in row.smart_answers],
            "reason": row.smart_reason,
        }
        for number, (code, row) in enumerate(listed, start=1)
    ]


def smart_summary(sheet: Sheet) -> str:
    answers = [figures.row.smart_answers for figures in sheet.rows.values()]
    whole, failing = sum(map(all, answers)), sum(False in row for row in answers)
    return f"Dari {len(answers)} indikator, {whole} memenuhi kelima unsur SMART dan {failing} tidak memenuhi sebagian unsurnya."


def references(cycle: MeasurementCycle) -> list[dict]:
    """The documents that the SOP names, each with its file or why there is none."""
    kept = {document.kind: document for document in cycle.reference_documents.select_related("file")}
    return [_reference(label, kept.get(kind)) for kind, label in REFERENCE_DOCUMENTS.items()]


def _reference(label: str, document) -> dict:
    stored = document.file if document else None
    return {
        "label": label,
        "name": (document.name or "Berkas terlampir dalam sistem") if stored else "Tidak ada",
        "explanation": document.explanation if document else "",
        "sha256": stored.sha256 if stored else "",
    }


def revisions_of_year(cycle: MeasurementCycle) -> list[dict]:
    """What was changed in the year's plan since its approval, in the order in which it happened."""
    found = Revision.objects.filter(plan=cycle.plan_id, year=cycle.year).select_related(
        "node__sub_unit", "indicator"
    )
    return [
        {"made": local_date(revision.made_at), **revision_line(revision)} for revision in found.order_by("pk")
    ]


KIND = PaperKind(
    "KKM",
    "Kertas Kerja Metodologi Pengukuran Data Kinerja",
    "kertas_kerja_metodologi.html",
    kertas_kerja_metodologi_content,
    landscape=True,
    wording=WORDING,
)
