"""Nomenklatur untuk semua kantor: one list that every office picks from; what an office loaded itself stands before it."""

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.doors.long_work import is_long
from measurement.forms.plan.nomenclature import NomenclatureFileForm
from measurement.models import Government, GovernmentStandard, NomenclatureItem, StandardPart
from measurement.rules.refusals import Refusal

from .. import pending_uploads
from ..plan.nomenclature_import import SHOWN
from ..start.long_work import shown_answer
from ..visitor import PersonRequest
from .choice import government_query, kept_government
from .ordered_work import ordered_work

PURPOSE = "nomenclature_of_offices"
GONE = "Berkas tidak ditemukan lagi. Pilih berkasnya sekali lagi."


def nomenclature_of_offices(request: PersonRequest):
    """Choose a file, look at what it holds, keep it; nothing is written before that."""
    from measurement.plan.nomenclature_upload import NomenclatureUpload, compare_nomenclature_of

    government = kept_government(request)
    if request.method == "POST" and request.POST.get("action") == "apply":
        return _loaded(request, government)
    if answer := shown_answer(request, "nomenclature_of_offices_look", NomenclatureUpload):
        return _page(request, government, NomenclatureFileForm(), answer[1])
    form, preview = NomenclatureFileForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        if is_long(upload):
            pending_uploads.keep_upload(request, PURPOSE, upload, government=government.pk)
            return ordered_work(request, government, "nomenclature_of_offices_look", upload)
        try:
            preview = compare_nomenclature_of(government, upload)
        except Refusal as refusal:
            form.add_error("file", " ".join(refusal.sentences))
        else:
            pending_uploads.keep_upload(request, PURPOSE, upload, government=government.pk)
    return _page(request, government, form, preview, 422 if form.is_bound and not form.is_valid() else 200)


def _loaded(request: PersonRequest, government: Government):
    """Keep what the page showed; if that is refused, show the differences as they are now."""
    from measurement.plan.nomenclature_upload import compare_nomenclature_of, load_nomenclature_of

    waiting = pending_uploads.pending_upload(request, PURPOSE)
    if waiting is None or waiting[1]["government"] != government.pk:
        messages.error(request, GONE)
        return redirect(request.get_full_path())
    upload, seen = waiting[0], request.POST.get("seen", "")
    if is_long(upload):
        pending_uploads.drop_upload(request, PURPOSE)
        return ordered_work(request, government, "nomenclature_of_offices_load", upload, seen=seen)
    try:
        done = load_nomenclature_of(government, upload, request.user, seen)
    except Refusal as refusal:
        upload.seek(0)
        preview = compare_nomenclature_of(government, upload)
        return _page(request, government, NomenclatureFileForm(), preview, refusal.status, refusal.sentences)
    pending_uploads.drop_upload(request, PURPOSE)
    messages.success(request, done.summary)
    return redirect(reverse("nomenclature_of_offices") + government_query(request, government))


def _page(request: PersonRequest, government: Government, form, preview=None, status: int = 200, refused=()):
    kept = GovernmentStandard.objects.filter(government=government, part=StandardPart.NOMENCLATURE)
    context = {
        "government": government,
        "query": government_query(request, government),
        "form": form,
        "preview": preview,
        "lines": [*preview.new, *preview.changed][:SHOWN] if preview else [],
        "wrong": preview.wrong[:SHOWN] if preview else [],
        "more": max(0, len(preview.new) + len(preview.changed) - SHOWN) if preview else 0,
        "stored": kept.count(),
        "refused": refused,
        "differing": _differing(government),
    }
    return render(request, "government/nomenclature_of_offices.html", context, status=status)


def _differing(government: Government) -> list[dict]:
    """Offices that call codes of the list otherwise, with how many."""
    kept = GovernmentStandard.objects.filter(
        government=government, part=StandardPart.NOMENCLATURE, key=OuterRef("code")
    )
    other = kept.annotate(name=KeyTextTransform("name", "facts")).exclude(name=OuterRef("name"))
    found = NomenclatureItem.objects.filter(Exists(other), unit__belongs_to=government)
    counted = found.order_by("unit__name").values_list("unit__name").annotate(count=Count("pk"))
    return [{"office": name, "count": str(count)} for name, count in counted]
