"""Which plan and which year the pages about a plan show, and the links to its other years."""

from django.http import Http404
from django.utils import timezone
from django.utils.http import urlencode

from measurement.models import Plan
from measurement.rules.numbers import parse_key

from ..visitor import PersonRequest


def chosen_plan(request: PersonRequest) -> Plan | None:
    """The plan that the address names, or the newest of my units; 404 for a plan of another unit."""
    plans = Plan.objects.visible_to(request.user).select_related("unit")
    asked = request.GET.get("rencana")
    if not asked:
        return plans.first()
    found = plans.filter(pk=parse_key(asked)).first()
    if found is None:
        raise Http404
    return found


def chosen_year(request: PersonRequest, plan: Plan) -> int:
    """The year that the address names, or this year; the first of the plan where it has neither."""
    year = parse_key(request.GET.get("tahun", "")) or timezone.localdate().year
    return year if year in plan.years else plan.start_year


def plan_and_years(plan: Plan, year: int) -> dict:
    """What these pages say above: the plan, the year, and the other years."""
    query = {other: urlencode({"rencana": plan.pk, "tahun": other}) for other in plan.years}
    years = [(str(other), f"?{query[other]}", other == year) for other in plan.years]
    return {"plan": plan, "year": str(year), "years": years, "query": query[year]}
