"""Data awal: the sets of a plan, and one set with its document, its figures place by place, and its approval."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from measurement.addresses import reverse
from measurement.doors import opening as doors
from measurement.forms.plan.number_fields import READING
from measurement.forms.plan.opening import OpeningDocumentForm, OpeningGrid, cell_name
from measurement.models import OpeningSet, Person, Plan, Unit
from measurement.plan.opening import OpeningTable
from measurement.record.opening import opening_places
from measurement.rules.dates import local_date, moment
from measurement.rules.numbers import parse_key
from measurement.rules.opening import Place, place_of, spoken
from measurement.rules.permissions import may_approve_opening, may_enter_opening
from measurement.rules.refusals import Refusal
from measurement.rules.sentences import ended
from measurement.rules.sop import Role

from ..responses import attachment
from ..visitor import PersonRequest
from .opening_lines import opening_groups, said_lines
from .plan_choice import chosen_plan


def opening_page(request: PersonRequest):
    """All sets of a plan, the newest first; whoever enters data awal begins a new one here with its document."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "plan/opening.html", {"plan": None})
    may_enter = may_enter_opening.test(request.user, plan)
    if request.method == "POST" and not may_enter:
        raise PermissionDenied
    form = OpeningDocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            opening = doors.begin_opening(plan, request.user, form.as_document())
        except Refusal as refusal:
            form.add_error(None, list(refusal.sentences))
        else:
            messages.success(request, "Dokumen tercatat. Isi angkanya di bawah, atau unduh templat Excel.")
            return redirect("opening_set", opening.pk)
    places = opening_places(plan)
    context = {
        "plan": plan,
        "plan_key": str(plan.pk),
        "places": spoken(places),
        "chairs": chair_words(plan.unit),
        "sets": [_set_line(opening) for opening in _sets(plan)],
        "form": form if may_enter and places else None,
    }
    return render(request, "plan/opening.html", context, status=422 if form.is_bound else 200)


def _sets(plan: Plan):
    sets = plan.opening_sets.select_related("entered_by", "approved_by", "plan")
    return sets.annotate(size=Count("figures"))


def _set_line(opening) -> dict:
    return {
        "url": reverse("opening_set", args=[opening.pk]),
        "document": str(opening),
        "facts": f"{opening.size} angka. {facts_words(opening)}",
        "approved": opening.is_approved,
    }


def facts_words(opening: OpeningSet) -> str:
    """Who entered and who approved a set, and when."""
    entered = f"Dicatat oleh {opening.entered_by} pada {local_date(opening.entered_at)}."
    if opening.approved_at is None:
        return f"{entered} Belum disetujui: belum masuk angka mana pun."
    post = f" ({opening.approved_as})" if opening.approved_as else ""
    own = " Diisi dan disetujui oleh orang yang sama." if opening.own_work else ""
    return f"{entered} Disetujui oleh {opening.approved_by}{post} pada {moment(opening.approved_at)}.{own}"


def chair_words(unit: Unit) -> str:
    """Who approves, or that there is nobody to do it."""
    held = Person.objects.holding(Role.TIM_SAKIP, unit)
    chairs = held.filter(appointments__in=unit.appointments.in_force().filter(chairs=True)).distinct()
    names = ", ".join(person.name for person in chairs)
    if names:
        return ended(f"Yang menyetujui: Ketua Tim SAKIP, yaitu {names}")
    return (
        "Ketua Tim SAKIP belum ditunjuk, jadi belum ada yang dapat menyetujui. Administrator mencentang "
        "“Ketua Tim SAKIP” pada penugasannya di halaman Pegawai."
    )


def get_opening(request: PersonRequest, pk: int) -> OpeningSet:
    """A set of one of my units; 404 for any other."""
    sets = OpeningSet.objects.visible_to(request.user)
    found = sets.select_related("plan__unit", "entered_by", "approved_by", "file")
    return get_object_or_404(found, pk=pk)


