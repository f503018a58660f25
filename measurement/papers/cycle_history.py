"""How a cycle went: the steps against their standard times, the rounds with their arahan, and what changed."""

from datetime import datetime
from itertools import pairwise

from django.utils import timezone

from measurement.figures.step_times import visit_of
from measurement.models import MeasurementCycle, Stay
from measurement.record import rounds
from measurement.rules.dates import day_and_date, local_date, weekday_and_date, working_time
from measurement.rules.deadlines import NO_HOURS, DeadlineBasis
from measurement.rules.sop import SEND_BACK

KEPT = "sesuai"
UNJUDGED = "tidak dinilai"


def timeline(cycle: MeasurementCycle) -> list[dict]:
    """One line per stay at a step: from, to, by whom, standard and real working time. A stay that is still open is counted until now."""
    return [_line(cycle, stay) for stay in cycle.stays.select_related("left_by")]


def _line(cycle: MeasurementCycle, stay: Stay) -> dict:
    step, calendar = stay.sop_step, cycle.unit.calendar
    per_day, visit = stay.minutes_per_day(calendar), visit_of(stay, calendar)
    return {
        "number": str(step.number),
        "activity": step.activity,
        "round": str(stay.round),
        "actor": stay.left_by.name if stay.left_by else cycle.sop.label(step.actor),
        "arrived": short_moment(stay.arrived_at),
        "left": short_moment(stay.left_at) if stay.left_at else "saat naskah ini diterbitkan",
        "standard": step.standard_label,
        "taken": working_time(visit.spent, per_day),
        "returned": stay.action == SEND_BACK,
        "own_deadline": _own_deadline(stay),
        "verdict": "–"
        if visit.standard is None
        else UNJUDGED
        if visit.spent is None
        else f"lewat {working_time(visit.over, per_day)}"
        if visit.over
        else KEPT,
    }


def _own_deadline(stay: Stay) -> str:
    """How the office's own deadline was kept: "Jadwal 20-10-2026: tepat", "Diperpanjang s.d. …: lewat 35 menit"; "" where it set none."""
    calendar = stay.cycle.unit.calendar
    found, late = stay.deadline(calendar), stay.late(calendar)
    if found.at is None or late is None:
        return ""
    head = "Diperpanjang s.d." if found.basis == DeadlineBasis.EXTENDED else "Jadwal"
    kept = f"lewat {working_time(late, stay.minutes_per_day(calendar))}" if late else "tepat"
    return f"{head} {timezone.localtime(found.at):%d-%m-%Y}: {kept}"


def extensions(cycle: MeasurementCycle) -> list[str]:
    """What was given beyond the deadlines, to whom, by whom and why."""
    granted = cycle.extensions.granted().select_related("person", "asked_by", "answered_by")
    return [f"{one.words.rstrip('.')}." for one in granted]


def punctuality_words(lines: list[dict]) -> str:
    """How many stays kept their standard time, from the lines of the timeline."""
    measured = [line for line in lines if line["verdict"] not in ("–", UNJUDGED)]
    late = [
        line["number"] + (f" (putaran {line['round']})" if line["round"] != "1" else "")
        for line in measured
        if line["verdict"] != KEPT
    ]
    if not measured:
        return f"Waktu langkah tidak dinilai: {NO_HOURS}."
    told = f"Dari {len(measured)} langkah yang memiliki waktu baku, {len(measured) - len(late)} selesai dalam waktu bakunya"
    return f"{told}; yang melampaui: langkah {', '.join(late)}." if late else f"{told}."


def short_moment(when: datetime) -> str:
    """02-04-2026 09.00, short enough for a column."""
    return f"{timezone.localtime(when):%d-%m-%Y %H.%M}"


def schedule(cycle: MeasurementCycle) -> list[dict]:
    """The rencana kegiatan: all eleven steps; those already done show when, the others until when they are planned."""
    planned = {item.step: weekday_and_date(item.date) for item in cycle.schedule.all()}
    done = {stay.step: day_and_date(stay.left_at) for stay in cycle.stays.all() if stay.left_at}
    return [
        {
            "number": str(step.number),
            "activity": step.activity,
            "actor": cycle.sop.label(step.actor),
            "standard": step.standard_label,
            "output": step.output_name,
            "date": planned.get(step.key) or done.get(step.key) or "bersama naskah ini",
            "state": "selesai" if step.key in done else "",
        }
        for step in cycle.sop.steps
    ]


def directives(cycle: MeasurementCycle, number: int | None = None) -> list[dict]:
    """The Sekcam's arahan with their answers: of one round, or of all."""
    found = cycle.directives.select_related("row", "given_by", "answered_by")
    chosen = found if number is None else found.filter(round=number)
    return [
        {
            "number": str(position),
            "round": str(item.round),
            "about": item.row.name if item.row else "Umum",
            "text": item.text,
            "given": f"{item.given_by.name}, {local_date(item.given_at)}",
            "answer": item.answer,
            "answered": f"{item.answered_by.name}, {local_date(item.answered_at)}"
            if item.answered_by and item.answered_at
            else "",
        }
        for position, item in enumerate(chosen, start=1)
    ]


def last_round_changes(cycle: MeasurementCycle) -> list[dict]:
    """What is different from what the Sekcam was shown in the round before."""
    return [_change(item) for item in rounds.differences(cycle)]


def _change(item: rounds.RoundDifference) -> dict:
    return {"name": item.name, "label": item.label, "before": item.before or "–", "after": item.after or "–"}


def changes_by_round(cycle: MeasurementCycle) -> list[dict]:
    """What each further round changed in what the Sekcam was shown."""
    snapshots = list(cycle.snapshots.all())
    return [
        {"round": str(newer.round), "changes": [_change(item) for item in rounds.between(older, newer)]}
        for older, newer in pairwise(snapshots)
    ]
