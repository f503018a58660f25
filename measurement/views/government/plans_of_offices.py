"""Rencana banyak kantor: one file with a column for the office, looked at office by office; each office is then written whole, or named with the reason."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import redirect, render

from measurement.doors.long_work import is_long
from measurement.doors.long_work_imports import order_of_plans
from measurement.doors.long_work_run import is_queued
from measurement.forms.plan.plans_of_offices import PlansFileForm
from measurement.forms.plan.revisions import BasisForm
from measurement.models import Government
from measurement.rules.refusals import Refusal

from .. import pending_uploads
from ..responses import workbook_response
from ..start.long_work import shown_answer
from ..visitor import PersonRequest
from .choice import government_query, kept_government
from .ordered_work import ordered_work
from .plan_shares import shown_outcomes, shown_shares

PURPOSE = "plans_of_offices"
WRITTEN = "ditulis"
MANY = 20  # offices, which take a second to be looked at
SEEN = "seen-"  # name of an input, before the key of the office
GONE = "Berkas impor tidak ditemukan lagi. Pilih berkasnya sekali lagi."


def plans_of_offices(request: PersonRequest):
    """Choose a file and look at what each office would get; nothing is written before it is applied."""
    from measurement.plan.plans_of_offices import PlansDone, PlansPreview

    government = kept_government(request)
    if request.method == "POST" and request.POST.get("action") == "apply":
        return _with_waiting_plans(request, government)
    if WRITTEN in request.GET and (done := shown_answer(request, "plans_of_offices_write", PlansDone)):
        return _page(request, government, PlansFileForm(), 200, stage=3, **shown_outcomes(done[1]))
    if answer := shown_answer(request, "plans_of_offices_look", PlansPreview):
        return _page(request, government, PlansFileForm(), 200, **_shown(answer[1]))
    form = PlansFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _looked_at(request, government, form.cleaned_data["file"], form.decided())
        except Refusal as refusal:
            form.add_error("file", " ".join(refusal.sentences))
    return _page(request, government, form, 422 if form.is_bound else 200)


def _looked_at(request: PersonRequest, government: Government, upload: UploadedFile, decided: dict):
    """What it would do, or the page that shows how far reading it is."""
    from measurement.plan.plans_of_offices import compare_plans_of_offices, read_plans_of_offices

    reading = None if is_long(upload) else read_plans_of_offices(upload, government)
    pending_uploads.keep_upload(request, PURPOSE, upload, government=government.pk, decided=decided)
    if reading is None or (is_queued() and len(reading.tables) > MANY):
        return ordered_work(request, government, "plans_of_offices_look", upload, **decided)
    preview = compare_plans_of_offices(reading, order_of_plans(decided))
    return _page(request, government, PlansFileForm(), 200, **_shown(preview))


def _with_waiting_plans(request: PersonRequest, government: Government):
    """Write what the page showed, as work that says how far it is; a half basis is asked for first."""
    waiting = pending_uploads.pending_upload(request, PURPOSE)
    if waiting is None or waiting[1]["government"] != government.pk:
        messages.error(request, GONE)
        return redirect(request.get_full_path())
    upload, decided = waiting[0], waiting[1]["decided"]
    basis = BasisForm(request.POST)
    if not basis.is_valid() or ("revised" in request.POST and not basis.require()):
        return _asked_again(request, government, upload, decided, basis)
    given = basis.basis()
    told = given and {**vars(given), "dated": given.dated.isoformat() if given.dated else ""}
    pending_uploads.drop_upload(request, PURPOSE)
    return ordered_work(
        request, government, "plans_of_offices_write", upload, **decided,
        basis=told, losses="losses" in request.POST, seen=_seen(request.POST),
    )  # fmt: skip


def _seen(posted: Mapping[str, Any]) -> dict[str, str]:
    """Office → what was shown of it."""
    return {name.removeprefix(SEEN): str(digest) for name, digest in posted.items() if name.startswith(SEEN)}


def _asked_again(
    request: PersonRequest, government: Government, upload: UploadedFile, decided: dict, basis: BasisForm
):
    """The differences as they are now, with what is missing in the basis."""
    from measurement.plan.plans_of_offices import compare_plans_of_offices, read_plans_of_offices

    preview = compare_plans_of_offices(read_plans_of_offices(upload, government), order_of_plans(decided))
    return _page(request, government, PlansFileForm(), 422, **_shown(preview, basis))


def _shown(preview, basis: BasisForm | None = None) -> dict:
    return {"stage": 2, **shown_shares(preview, basis or BasisForm())}


def _page(request: PersonRequest, government: Government, form: PlansFileForm, status: int, **shown):
    context = {
        "government": government,
        "query": government_query(request, government),
        "form": form,
        "stage": 1,
        **shown,
    }
    return render(request, "government/plans_of_offices.html", context, status=status)


def plans_of_offices_template(request: PersonRequest):
    """The table to fill in, with the codes of the offices."""
    from measurement.plan.table_import.template import offices_template

    government = kept_government(request)
    offices = [(unit.code, unit.name) for unit in government.offices.order_by("name")]
    return workbook_response(offices_template(offices), "Templat rencana banyak kantor.xlsx")
