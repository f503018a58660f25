"""Aturan hitung: what an office decides about its figures, until the methodology of a cycle freezes it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from measurement.forms.office.calculation_rules import CalculationRulesForm
from measurement.models import SettingChange, Unit
from measurement.rules.office_rules import rules_words

from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit
from .setting_history import setting_lines


def calculation_rules(request: PersonRequest):
    """Each rule with what it means and changes; which cycles take it over still."""
    # a copy of its own: what is typed must not reach the rest of the refused page
    unit = Unit.objects.select_related("predicate_scale").get(pk=managed_unit(request).pk)
    scale = unit.predicate_scale
    words = rules_words(unit.rules_with(scale.bounds(), scale.name))
    form = CalculationRulesForm(request.POST or None, instance=unit)
    if request.method == "POST" and form.is_valid():
        changed = form.store(request.user)
        said = "Aturan hitung disimpan." if changed else "Tidak ada yang berubah."
        messages.success(request, f"{said} Siklus yang metodologinya sudah ditetapkan tidak berubah.")
        return redirect(request.get_full_path())
    cycles = unit.cycles.under_way()
    context = {
        "unit": unit,
        "form": form,
        "words": words,
        "waiting": [str(cycle) for cycle in cycles if not cycle.predicate_bounds],
        "frozen": [str(cycle) for cycle in cycles if cycle.predicate_bounds],
        "history": setting_lines(unit, SettingChange.Part.RULES),
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/calculation_rules.html", context, status=422 if form.is_bound else 200)
