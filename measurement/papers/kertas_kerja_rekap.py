"""Step 7: the results added up for each sasaran, program, kegiatan and sub kegiatan."""

from measurement.figures.calculation import calculate
from measurement.models import Level, MeasurementCycle, Person

from . import workbooks
from .kind import PaperKind
from .results import recap_overview, rows_without_figure, summary
from .text import paragraphs

WORDING = {
    "note": "Rekapitulasi ini dihitung dari baris kertas kerja yang telah dievaluasi; tidak ada angka yang diketik ulang."
}


def kertas_kerja_rekap_content(cycle: MeasurementCycle, actor: Person) -> dict:
    sheet = calculate(cycle)
    return {
        **recap_overview(sheet, tuple(Level)),
        "summary": summary(sheet),
        "uncounted": rows_without_figure(sheet),
        "body": paragraphs(cycle.recap_note),
    }


KIND = PaperKind(
    "KKR", "Kertas Kerja Rekapitulasi Pengukuran Data Kinerja", "kertas_kerja_rekap.html", kertas_kerja_rekap_content,
    landscape=True, wording=WORDING, attach=workbooks.recap_attachments,
)  # fmt: skip
