"""Step 2: the Sekcam calls Tim SAKIP to the meeting and directs the measurement; who is called stands on the annex."""

from django.utils import timezone

from measurement.models import MeasurementCycle, Person
from measurement.record.officials import team
from measurement.rules.dates import clock, count_in_words, day_and_date, local_date
from measurement.rules.sop import Output, Role

from .kind import PaperKind
from .posts import addressee
from .text import numbered_paragraphs

WORDING = {
    "opening": (
        "Dalam rangka pengukuran data kinerja {unit} periode {period}, disampaikan hal-hal sebagai berikut."
    ),
    "closing": "Demikian untuk dilaksanakan. Atas perhatian dan kerja sama Saudara disampaikan terima kasih.",
}

HELD = "Rapat Tim SAKIP telah diselenggarakan pada:"
CALLED = "Saudara diminta hadir pada rapat Tim SAKIP yang akan diselenggarakan pada:"


def nota_dinas_arahan_content(cycle: MeasurementCycle, actor: Person) -> dict:
    meeting, invited = cycle.meeting, team(cycle.unit)
    held = meeting.starts_at is not None and meeting.starts_at <= timezone.now()
    return {
        "memo": {
            "to": f"Tim SAKIP {cycle.unit.name}" + (" (daftar terlampir)" if invited else ""),
            "copy": addressee(cycle, Role.CAMAT),
            "nature": "Penting",
            "attachment": count_in_words(1, "lembar") if invited else "–",
            "subject": f"{'Arahan pelaksanaan' if held else 'Undangan rapat dan arahan pelaksanaan'} pengukuran data kinerja {cycle.period}",
        },
        "basis": basis(cycle),
        "held": held,
        "meeting_words": HELD if held else CALLED,
        "meeting": {
            "day": day_and_date(meeting.starts_at) if meeting.starts_at else "–",
            "time": f"{clock(meeting.starts_at)} s.d. selesai" if meeting.starts_at else "–",
            "place": meeting.place,
            "agenda": meeting.agenda,
        },
        "body": numbered_paragraphs(meeting.briefing),
        "invited": invited,
    }


def basis(cycle: MeasurementCycle) -> str:
    """The Camat's order that the invitation follows up."""
    order = cycle.papers.filter(kind=Output.NOTA_DINAS_PERINTAH).last()
    if order is None:
        return ""
    signer = order.content["signatory"]
    who, about = signer.get("post") or signer["title"], order.content["memo"]["subject"]
    return f"Menindaklanjuti Nota Dinas {who} Nomor {order.number} tanggal {local_date(order.issued_at)} hal {about}."


KIND = PaperKind(
    "NDA",
    "Nota Dinas Arahan Pengukuran Data Kinerja",
    "nota_dinas_arahan.html",
    nota_dinas_arahan_content,
    wording=WORDING,
    is_letter=True,
)
