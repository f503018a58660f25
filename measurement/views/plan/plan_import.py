"""Impor rencana in three steps on one page: choose a file, look at the differences, apply – all or nothing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from measurement.doors.long_work import is_long, order_work
from measurement.forms.plan.import_form import ImportForm
from measurement.forms.plan.revisions import BasisForm
from measurement.models import LongWork, Plan
from measurement.rules.numbers import parse_key
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import Incomplete, Refusal

from .. import pending_uploads
from ..responses import workbook_response
from ..start.long_work import shown_answer
from ..visitor import PersonRequest
from .import_choices import choices_as_sent, choices_shown, import_choices, typed_sub_units
from .plan_choice import chosen_year

PURPOSE = "plan_import"
SHOWN = 200
UNFOLDED = 12  # lines of a list that is not folded


def plan_import(request: PersonRequest):
    """Choose a file and look at what it would change; nothing is written before it is applied."""
    from measurement.plan import table_import as importer

    plans = [
        plan
        for plan in Plan.objects.filter(unit_id__in=request.user.unit_ids)
        if may_keep_plan.test(request.user, plan)
    ]
    if not plans:
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("action") in ("apply", "answer"):
        return _with_waiting_file(request, importer, plans)
    if answer := shown_answer(request, "plan_look", importer.Preview):
        return _answer_page(request, plans, *answer)
    form = ImportForm(request.POST or None, request.FILES or None, plans=plans)
    found = {}
    if request.method == "POST" and form.is_valid():
        if is_long(form.cleaned_data["file"]):
            return _ordered(request, **form.cleaned_data)
        found = _previewed(request, importer, form)
    return _page(request, plans, form, 422 if form.is_bound and not form.is_valid() else 200, **found)


def _previewed(request: PersonRequest, importer, form: ImportForm) -> dict:
    """The differences, with the file kept until they are applied; nothing with a sentence on the form if it can't be read."""
    plan, upload, year = form.cleaned_data["plan"], form.cleaned_data["file"], form.cleaned_data["year"]
    try:
        preview = importer.preview(plan, importer.read_plan_table(upload), year)
    except Refusal as refusal:
        form.add_error("file", " ".join(refusal.sentences))
        return {}
    pending_uploads.keep_upload(request, PURPOSE, upload, plan=plan.pk, year=year)
    return {"preview": preview, "plan": plan, "basis": BasisForm()}


def _ordered(request: PersonRequest, plan: Plan, file, year: int | None, choices: dict | None = None):
    """The page that shows how far reading it is, which leads back here."""
    facts = {"plan": plan.pk, "year": year}
    pending_uploads.keep_upload(
        request, PURPOSE, file, **facts, **({"sub_units": choices["sub_units"]} if choices else {})
    )
    work = order_work(request.user, plan.unit, "plan_look", file, **facts, choices=choices)
    return redirect("work", work.pk)


def _answer_page(request: PersonRequest, plans: list[Plan], work: LongWork, preview):
    """The differences that were found by the queue."""
    plan = next(plan for plan in plans if plan.pk == work.parameters["plan"])
    form = ImportForm(plans=plans, initial={"plan": plan, "year": work.parameters["year"]})
    return _page(request, plans, form, 200, preview=preview, plan=plan, basis=BasisForm())


def _with_waiting_file(request: PersonRequest, importer, plans: list[Plan]):
    """Apply the file that was looked at, or look at it once more with the sub units that were asked for."""
    waiting = pending_uploads.pending_upload(request, PURPOSE)
    if waiting is None:
        messages.error(request, "Berkas impor tidak ditemukan lagi. Pilih berkasnya sekali lagi.")
        return redirect("plan_import")
    upload, facts = waiting
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=facts["plan"])
    if request.POST["action"] == "apply":
        if is_long(upload):
            return _write_ordered(request, plan, upload, facts)
        return _apply(request, importer, plans, plan, importer.read_plan_table(upload), facts)
    if is_long(upload):
        choices = choices_as_sent(request, facts | {"sub_units": typed_sub_units(request)})
        return _ordered(request, plan, upload, facts["year"], choices)
    return _answered(request, importer, plans, plan, upload, facts)


def _write_ordered(request: PersonRequest, plan: Plan, upload, facts: dict):
    """The page that shows how far writing it is; what the page showed is written, or nothing."""
    form = BasisForm(request.POST)
    form.is_valid()
    basis = form.basis()
    given = basis and {**vars(basis), "dated": basis.dated.isoformat() if basis.dated else ""}
    work = order_work(
        request.user, plan.unit, "plan_write", upload, plan=plan.pk, year=facts["year"],
        seen=request.POST.get("seen", ""), basis=given, choices=choices_as_sent(request, facts),
    )  # fmt: skip
    pending_uploads.drop_upload(request, PURPOSE)
    return redirect("work", work.pk)


