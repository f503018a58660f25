"""Rencana: the tree with targets and pagu, and an indicator's definition."""

from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.shortcuts import get_object_or_404, redirect, render

from measurement.addresses import reverse
from measurement.forms.plan.plan_forms import IndicatorForm
from measurement.forms.plan.revisions import BasisForm
from measurement.models import Indicator, Level, OpeningSet, Plan
from measurement.plan import radar, revising
from measurement.record.pagu_history import history_since
from measurement.rules.following import FOLLOW_LABELS
from measurement.rules.numbers import parse_key, show_money, show_short
from measurement.rules.periods import Frequency
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import Incomplete, Refusal, Stale
from measurement.rules.schedules import schedule_note

from ..office.office_choice import units_where
from ..visitor import PersonRequest
from .first_pagu import FirstPagu
from .plan_choice import chosen_plan, chosen_year, plan_and_years
from .revisions import revision_lines

REVISIONS_SHOWN = 20


def plan(request: PersonRequest):
    """The tree of the plan in force for one year."""
    chosen = chosen_plan(request)
    if chosen is None:
        may_begin = units_where(request.user, may_keep_plan)
        return render(
            request,
            "plan/plan.html",
            {"plan": None, "new_plan_url": reverse("new_plan") if may_begin else ""},
        )
    year = chosen_year(request, chosen)
    facts = radar.load(chosen, year)
    approval = chosen.approvals.filter(year=year).select_related("plan").first()
    now = {pk: branch.node.amount or Decimal(0) for pk, branch in facts.by_node.items()}
    first_pagu = FirstPagu(facts, history_since(approval, now))
    tree, counts = _tree(facts, first_pagu, chosen.unit.weighs_branches)
    context = {
        **plan_and_years(request, chosen, year),
        "tree": tree,
        "summary": ", ".join(f"{count} {level.replace('_', ' ')}" for level, count in counts.items()),
        "pagu": show_money(facts.pagu or None),
        "first_pagu": first_pagu.words,
        "findings": str(len(radar.findings_of(facts))),
        "fixed_by": revising.approval_words(approval),
        "may_keep": may_keep_plan.test(request.user, chosen),
        "measured": facts.frequency.every,
    }
    return render(request, "plan/plan.html", context)


def _tree(facts: radar.Facts, first_pagu: FirstPagu, weighs: bool) -> tuple[list[dict], dict]:
    """Nested branches with ready strings, and how many there are of each level."""
    branches: dict[int, dict] = {}
    counts: dict[str, int] = {}
    roots: list[dict] = []
    for key, branch in facts.by_node.items():
        branches[key] = _branch(branch, weighs, facts.frequency) | {"first_pagu": first_pagu.of(branch)}
        counts[branch.level] = counts.get(branch.level, 0) + 1
    for key, branch in facts.by_node.items():
        (branches[branch.node.parent_id]["children"] if branch.node.parent_id else roots).append(
            branches[key]
        )
    counts["indikator"] = sum(len(branch["indicators"]) for branch in branches.values())
    return roots, counts


def _kept_words(branch: radar.Branch, weighs: bool) -> str:
    """What may be entered of a branch beside its indicators; empty for most."""
    has_cash = branch.node.level == Level.SUB_KEGIATAN and bool(branch.pagu)
    return " dan ".join(["bobot"] * weighs + ["anggaran kas"] * has_cash).capitalize()


def _branch(branch: radar.Branch, weighs: bool, frequency: Frequency) -> dict:
    node = branch.node
    return {
        "key": str(node.pk),
        "code": node.code,
        "name": node.read_title,
        "level": node.get_level_display(),
        "pagu": show_money(branch.pagu),
        "kept": _kept_words(branch, weighs),
        "details": f"bobot {show_short(node.weight)}" if node.weight is not None else "",
        "children": [],
        "indicators": [
            {
                "name": indicator.name,
                "url": reverse("indicator", args=[indicator.pk]),
                "target": f"{indicator.shown_target(radar.aim_of(indicator))} {indicator.measure}"
                if indicator.annual is not None
                else "belum ada target",
                "owner": indicator.owner or "belum ada penanggung jawab",
                "follows": _follows(indicator),
                "schedule": schedule_note(indicator.schedule, frequency),
            }
            for indicator in branch.indicators
        ],
    }


