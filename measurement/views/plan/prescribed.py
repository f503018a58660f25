"""Indikator daerah of an office: what its government prescribes beside its plan; those that lack are taken onto a branch."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.forms.plan.prescribed import TakeForm
from measurement.models import Plan
from measurement.plan.prescribed import prescribed_stands, take_prescribed
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import Refusal

from ..visitor import PersonRequest
from .plan_choice import chosen_plan

TAKEN = "{name} ditambahkan pada rencana. Lengkapi target dan penanggung jawabnya, juga dengan impor."


def prescribed(request: PersonRequest):
    """Each with what the plan has of it, and a form for those that it lacks."""
    plan = chosen_plan(request)
    if plan is None or not may_keep_plan.test(request.user, plan):
        raise PermissionDenied
    address = f"{reverse('prescribed')}?rencana={plan.pk}"
    form = TakeForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid() and _taken(request, plan, form):
        return redirect(address)
    context = {
        "plan": plan,
        "form": form,
        "choices": [
            (str(node.pk), f"{node.code} {node.name}") for node in plan.nodes.order_by("position", "pk")
        ],
        "stands": [_line(stand) for stand in prescribed_stands(plan)],
    }
    return render(request, "plan/prescribed.html", context, status=422 if form.is_bound else 200)


def _taken(request: PersonRequest, plan: Plan, form: TakeForm) -> bool:
    data = form.cleaned_data
    try:
        made = take_prescribed(plan, data["name"], data["node"], request.user)
    except Refusal as refusal:
        form.add_error(None, refusal.sentences)
        return False
    messages.success(request, TAKEN.format(name=made.name))
    return True


def _line(stand) -> dict:
    prescription = stand.prescription
    return {
        "name": prescription.name,
        "words": prescription.words,
        "formula": prescription.formula,
        "source": prescription.source,
        "since": str(prescription.from_year),
        "is_there": stand.is_there,
        "own_words": stand.own_words if stand.differs else "",
    }
