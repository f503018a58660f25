"""Konsistensi rencana: what does not agree in the plan and the planning documents, by kind, each with the page where it is mended."""

from django.shortcuts import render
from django.utils.http import urlencode

from measurement.addresses import reverse
from measurement.models import Plan
from measurement.plan.radar import KIND_LABELS, Finding, FindingKind, Mend, findings, short_name
from measurement.rules.permissions import may_keep_plan
from measurement.rules.sop import REFERENCE_DOCUMENTS

from ..visitor import PersonRequest
from .plan_choice import chosen_plan, chosen_year, plan_and_years

SHOWN = 10  # findings shown of a kind, until one looks at that kind alone
MARK = "cabang-"  # the anchor of a branch on the page of the plan


def radar(request: PersonRequest):
    """The findings of one year by kind; everybody in the unit may read them."""
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "plan/radar.html", {"plan": None})
    year = chosen_year(request, plan)
    chosen = next((kind for kind in FindingKind if kind == request.GET.get("jenis")), None)
    found = findings(plan, year)
    may_keep = may_keep_plan.test(request.user, plan)
    kinds = list(dict.fromkeys(finding.kind for finding in found))
    by_kind = {kind: [finding for finding in found if finding.kind == kind] for kind in kinds}
    context = {
        **plan_and_years(request, plan, year),
        "count": str(len(found)),
        "heavy": str(sum(not finding.light for finding in found)),
        "chips": [
            _chip(plan, year, None, len(found), chosen),
            *(_chip(plan, year, k, len(by_kind[k]), chosen) for k in kinds),
        ],
        "groups": [
            _group(plan, year, kind, by_kind[kind], may_keep, chosen)
            for kind in kinds
            if chosen in (None, kind)
        ],
        "compared": ", ".join(
            short_name(kind) for kind in REFERENCE_DOCUMENTS if Mend.document(kind) not in _missing(by_kind)
        ),
    }
    return render(request, "plan/radar.html", context)


def _chip(plan: Plan, year: int, kind: FindingKind | None, count: int, chosen: FindingKind | None) -> dict:
    query = {"rencana": plan.pk, "tahun": year} | ({"jenis": kind} if kind else {})
    return {
        "label": KIND_LABELS[kind] if kind else "Semua",
        "url": f"?{urlencode(query)}",
        "count": str(count),
        "current": kind == chosen,
    }


def _group(
    plan: Plan, year: int, kind: FindingKind, found: list[Finding], may_keep: bool, chosen: FindingKind | None
) -> dict:
    shown = found if chosen else found[:SHOWN]
    return {
        **_chip(plan, year, kind, len(found), chosen),
        "findings": [_line(plan, year, finding, may_keep) for finding in shown],
        "rest": str(len(found) - len(shown)) if len(found) > len(shown) else "",
    }


def _line(plan: Plan, year: int, finding: Finding, may_keep: bool) -> dict:
    return {
        "sentence": finding.sentence,
        "where": finding.where,
        "light": finding.light,
        "action": _action(finding, may_keep),
        "url": _mending_page(plan, year, finding.mend, may_keep),
    }


def _action(finding: Finding, may_keep: bool) -> str:
    if not may_keep:
        return "Lihat"
    return "Unggah" if finding.kind == FindingKind.NO_DOCUMENT else "Perbaiki"


def _mending_page(plan: Plan, year: int, mend: Mend, may_keep: bool) -> str:
    """The page where a finding is mended; whoever may not import is led to the plan instead."""
    query = urlencode({"rencana": plan.pk, "tahun": year})
    match mend.page:
        case "indicator":
            return f"{reverse('indicator', args=[mend.key])}?tahun={year}"
        case "plan":
            return f"{reverse('plan')}?{query}#{MARK}{mend.key}"
        case "planning_documents":
            return f"{reverse('planning_documents')}?{query}&jenis={mend.key}"
        case _:
            return reverse("plan_import") if may_keep else f"{reverse('plan')}?{query}"


def _missing(by_kind: dict[FindingKind, list[Finding]]) -> list[Mend]:
    return [finding.mend for finding in by_kind.get(FindingKind.NO_DOCUMENT, [])]
