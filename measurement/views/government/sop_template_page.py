"""Templat SOP: what the SOP of every office says alike, offered to each and given to a new one."""

from django.contrib import messages
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.doors.sop_templates import (
    keep_sop_template,
    sop_template,
    template_differences,
    withdraw_sop_template,
)
from measurement.figures.office_stands import offices_with_sop
from measurement.forms.office.sop_edition import SopTemplateForm
from measurement.models import Government, SopEdition
from measurement.rules.refusals import Refusal
from measurement.rules.sop_edition import Sop

from ..visitor import PersonRequest
from .choice import government_query, kept_government

KEPT = "Templat SOP disimpan. Kantor baru memulai SOP-nya dari templat ini; kantor lain memilihnya pada Edisi SOP baru."


def sop_template_page(request: PersonRequest):
    """The template with the offices whose SOP says otherwise."""
    government = kept_government(request)
    address = reverse("sop_template_page") + government_query(request, government)
    if request.POST.get("action") == "withdraw":
        return _withdrawn(request, government, address)
    template = sop_template(government.pk)
    form = SopTemplateForm(request.POST or None, edition=SopEdition(facts=Sop(**template).facts()))
    if request.method == "POST" and form.is_valid():
        keep_sop_template(government, request.user, form.sop)
        messages.success(request, KEPT)
        return redirect(address)
    context = {
        "government": government,
        "query": government_query(request, government),
        "form": form,
        "is_kept": bool(template),
        **(_stands(government, template) if template else {"same": "", "differing": []}),
    }
    return render(request, "government/sop_template.html", context, status=422 if form.is_bound else 200)


def _withdrawn(request: PersonRequest, government: Government, address: str):
    try:
        withdraw_sop_template(government, request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Templat SOP dicabut. SOP kantor tidak berubah.")
    return redirect(address)


def _stands(government: Government, template: dict) -> dict:
    """How many offices say the same today, and what the others say otherwise."""
    told = [(unit, template_differences(unit, template)) for unit in offices_with_sop(government)]
    return {
        "same": str(sum(not differences for _, differences in told)),
        "differing": [
            {"office": unit.name, "words": "; ".join(differences)}
            for unit, differences in told
            if differences
        ],
    }
