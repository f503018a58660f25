"""Step 2: the Sekcam calls Tim SAKIP to the meeting and directs the measurement."""

from ..models import MeasurementCycle, Person
from ..sop import Output, Role
from ..words import clock, day_and_date, local_date
from .kind import Kind
from .letterhead import official
from .text import paragraphs


def content(cycle: MeasurementCycle, actor: Person) -> dict:
    meeting = cycle.meeting
    return {
        "memo": {
            "to": f"Tim SAKIP {cycle.unit.name}",
            "copy": official(cycle.unit, Role.CAMAT)["title"],
            "nature": "Penting",
            "attachment": "–",
            "subject": f"Rapat dan arahan pelaksanaan pengukuran data kinerja {cycle.period}",
        },
        "opening": opening(cycle),
        "meeting": {
            "day": day_and_date(meeting.starts_at) if meeting.starts_at else "–",
            "time": clock(meeting.starts_at) if meeting.starts_at else "–",
            "place": meeting.place,
            "agenda": meeting.agenda,
        },
        "body": paragraphs(meeting.briefing),
    }


def opening(cycle: MeasurementCycle) -> str:
    order = cycle.papers.filter(kind=Output.NOTA_DINAS_PERINTAH).last()
    basis = (
        f"Menindaklanjuti Nota Dinas Nomor {order.number} tanggal {local_date(order.issued_at)}"
        if order
        else "Menindaklanjuti perintah Camat"
    )
    return f"{basis} mengenai pengukuran data kinerja {cycle.period}, dengan ini Saudara diminta mengikuti rapat pada:"


KIND = Kind("NDA", "Nota Dinas Arahan Pengukuran Data Kinerja", "nota_dinas_arahan.html", content)