def _answered(request: PersonRequest, importer, plans: list[Plan], plan: Plan, upload, facts: dict):
    """The differences with the sub units that the person named; the answers wait with the file."""
    facts = {"plan": plan.pk, "year": facts["year"], "sub_units": typed_sub_units(request)}
    pending_uploads.keep_facts(request, PURPOSE, **facts)
    preview = importer.preview(
        plan, importer.read_plan_table(upload), facts["year"], import_choices(request, facts)
    )
    form = ImportForm(plans=plans, initial={"plan": plan, "year": facts["year"]})
    return _page(request, plans, form, 200, preview=preview, plan=plan, basis=BasisForm())


def _apply(request: PersonRequest, importer, plans: list[Plan], plan: Plan, dataset, facts: dict):
    """Write what the page showed, not what another page left waiting.

    If it is refused, the differences as they are now are shown again, with the basis that was typed.
    """
    basis, choices = BasisForm(request.POST), import_choices(request, facts)
    basis.is_valid()
    try:
        done = importer.apply(
            plan, dataset, request.user, facts["year"], basis.basis(), request.POST.get("seen", ""), choices
        )
    except Refusal as refusal:
        preview = importer.preview(plan, dataset, facts["year"], choices)
        if isinstance(refusal, Incomplete) and preview.revisions:
            basis.require()
        form = ImportForm(plans=plans, initial={"plan": plan, "year": facts["year"]})
        return _page(
            request,
            plans,
            form,
            refusal.status,
            preview=preview,
            plan=plan,
            basis=basis,
            refused=refusal.sentences,
        )
    pending_uploads.drop_upload(request, PURPOSE)
    messages.success(request, done.summary)
    return redirect("plan")


def _page(request: PersonRequest, plans: list[Plan], form: ImportForm, status: int, preview=None, **context):
    if preview:
        years = _span(list(preview.revisions))
        for field in context["basis"].fields.values():
            field.required = bool(years)  # asked only where it is needed, and then it is
        context |= {
            "preview": preview,
            "changed": preview.changed[:SHOWN],
            "more": max(0, len(preview.changed) - SHOWN),
            "wrong": preview.wrong[:SHOWN],
            "more_wrong": max(0, len(preview.wrong) - SHOWN),
            "lists": [_list("Indikator baru", preview.new), _list("Cabang baru tanpa indikator", preview.branches),
                      _list("Indikator yang tidak ada lagi pada berkas", preview.gone)],
            **choices_shown(request, preview, context["plan"]),
            "years": _span(preview.years),
            "revised": f"{sum(preview.revisions.values())} perubahan pada tahun yang sudah ditetapkan ({years})" if years else "",
        }  # fmt: skip
    context |= {
        "refused": context.get("refused", ()),
        "form": form,
        "stage": 2 if preview else 1,
        "templates": [(str(plan), str(plan.pk)) for plan in plans],
    }
    return render(request, "plan/plan_import.html", context, status=status)


def _span(years: list[int]) -> str:
    """2026–2030 where no year lacks between the first and the last."""
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}–{years[-1]}"
    return ", ".join(str(year) for year in years)


def _list(title: str, items: list) -> dict:
    shown = items[:SHOWN]
    more = max(0, len(items) - SHOWN)
    return {
        "title": title,
        "count": len(items),
        "is_open": len(items) <= UNFOLDED,
        "items": shown,
        "more": more,
    }


def plan_template(request: PersonRequest):
    """The xlsx template to fill in; those who keep a plan get it with the plan's years and people, and on demand with what the plan holds."""
    from measurement.plan.table_import import plan_workbook, template_workbook

    if "rencana" not in request.GET:
        return workbook_response(template_workbook(), "Templat rencana.xlsx")
    plan = get_object_or_404(
        Plan.objects.visible_to(request.user).select_related("unit"), pk=parse_key(request.GET["rencana"])
    )
    if not may_keep_plan.test(request.user, plan):
        raise PermissionDenied
    filled = request.GET.get("isi") == "ya"
    name = f"{'Isi' if filled else 'Templat'} rencana {plan.start_year}-{plan.end_year}.xlsx"
    return workbook_response(plan_workbook(plan, chosen_year(request, plan), filled), name)
