"""Pengaturan naskah: how the administrator's office numbers, signs and words each kind of paper from now on."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from measurement.forms.office.paper_settings import PARTS, PaperSettingForm
from measurement.models import PaperSetting, SigningMethod, Unit
from measurement.papers import KINDS
from measurement.papers.issue import setting_of
from measurement.papers.numbering import formatted_number, next_after
from measurement.rules.sop import SOP_NAME, STEP_BY_OUTPUT

from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit


def paper_settings(request: PersonRequest):
    """Every kind of paper with what was decided about it."""
    unit, today = managed_unit(request), timezone.localdate()
    decided = {setting.kind: setting for setting in PaperSetting.objects.filter(unit=unit)}
    following = next_after(unit, today.year)
    lines = [
        _line(unit, decided.get(kind) or PaperSetting(unit=unit, kind=kind), following[kind], today)
        for kind in KINDS
    ]
    return render(
        request,
        "office/paper_settings.html",
        {"unit": unit, "lines": lines, "switch": managed_switch(request, unit)},
    )


def _line(unit: Unit, setting: PaperSetting, sequence: int, today: date) -> dict:
    step = STEP_BY_OUTPUT.get(setting.kind)
    return {
        "step": step.number if step else "–",
        "kind": setting.kind,
        "title": KINDS[setting.kind].title,
        "number": formatted_number(unit, setting, sequence, today),
        "own_pattern": bool(setting.number_pattern),
        "method": SigningMethod(setting.method).label,
        "own_words": any(getattr(setting, part) for part in PARTS),
    }


def paper_setting(request: PersonRequest, kind: str):
    """One kind of paper: number, way of signing, texts; or everything back to the defaults."""
    unit = managed_unit(request)
    if kind not in KINDS:
        raise Http404
    if request.POST.get("action") == "reset":
        PaperSetting.objects.filter(unit=unit, kind=kind).delete()
        messages.success(request, f"{KINDS[kind].title} kembali ke bawaan, mulai naskah berikutnya.")
        return redirect(request.get_full_path())
    setting = setting_of(unit, kind)
    form = PaperSettingForm(request.POST or None, instance=setting)
    if request.method == "POST" and form.is_valid():
        number = _next_number(unit, form.store())
        messages.success(
            request,
            f"Pengaturan disimpan dan berlaku bagi naskah yang diterbitkan mulai sekarang. Nomor berikutnya: {number}.",
        )
        return redirect(request.get_full_path())
    context = {
        "form": form,
        "kind": KINDS[kind],
        "pattern_parts": unit.number_pattern.split("/"),
        "decided": setting.pk is not None,
        "next_number": _next_number(unit, setting_of(unit, kind)),
        "places": _places(unit),
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/paper_setting.html", context, status=422 if form.is_bound else 200)


def _next_number(unit: Unit, setting: PaperSetting) -> str:
    today = timezone.localdate()
    return formatted_number(unit, setting, next_after(unit, today.year)[setting.kind], today)


def _places(unit: Unit) -> list[dict]:
    """What the parts in braces become."""
    values = {
        "{unit}": unit.name,
        "{period}": "periode pengukuran dengan tahunnya",
        "{sop}": unit.sop.number or "nomor SOP, yang belum diisi",
        "{name}": SOP_NAME,
    }
    return [{"label": label, "value": value} for label, value in values.items()]
