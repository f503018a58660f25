"""Administrator kantor: who looks after which office, appointed by the administrator of the government, who gets no role there."""

from collections import defaultdict

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from measurement.addresses import reverse
from measurement.doors import governments
from measurement.forms.government import AdministratorForm
from measurement.models import Appointment, Government
from measurement.rules.refusals import Refusal
from measurement.rules.sop import Role

from ..visitor import PersonRequest
from .choice import government_query, kept_government
from .posts import ONCE


def office_administrators(request: PersonRequest):
    """Every office with those of today, the ones without any first, and a form for another."""
    government = kept_government(request)
    form = AdministratorForm(request.POST or None, offices=government.offices.order_by("name"))
    if request.method == "POST" and form.is_valid() and _appointed(request, form):
        return redirect(reverse("office_administrators") + government_query(request, government))
    context = {
        "government": government,
        "query": government_query(request, government),
        "form": form,
        "offices": _offices(government),
    }
    return render(request, "government/administrators.html", context, status=422 if form.is_bound else 200)


@sensitive_variables()
def _appointed(request: PersonRequest, form: AdministratorForm) -> bool:
    """Whether the office has them now; a refusal's sentences go to the form."""
    data = form.cleaned_data
    try:
        with transaction.atomic():
            found = governments.account_for(form.known, data["account"], data["name"])
            governments.appoint_administrator(data["office"], found.person, data["decree"], request.user)
    except Refusal as refusal:
        form.add_error(None, refusal.sentences)
        return False
    once = ONCE.format(username=found.person.username, password=found.password) if found.password else ""
    messages.success(request, f"{found.person} menjadi administrator {data['office']}. {once}")
    return True


def _offices(government: Government) -> list[dict]:
    held = Appointment.objects.in_force().filter(
        unit__belongs_to=government, role=Role.ADMINISTRATOR, person__is_active=True
    )
    names: dict[int, list[str]] = defaultdict(list)
    for unit, name in held.order_by("person__name").values_list("unit", "person__name"):
        names[unit].append(name)
    lines = [
        {"name": unit.name, "administrators": ", ".join(names[unit.pk])} for unit in government.offices.all()
    ]
    return sorted(lines, key=lambda line: (bool(line["administrators"]), line["name"]))
