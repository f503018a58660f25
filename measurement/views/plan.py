"""Rencana: the tree with targets and pagu, and an indicator's definition."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Prefetch, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from ..forms.plan import IndicatorForm
from ..models import Indicator, Pagu, Plan, PlanNode, Target
from ..numbers import parse_key, show_money, show_short
from ..permissions import may_keep_plan


def plan(request):
    """The tree of the plan in force for one year."""
    plans = Plan.objects.visible_to(request.user).select_related("unit")
    chosen = next((p for p in plans if str(p.pk) == request.GET.get("rencana")), None) or plans.first()
    if chosen is None:
        return render(request, "measurement/plan.html", {"plan": None})
    year = _year(request, chosen)
    tree, counts = _tree(chosen, year)
    total = Pagu.objects.filter(node__plan=chosen, year=year).aggregate(total=Sum("amount"))["total"]
    context = {
        "plan": chosen,
        "year": str(year),
        "years": [(str(y), y == year) for y in chosen.years],
        "tree": tree,
        "summary": ", ".join(f"{count} {level.replace('_', ' ')}" for level, count in counts.items()),
        "pagu": show_money(total),
        "may_keep": may_keep_plan.test(request.user, chosen),
    }
    return render(request, "measurement/plan.html", context)


def _year(request, plan: Plan) -> int:
    asked = request.GET.get("tahun", "")
    year = parse_key(asked) or timezone.localdate().year
    return year if year in plan.years else plan.start_year


def _tree(plan: Plan, year: int) -> tuple[list[dict], dict]:
    """Nested branches with ready strings, and how many there are of each level."""
    indicators = Indicator.objects.filter(retired=False).select_related("owner").prefetch_related(
        Prefetch("targets", Target.objects.filter(year=year), to_attr="of_year")
    )  # fmt: skip
    nodes = plan.nodes.prefetch_related(
        Prefetch("indicators", indicators), Prefetch("pagu", Pagu.objects.filter(year=year), to_attr="of_year")
    )
    branches, roots, counts = {}, [], {}
    for node in nodes:
        branches[node.pk] = _branch(node)
        counts[node.level] = counts.get(node.level, 0) + 1
    for node in nodes:
        (branches[node.parent_id]["children"] if node.parent_id else roots).append(branches[node.pk])
    for root in roots:
        _add_pagu(root)
    counts["indikator"] = sum(len(branch["indicators"]) for branch in branches.values())
    return roots, counts


def _branch(node: PlanNode) -> dict:
    return {
        "code": node.code,
        "name": node.name,
        "level": node.get_level_display(),
        "amount": sum(pagu.amount for pagu in node.of_year),
        "children": [],
        "indicators": [
            {
                "name": indicator.name,
                "url": reverse("indicator", args=[indicator.pk]),
                "target": f"{show_short(indicator.of_year[0].annual)} {indicator.measure}" if indicator.of_year else "belum ada target",
                "owner": indicator.owner or "belum ada penanggung jawab",
            }
            for indicator in node.indicators.all()
        ],
    }


def _add_pagu(branch: dict):
    """Pagu of a parent is the sum of its children."""
    branch["amount"] += sum(_add_pagu(child) for child in branch["children"])
    branch["pagu"] = show_money(branch["amount"])
    return branch["amount"]


def indicator(request, pk: int):
    """One indicator: definition, owner, SMART check, targets of a year."""
    visible = Indicator.objects.filter(node__plan__in=Plan.objects.visible_to(request.user))
    found = get_object_or_404(visible.select_related("node__plan"), pk=pk)
    may_keep = may_keep_plan.test(request.user, found.node.plan)
    year = _year(request, found.node.plan)
    if request.method == "POST" and not may_keep:
        raise PermissionDenied
    form = IndicatorForm(request.POST or None, instance=found, year=year)
    if request.method == "POST" and form.is_valid() and _save_indicator(request, form):
        return redirect(_safe_return(request) or reverse("plan"))
    context = {
        "form": form,
        "indicator": found,
        "year": str(year),
        "may_keep": may_keep,
        "back": _safe_return(request),
        "edit_version": str(found.version),
        "cycle": request.POST.get("siklus") or request.GET.get("siklus", ""),
    }
    return render(request, "measurement/indicator.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _save_indicator(request, form: IndicatorForm) -> bool:
    """Write unless somebody else wrote meanwhile."""
    found, version = form.instance, parse_key(request.POST.get("version", ""))
    fresh = Indicator.objects.filter(pk=found.pk, version=version)
    if not fresh.update(version=F("version") + 1):
        form.add_error(None, "Indikator ini sudah diubah orang lain sejak halaman dibuka. Periksa nilai yang baru lalu simpan lagi.")
        return False
    found.version = version + 1
    form.save()
    form.save_target(found)
    messages.success(request, "Indikator disimpan. Siklus yang metodologinya sudah ditetapkan tidak berubah.")
    return True


def _safe_return(request) -> str:
    """Back to the methodology step of a cycle if that is where one came from."""
    cycle = parse_key(request.POST.get("siklus") or request.GET.get("siklus", ""))
    return reverse("step", args=[cycle, 4]) if cycle else ""
