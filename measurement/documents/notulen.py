"""Step 3: the minutes of the meeting, and the rencana kegiatan on the second page."""

from ..models import MeasurementCycle, Meeting, Person
from ..words import clock, day_and_date
from .course import schedule
from .kind import Kind
from .letterhead import who_left
from .text import paragraphs


def content(cycle: MeasurementCycle, actor: Person) -> dict:
    meeting, leader = cycle.meeting, who_left(cycle, "brief")
    return {
        "leader": leader,
        "meeting": {
            "name": f"Rapat Tim SAKIP {cycle.unit.name}",
            "day": day_and_date(meeting.starts_at) if meeting.starts_at else "–",
            "time": clock(meeting.starts_at) if meeting.starts_at else "–",
            "place": meeting.place,
            "agenda": meeting.agenda,
            "leader": f"{leader['name']} ({leader['title']})",
            "briefing": paragraphs(meeting.briefing),
            "discussion": paragraphs(meeting.discussion),
            "decisions": paragraphs(meeting.decisions),
        },
        "attendees": attendees(meeting, cycle.unit_id),
        "schedule": schedule(cycle),
    }


def attendees(meeting: Meeting, unit_id: int) -> list[dict]:
    return [
        {"number": str(number), "name": person.name, "title": person.title_in(unit_id) or "–"}
        for number, person in enumerate(meeting.attendees.all(), start=1)
    ]


KIND = Kind("NTL", "Notulen Rapat dan Rencana Kegiatan Pengukuran Data Kinerja", "notulen.html", content, signed_by=("signatory", "leader"))
