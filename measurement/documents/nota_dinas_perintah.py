"""Step 1: the Camat orders the Sekcam to measure."""

from ..models import MeasurementCycle, Person
from ..sop import SOP_NAME, SOP_NUMBER, SOP_WARNING, Role
from .kind import Kind
from .letterhead import official
from .text import paragraphs

OPENING = (
    "Dalam rangka pelaksanaan Standar Operasional Prosedur Nomor {sop} tentang {name}, dengan ini Saudara diperintahkan untuk melakukan "
    "pengukuran data kinerja {unit} periode {period} bersama Tim SAKIP, dengan ketentuan sebagai berikut:"
)
CLOSING = "Hasil pengukuran agar dilaporkan kepada kami setelah selesai. Demikian untuk dilaksanakan dengan penuh tanggung jawab."


def content(cycle: MeasurementCycle, actor: Person) -> dict:
    return {
        "memo": {
            "to": official(cycle.unit, Role.SEKCAM)["title"],
            "copy": "–",
            "nature": "Penting",
            "attachment": "–",
            "subject": f"Perintah pengukuran data kinerja {cycle.period}",
        },
        "opening": OPENING.format(sop=SOP_NUMBER, name=SOP_NAME, unit=cycle.unit.name, period=cycle.period),
        "body": paragraphs(cycle.instruction),
        "warning": SOP_WARNING,
        "closing": CLOSING,
    }


KIND = Kind("NDP", "Nota Dinas Perintah Pengukuran Data Kinerja", "nota_dinas_perintah.html", content)
