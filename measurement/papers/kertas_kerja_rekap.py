"""Step 7: the results added up for each sasaran, program, kegiatan and sub kegiatan."""

from measurement.figures.calculation import calculate
from measurement.models import Level, MeasurementCycle, Person

from . import workbooks
from .kind import Kind
from .results import overview, summary, uncounted
from .text import paragraphs

WORDING = {"note": "Rekapitulasi ini dihitung dari baris kertas kerja yang telah dievaluasi; tidak ada angka yang diketik ulang."}


def content(cycle: MeasurementCycle, actor: Person) -> dict:
    sheet = calculate(cycle)
    return {**overview(sheet, tuple(Level)), "summary": summary(sheet), "uncounted": uncounted(sheet), "body": paragraphs(cycle.recap_note)}


KIND = Kind(
    "KKR", "Kertas Kerja Rekapitulasi Pengukuran Data Kinerja", "kertas_kerja_rekap.html", content,
    landscape=True, wording=WORDING, attach=workbooks.recap,
)  # fmt: skip
