"""The SOP as the office has it: its editions, each in force from a day on, kept by the administrator."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors.sop_editions import keep_edition, remove_edition
from measurement.doors.sop_templates import sop_template
from measurement.forms.office.sop_edition import SopEditionForm, proposed_edition
from measurement.models import SettingChange, SopEdition, Unit
from measurement.rules.dates import long_date
from measurement.rules.refusals import Incomplete
from measurement.rules.sop_edition import KIND_BY_KEY, OFFICE_KINDS

from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit
from .setting_history import setting_lines

KIND, TEMPLATE = "jenis", "templat"


def sop_editions(request: PersonRequest):
    """All editions, the newest first, with the one that holds today."""
    unit = managed_unit(request)
    now = unit.sop_editions.of_unit(unit).first()
    editions = unit.sop_editions.all()
    context = {
        "unit": unit,
        "lines": [_line(edition, now) for edition in editions],
        "history": setting_lines(unit, SettingChange.Part.SOP),
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/sop_editions.html", context)


def _line(edition: SopEdition, now: SopEdition | None) -> dict:
    sop = edition.sop
    coming = edition.in_force_from > timezone.localdate()
    return {
        "pk": edition.pk,
        "number": sop.number or "belum diisi",
        "since": long_date(edition.in_force_from),
        "words": f"{sop.head.short}, {sop.secretary.short}",
        "standing": "berlaku sekarang" if edition == now else "akan berlaku" if coming else "digantikan",
    }


def new_sop_edition(request: PersonRequest):
    """Another edition, begun from the one before it, or with the words of a kind of office, or with what the template of its government says."""
    unit = managed_unit(request)
    template = sop_template(unit.belongs_to_id) if TEMPLATE in request.GET else {}
    return _form_page(request, proposed_edition(unit, KIND_BY_KEY.get(request.GET.get(KIND, "")), template))


def sop_edition(request: PersonRequest, pk: int):
    """One edition, to be corrected; or to be deleted while there is another."""
    unit = managed_unit(request)
    edition = get_object_or_404(unit.sop_editions, pk=pk)
    if request.method == "POST" and request.POST.get("action") == "delete":
        return _delete(request, unit, edition)
    return _form_page(request, edition)


def _form_page(request: PersonRequest, edition: SopEdition):
    unit = edition.unit
    form = SopEditionForm(request.POST or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        keep_edition(edition, request.user, form.sop)
        messages.success(
            request,
            f"{edition.sop.name} disimpan. Siklus yang sudah diperintahkan tetap memakai edisinya sendiri.",
        )
        return _to_list(request, unit)
    switch = managed_switch(request, unit)
    context = {
        "form": form,
        "edition": edition,
        "kinds": [] if edition.pk else [*_kinds(switch["query"]), *_template(unit, switch["query"])],
        "may_delete": bool(edition.pk) and unit.sop_editions.count() > 1,
        "switch": switch,
    }
    return render(request, "office/sop_edition.html", context, status=422 if form.is_bound else 200)


def _kinds(query: str) -> list[dict]:
    """Links that fill in how those who lead are called in each kind of office."""
    start = f"{query}&" if query else "?"
    return [
        {"label": kind.label, "url": f"{start}{KIND}={kind.key}", "current": False} for kind in OFFICE_KINDS
    ]


def _template(unit: Unit, query: str) -> list[dict]:
    """A link that fills in what the government's template says, where it keeps one."""
    start = f"{query}&" if query else "?"
    url = f"{start}{TEMPLATE}=daerah"
    kept = sop_template(unit.belongs_to_id)
    return [{"label": f"Templat {unit.belongs_to}", "url": url, "current": False}] if kept else []


def _delete(request: PersonRequest, unit: Unit, edition: SopEdition):
    try:
        remove_edition(edition, request.user)
    except Incomplete as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{edition.sop.name} dihapus. Siklus yang memakainya tidak berubah.")
    return _to_list(request, unit)


def _to_list(request: PersonRequest, unit: Unit):
    return redirect(reverse("sop_editions") + managed_switch(request, unit)["query"])
