"""One view for all eleven steps: fetch, form, save or perform, redirect. What a step shows beyond its form is registered below."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render

from .. import workflow
from ..calculation import calculate
from ..forms.steps import STEP_FORMS
from ..models import MeasurementCycle
from ..numbers import parse_key
from ..permissions import may_perform, may_see_figures
from ..refusals import NotAtThisStep, Refusal, Stale
from ..requirements import missing
from ..sop import MEASURING, SEND_BACK, STEP_BY_NUMBER, Step, step_of
from . import decision, evaluation, methodology
from .cycles import paper_line
from .sheet import headline, recap_lines
from .signatures import after_step
from .tasks import open_cycles, turn_words
from .worksheet import get_cycle


def nothing(request, cycle: MeasurementCycle) -> dict:
    return {}


def recap_context(request, cycle: MeasurementCycle) -> dict:
    sheet = calculate(cycle)
    return {
        "lines": recap_lines(sheet),
        "headline": headline(sheet),
        "explained": may_see_figures(request.user, cycle),
        "provisional": cycle.state in MEASURING,
    }


@dataclass(frozen=True)
class StepPage:
    """What a step's page has beyond the form: its template, more context, and what its other buttons do before saving."""

    template: str = "measurement/step.html"
    context: Callable = nothing
    handle: Callable = nothing


PAGES = {
    "plan_activities": StepPage("measurement/steps/03_plan_activities.html"),
    "prepare_method": StepPage("measurement/steps/04_prepare_method.html", methodology.context, methodology.handle),
    "evaluate": StepPage("measurement/steps/06_evaluate.html", evaluation.context, evaluation.handle),
    "recapitulate": StepPage("measurement/steps/07_recapitulate.html", recap_context),
    "report": StepPage("measurement/steps/07_recapitulate.html", recap_context),
    "approve": StepPage("measurement/steps/09_approve.html", decision.context),
}


def step(request, pk: int, number: int):
    """One step of one cycle: to work on for its actor while it is its turn, to read for everybody else and afterwards."""
    cycle, found = get_cycle(request, pk), STEP_BY_NUMBER.get(number)
    if found is None:
        raise Http404
    if found.key == "measure" and cycle.step == found:
        return redirect("worksheet", pk)
    if request.method == "POST":
        return _post(request, cycle, found)
    if cycle.step != found or not may_perform(found.key, request.user, cycle):
        return _to_read(request, cycle, found)
    return _to_work_on(request, cycle, found, STEP_FORMS[found.key](instance=cycle))


def _post(request, cycle: MeasurementCycle, step: Step):
    action = request.POST.get("action", "")
    if cycle.step != step:
        return _too_late(request, cycle, step, action)
    if not may_perform(step.key, request.user, cycle):
        raise PermissionDenied
    form = STEP_FORMS[step.key](request.POST, instance=cycle)
    if not form.is_valid():
        return _to_work_on(request, get_cycle(request, cycle.pk), step, form, status=422)
    try:
        return _carry_out(request, cycle, step, action, form)
    except Refusal as refusal:
        now = get_cycle(request, cycle.pk)
        if now.step != step:
            return _too_late(request, now, step, action)
        stored = stored_texts(now, form) if isinstance(refusal, Stale) else []
        return _to_work_on(request, now, step, form, refusal.status, [*refusal.sentences, *stored])


def stored_texts(cycle: MeasurementCycle, form) -> list[str]:
    """What somebody else has stored meanwhile beside what is typed here."""
    fields = [name for name in form.cleaned_data if hasattr(cycle, name)]
    differing = [name for name in fields if getattr(cycle, name) != form.cleaned_data[name]]
    return [f"{form[name].label} yang tersimpan sekarang: “{getattr(cycle, name)}”" for name in differing]


def _carry_out(request, cycle: MeasurementCycle, step: Step, action: str, form):
    """Keep what was typed and uploaded, then leave the step if that was the button. A refusal to leave loses nothing of it."""
    leaves = action in (step.key, SEND_BACK) and step_of(action) == step
    with transaction.atomic():
        if form.needs_writing() or leaves:
            cycle = workflow.save_step(cycle, request.user, parse_key(request.POST.get("version", "")), form.write)
        PAGES.get(step.key, StepPage()).handle(request, cycle)
    if not leaves:
        messages.success(request, "Tersimpan.")
        return redirect("step", cycle.pk, step.number)
    arahan = decision.posted_arahan(request.POST) if action == SEND_BACK else ()
    note = form.cleaned_data.get("decision_note", "")
    done = workflow.perform(cycle, action, request.user, note=note, arahan=arahan, version=cycle.version)
    messages.success(request, receipt(done, step, action))
    return after_step(request, cycle.pk)


def receipt(cycle: MeasurementCycle, step: Step, action: str) -> str:
    """What happened, what happens next and who is at work now."""
    if action == SEND_BACK:
        return f"Dikembalikan dengan arahan. {cycle} kembali ke langkah 6, putaran {cycle.round}: giliran Tim SAKIP dan penanggung jawab barisnya."
    if cycle.step is None:
        return f"{cycle} diarsipkan. Paket arsip dapat diunduh pada halaman Arsip."
    return f"Langkah {step.number} selesai, {step.output_name} diterbitkan. Sekarang langkah {cycle.step.number}, giliran {cycle.step.actor.label}."


def _too_late(request, cycle: MeasurementCycle, step: Step, action: str):
    """The same person clicked twice: the same result again. Otherwise somebody was faster, and a sentence says who."""
    last = cycle.stays.filter(step=step.key).exclude(left_at=None).last()
    if last and last.left_by_id == request.user.pk and last.action == action:
        messages.info(request, "Langkah ini sudah Anda selesaikan; tidak ada yang dikerjakan dua kali.")
        return redirect("cycle", cycle.pk)
    if not may_perform(step.key, request.user, cycle):
        raise PermissionDenied
    raise NotAtThisStep(workflow.who_was_faster(cycle, step.key))


def _to_work_on(request, cycle: MeasurementCycle, step: Step, form, status: int = 200, refused: list[str] = ()):
    page = PAGES.get(step.key, StepPage())
    waiting = next(item for item in open_cycles(request.user) if item.cycle.pk == cycle.pk)
    context = {
        "cycle": cycle,
        "step": step,
        "form": form,
        "sentence": turn_words(waiting),
        "missing": missing(cycle, step.key),
        "refused": refused,
        "send_back": SEND_BACK,
        **page.context(request, cycle),
    }
    return render(request, page.template, context, status=status)


def _to_read(request, cycle: MeasurementCycle, step: Step):
    """What a step wrote down, for those who only look."""
    papers = cycle.papers.filter(kind=step.output).select_related("issued_by").listed()
    stays = list(cycle.stays.filter(step=step.key).select_related("left_by"))
    form = STEP_FORMS[step.key](instance=cycle) if stays and step.key in STEP_FORMS else ()
    written = [{"label": field.label, "value": _readable(field)} for field in form]
    context = {
        "cycle": cycle,
        "step": step,
        "stays": stays,
        "papers": [paper_line(paper) for paper in papers],
        "written": [fact for fact in written if fact["value"]],
        "instruction": cycle.instruction if step.number == 1 else "",
    }
    return render(request, "measurement/step_read.html", context)


def _readable(field) -> str:
    value = field.initial
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return ", ".join(str(item) for item in value)
    return value


def recap(request, pk: int):
    """Rekap capaian: the tree with its figures, at any time after the methodology was fixed."""
    cycle = get_cycle(request, pk)
    return render(request, "measurement/recap.html", {"cycle": cycle, **recap_context(request, cycle)})
