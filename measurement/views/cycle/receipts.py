"""Tanda terima: after a step is done, what happened, what came of it, who is at work now and until when. Read again at any time."""

from datetime import timedelta

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors.undo_table import KEPT_ACTIONS, UNDO_MINUTES
from measurement.figures.step_times import kept_words
from measurement.models import MeasurementCycle, Person, SigningMethod, Stay
from measurement.rules.dates import clock, dated_moment
from measurement.rules.sop import REWORK, SEND_BACK, WITHDRAW
from measurement.signing import keys
from measurement.signing.waiting import signatures_waiting_for

from ..fetch import get_cycle
from ..papers.paper_lines import paper_line
from ..start.deadline_words import NO_DEADLINE, deadline_words
from ..start.tasks import waiting_in
from ..visitor import PersonRequest
from .timeline import came_of
from .undo import undo_lines


def after_step(cycle: MeasurementCycle):
    """Where to go when a step is done: to the receipt of the stay that was just left."""
    return redirect("receipt", cycle.pk, cycle.stays.exclude(left_at=None).latest("pk").pk)


def receipt(request: PersonRequest, pk: int, stay: int):
    """One step that somebody left. What stands under "sekarang" is as it is today."""
    cycle = get_cycle(request, pk)
    left = get_object_or_404(
        cycle.stays.with_terms().exclude(left_at=None).select_related("left_by"), pk=stay
    )
    waiting = waiting_in(cycle, request.user)
    papers = [
        paper for paper in cycle.papers.listed().filter(kind=left.sop_step.output) if came_of(paper, left)
    ]
    context = {
        "cycle": cycle,
        "title": cycle.sop.done_label(left.action),
        "what": _what_happened(left),
        "facts": [
            {"label": "Siklus", "value": str(cycle)},
            {"label": "Langkah", "value": f"{left.sop_step.of_all}, putaran {left.round}"},
            {
                "label": "Oleh",
                "value": f"{left.left_by}, {left.left_as}" if left.left_as else str(left.left_by),
            },
            {"label": "Pada", "value": dated_moment(left.ended_at)},
            *_own_deadline(left, cycle),
        ],
        "reason": left.note if left.action in (SEND_BACK, WITHDRAW) else "",
        "reason_title": "Alasan" if left.action == WITHDRAW else "Arahan",
        "papers": [paper_line(paper) for paper in papers],
        "now": _now(waiting, cycle),
        "round_url": reverse("round", args=[pk, left.round + 1]) if left.action == SEND_BACK else "",
        "undos": undo_lines(cycle, request.user),
        "stays_done": _stays_done(left, request.user),
        **_signing(request.user, cycle),
    }
    return render(request, "cycle/receipt.html", context)


def _stays_done(stay: Stay, person: Person) -> str:
    """Why the step can't be taken back, to whoever has just done it."""
    just_now = timezone.now() - stay.ended_at < timedelta(minutes=UNDO_MINUTES)
    return KEPT_ACTIONS.get(stay.action, "") if just_now and stay.left_by_id == person.pk else ""


def _own_deadline(left: Stay, cycle: MeasurementCycle) -> list[dict]:
    """Until when the office wanted it, and whether that was kept; nothing where only the SOP's standard time holds."""
    calendar = cycle.unit.calendar
    found, kept = left.deadline(calendar), kept_words([left], calendar)
    return [{"label": "Batas", "value": f"{dated_moment(found.at)}: {kept}"}] if found.at and kept else []


def _what_happened(stay: Stay) -> str:
    """One sentence: what came of it, with the time of day."""
    at = clock(stay.ended_at)
    if stay.action == WITHDRAW:
        return f"Dicabut pukul {at} pada langkah {stay.sop_step.number}; nomor naskahnya batal."
    if stay.action == SEND_BACK:
        return (
            f"Dikembalikan pukul {at}; siklus kembali ke langkah {REWORK.number}, putaran {stay.round + 1}."
        )
    return f"Langkah {stay.sop_step.number} selesai pukul {at}; {stay.sop_step.output_name} diterbitkan."


def _now(waiting, cycle: MeasurementCycle) -> str:
    """Who is at work now, until when."""
    if cycle.is_withdrawn:
        return "Perintah siklus ini sudah dicabut; tidak ada lagi yang perlu dikerjakan."
    if waiting is None:
        return "Siklus ini sudah diarsipkan. Paket arsip dapat diunduh dari halaman siklus."
    step, sop = waiting.cycle.step, waiting.cycle.sop
    deadline = f", paling lambat {deadline_words(waiting.deadline)}" if waiting.due else ""
    if waiting.lacks_clock:
        deadline = f" (batas waktu {NO_DEADLINE})"
    return f"Sekarang langkah {step.number}, giliran {sop.label(step.actor)}{deadline}: {step.task_title[0].lower()}{step.task_title[1:]}."


def _signing(person: Person, cycle: MeasurementCycle) -> dict:
    """Whether a paper of the cycle waits for this person's own electronic signature, and whether a key is missing for it."""
    method, unit = signatures_waiting_for(person).filter(paper__cycle=cycle).values_list(
        "method", "paper__unit"
    ).first() or ("", None)
    may_sign = method == SigningMethod.BSRE or bool(unit and keys.active_key(person, unit))
    return {"may_sign": may_sign, "lacks_key": bool(unit) and not may_sign}
