"""Nomenklatur: programs, kegiatan and sub kegiatan are searched and ticked, looked at, and added to the plan without typing a code."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.forms.plan.nomenclature import NomenclatureSearch, SasaranForm
from measurement.forms.plan.revisions import BasisForm
from measurement.models import Level, Plan
from measurement.plan.nomenclature_list import (
    BUILT_IN_FIELD,
    SOURCE,
    NomenclatureEntry,
    matching_entries,
    offered_entries,
    usual_field,
)
from measurement.plan.picking import NOTHING, add_entries, entries_to_add
from measurement.plan.revising import approved_years
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import Incomplete, Refusal

from ..visitor import PersonRequest
from .plan_choice import chosen_plan

TICKED = "kode"


def nomenclature(request: PersonRequest):
    """The list with its ticks; what they would add; and the adding itself. Every step keeps the ticks."""
    plan = _kept_plan(request)
    form = NomenclatureSearch(request.POST or None, initial={"field_code": usual_field(plan)})
    searched = form.is_bound and form.is_valid()
    field = form.cleaned_data["field_code"] if searched else usual_field(plan)
    offered = offered_entries(plan.unit, field)
    ticked = [code for code in dict.fromkeys(request.POST.getlist(TICKED)) if code in offered]
    action = request.POST.get("action") if searched else ""
    if action == "preview":
        return _looked_at(request, plan, form, offered, ticked)
    if action == "apply":
        return _added(request, plan, form, offered, ticked)
    wanted = form.cleaned_data["wanted"] if searched else ""
    return _list_page(request, plan, form, (offered, ticked, wanted), 422 if form.errors else 200)


def _kept_plan(request: PersonRequest) -> Plan:
    """The plan that the address names, for those who keep it."""
    plan = chosen_plan(request)
    if plan is None or not may_keep_plan.test(request.user, plan):
        raise PermissionDenied
    return plan


def _list_page(request: PersonRequest, plan: Plan, form, picking, status: int = 200):
    offered, ticked, wanted = picking
    shown = matching_entries(offered, wanted)
    there = set(plan.nodes.values_list("code", flat=True))
    context = {
        "plan": plan,
        "address": _address("nomenclature", plan),
        "form": form,
        "programs": _programs(shown, set(ticked), there, bool(wanted)),
        "found": sum(1 for entry in shown.values() if entry.level == Level.SUB_KEGIATAN),
        "hidden": [code for code in ticked if code not in shown],
        "ticked": len(ticked),
        "only_support": not any(not code.startswith(f"{form['field_code'].value()}.01") for code in offered),
        "built_in": BUILT_IN_FIELD,
        "source": SOURCE,
    }
    return render(request, "plan/nomenclature.html", context, status=status)


def _programs(
    entries: dict[str, NomenclatureEntry], ticked: set[str], there: set[str], is_open: bool
) -> list[dict]:
    """The programs with their lines; open where something was looked for or is ticked."""
    programs: dict[str, dict] = {}
    for entry in entries.values():
        line = {
            "code": entry.code,
            "name": entry.name,
            "level": entry.level.value,
            "indicator": f"{entry.indicator} ({entry.measure})" if entry.indicator else "",
            "ticked": entry.code in ticked,
            "there": entry.code in there,
        }
        top = ".".join(entry.code.split(".")[:3])
        program = programs.setdefault(
            top, {"code": top, "name": "", "open": is_open, "there": top in there, "lines": []}
        )
        program["name"] = entry.name if entry.code == top else program["name"]
        program["open"] |= line["ticked"]
        if not (entry.code == top and program["there"]):
            program["lines"].append(line)
    return list(programs.values())


def _looked_at(request: PersonRequest, plan: Plan, form, offered, ticked):
    """What the ticks would add."""
    try:
        entries = entries_to_add(plan, offered, ticked)
        if not entries:
            raise Incomplete(NOTHING)
    except Refusal as refusal:
        form.add_error(None, refusal.sentences)
        return _list_page(request, plan, form, (offered, ticked, ""), refusal.status)
    return _preview_page(request, plan, form, (entries, ticked), SasaranForm(plan=plan), BasisForm())


def _preview_page(request: PersonRequest, plan: Plan, form, picking, sasaran, basis, status=200, refused=()):
    entries, ticked = picking
    years = sorted(approved_years(plan))
    for field in basis.fields.values():
        field.required = bool(years)
    context = {
        "plan": plan,
        "address": _address("nomenclature", plan),
        "form": form,
        "entries": [vars(entry) | {"label": entry.level.label} for entry in entries],
        "codes": ticked,
        "indicators": sum(1 for entry in entries if entry.indicator),
        "sasaran": sasaran if any(entry.level == Level.PROGRAM for entry in entries) else None,
        "basis": basis,
        "approved": ", ".join(str(year) for year in years),
        "refused": refused,
    }
    return render(request, "plan/nomenclature_preview.html", context, status=status)


def _added(request: PersonRequest, plan: Plan, form, offered, ticked):
    """Write what was looked at; a refusal keeps everything that was typed."""
    sasaran, basis = SasaranForm(request.POST, plan=plan), BasisForm(request.POST)
    entries = entries_to_add(plan, offered, ticked)
    valid = sasaran.is_valid() & basis.is_valid()
    try:
        if not valid:
            raise Incomplete("Periksa isian di bawah.")
        made = add_entries(plan, entries, request.user, sasaran.cleaned_data["sasaran"], basis.basis())
    except Refusal as refusal:
        if approved_years(plan):
            basis.require()
        picking = (entries, ticked)
        return _preview_page(request, plan, form, picking, sasaran, basis, refusal.status, refusal.sentences)
    messages.success(
        request,
        f"{len(made)} bagian ditambahkan pada rencana. Lengkapi target, pagu, dan penanggung jawabnya.",
    )
    return redirect(_address("plan", plan))


def _address(name: str, plan: Plan) -> str:
    return f"{reverse(name)}?rencana={plan.pk}"
