"""A branch of the plan: how much it weighs, and the anggaran kas of its pagu."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.forms.plan.branch_form import BranchForm
from measurement.models import Pagu, Plan, PlanNode
from measurement.rules.numbers import show_money
from measurement.rules.permissions import may_keep_plan

from ..visitor import PersonRequest
from .plan_choice import chosen_year

CHANGED = "Bagian ini sudah diubah orang lain sejak halaman dibuka. Periksa nilai yang baru lalu simpan lagi."


@transaction.atomic
def branch(request: PersonRequest, pk: int):
    """Read or write one branch; a change reaches the cycles whose methodology is not settled yet."""
    node = _node(request, pk)
    may_keep = may_keep_plan.test(request.user, node.plan)
    if request.method == "POST" and not may_keep:
        raise PermissionDenied
    year = chosen_year(request, node.plan)
    pagu = Pagu.objects.filter(node=node, year=year).first()
    form = BranchForm(request.POST or None, node=node, pagu=pagu)
    status = 200
    if request.method == "POST":
        if form.is_valid() and request.POST.get("seen") == form.seen:
            return _saved(request, form, year)
        status = 409 if form.is_valid() else 422
        if status == 409:
            form.add_error(None, CHANGED)
    context = {
        "form": form,
        "node": node,
        "year": str(year),
        "pagu": show_money(pagu.amount) if pagu else "",
        "seen": form.seen,
        "may_keep": may_keep,
    }
    return render(request, "plan/branch.html", context, status=status)


def _node(request: PersonRequest, pk: int) -> PlanNode:
    """The branch, locked where it is written; 404 for one of another unit's plan."""
    nodes = PlanNode.objects.select_related("plan", "sub_unit")
    if request.method == "POST":
        nodes = nodes.select_for_update(of=("self",))
    node = nodes.filter(plan__in=Plan.objects.visible_to(request.user), pk=pk).first()
    if node is None:
        raise Http404
    return node


def _saved(request: PersonRequest, form: BranchForm, year: int):
    form.save()
    if form.remark:
        messages.warning(request, form.remark)
    messages.success(
        request, "Bagian rencana disimpan. Siklus yang metodologinya sudah ditetapkan tidak berubah."
    )
    return redirect(f"{reverse('plan')}?rencana={form.node.plan_id}&tahun={year}#cabang-{form.node.pk}")
