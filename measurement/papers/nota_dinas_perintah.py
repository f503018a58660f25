"""Step 1: the Camat orders the Sekcam to measure."""

from measurement.models import MeasurementCycle, Person
from measurement.record.officials import official
from measurement.rules.sop import SOP_WARNING, Role

from .kind import Kind
from .text import numbered

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


def content(cycle: MeasurementCycle, actor: Person) -> dict:
    return {
        "memo": {
            "to": official(cycle.unit, Role.SEKCAM)["title"],
            "copy": "–",
            "nature": "Penting",
            "attachment": "–",
            "subject": f"Perintah pengukuran data kinerja {cycle.period}",
        },
        "body": numbered(cycle.instruction),
    }


KIND = Kind("NDP", "Nota Dinas Perintah Pengukuran Data Kinerja", "nota_dinas_perintah.html", content, wording=WORDING)
