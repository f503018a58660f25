"""An office loads the nomenclature of its own field: choose a file, look at what it holds, load it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from measurement.doors.long_work import is_long, order_work
from measurement.forms.plan.nomenclature import NomenclatureFileForm
from measurement.models import NomenclatureItem, Unit
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import Refusal

from .. import pending_uploads
from ..office.office_choice import KEPT_PLANS, chosen_unit, switch, units_where
from ..start.long_work import shown_answer
from ..visitor import PersonRequest

PURPOSE = "nomenclature_import"
SHOWN = 200


def nomenclature_import(request: PersonRequest):
    """Nothing is written before it is applied; a code that the office loaded before is overwritten, none is taken away."""
    from measurement.plan import nomenclature_upload as loader

    unit = chosen_unit(request, units_where(request.user, may_keep_plan))
    if request.method == "POST" and request.POST.get("action") == "apply":
        return _loaded(request, unit, loader)
    if answer := shown_answer(request, "nomenclature_look", loader.NomenclatureUpload):
        return _loading_page(request, unit, NomenclatureFileForm(), answer[1], 200)
    form, preview = NomenclatureFileForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        if is_long(upload):
            pending_uploads.keep_upload(request, PURPOSE, upload, unit=unit.pk)
            return redirect("work", order_work(request.user, unit, "nomenclature_look", upload).pk)
        try:
            preview = loader.compare_nomenclature(unit, upload)
        except Refusal as refusal:
            form.add_error("file", " ".join(refusal.sentences))
        else:
            pending_uploads.keep_upload(request, PURPOSE, upload, unit=unit.pk)
    return _loading_page(request, unit, form, preview, 422 if form.is_bound and not form.is_valid() else 200)


def _loaded(request: PersonRequest, unit: Unit, loader):
    waiting = pending_uploads.pending_upload(request, PURPOSE)
    if waiting is None or waiting[1]["unit"] != unit.pk:
        messages.error(request, "Berkas tidak ditemukan lagi. Pilih berkasnya sekali lagi.")
        return redirect(request.get_full_path())
    upload, seen = waiting[0], request.POST.get("seen", "")
    if is_long(upload):
        pending_uploads.drop_upload(request, PURPOSE)
        return redirect("work", order_work(request.user, unit, "nomenclature_load", upload, seen=seen).pk)
    try:
        done = loader.load_nomenclature(unit, upload, request.user, seen)
    except Refusal as refusal:
        upload.seek(0)
        preview = loader.compare_nomenclature(unit, upload)
        return _loading_page(
            request, unit, NomenclatureFileForm(), preview, refusal.status, refusal.sentences
        )
    pending_uploads.drop_upload(request, PURPOSE)
    messages.success(request, done.summary)
    return redirect("nomenclature")


def _loading_page(request: PersonRequest, unit: Unit, form, preview, status: int, refused=()):
    context = {
        "unit": unit,
        "form": form,
        "preview": preview,
        "lines": [*preview.new, *preview.changed][:SHOWN] if preview else [],
        "wrong": preview.wrong[:SHOWN] if preview else [],
        "more": max(0, len(preview.new) + len(preview.changed) - SHOWN) if preview else 0,
        "stored": NomenclatureItem.objects.visible_to(request.user).filter(unit=unit).count(),
        "refused": refused,
        "switch": switch(request, unit, units_where(request.user, may_keep_plan), KEPT_PLANS),
    }
    return render(request, "plan/nomenclature_import.html", context, status=status)
