"""Impor pegawai in three steps on one page: choose a file, look at the differences, apply – all or nothing. And the same columns to download."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors.long_work import is_long, order_work
from measurement.forms.office.people_import import ANSWER, PeopleFileForm, answers_in
from measurement.models import Unit
from measurement.rules.refusals import Refusal

from .. import pending_uploads
from ..responses import workbook_response
from ..start.long_work import shown_answer
from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit

PURPOSE = "people_import"
SHOWN = 200


def people_import(request: PersonRequest):
    """Choose a file and look at what it would change; nothing is written before it is applied."""
    from measurement.staff import importing, lines

    unit = managed_unit(request)
    if request.method == "POST" and request.POST.get("action") in ("apply", "answer"):
        return _with_waiting_people(request, unit, importing, lines)
    if answer := shown_answer(request, "staff_look", importing.StaffPreview):
        return _import_page(request, unit, PeopleFileForm(), answer[1], 200)
    form, preview = PeopleFileForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        if is_long(upload):
            return _look_ordered(request, unit, upload, {})
        try:
            preview = importing.compare_staff(unit, lines.read_staff(upload, unit.sop), request.user)
        except Refusal as refusal:
            form.add_error("file", " ".join(refusal.sentences))
        else:
            pending_uploads.keep_upload(request, PURPOSE, upload, unit=unit.pk, answers={})
    status = 422 if form.is_bound and not form.is_valid() else 200
    return _import_page(request, unit, form, preview, status)


def _with_waiting_people(request: PersonRequest, unit: Unit, importing, lines):
    """Apply the file that was looked at, or look at it once more with what was answered."""
    waiting = pending_uploads.pending_upload(request, PURPOSE)
    if waiting is None or waiting[1]["unit"] != unit.pk:
        messages.error(request, "Berkas impor tidak ditemukan lagi. Pilih berkasnya sekali lagi.")
        return redirect(request.get_full_path())
    upload, facts = waiting
    if request.POST["action"] == "apply":
        if is_long(upload):
            return _write_ordered(request, unit, upload, facts["answers"])
        return _applied(request, unit, importing, lines.read_staff(upload, unit.sop), facts["answers"])
    answers = facts["answers"] | answers_in(request.POST)
    if is_long(upload):
        return _look_ordered(request, unit, upload, answers)
    pending_uploads.keep_facts(request, PURPOSE, answers=answers)
    preview = importing.compare_staff(unit, lines.read_staff(upload, unit.sop), request.user, answers)
    return _import_page(request, unit, PeopleFileForm(), preview, 200)


def _look_ordered(request: PersonRequest, unit: Unit, upload, answers: dict):
    """The page that shows how far reading it is, which leads back here."""
    pending_uploads.keep_upload(request, PURPOSE, upload, unit=unit.pk, answers=answers)
    return redirect("work", order_work(request.user, unit, "staff_look", upload, answers=answers).pk)


def _write_ordered(request: PersonRequest, unit: Unit, upload, answers: dict):
    """The page that shows how far writing it is; what the page showed is written, or nothing."""
    seen = request.POST.get("seen", "")
    work = order_work(request.user, unit, "staff_write", upload, seen=seen, answers=answers)
    pending_uploads.drop_upload(request, PURPOSE)
    return redirect("work", work.pk)


def _applied(request: PersonRequest, unit: Unit, importing, reading, answers: dict):
    """Write what the page showed; if that is refused, show the differences as they are now."""
    try:
        done = importing.apply_staff(unit, reading, request.user, request.POST.get("seen", ""), answers)
    except Refusal as refusal:
        preview = importing.compare_staff(unit, reading, request.user, answers)
        return _import_page(request, unit, PeopleFileForm(), preview, refusal.status, refusal.sentences)
    pending_uploads.drop_upload(request, PURPOSE)
    messages.success(request, done.summary)
    query = managed_switch(request, unit)["query"]
    if not done.new:
        return redirect(reverse("people") + query)
    return redirect(f"{reverse('people')}{query}{'&' if query else '?'}akun=baru")


def _import_page(request: PersonRequest, unit: Unit, form, preview, status: int, refused=()):
    context = {
        "unit": unit,
        "form": form,
        "preview": preview,
        "stage": 2 if preview else 1,
        "refused": refused,
        "switch": managed_switch(request, unit),
    }
    if preview:
        context |= {
            "new": preview.new[:SHOWN],
            "changed": preview.changed[:SHOWN],
            "wrong": preview.wrong[:SHOWN],
            "more": {
                name: max(0, len(getattr(preview, name)) - SHOWN) for name in ("new", "changed", "wrong")
            },
            "questions": [
                vars(question) | {"field": f"{ANSWER}{question.row}"} for question in preview.questions
            ],
        }
    return render(request, "office/people_import.html", context, status=status)


def people_template(request: PersonRequest):
    """The table to fill in."""
    return _workbook(request, filled=False)


def people_export(request: PersonRequest):
    """Who serves now, in the columns of the import."""
    return _workbook(request, filled=True)


def _workbook(request: PersonRequest, filled: bool):
    from measurement.staff.workbook import staff_workbook

    unit = managed_unit(request)
    name = f"Pegawai {unit.short_name} {timezone.localdate():%Y-%m-%d}" if filled else "Templat pegawai"
    return workbook_response(staff_workbook(unit, filled), f"{name}.xlsx")