def opening_set(request: PersonRequest, pk: int):
    """One set: fill in a place, look at what it says, approve it."""
    opening = get_opening(request, pk)
    if request.method != "POST":
        return _set_page(request, opening)
    action = request.POST.get("action", "")
    if action == "save" or READING in request.POST:
        return _save(request, opening)
    version = parse_key(request.POST.get("version", ""))
    try:
        if action == "discard":
            doors.discard_opening(opening.pk, request.user, version)
            messages.success(request, f"Data awal menurut {opening} dibuang; tidak ada angka yang berubah.")
            return redirect("opening")
        if action == "agree":
            opening = doors.approve_opening(opening.pk, request.user, version)
            _tell_approved(request, opening)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return _set_page(request, get_opening(request, pk), status=refusal.status)
    return redirect("opening_set", opening.pk)


def _tell_approved(request: PersonRequest, opening: OpeningSet) -> None:
    messages.success(
        request, "Data awal disetujui. Mulai sekarang angkanya dipakai, dengan tanda dan dokumennya."
    )
    if told := doors.told_already(opening):
        messages.warning(
            request,
            f"{', '.join(told)}: rekapnya sudah terbit tanpa data awal ini dan tidak berubah. Bila angkanya perlu dikoreksi, buka siklus koreksinya.",
        )


def _save(request: PersonRequest, opening: OpeningSet):
    """Document and figures together; what was typed stays on the page if anything is wrong."""
    if not may_enter_opening.test(request.user, opening):
        raise PermissionDenied
    table, form = OpeningTable(opening), _document_form(opening, request.POST, request.FILES)
    place = chosen_place(request, table)
    grid = OpeningGrid(table, place).read(request.POST) if place else None
    if not form.is_valid() or (grid and grid.errors):
        return _set_page(request, opening, form, grid, 422)
    try:
        version = parse_key(request.POST.get("version", ""))
        changes = grid.changes if grid else []
        doors.save_opening(opening.pk, request.user, version, changes, form.as_document())
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return _set_page(request, get_opening(request, opening.pk), form, grid, refusal.status)
    messages.success(request, f"Tersimpan: {len(changes)} baris berubah. Angka dipakai sesudah disetujui.")
    return redirect(f"{reverse('opening_set', args=[opening.pk])}?bagian={place.key if place else ''}")


def _document_form(opening: OpeningSet, data=None, uploads=None) -> OpeningDocumentForm:
    initial = {"document": opening.document, "dated": opening.dated}
    return OpeningDocumentForm(data, uploads, initial=initial, file_name=opening.file_name)


def chosen_place(request: PersonRequest, table: OpeningTable) -> Place | None:
    """The place that the address names, else the first."""
    asked = request.GET.get("bagian", "")
    return place_of(asked, table.places) or next(iter(table.places), None)


def _set_page(request: PersonRequest, opening: OpeningSet, form=None, grid=None, status: int = 200):
    table = OpeningTable(opening)
    place = chosen_place(request, table)
    may_enter = may_enter_opening.test(request.user, opening) and not opening.is_approved
    said = said_lines(table)
    context = {
        "opening": opening,
        "plan_key": str(opening.plan_id),
        "facts": facts_words(opening),
        "chairs": "" if opening.is_approved else chair_words(opening.plan.unit),
        "places": [(each.name, f"?bagian={each.key}", each == place) for each in table.places],
        "place": place.name if place else "",
        "said": said,
        "version": request.POST.get("version", "") if status == 422 else str(opening.version),
        "may_approve": may_approve_opening(request.user, opening) and not opening.is_approved and bool(said),
        "may_enter": may_enter,
        "form": (form or _document_form(opening)) if may_enter else None,
        "groups": opening_groups(table, place, grid) if may_enter and place else [],
        "error_links": _error_links(grid),
    }
    return render(request, "plan/opening_set.html", context, status=status)


def _error_links(grid: OpeningGrid | None) -> list[dict]:
    """Each with the name of what it is about."""
    if grid is None:
        return []
    about = {cell_name(line, name): line for line in grid.table.lines for name in line.fields}
    return [
        {"name": cell, "text": f"{about[cell].branch.place} {about[cell].name}: {text}"}
        for cell, text in grid.errors.items()
    ]


def opening_file(request: PersonRequest, pk: int):
    """The document's file."""
    opening = get_opening(request, pk)
    if opening.file is None:
        raise Http404
    return attachment(opening.file.path, opening.file_name, opening.file.kind)
