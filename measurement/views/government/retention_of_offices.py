"""Klasifikasi untuk semua kantor: how long records of a classification are kept, written into every office that has not decided it itself."""

from django.contrib import messages
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.doors.government_standards import facts_of_class, put_standards
from measurement.forms.office.retention import RetentionForm
from measurement.models import RetentionClass, StandardPart

from ..visitor import PersonRequest
from .choice import government_query, kept_government
from .kept_standards import acted_on_standard, shown_standards

DONE = "{code} ditulis pada {count} kantor; kantor yang sudah menetapkannya sendiri tidak berubah."


def retention_of_offices(request: PersonRequest):
    """What is kept with who differs, and a form for one classification."""
    government, part = kept_government(request), StandardPart.RETENTION
    query = government_query(request, government)
    if acted_on_standard(request, government, part):
        return redirect(reverse("retention_of_offices") + query)
    form = RetentionForm(request.POST or None, instance=RetentionClass())
    if request.method == "POST" and form.is_valid():
        line = form.line()
        count = put_standards(government, request.user, part, {line.code: facts_of_class(line)})
        messages.success(request, DONE.format(code=line.code, count=count))
        return redirect(reverse("retention_of_offices") + query)
    context = {
        "government": government,
        "query": query,
        "form": form,
        "standards": shown_standards(government, part),
    }
    return render(
        request, "government/retention_of_offices.html", context, status=422 if form.is_bound else 200
    )
