"""Retensi arsip: the office's Jadwal Retensi Arsip, over the presets that it has not confirmed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from measurement.addresses import reverse
from measurement.doors.retention_classes import classes_held, put_classes, remove_class
from measurement.forms.office.retention import RetentionForm
from measurement.models import RetentionClass, SettingChange, Unit

from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit
from .setting_history import setting_lines

CODE = "kode"  # the classification whose line stands in the form


def retention_page(request: PersonRequest):
    """All classes that hold, and a form for one of them."""
    unit = managed_unit(request)
    if request.POST.get("action") == "delete":
        return _delete(request, unit)
    held = classes_held(unit)
    form = RetentionForm(request.POST or None, instance=_to_change(held, request.GET.get(CODE, "")))
    if request.method == "POST" and form.is_valid():
        line = form.line()
        put_classes(unit, request.user, [line])
        messages.success(request, f"Retensi {line.code} disimpan sebagai ketentuan {unit.name}.")
        return _to_list(request, unit)
    context = {
        "unit": unit,
        "form": form,
        "classes": [_line(rule) for rule in held.values()],
        "own_code": unit.classification,
        "is_known": unit.classification in held,
        "history": setting_lines(unit, SettingChange.Part.RETENTION),
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/retention.html", context, status=422 if form.is_bound else 200)


def _to_change(held: dict[str, RetentionClass], code: str) -> RetentionClass:
    """A copy to type on, without a key: what is stored is written by the door alone."""
    found = held.get(code)
    if found is None:
        return RetentionClass(code=code[:30])
    found = RetentionClass.objects.get(pk=found.pk)
    found.pk, found.unit_id = None, None
    return found


def _line(rule: RetentionClass) -> dict:
    return {
        "code": rule.code,
        "name": rule.name,
        "active": "–" if rule.active_years is None else str(rule.active_years),
        "inactive": "–" if rule.inactive_years is None else str(rule.inactive_years),
        "fate": rule.fate or "–",
        "source": rule.source,
        "own": rule.unit_id is not None,
    }


def _delete(request: PersonRequest, unit: Unit):
    found = get_object_or_404(RetentionClass, unit=unit, code=request.POST.get("code", ""))
    remove_class(unit, request.user, found)
    messages.success(request, f"Ketentuan kantor untuk {found.code} dihapus.")
    return _to_list(request, unit)


def _to_list(request: PersonRequest, unit: Unit):
    return redirect(reverse("retention") + managed_switch(request, unit)["query"])
