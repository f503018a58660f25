"""Which plan and which year the pages about a plan show, and the links to its other years."""

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.http import urlencode

from measurement.models import Plan
from measurement.rules.numbers import parse_key

from ..fetch import tell_reading
from ..visitor import PersonRequest


def chosen_plan(request: PersonRequest) -> Plan | None:
    """The plan that the address names, or the one of my units that covers today; 404 for a plan of another unit."""
    visible, asked = Plan.objects.visible_to(request.user), request.GET.get("rencana")
    request.plans = list(visible.filter(_listed(request, asked)).select_related("unit"))
    if not asked:
        return _of_today(request.plans)
    found = next((plan for plan in request.plans if plan.pk == parse_key(asked)), None)
    if found is None:
        raise Http404
    tell_reading(request, found.unit)
    return found


def _listed(request: PersonRequest, asked: str | None) -> Q:
    """The plans of one's own offices; of an office that one only reads, those beside the plan that the address names, or of the office that it names."""
    person, own = request.user, Q(unit_id__in=request.user.unit_ids)
    if not person.read_governments:
        return own
    read = parse_key(request.GET.get("kantor", ""))
    return own | (Q(unit__plans=parse_key(asked)) if asked else Q(unit=read))


def _of_today(plans: list[Plan]) -> Plan | None:
    """Newest first: the plan that covers this year, else the last that has begun, else the next."""
    year = timezone.localdate().year
    covering = [plan for plan in plans if year in plan.years]
    begun = [plan for plan in plans if plan.start_year <= year]
    return next(iter([*covering, *begun, *reversed(plans)]), None)


def chosen_year(request: PersonRequest, plan: Plan) -> int:
    """The year that the address names, or this year; the first of the plan where it has neither."""
    year = parse_key(request.GET.get("tahun", "")) or timezone.localdate().year
    return year if year in plan.years else plan.start_year


def plan_and_years(request: PersonRequest, plan: Plan, year: int) -> dict:
    """What these pages say above: the plan, the year, the other years, and the other plans where there are any."""
    query = {other: urlencode({"rencana": plan.pk, "tahun": other}) for other in plan.years}
    plans = [
        (str(other), f"?{urlencode({'rencana': other.pk})}", other.pk == plan.pk) for other in request.plans
    ]
    years = [(str(other), f"?{query[other]}", other == year) for other in plan.years]
    return {
        "plan": plan,
        "year": str(year),
        "years": years,
        "query": query[year],
        "plans": plans if len(plans) > 1 else [],
    }