def _follows(indicator: Indicator) -> str:
    """What it takes its realisasi from; empty where it is typed."""
    followed = (
        [f"{source.node.place} {source.name}" for source in indicator.follows.all()]
        if indicator.follow_rule
        else []
    )
    return f"{FOLLOW_LABELS[indicator.follow_rule]} {', '.join(followed)}" if followed else ""


def indicator(request: PersonRequest, pk: int):
    """One indicator: definition, owner, SMART check, targets of a year; in an approved year with the basis of a revision."""
    visible = Indicator.objects.filter(node__plan__in=Plan.objects.visible_to(request.user)).annotate(
        has_opening=Exists(OpeningSet.objects.filter(plan=OuterRef("node__plan")))
    )
    found = get_object_or_404(visible.select_related("node__plan", "node__sub_unit"), pk=pk)
    may_keep = may_keep_plan.test(request.user, found.node.plan)
    year = chosen_year(request, found.node.plan)
    if request.method == "POST" and not may_keep:
        raise PermissionDenied
    has_opening = bool(vars(found)["has_opening"])
    form = IndicatorForm(request.POST or None, instance=found, year=year, has_opening=has_opening)
    basis = BasisForm(request.POST or None)
    approved = revising.approved_years(found.node.plan)
    fixed = form.is_fixed_by(approved)
    if (
        request.method == "POST"
        and form.is_valid()
        and basis.is_valid()
        and _save_indicator(request, form, basis)
    ):
        return redirect(_safe_return(request) or reverse("plan"))
    context = {
        "form": form,
        "basis": basis if fixed else None,
        "indicator": found,
        "year": str(year),
        "may_keep": may_keep,
        "back": _safe_return(request),
        "edit_version": str(found.version),
        "cycle": request.POST.get("siklus") or request.GET.get("siklus", ""),
        # there is none before a year is approved
        "revisions": revision_lines(
            found.revisions.select_related("node__sub_unit", "made_by")[:REVISIONS_SHOWN]
        )
        if approved
        else [],
    }
    return render(request, "plan/indicator.html", context, status=422 if form.is_bound else 200)


def _save_indicator(request: PersonRequest, form: IndicatorForm, basis: BasisForm) -> bool:
    """Write definition, target and revisions together, unless somebody else wrote meanwhile or a revision lacks its basis."""
    found, version = form.instance, parse_key(request.POST.get("version", ""))
    try:
        with transaction.atomic():
            if not Indicator.objects.filter(pk=found.pk, version=version).update(version=F("version") + 1):
                raise Stale(
                    "Indikator ini sudah diubah orang lain sejak halaman dibuka. Periksa nilai yang baru lalu simpan lagi."
                )
            form.set_target()
            revised = revising.record_revision(found.node.plan, request.user, basis.basis(), form.revised())
            found.version = version + 1
            form.save()
            form.target.save()
            form.hand_over_branch()
    except Refusal as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
        if isinstance(refusal, Incomplete):
            basis.require()
        return False
    told = f" {revised} perubahan dicatat sebagai revisi." if revised else ""
    messages.success(
        request, f"Indikator disimpan.{told} Siklus yang metodologinya sudah ditetapkan tidak berubah."
    )
    return True


def _safe_return(request: PersonRequest) -> str:
    """Back to the methodology step of a cycle if that is where one came from."""
    cycle = parse_key(request.POST.get("siklus") or request.GET.get("siklus", ""))
    return reverse("step", args=[cycle, 4]) if cycle else ""
