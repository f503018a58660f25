"""The templat of data awal: download it, fill it in, upload it, look at the differences, apply."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from measurement.doors import opening as doors
from measurement.forms.plan.opening import FilledOpeningForm
from measurement.models import OpeningSet
from measurement.plan.opening import OpeningTable
from measurement.rules.permissions import may_enter_opening
from measurement.rules.refusals import NotAtThisStep, Refusal

from .. import pending_uploads
from ..responses import workbook_response
from ..visitor import PersonRequest
from .opening import get_opening

PURPOSE = "opening"
CHANGED = "Data awal berubah sejak perbedaannya ditampilkan, jadi belum ada yang disimpan. Periksa perbedaan yang baru di bawah."


def _open_set(request: PersonRequest, pk: int) -> OpeningSet:
    """A set that this person may fill in now."""
    opening = get_opening(request, pk)
    if not may_enter_opening.test(request.user, opening):
        raise PermissionDenied
    if opening.is_approved:
        raise NotAtThisStep(doors.APPROVED)
    return opening


def opening_form(request: PersonRequest, pk: int):
    """The workbook to fill in."""
    from measurement.plan.opening_workbook import opening_workbook  # noqa: PLC0415 – openpyxl is loaded only here

    opening = _open_set(request, pk)
    return workbook_response(
        opening_workbook(OpeningTable(opening)), f"Data awal {opening.plan.unit.short_name}.xlsx"
    )


def opening_upload(request: PersonRequest, pk: int):
    """Choose the filled-in file and look at what it would change; nothing is written before it is applied."""
    from measurement.plan.opening_upload import OpeningUpload  # noqa: PLC0415 – openpyxl is loaded only here

    opening = _open_set(request, pk)
    if request.method == "POST" and request.POST.get("action") == "apply":
        return _apply(request, opening, OpeningUpload)
    form, found = FilledOpeningForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            found = OpeningUpload(OpeningTable(opening)).read(upload)
        except Refusal as refusal:
            form.add_error("file", " ".join(refusal.sentences))
        else:
            pending_uploads.keep_upload(request, PURPOSE, upload, opening=opening.pk)
    return _page(request, opening, form, found, 422 if form.is_bound and not form.is_valid() else 200)


def _apply(request: PersonRequest, opening: OpeningSet, reader):
    """Write what the page showed, all or nothing; if it is no longer what the page showed, show it anew."""
    waiting = pending_uploads.pending_upload(request, PURPOSE)
    if waiting is None or waiting[1]["opening"] != opening.pk:
        messages.error(request, "Berkas isian tidak ditemukan lagi. Pilih berkasnya sekali lagi.")
        return redirect("opening_upload", opening.pk)
    found = reader(OpeningTable(opening)).read(waiting[0])
    if found.fingerprint != request.POST.get("seen"):
        messages.error(request, CHANGED)
        return _page(request, opening, FilledOpeningForm(), found, 409)
    if found.wrong:
        return _page(request, opening, FilledOpeningForm(), found, 422)
    try:
        doors.save_opening(opening.pk, request.user, opening.version, found.changes)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return _page(request, opening, FilledOpeningForm(), None, refusal.status)
    pending_uploads.drop_upload(request, PURPOSE)
    messages.success(request, f"{len(found.differences)} angka tersimpan. Angka dipakai sesudah disetujui.")
    return redirect("opening_set", opening.pk)


def _page(request: PersonRequest, opening: OpeningSet, form: FilledOpeningForm, found, status: int):
    context = {"opening": opening, "form": form, "found": found}
    return render(request, "plan/opening_upload.html", context, status=status)
