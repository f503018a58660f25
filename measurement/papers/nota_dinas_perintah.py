"""Step 1: the Camat orders the Sekcam to measure."""

from measurement.models import MeasurementCycle, Person
from measurement.record.officials import post_holder
from measurement.rules.sop import SOP_WARNING, Role

from .kind import PaperKind
from .text import numbered_paragraphs

WORDING = {
    "opening": (
        "Dalam rangka pelaksanaan Standar Operasional Prosedur Nomor {sop} tentang {name}, dengan ini Saudara diperintahkan untuk melakukan "
        "pengukuran data kinerja {unit} periode {period} bersama Tim SAKIP, dengan ketentuan sebagai berikut:"
    ),
    "closing": (
        f"{SOP_WARNING} Oleh karena itu setiap langkah agar diselesaikan dalam waktu baku yang ditetapkan.\n"
        "Hasil pengukuran agar dilaporkan kepada kami setelah selesai. Demikian untuk dilaksanakan dengan penuh tanggung jawab."
    ),
}


def nota_dinas_perintah_content(cycle: MeasurementCycle, actor: Person) -> dict:
    return {
        "memo": {
            "to": post_holder(cycle.unit, Role.SEKCAM)["title"],
            "copy": "–",
            "nature": "Penting",
            "attachment": "–",
            "subject": f"Perintah pengukuran data kinerja {cycle.period}",
        },
        "body": numbered_paragraphs(cycle.instruction),
    }


KIND = PaperKind(
    "NDP",
    "Nota Dinas Perintah Pengukuran Data Kinerja",
    "nota_dinas_perintah.html",
    nota_dinas_perintah_content,
    wording=WORDING,
)
