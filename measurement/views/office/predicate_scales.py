"""Skala predikat: which scale an office uses, and scales of its own made from copies."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors.predicate_scales import (
    choose_scale,
    facts_of_scale,
    put_scale,
    remove_scale,
    scale_refusal,
)
from measurement.forms.office.predicate_scales import ScaleForm
from measurement.models import PredicateScale, SettingChange, Unit
from measurement.rules.numbers import parse_key
from measurement.rules.refusals import Refusal

from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit
from .setting_history import setting_lines


def predicate_scales(request: PersonRequest):
    """All that the office may use; one of them is in force."""
    unit = managed_unit(request)
    if request.method == "POST":
        return _act(request, unit)
    scales = PredicateScale.objects.for_unit(unit).prefetch_related("levels")
    context = {
        "unit": unit,
        "scales": [_line(unit, scale) for scale in scales],
        "waiting": [str(cycle) for cycle in unit.cycles.under_way().filter(predicate_bounds=[])],
        "history": setting_lines(unit, SettingChange.Part.SCALE),
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/predicate_scales.html", context)


def _line(unit: Unit, scale: PredicateScale) -> dict:
    words = facts_of_scale(scale).words
    return {
        "key": str(scale.pk),
        "name": scale.name,
        "facts": [{"label": label, "value": words[label]} for label in ("Tingkat", "Sumber", "Berlaku")],
        "chosen": unit.predicate_scale_id == scale.pk,
        "own": scale.unit_id is not None,
        "gaps": scale.gaps(timezone.localdate()),
    }


def _act(request: PersonRequest, unit: Unit):
    """One is put in force, or one of its own is deleted."""
    scales = PredicateScale.objects.for_unit(unit)
    scale = get_object_or_404(scales, pk=parse_key(request.POST.get("scale", "")))
    try:
        if request.POST.get("action") == "delete":
            remove_scale(unit, request.user, scale)
            messages.success(request, f"Skala {scale.name} dihapus.")
        else:
            choose_scale(unit, request.user, scale)
            messages.success(
                request,
                f"{scale.name} dipakai mulai sekarang. Siklus yang metodologinya sudah ditetapkan tidak berubah.",
            )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _to_list(request, unit)


def predicate_scale(request: PersonRequest, pk: int):
    """One scale: an own one to be changed as long as nothing was judged by it, else a copy to begin with."""
    unit = managed_unit(request)
    found = get_object_or_404(PredicateScale.objects.for_unit(unit), pk=pk)
    refusal = scale_refusal(unit, found)
    is_copy = bool(refusal) or "salin" in request.GET
    form = _form(request, unit, found, is_copy)
    if request.method == "POST" and form.is_valid() and _put(request, unit, form, None if is_copy else found):
        return _to_list(request, unit)
    context = {
        "unit": unit,
        "scale": found,
        "is_copy": is_copy,
        "reason": "" if "salin" in request.GET else refusal,
        "form": form,
        "switch": managed_switch(request, unit),
    }
    return render(
        request, "office/predicate_scale.html", context, status=422 if form.is_bound and form.errors else 200
    )


def _form(request: PersonRequest, unit: Unit, found: PredicateScale, is_copy: bool) -> ScaleForm:
    facts = facts_of_scale(found)
    instance = PredicateScale(unit=unit) if is_copy else PredicateScale.objects.get(pk=found.pk)
    initial = {
        "name": f"{facts.name} (salinan)"[:150] if is_copy else facts.name,
        "source": facts.source,
        "valid_from": facts.valid_from,
        "valid_until": facts.valid_until,
    }
    return ScaleForm(request.POST or None, instance=instance, initial=initial, levels=facts.levels)


def _put(request: PersonRequest, unit: Unit, form: ScaleForm, scale: PredicateScale | None) -> bool:
    try:
        made = put_scale(unit, request.user, form.scale_facts(), scale)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, f"Skala {made.name} disimpan. Pilih “Pakai” untuk memberlakukannya.")
    return True


def _to_list(request: PersonRequest, unit: Unit):
    return redirect(reverse("predicate_scales") + managed_switch(request, unit)["query"])
