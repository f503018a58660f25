"""Frekuensi pengukuran: how often the unit measures in one year of its plan. Chosen before the first order of the year."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from measurement.addresses import reverse
from measurement.forms.plan.frequency import FrequencyForm
from measurement.forms.plan.revisions import BasisForm
from measurement.models import Plan
from measurement.plan import revising
from measurement.plan.frequencies import choose_frequency, frequency_hindrances
from measurement.rules.periods import Frequency
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import Incomplete

from ..visitor import PersonRequest
from .plan_choice import chosen_plan, chosen_year


def frequency_page(request: PersonRequest):
    """The choice, what follows from it for the targets, or why it stands."""
    plan = chosen_plan(request)
    if plan is None:
        raise Http404
    if not may_keep_plan.test(request.user, plan):
        raise PermissionDenied
    year = chosen_year(request, plan)
    form = FrequencyForm(request.POST or None, frequency=plan.frequency_in(year))
    basis = BasisForm(request.POST or None)
    here = urlencode({"rencana": plan.pk, "tahun": year})
    is_complete = request.method == "POST" and form.is_valid() and basis.is_valid()
    if is_complete and _choose(request, plan, year, form, basis):
        return redirect(f"{reverse('plan')}?{here}")
    context = {
        "year": str(year),
        "back": f"{reverse('plan')}?{here}",
        "form": form,
        "basis": basis if year in revising.approved_years(plan) else None,
        "hindrances": frequency_hindrances(plan, year),
        "words": plan.frequency_in(year).every,
    }
    return render(request, "plan/frequency.html", context, status=422 if form.is_bound else 200)


def _choose(request: PersonRequest, plan: Plan, year: int, form: FrequencyForm, basis: BasisForm) -> bool:
    frequency = Frequency(form.cleaned_data["frequency"])
    try:
        count = choose_frequency(plan, year, frequency, request.user, basis.basis())
    except Incomplete as refusal:
        form.add_error(None, list(refusal.sentences))
        return False
    shared = f" Target {count} indikator dibagi kembali dari target setahunnya." if count else ""
    messages.success(request, f"Tahun {year} diukur {frequency.every}.{shared}")
    return True
