"""Dokumen perencanaan: the tables of Renstra, Renja, Perjanjian Kinerja, IKU, IKI and DPA that the plan is held against."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from measurement.addresses import reverse
from measurement.files import clean_name
from measurement.forms.plan.planning_documents import PlanningDocumentForm
from measurement.models import Plan, PlanningDocument
from measurement.plan.radar import short_name
from measurement.rules.dates import moment
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import BadFile
from measurement.rules.sop import REFERENCE_DOCUMENTS

from ..visitor import PersonRequest
from .plan_choice import chosen_plan, chosen_year, plan_and_years


def planning_documents(request: PersonRequest):
    """The six documents of one year, and the upload of one of them for those who keep the plan."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "plan/planning_documents.html", {"plan": None})
    may_keep = may_keep_plan.test(request.user, plan)
    if request.method == "POST" and not may_keep:
        raise PermissionDenied
    year = chosen_year(request, plan)
    kind = request.GET.get("jenis", "")
    form = PlanningDocumentForm(
        request.POST or None, request.FILES or None, plan=plan, initial={"year": str(year), "kind": kind}
    )
    wrong = []
    if request.method == "POST" and form.is_valid():
        wrong = _take(request, plan, form)
        if not wrong and form.is_valid():
            return redirect(
                f"{reverse('planning_documents')}?{urlencode({'rencana': plan.pk, 'tahun': form.cleaned_data['year']})}"
            )
    context = {
        **plan_and_years(request, plan, year),
        "documents": _documents(plan, year),
        "form": form if may_keep else None,
        "wrong": wrong,
    }
    return render(request, "plan/planning_documents.html", context, status=422 if form.is_bound else 200)


def _take(request: PersonRequest, plan: Plan, form: PlanningDocumentForm) -> list:
    """Read and keep the upload; the wrong cells if there are any. What is no table at all becomes an error of the form."""
    from measurement.plan import planning_documents  # noqa: PLC0415 – openpyxl is loaded only here

    kind, year, upload = (form.cleaned_data[name] for name in ("kind", "year", "file"))
    try:
        reading = planning_documents.read_document(upload, year)
    except BadFile as refusal:
        form.add_error("file", " ".join(refusal.sentences))
        return []
    if reading.wrong:
        return reading.wrong
    name, title = clean_name(upload.name), f"{short_name(kind)} {year}"
    if not planning_documents.store(plan, kind, year, name, reading.lines, request.user):
        messages.info(request, f"{title} sama dengan yang tersimpan; tidak ada yang berubah.")
        return []
    messages.success(request, f"{title} tersimpan: {len(reading.lines)} baris.")
    for remark in reading.remarks:
        messages.info(request, remark)
    return []


def _documents(plan: Plan, year: int) -> list[dict]:
    there = {
        document.kind: _document_facts(document, document.size)
        for document in plan.documents.filter(year=year)
        .annotate(size=Count("lines"))
        .select_related("uploaded_by")
    }
    missing = {"name": "", "lines": "", "uploaded": ""}
    return [{"label": label, **there.get(kind, missing)} for kind, label in REFERENCE_DOCUMENTS.items()]


def _document_facts(document: PlanningDocument, size: int) -> dict[str, str]:
    uploaded = f"{document.uploaded_by}, {moment(document.uploaded_at)}"
    return {"name": document.name, "lines": str(size), "uploaded": uploaded}
