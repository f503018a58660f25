"""Sub unit: the kelurahan of a kecamatan, kept by the administrator where people are kept."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render

from measurement.addresses import reverse
from measurement.forms.office.sub_units import SubUnitForm
from measurement.models import SubUnit, Unit

from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit


def sub_units(request: PersonRequest):
    """All of them, and a form for another one."""
    unit = managed_unit(request)
    form = SubUnitForm(request.POST or None, instance=SubUnit(unit=unit))
    if request.method == "POST" and form.is_valid():
        made = form.save()
        messages.success(request, f"Sub unit {made} ditambahkan.")
        return _to_list(request, unit)
    context = {
        "unit": unit,
        "form": form,
        "sub_units": unit.sub_units.annotate(used=Count("nodes")),
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/sub_units.html", context, status=422 if form.is_bound else 200)


def sub_unit(request: PersonRequest, pk: int):
    """One of them, to be renamed; or to be deleted as long as no plan names it."""
    unit = managed_unit(request)
    found = get_object_or_404(unit.sub_units.annotate(used=Count("nodes")), pk=pk)
    if request.method == "POST" and request.POST.get("action") == "delete":
        return _delete(request, unit, found)
    form = SubUnitForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(
            request, "Sub unit disimpan. Siklus yang metodologinya sudah ditetapkan memakai nama yang lama."
        )
        return _to_list(request, unit)
    context = {"form": form, "sub_unit": found, "switch": managed_switch(request, unit)}
    return render(request, "office/sub_unit.html", context, status=422 if form.is_bound else 200)


def _delete(request: PersonRequest, unit: Unit, found: SubUnit):
    if found.nodes.exists():
        messages.error(request, f"{found} dipakai pada rencana, jadi tidak dapat dihapus.")
    else:
        found.delete()
        messages.success(request, f"Sub unit {found} dihapus.")
    return _to_list(request, unit)


def _to_list(request: PersonRequest, unit: Unit):
    return redirect(reverse("sub_units") + managed_switch(request, unit)["query"])
