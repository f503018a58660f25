"""Pegawai banyak kantor: one file with a column for the office, looked at as an office looks at its own, and written into all offices or none."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.doors.long_work import is_long
from measurement.forms.office.people_import import PeopleFileForm, answers_in
from measurement.models import Government
from measurement.rules.refusals import Refusal

from .. import pending_uploads
from ..office.people_import import shown_people
from ..responses import workbook_response
from ..start.long_work import shown_answer
from ..visitor import PersonRequest
from .choice import government_query, kept_government
from .ordered_work import ordered_work

PURPOSE = "people_of_offices"
GONE = "Berkas impor tidak ditemukan lagi. Pilih berkasnya sekali lagi."
AFTERWARDS = "administrator tiap kantor mencetak lembar kata sandi pertama bagi pegawainya."


def people_of_offices(request: PersonRequest):
    """Choose a file and look at what each office would get; nothing is written before it is applied."""
    from measurement.staff.of_offices import OfficesPreview

    government = kept_government(request)
    if request.method == "POST" and request.POST.get("action") in ("apply", "answer"):
        return _with_waiting_file(request, government)
    if answer := shown_answer(request, "staff_of_offices_look", OfficesPreview):
        return _page(request, government, PeopleFileForm(), answer[1])
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _looked_at(request, government, form.cleaned_data["file"], {})
        except Refusal as refusal:
            form.add_error("file", " ".join(refusal.sentences))
    return _page(request, government, form, None, 422 if form.is_bound else 200)


def _with_waiting_file(request: PersonRequest, government: Government):
    """Apply the file that was looked at, or look at it once more with what was answered."""
    waiting = pending_uploads.pending_upload(request, PURPOSE)
    if waiting is None or waiting[1]["government"] != government.pk:
        messages.error(request, GONE)
        return redirect(request.get_full_path())
    upload, facts = waiting
    if request.POST["action"] == "answer":
        return _looked_at(request, government, upload, facts["answers"] | answers_in(request.POST))
    return _applied(request, government, upload, facts["answers"])


def _looked_at(request: PersonRequest, government: Government, upload: UploadedFile, answers: dict):
    """What it would do, or the page that shows how far reading it is."""
    from measurement.staff.of_offices import compare_staff_of_offices, read_staff_of_offices

    if is_long(upload):
        pending_uploads.keep_upload(request, PURPOSE, upload, government=government.pk, answers=answers)
        return ordered_work(request, government, "staff_of_offices_look", upload, answers=answers)
    preview = compare_staff_of_offices(read_staff_of_offices(upload, government), request.user, answers)
    pending_uploads.keep_upload(request, PURPOSE, upload, government=government.pk, answers=answers)
    return _page(request, government, PeopleFileForm(), preview)


def _applied(request: PersonRequest, government: Government, upload: UploadedFile, answers: dict):
    """Write what the page showed; if that is refused, show the differences as they are now."""
    from measurement.staff import of_offices

    seen = request.POST.get("seen", "")
    if is_long(upload):
        led = ordered_work(request, government, "staff_of_offices_write", upload, seen=seen, answers=answers)
        pending_uploads.drop_upload(request, PURPOSE)
        return led
    reading = of_offices.read_staff_of_offices(upload, government)
    try:
        done = of_offices.apply_staff_of_offices(reading, request.user, seen, answers)
    except Refusal as refusal:
        upload.seek(0)
        reading = of_offices.read_staff_of_offices(upload, government)
        preview = of_offices.compare_staff_of_offices(reading, request.user, answers)
        return _page(
            request, government, PeopleFileForm(), preview, refusal.status, refused=refusal.sentences
        )
    pending_uploads.drop_upload(request, PURPOSE)
    messages.success(request, done.summary)
    return redirect(reverse("government") + government_query(request, government))


def _page(request: PersonRequest, government: Government, form, preview, status: int = 200, refused=()):
    context = {
        "government": government,
        "query": government_query(request, government),
        "form": form,
        "preview": preview,
        "stage": 2 if preview else 1,
        "refused": refused,
    }
    if preview:
        context |= shown_people(preview) | {"afterwards": AFTERWARDS}
    return render(request, "government/people_of_offices.html", context, status=status)


def people_of_offices_template(request: PersonRequest):
    """The table to fill in, with the codes of the offices."""
    from measurement.staff.workbook import offices_workbook

    government = kept_government(request)
    return workbook_response(
        offices_workbook(list(government.offices.order_by("name"))), "Templat pegawai banyak kantor.xlsx"
    )
