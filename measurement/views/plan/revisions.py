"""Penetapan dan revisi: by which document each year of the plan was approved, and what changed after that."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.forms.plan.revisions import ApprovalForm
from measurement.models import Plan, Revision
from measurement.plan import revising
from measurement.rules.dates import local_date, long_date
from measurement.rules.numbers import parse_key
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import Incomplete

from ..paging import PagedList
from ..visitor import PersonRequest
from .plan_choice import chosen_plan

PER_PAGE = 25


def revisions_page(request: PersonRequest):
    """Every year with its approval, and the revisions, newest first. Those who keep the plan approve a year here."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "plan/revisions.html", {"plan": None})
    may_keep = may_keep_plan.test(request.user, plan)
    if request.method == "POST" and not may_keep:
        raise PermissionDenied
    year = parse_key(request.GET.get("tahun", "")[:4])
    approvals = {approval.year: approval for approval in plan.approvals.select_related("recorded_by")}
    targeted = revising.years_with_targets(plan)
    open_years = [y for y in plan.years if y in targeted - set(approvals)]
    form = ApprovalForm(request.POST or None, years=open_years, initial={"year": year})
    if request.method == "POST" and _approve(request, plan, form):
        return redirect(f"{reverse('revisions')}?rencana={plan.pk}")
    context = {
        "plan": plan,
        "plan_key": str(plan.pk),
        "years": [_year_line(y, approvals.get(y), y in targeted) for y in plan.years],
        "form": form if open_years and may_keep else None,
        **_page(request, plan, year if year in plan.years else None),
    }
    return render(request, "plan/revisions.html", context, status=422 if form.is_bound else 200)


def _approve(request: PersonRequest, plan: Plan, form: ApprovalForm) -> bool:
    """Whether the year was approved; what is missing stands in the form otherwise."""
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        revising.approve(plan, data["year"], request.user, data["document"], data["dated"])
    except Incomplete as refusal:
        form.add_error(None, list(refusal.sentences))
        return False
    messages.success(
        request,
        f"Rencana tahun {data['year']} ditetapkan. Perubahan target atau pagunya sejak sekarang adalah revisi.",
    )
    return True


def _year_line(year: int, approval, targeted: bool) -> dict:
    if approval is None:
        missing = "Belum ditetapkan." if targeted else "Belum ditetapkan; belum ada target."
        return {"year": str(year), "sentence": missing, "recorded": "", "approved": False}
    return {
        "year": str(year),
        "sentence": f"{approval.document}, tanggal {long_date(approval.dated)}",
        "recorded": f"Dicatat oleh {approval.recorded_by} pada {local_date(approval.recorded_at)}.",
        "approved": True,
    }


def _page(request: PersonRequest, plan: Plan, year: int | None) -> dict:
    """The revisions of one year, or of all."""
    found = plan.revisions.select_related("node__sub_unit", "indicator", "made_by")
    found = found.filter(year=year) if year else found
    paged = PagedList.of(found, request, PER_PAGE)
    choices = [("", "Semua tahun", year is None), *((str(y), str(y), y == year) for y in plan.years)]
    return {
        "paged": paged,
        "revisions": revision_lines(paged.page.object_list),
        "filters": choices,
    }


def revision_lines(found: Iterable[Revision]) -> list[dict]:
    """Revisions as a table shows them."""
    return [
        {
            "year": str(revision.year),
            **revising.revision_line(revision),
            "made": f"{revision.made_by}, {local_date(revision.made_at)}",
        }
        for revision in found
    ]
