"""One view for all eleven steps: fetch, form, save or perform, redirect. What a step shows beyond its form is registered below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render

from measurement.doors import workflow
from measurement.doors.actions import CycleActions
from measurement.forms.steps.shown_values import missing_as_shown, required_fields
from measurement.forms.steps.step_forms import STEP_FORMS
from measurement.models import MeasurementCycle
from measurement.rules.numbers import parse_key
from measurement.rules.permissions import may_perform
from measurement.rules.refusals import NotAtThisStep, Refusal, Stale
from measurement.rules.sop import (
    APPROVE,
    ARCHIVE,
    EVALUATE,
    MEASURE,
    PLAN_ACTIVITIES,
    PREPARE_METHOD,
    RECAPITULATE,
    REPORT,
    REPORT_TO_CAMAT,
    SEND_BACK,
    Step,
    step_of,
)

from ..cycle.extensions import extension_link
from ..cycle.receipts import after_step
from ..fetch import get_cycle
from ..start.deadline_words import turn_words
from ..start.tasks import waiting_at_step
from ..visitor import PersonRequest
from . import decision, evaluation, methodology, unsigned
from .draft_paper import DRAFTS, draft_of_typed
from .recap import recap_context, writing_context
from .step_reading import read_step
from .writing import propose

# a button that shows the page again, looking for something, with all that is typed
LOOK = "look"


def nothing(request: PersonRequest, cycle: MeasurementCycle) -> dict:
    return {}


@dataclass(frozen=True)
class StepPage:
    """What a step's page has beyond the form: its template, more context, and what its other buttons do before saving."""

    template: str = "steps/step.html"
    context: Callable[..., dict] = nothing
    handle: Callable[..., object] = nothing
    onward: Callable[[PersonRequest], str] = PersonRequest.get_full_path  # where saving leads


PAGES = {
    PLAN_ACTIVITIES.key: StepPage("steps/plan_activities.html"),
    PREPARE_METHOD.key: StepPage(
        "steps/prepare_method.html", methodology.methodology_context, methodology.save_references
    ),
    EVALUATE.key: StepPage(
        "steps/evaluate.html", evaluation.evaluation_context, evaluation.judge_rows, evaluation.next_row
    ),
    RECAPITULATE.key: StepPage("steps/recapitulate.html", recap_context),
    REPORT.key: StepPage("steps/report.html", writing_context),
    APPROVE.key: StepPage("steps/approve.html", decision.decision_context, decision.check_choice),
    ARCHIVE.key: StepPage("steps/archive.html", unsigned.unsigned_context),
    REPORT_TO_CAMAT.key: StepPage("steps/report.html", writing_context),
}


def step(request: PersonRequest, pk: int, number: int):
    """One step of one cycle: to work on for its actor while it is its turn, to read for everybody else and afterwards."""
    cycle = get_cycle(request, pk)
    found = cycle.sop.step_by_number.get(number)
    if found is None:
        raise Http404
    if found.key == MEASURE.key and cycle.step == found:
        return redirect("worksheet", pk)
    if request.method == "POST":
        return _post(request, cycle, found)
    if not CycleActions(cycle, request.user).may(found.key):
        return read_step(request, cycle, found)
    return _to_work_on(request, cycle, found, STEP_FORMS[found.key](instance=cycle))


def _post(request: PersonRequest, cycle: MeasurementCycle, step: Step):
    action = request.POST.get("action", "")
    if cycle.step != step:
        return _too_late(request, cycle, step, action)
    if not CycleActions(cycle, request.user).may(step.key):
        raise PermissionDenied
    form = STEP_FORMS[step.key](request.POST, instance=cycle)
    if action == LOOK:
        return _to_work_on(request, cycle, step, form)
    if not form.is_valid():
        return _to_work_on(request, get_cycle(request, cycle.pk), step, form, status=422)
    try:
        if action in DRAFTS:
            return draft_of_typed(request, cycle, step, form)
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


def _carry_out(request: PersonRequest, cycle: MeasurementCycle, step: Step, action: str, form):
    """Keep what was typed and uploaded, then leave the step if that was the button. A refusal to leave loses nothing of it."""
    leaves = action in (step.key, SEND_BACK) and step_of(action) == step
    with transaction.atomic():
        if form.needs_writing() or leaves:
            cycle = workflow.save_step(
                cycle, request.user, parse_key(request.POST.get("version", "")), form.write
            )
        page = PAGES.get(step.key, StepPage())
        page.handle(request, cycle)
    if not leaves:
        messages.success(request, "Tersimpan.")
        return redirect(page.onward(request))
    arahan = decision.posted_arahan(request.POST) if action == SEND_BACK else ()
    note = form.cleaned_data.get("decision_note", "")
    done = workflow.perform(cycle, action, request.user, note=note, arahan=arahan, version=cycle.version)
    return after_step(done)


def _too_late(request: PersonRequest, cycle: MeasurementCycle, step: Step, action: str):
    """The same person clicked twice: the same result again. Otherwise somebody was faster, and a sentence says who."""
    last = cycle.stays.filter(step=step.key).exclude(left_at=None).last()
    if last and last.left_by_id == request.user.pk and last.action == action:
        messages.info(request, "Langkah ini sudah Anda selesaikan; tidak ada yang dikerjakan dua kali.")
        return redirect("receipt", cycle.pk, last.pk)
    if not may_perform(step.key, request.user, cycle):  # the machine can't be asked about a step that is past
        raise PermissionDenied
    raise NotAtThisStep(workflow.who_was_faster(cycle, step.key))


def _to_work_on(
    request: PersonRequest,
    cycle: MeasurementCycle,
    step: Step,
    form,
    status: int = 200,
    refused: Sequence[str] = (),
):
    page = PAGES.get(step.key, StepPage())
    waiting = waiting_at_step(cycle, request.user)
    more = page.context(request, cycle)
    if "beside" in more and not form.is_bound:
        propose(form, cycle, more["beside"]["found"])
    context = {
        "cycle": cycle,
        "step": step,
        "form": form,
        "sentence": turn_words(waiting),
        "more_time": extension_link(cycle, waiting),
        "missing": missing_as_shown(cycle, step.key, form),
        "required": required_fields(form, step.key),
        "refused": refused,
        "buttons": CycleActions(cycle, request.user).buttons,
        **more,
    }
    return render(request, page.template, context, status=status)
