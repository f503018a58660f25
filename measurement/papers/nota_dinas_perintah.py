"""Step 1: the Camat orders the Sekcam to measure: what the Camat says, and what holds for every order by the SOP and its standard times."""

from datetime import datetime

from django.utils import timezone

from measurement.models import MeasurementCycle, Person
from measurement.rules.dates import period as span_of_days
from measurement.rules.dates import weekday_and_date, working_time
from measurement.rules.deadlines import due
from measurement.rules.sop import ORDER, REPORT_TO_CAMAT, SOP_WARNING, Role

from .kind import PaperKind
from .posts import addressee, post_of
from .text import paragraphs

WORDING = {
    "opening": (
        "Dalam rangka pelaksanaan Standar Operasional Prosedur Nomor {sop} tentang {name}, dengan ini Saudara diperintahkan untuk melakukan "
        "pengukuran data kinerja {unit} periode {period} bersama Tim SAKIP, dengan ketentuan sebagai berikut:"
    ),
    "closing": (
        f"{SOP_WARNING} Oleh karena itu setiap langkah agar diselesaikan dalam waktu baku yang ditetapkan.\n"
        "Demikian untuk dilaksanakan dengan penuh tanggung jawab."
    ),
}


def nota_dinas_perintah_content(cycle: MeasurementCycle, actor: Person) -> dict:
    return {
        "memo": {
            "to": addressee(cycle, Role.SEKCAM),
            "copy": "–",
            "nature": "Penting",
            "attachment": "–",
            "subject": f"Perintah pengukuran data kinerja {cycle.period}",
        },
        "body": provisions(cycle, actor),
    }


def provisions(cycle: MeasurementCycle, actor: Person) -> list[dict]:
    """The order in the Camat's own words and what holds for every one, numbered through; marks of the Camat's own stay below their number."""
    own = paragraphs(cycle.instruction)
    marked = any(line["mark"] for line in own)
    orders = ["Perintah khusus:"] if marked else [line["text"] for line in own]
    texts = [*orders, *standing_provisions(cycle, actor)]
    first, *rest = [{"mark": f"{number}.", "text": text} for number, text in enumerate(texts, start=1)]
    below = [{**line, "is_inner": True} for line in own] if marked else []
    return [first, *below, *rest]


def standing_provisions(cycle: MeasurementCycle, actor: Person) -> list[str]:
    """Who measures what of which time, until when, and to whom it is reported."""
    period = cycle.period_of_year
    days = span_of_days(period.first_day(cycle.year), period.last_day(cycle.year))
    return [
        f"Yang diukur adalah realisasi kinerja dan anggaran {cycle.period} ({days}) terhadap target Perjanjian Kinerja.",
        f"Pengukuran dilaksanakan seluruh ASN {cycle.unit.name} memakai metodologi yang ditetapkan dan disertai bukti, lalu dievaluasi dan "
        "direkap Tim SAKIP.",
        until_when(cycle, timezone.localtime()),
        f"Hasil pengukuran dilaporkan kepada {post_of(actor, cycle, Role.CAMAT)} dengan Laporan Hasil Pengukuran Data Kinerja.",
    ]


def until_when(cycle: MeasurementCycle, now: datetime) -> str:
    """The standard times of all steps from the order to the report, and the day on which they end; no day while the office has no hours."""
    calendar = cycle.unit.calendar
    per_day = calendar.minutes_on(now.date())
    steps = [step for step in cycle.sop.steps if ORDER.number < step.number <= REPORT_TO_CAMAT.number]
    minutes = sum(step.standard_minutes(per_day) or 0 for step in steps)
    told = f"Jumlah waktu baku sampai dengan pelaporan adalah {working_time(minutes, per_day)} kerja"
    try:
        last = due(now, minutes, calendar)
    except ValueError:
        return f"{told}."
    return f"{told}; laporan disampaikan paling lambat {weekday_and_date(last)}, kecuali rencana kegiatan menetapkan hari lain."


KIND = PaperKind(
    "NDP",
    "Nota Dinas Perintah Pengukuran Data Kinerja",
    "nota_dinas_perintah.html",
    nota_dinas_perintah_content,
    wording=WORDING,
    is_letter=True,
)
