"""Step 8: Tim SAKIP reports the recapitulation by program to the Sekcam."""

from measurement.figures.calculation import calculate
from measurement.models import MeasurementCycle, Person
from measurement.rules.dates import count_in_words
from measurement.rules.sop import Role

from . import workbooks
from .cycle_history import last_round_changes
from .kind import PaperKind
from .posts import addressee
from .results import recap_overview, summary
from .text import paragraphs

WORDING = {
    "opening": "Ringkasan hasil pengukuran data kinerja {unit} periode {period} adalah sebagai berikut:",
    "closing": "Rekapitulasi tiap sasaran dan program terlampir. Demikian dilaporkan, mohon arahan dan keputusan lebih lanjut.",
}


def rekapitulasi_content(cycle: MeasurementCycle, actor: Person) -> dict:
    sheet = calculate(cycle)
    return {
        "memo": {
            "to": addressee(cycle, Role.SEKCAM),
            "copy": "–",
            "nature": "Biasa",
            "attachment": count_in_words(1, "berkas"),
            "subject": f"Rekapitulasi hasil pengukuran data kinerja {cycle.period}",
        },
        "body": paragraphs(cycle.cover_note),
        "summary": summary(sheet),
        "changes": last_round_changes(cycle),
        **recap_overview(sheet),
    }


KIND = PaperKind(
    "RKP", "Rekapitulasi Hasil Pengukuran Data Kinerja", "rekapitulasi.html", rekapitulasi_content,
    wording=WORDING, attach=workbooks.recap_and_form_attachments, is_letter=True,
)  # fmt: skip
