"""A step to read: where it stands, what was written, how long it took in each round, its papers, and the steps beside it."""

from datetime import date, datetime

from django.shortcuts import render

from measurement.addresses import reverse
from measurement.figures.step_times import kept_words
from measurement.forms.steps.step_forms import STEP_FORMS
from measurement.models import MeasurementCycle, Person, Stay
from measurement.rules.dates import long_date, moment
from measurement.rules.sop import ORDER, STEP_BY_NUMBER, WITHDRAW, Step

from ..cycle.sop_table import times_of
from ..papers.paper_lines import paper_line
from ..start.deadline_words import turn_words
from ..start.tasks import waiting_in
from ..visitor import PersonRequest


def read_step(request: PersonRequest, cycle: MeasurementCycle, step: Step):
    papers = cycle.papers.filter(kind=step.output).listed()
    stays = list(cycle.stays.with_terms().filter(step=step.key).select_related("left_by"))
    form = STEP_FORMS[step.key](instance=cycle) if stays and step.key in STEP_FORMS else ()
    written = [{"label": field.label, "value": _readable(field)} for field in form]
    context = {
        "cycle": cycle,
        "step": step,
        "sentence": _standing(request.user, cycle, step, stays),
        "facts": _facts(cycle, step, stays),
        "stays": [_stay_line(stay, cycle) for stay in reversed(stays)],
        "papers": [paper_line(paper) for paper in papers],
        "written": [fact for fact in written if fact["value"]],
        "instruction": cycle.instruction if step == ORDER else "",
        "neighbours": _neighbours(cycle, step),
    }
    return render(request, "steps/step_read.html", context)


def _standing(person: Person, cycle: MeasurementCycle, step: Step, stays: list[Stay]) -> str:
    """One sentence: done when and by whom, at work now until when, or not yet its turn."""
    if cycle.step == step and (waiting := waiting_in(cycle, person)):
        return turn_words(waiting)
    if cycle.is_withdrawn and (not stays or stays[-1].action == WITHDRAW):
        return "Perintah siklus ini dicabut sebelum langkah ini selesai."
    if not stays and cycle.step is None:
        return "Siklus ini diarsipkan sebelum SOP memuat langkah ini."
    if not stays:
        return f"Langkah ini belum tiba gilirannya; siklus sekarang pada langkah {cycle.current_step.number}."
    last = stays[-1]
    if cycle.step and cycle.step.number < step.number:
        return f"Langkah ini selesai pada putaran {last.round} dan menunggu gilirannya lagi pada putaran {cycle.round}."
    return f"Langkah ini diselesaikan {last.left_by} {moment(last.ended_at)}."


def _facts(cycle: MeasurementCycle, step: Step, stays: list[Stay]) -> list[dict]:
    own = stays[-1].deadline(cycle.unit.calendar) if stays else None
    kept = kept_words(stays, cycle.unit.calendar)
    planned = f"{moment(own.at)}{f', {kept}' if kept else ''}" if own and own.at and own.is_own else ""
    facts = (
        ("Pelaksana", cycle.sop.label(step.actor)),
        ("Kelengkapan", ", ".join(step.requires)),
        ("Waktu baku", step.standard_label),
        *([("Batas menurut kantor", planned)] if planned else []),
        ("Keluaran", step.output_name),
    )
    return [{"label": label, "value": value} for label, value in facts]


def _stay_line(stay: Stay, cycle: MeasurementCycle) -> dict:
    done = (
        f"{cycle.sop.action_label(stay.action)} oleh {stay.left_by}, {stay.left_as}"
        if stay.left_at
        else f"Menunggu {cycle.sop.label(stay.sop_step.actor)}"
    )
    until = f" sampai {moment(stay.left_at)}" if stay.left_at else ""
    return times_of(stay, cycle.unit.calendar) | {
        "what": done,
        "when": f"{moment(stay.arrived_at)}{until}",
        "why": stay.note,
    }


def _neighbours(cycle: MeasurementCycle, step: Step) -> list[dict]:
    """The steps before and after, as far as the cycle has come."""
    furthest = cycle.step.number if cycle.step else max(STEP_BY_NUMBER)
    if cycle.is_withdrawn:
        furthest = max(stay.sop_step.number for stay in cycle.stays.all())
    numbers = [number for number in (step.number - 1, step.number + 1) if 1 <= number <= furthest]
    return [{"number": number, "url": reverse("step", args=[cycle.pk, number])} for number in numbers]


def _readable(field) -> str:
    """What a person wrote or chose, as it is read."""
    value = field.initial
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return long_date(value)
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return ", ".join(str(item) for item in value)
    return value
