"""Step 3: the minutes of the meeting with its attendance, and the rencana kegiatan on a page of its own."""

from measurement.models import MeasurementCycle, Meeting, Person, Unit
from measurement.record.officials import posts, team, who_left
from measurement.rules.dates import clock, count_in_words, day_and_date
from measurement.rules.sop import BRIEF

from .cycle_history import schedule
from .kind import PaperKind
from .text import numbered_paragraphs


def notulen_content(cycle: MeasurementCycle, actor: Person) -> dict:
    meeting, leader = cycle.meeting, who_left(cycle, BRIEF.key)
    present = attendees(meeting, cycle.unit, leader["person"])
    return {
        "leader": leader,
        "meeting": {
            "name": f"Rapat Tim SAKIP {cycle.unit.name}",
            "day": day_and_date(meeting.starts_at) if meeting.starts_at else "–",
            "time": f"{clock(meeting.starts_at)} s.d. selesai" if meeting.starts_at else "–",
            "place": meeting.place,
            "agenda": meeting.agenda,
            "leader": f"{leader['name']} ({leader['title']})",
            "briefing": numbered_paragraphs(meeting.briefing),
            "discussion": numbered_paragraphs(meeting.discussion),
            "decisions": numbered_paragraphs(meeting.decisions),
        },
        "attendees": present,
        "attendance": attendance(cycle.unit, present),
        "schedule": schedule(cycle),
    }


def attendees(meeting: Meeting, unit: Unit, leader: str) -> list[dict]:
    """Who was there, the leader first, each with their post and their part in Tim SAKIP."""
    titles, parts = posts(unit), {member["person"]: member["part"] for member in team(unit)}
    present = sorted(meeting.attendees.all(), key=lambda person: str(person.pk) != leader)
    return [
        {
            "number": str(number),
            "person": str(person.pk),
            "name": person.name,
            "title": titles.get(person.pk, "–"),
            "part": parts.get(str(person.pk), ""),
        }
        for number, person in enumerate(present, start=1)
    ]


def attendance(unit: Unit, present: list[dict]) -> list[str]:
    """How many were there, and which members of Tim SAKIP were not."""
    there, members = {person["person"] for person in present}, team(unit)
    absent = [member["name"] for member in members if member["person"] not in there]
    came = (
        f"{count_in_words(len(members) - len(absent), 'orang')} dari {count_in_words(len(members), 'orang')}"
    )
    sentences = [f"Hadir {count_in_words(len(present), 'orang')}; dari Tim SAKIP hadir {came}."]
    return (
        [*sentences, f"Tim SAKIP yang tidak hadir: {', '.join(absent).rstrip('.')}."] if absent else sentences
    )


KIND = PaperKind(
    "NTL",
    "Notulen Rapat dan Rencana Kegiatan Pengukuran Data Kinerja",
    "notulen.html",
    notulen_content,
    signed_by=("signatory", "leader"),
)
