"""Impor rencana in three steps on one page: choose a file, look at the differences, apply – all or nothing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from ..forms.plan import ImportForm
from ..models import Plan
from ..permissions import may_keep_plan
from ..refusals import Refusal
from . import kept
from .papers import workbook

PURPOSE = "plan_import"


def plan_import(request):
    """Choose a file and look at what it would change; nothing is written before it is applied."""
    from ..spreadsheets import plan_import as importer  # noqa: PLC0415 – import_export and openpyxl are loaded only here

    if not any(may_keep_plan.test(request.user, p) for p in Plan.objects.visible_to(request.user)):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("action") == "apply":
        return _apply(request, importer)
    form = ImportForm(request.POST or None, request.FILES or None, person=request.user)
    context = {"form": form, "stage": 1}
    if request.method == "POST" and form.is_valid():
        target, upload = form.cleaned_data["plan"], form.cleaned_data["file"]
        if not may_keep_plan.test(request.user, target):
            raise PermissionDenied
        try:
            preview = importer.preview(target, importer.read_table(upload))
        except Refusal as refusal:
            form.add_error("file", " ".join(refusal.sentences))
        else:
            kept.keep(request, PURPOSE, upload, plan=target.pk)
            context |= {"stage": 2, "preview": preview, "plan": target}
    return render(request, "measurement/plan_import.html", context, status=422 if form.is_bound and not form.is_valid() else 200)


def _apply(request, importer):
    waiting = kept.waiting(request, PURPOSE)
    if waiting is None:
        messages.error(request, "Berkas impor tidak ditemukan lagi. Pilih berkasnya sekali lagi.")
        return redirect("plan_import")
    upload, facts = waiting
    target = get_object_or_404(Plan.objects.visible_to(request.user), pk=facts["plan"])
    if not may_keep_plan.test(request.user, target):
        raise PermissionDenied
    kept.drop(request, PURPOSE)
    done = importer.apply(target, importer.read_table(upload), request.user)
    messages.success(
        request,
        f"Rencana diperbarui: {len(done.new)} indikator baru, {len(done.changed)} isian berubah, {len(done.gone)} tidak dipakai lagi.",
    )
    return redirect("plan")


def plan_template(request):
    """The xlsx template to fill in."""
    from ..spreadsheets.plan_import import template_workbook  # noqa: PLC0415

    return workbook(template_workbook(), "Templat rencana.xlsx")
