"""Step 8: Tim SAKIP reports the recapitulation by program to the Sekcam."""

from ..calculation import calculate
from ..models import MeasurementCycle, Person
from ..sop import Role
from .course import changes
from .kind import Kind
from .letterhead import official
from .results import overview, summary
from .text import paragraphs


def content(cycle: MeasurementCycle, actor: Person) -> dict:
    sheet = calculate(cycle)
    return {
        "memo": {
            "to": official(cycle.unit, Role.SEKCAM)["title"],
            "copy": "–",
            "nature": "Biasa",
            "attachment": "1 (satu) berkas",
            "subject": f"Rekapitulasi hasil pengukuran data kinerja {cycle.period}",
        },
        "body": paragraphs(cycle.cover_note),
        "summary": summary(sheet),
        "changes": changes(cycle),
        **overview(sheet),
    }


KIND = Kind("RKP", "Rekapitulasi Hasil Pengukuran Data Kinerja", "rekapitulasi.html", content)
