"""Step 10: the report on the measurement, from the Sekcam to the Camat."""

from django.utils import timezone

from measurement.figures.calculation import Sheet, calculate
from measurement.models import Level, MeasurementCycle, Person
from measurement.record.officials import post_holder
from measurement.rules.dates import local_date
from measurement.rules.office_rules import efficiency_words, scale_words
from measurement.rules.sop import REPORT_TO_CAMAT, Output, Role

from . import analysis, annexes, comparison, followed_up, results, tables, workbooks
from .cycle_history import changes_by_round, directives, extensions, punctuality_words, timeline
from .kind import PaperKind
from .own_judgement import own_work
from .ringkasan import ringkasan
from .smart import smart_decisions
from .text import paragraphs

WORDING = {
    "opening": (
        "Pengukuran data kinerja adalah kegiatan membandingkan realisasi setiap indikator kinerja dengan target yang ditetapkan dalam "
        "Perjanjian Kinerja. {unit} melaksanakannya secara berkala menurut Standar Operasional Prosedur Nomor {sop} tentang {name}."
    ),
    "closing": "Demikian laporan ini disampaikan untuk dipergunakan sebagai bahan Laporan Kinerja dan Evaluasi.",
    "note": "Seluruh angka berasal dari kertas kerja {period} yang telah dievaluasi Tim SAKIP; tidak ada angka yang diketik ulang.",
}
PURPOSE = (
    "Laporan ini dimaksudkan untuk menyampaikan hasil pengukuran data kinerja {unit} periode {period}, dengan tujuan menyediakan bahan Laporan "
    "Kinerja dan Evaluasi serta dasar bagi tindak lanjut perbaikan kinerja."
)
SCOPE = (
    "Ruang lingkup laporan ini meliputi {rows} indikator kinerja pada {programs} program, {activities} kegiatan, dan {subs} sub kegiatan "
    "beserta realisasi anggarannya."
)


def laporan_hasil_content(cycle: MeasurementCycle, actor: Person) -> dict:
    sheet = calculate(cycle)
    return {
        "ringkasan": ringkasan(sheet),
        **introduction(sheet),
        "smart_decisions": smart_decisions(cycle),
        **course(cycle),
        "promised": followed_up.promised(sheet),
        **outcome(sheet),
        "conclusion": paragraphs(cycle.conclusion),
        "suggestions": paragraphs(cycle.suggestions),
        "acknowledged": post_holder(cycle.unit, Role.CAMAT),
        "own_work": own_work(cycle, actor, REPORT_TO_CAMAT.key),
        **annexes_of(sheet),
    }


def introduction(sheet: Sheet) -> dict:
    """Chapter I, without its opening."""
    cycle = sheet.cycle
    counts = {level: len(sheet.of_level(level)) for level in Level}
    scope = SCOPE.format(
        rows=len(sheet.rows),
        programs=counts[Level.PROGRAM],
        activities=counts[Level.KEGIATAN],
        subs=counts[Level.SUB_KEGIATAN],
    )
    return {
        "purpose": PURPOSE.format(unit=cycle.unit.name, period=cycle.period),
        "scope": scope,
        "legal_basis": list(cycle.sop.legal_basis),
    }


def course(cycle: MeasurementCycle) -> dict:
    """Chapter II: the steps against their standard times, and the rounds."""
    lines = timeline(cycle)
    return {
        "timeline": lines,
        "zone": timezone.localtime().tzname(),
        "punctuality": punctuality_words(lines),
        "extensions": extensions(cycle),
        "rounds_held": str(cycle.round),
        "directives": directives(cycle),
        "changed": changes_by_round(cycle),
        "decision": decision(cycle),
        "directions": followed_up.directions(cycle),
    }


def outcome(sheet: Sheet) -> dict:
    """Chapter III."""
    sheets = comparison.sheets_of_year(sheet)
    return {
        "key_figures": results.key_figures(sheet),
        "highlights": results.highlights(sheet),
        "charts": {**results.charts(sheet), "quarters": comparison.periods_chart(sheet, sheets)},
        "sections": analysis.sections(sheet),
        "left_out": analysis.left_out(sheet),
        "shortfalls": results.shortfalls(sheet),
        "remarks": analysis.owner_remarks(sheet),
        "quarters": comparison.periods(sheet, sheets),
        "branches": comparison.years_compared(sheet),
        "efficiency_rule": efficiency_words(sheet.cycle.rules),
        "annual": results.annual_sentence(sheet),
        "notes": results.figure_notes(sheet),
        "hints": tables.rows_with_hints(sheet),
    }


def annexes_of(sheet: Sheet) -> dict:
    return {
        "all_levels": annexes.recap_annex(sheet),
        "workings": annexes.workings(sheet),
        "workings_note": scale_words(sheet.cycle.rules),
        "evidence": annexes.evidence_annex(sheet),
        "evidence_places": annexes.places(sheet),
    }


def decision(cycle: MeasurementCycle) -> dict:
    """The approved draft that this report rests on."""
    draft = cycle.papers.filter(kind=Output.DRAFT_LAPORAN).last()
    return {
        "number": draft.number if draft else "",
        "date": local_date(draft.issued_at) if draft else "",
    }


KIND = PaperKind(
    "LHP", "Laporan Hasil Pengukuran Data Kinerja", "laporan_hasil.html", laporan_hasil_content,
    signed_by=("signatory", "acknowledged"), wording=WORDING, attach=workbooks.all_attachments,
)  # fmt: skip
