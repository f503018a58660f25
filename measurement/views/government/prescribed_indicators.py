"""Indikator daerah: what every office's plan shall measure from a year on, and which offices have it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.doors.government_standards import put_standards
from measurement.forms.plan.prescribed import PrescriptionForm
from measurement.models import StandardPart
from measurement.plan.prescribed import facts_of_prescription

from ..visitor import PersonRequest
from .choice import government_query, kept_government
from .kept_standards import acted_on_standard, shown_standards

DONE = "{name} ditetapkan. Tiap kantor menemukannya pada Indikator daerah di halaman Rencana."


def prescribed_indicators(request: PersonRequest):
    """Those that are prescribed with who has them, and a form for one."""
    government, part = kept_government(request), StandardPart.INDICATOR
    address = reverse("prescribed_indicators") + government_query(request, government)
    if acted_on_standard(request, government, part):
        return redirect(address)
    form = PrescriptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.prescription()
        put_standards(government, request.user, part, {made.name: facts_of_prescription(made)})
        messages.success(request, DONE.format(name=made.name))
        return redirect(address)
    context = {
        "government": government,
        "query": government_query(request, government),
        "form": form,
        "standards": shown_standards(government, part),
    }
    return render(
        request, "government/prescribed_indicators.html", context, status=422 if form.is_bound else 200
    )
