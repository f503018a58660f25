"""Step 10: the report on the measurement, from the Sekcam to the Camat."""

from django.utils import timezone

from .. import explain
from ..calculation import calculate
from ..conventions import scale_words
from ..models import Level, MeasurementCycle, Person
from ..sop import LEGAL_BASIS, SOP_NAME, SOP_NUMBER, Output, Role
from ..words import local_date
from . import tables
from .course import directives, own_work, timeline
from .kind import Kind
from .letterhead import official
from .results import overview, shortfalls, summary, uncounted
from .text import paragraphs

GENERAL = (
    "Pengukuran data kinerja adalah kegiatan membandingkan realisasi setiap indikator kinerja dengan target yang ditetapkan dalam Perjanjian "
    "Kinerja. {unit} melaksanakannya setiap triwulan menurut Standar Operasional Prosedur Nomor {sop} tentang {name}."
)
PURPOSE = (
    "Laporan ini dimaksudkan untuk menyampaikan hasil pengukuran data kinerja {unit} periode {period}, dengan tujuan menyediakan bahan Laporan "
    "Kinerja dan Evaluasi serta dasar bagi tindak lanjut perbaikan kinerja."
)
SCOPE = (
    "Ruang lingkup laporan ini meliputi {rows} indikator kinerja pada {programs} program, {activities} kegiatan, dan {subs} sub kegiatan "
    "beserta realisasi anggarannya."
)


def content(cycle: MeasurementCycle, actor: Person) -> dict:
    sheet = calculate(cycle)
    return {
        **introduction(sheet),
        **overview(sheet),
        "annex": overview(sheet, tuple(Level))["recap"],
        "workings": explain.annex(sheet),
        "workings_note": scale_words(cycle.rules),
        "timeline": timeline(cycle),
        "zone": timezone.localtime().tzname(),
        "rounds_held": str(cycle.round),
        "summary": summary(sheet),
        "shortfalls": shortfalls(sheet),
        "uncounted": uncounted(sheet),
        "hints": tables.hints(sheet),
        "directives": directives(cycle),
        "decision": decision(cycle),
        "conclusion": paragraphs(cycle.conclusion),
        "suggestions": paragraphs(cycle.suggestions),
        "acknowledged": official(cycle.unit, Role.CAMAT),
        "own_work": own_work(cycle, actor),
    }


def introduction(sheet) -> dict:
    cycle = sheet.cycle
    words = {"unit": cycle.unit.name, "period": cycle.period, "sop": SOP_NUMBER, "name": SOP_NAME}
    counts = {level: len(sheet.of_level(level)) for level in Level}
    scope = SCOPE.format(
        rows=len(sheet.rows), programs=counts[Level.PROGRAM], activities=counts[Level.KEGIATAN], subs=counts[Level.SUB_KEGIATAN]
    )
    return {"general": GENERAL.format(**words), "purpose": PURPOSE.format(**words), "scope": scope, "legal_basis": list(LEGAL_BASIS)}


def decision(cycle: MeasurementCycle) -> dict:
    """The approved draft that this report rests on, and the words of the decision."""
    draft = cycle.papers.filter(kind=Output.DRAFT_LAPORAN).last()
    return {
        "number": draft.number if draft else "",
        "date": local_date(draft.issued_at) if draft else "",
        "note": paragraphs(cycle.decision_note),
    }


KIND = Kind("LHP", "Laporan Hasil Pengukuran Data Kinerja", "laporan_hasil.html", content, signed_by=("signatory", "acknowledged"))
