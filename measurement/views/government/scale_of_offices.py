"""Skala untuk semua kantor: a predicate scale that every office gets among its own, and puts in force itself."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.doors.government_standards import facts_of_kept_scale, put_standards
from measurement.doors.predicate_scales import facts_of_scale
from measurement.forms.office.predicate_scales import ScaleForm
from measurement.models import Government, PredicateScale, StandardPart
from measurement.rules.refusals import Refusal

from ..visitor import PersonRequest
from .choice import government_query, kept_government
from .kept_standards import acted_on_standard, shown_standards

DONE = "Skala {name} ditulis pada {count} kantor. Tiap kantor memilih sendiri apakah memakainya."


def scale_of_offices(request: PersonRequest):
    """Which scales the offices have, and a form that begins with the first preset."""
    government = kept_government(request)
    if acted_on_standard(request, government, StandardPart.SCALE):
        return redirect(reverse("scale_of_offices") + government_query(request, government))
    begin = facts_of_scale(PredicateScale.objects.filter(unit=None).order_by("name")[0])
    form = ScaleForm(request.POST or None, initial={"valid_from": begin.valid_from}, levels=begin.levels)
    if request.method == "POST" and form.is_valid() and _offered(request, government, form):
        return redirect(reverse("scale_of_offices") + government_query(request, government))
    context = {
        "government": government,
        "query": government_query(request, government),
        "form": form,
        "scales": _scales(government),
        "standards": shown_standards(government, StandardPart.SCALE),
    }
    return render(request, "government/scale_of_offices.html", context, status=422 if form.is_bound else 200)


def _offered(request: PersonRequest, government: Government, form: ScaleForm) -> bool:
    """Whether the offices have it; a refusal's sentences go to the form."""
    facts = form.scale_facts()
    try:
        count = put_standards(
            government, request.user, StandardPart.SCALE, {facts.name: facts_of_kept_scale(facts)}
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, DONE.format(name=facts.name, count=count))
    return True


def _scales(government: Government) -> list[dict]:
    """Own scales of the offices by name: how many have one, and how many of them use it."""
    own = PredicateScale.objects.filter(unit__belongs_to=government).values("name")
    found = own.annotate(having=Count("unit", distinct=True), using=Count("used_by", distinct=True)).order_by(
        "name"
    )
    return [
        {"name": scale["name"], "having": str(scale["having"]), "using": str(scale["using"])}
        for scale in found
    ]
