"""Rencana baru: made by Tim SAKIP or the administrator of the office, then filled by import."""

from django.contrib import messages
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.forms.plan.new_plan import NewPlanForm
from measurement.models import SettingChange, Unit
from measurement.plan.beginning import begin_plan
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import Refusal

from ..office.office_choice import KEPT_PLANS, chosen_unit, switch, units_where
from ..office.setting_history import setting_lines
from ..visitor import PersonRequest


def new_plan(request: PersonRequest):
    """Name, years and source; optionally the structure of an earlier plan."""
    units = units_where(request.user, may_keep_plan)
    unit = chosen_unit(request, units)
    form = NewPlanForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid() and (made := _begin(request, unit, form)):
        if made.nodes.exists():
            return redirect(f"{reverse('plan')}?rencana={made.pk}")
        return redirect("plan_import")
    context = {
        "unit": unit,
        "form": form,
        "existing": [str(plan) for plan in unit.plans.all()],
        "history": setting_lines(unit, SettingChange.Part.PLAN),
        "switch": switch(request, unit, units, KEPT_PLANS),
    }
    return render(request, "plan/new_plan.html", context, status=422 if form.is_bound else 200)


def _begin(request: PersonRequest, unit: Unit, form: NewPlanForm):
    try:
        made = begin_plan(unit, request.user, form.new_plan())
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    copied = (
        "Susunannya disalin; isi target dan pagunya, juga dengan impor."
        if made.nodes.exists()
        else "Isi dengan impor dari Excel."
    )
    messages.success(request, f"{made} dibuat. {copied}")
    return made
