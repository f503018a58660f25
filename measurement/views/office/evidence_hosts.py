"""Tautan bukti: the sites on which evidence of an office may lie. What was attached before stays as it was."""

from django.contrib import messages
from django.shortcuts import redirect, render

from measurement.forms.office.evidence_hosts import EvidenceHostsForm
from measurement.models import SettingChange

from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit
from .setting_history import setting_lines


def evidence_hosts(request: PersonRequest):
    """The list, to change or to take back to what comes with the system."""
    unit = managed_unit(request)
    form = EvidenceHostsForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        changed = form.store(request.user, builtin=request.POST.get("action") == "builtin")
        said = "Daftar situs disimpan." if changed else "Tidak ada yang berubah."
        messages.success(request, f"{said} Tautan yang sudah dilampirkan tidak berubah.")
        return redirect(request.get_full_path())
    context = {
        "unit": unit,
        "form": form,
        "history": setting_lines(unit, SettingChange.Part.EVIDENCE),
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/evidence_hosts.html", context, status=422 if form.is_bound else 200)
