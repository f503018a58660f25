"""Which plan and which year the pages about a plan show, and the links to its other years."""

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.http import urlencode

from measurement.models import Person, Plan
from measurement.rules.numbers import parse_key

from ..fetch import tell_reading
from ..office.office_choice import chosen_unit, office_chips
from ..visitor import PersonRequest


def chosen_plan(request: PersonRequest) -> Plan | None:
    """The plan that the address names, or the one of my units that covers today; 404 for a plan of another unit.

    Somebody who serves in many offices chooses the office first: that of the plan, the one that the address names, or the first.
    """
    person, asked = request.user, request.GET.get("rencana")
    request.plans = list(Plan.objects.visible_to(person).filter(_listed(request, asked)))
    for plan in request.plans:
        plan.unit = person.unit(plan.unit_id)
    if not asked:
        return _of_today(request.plans)
    found = next((plan for plan in request.plans if plan.pk == parse_key(asked)), None)
    if found is None:
        raise Http404
    tell_reading(request, found.unit)
    return found


def _listed(request: PersonRequest, asked: str | None) -> Q:
    """The plans of one's own offices; of an office that one only reads, those beside the plan that the address names, or of the office that it names."""
    person, of_plan = request.user, Q(unit__plans=parse_key(asked or ""))
    own = Q(unit_id__in=person.served_units)
    if person.serves_in_many:
        own &= of_plan if asked else Q(unit=chosen_unit(request, person.units).pk)
    if not person.read_governments:
        return own
    read = parse_key(request.GET.get("kantor", ""))
    return own | (of_plan if asked else Q(unit=read))


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
        (_named(other, request.user), f"?{urlencode({'rencana': other.pk})}", other.pk == plan.pk)
        for other in request.plans
    ]
    years = [(str(other), f"?{query[other]}", other == year) for other in plan.years]
    return {
        "plan": plan,
        "year": str(year),
        "years": years,
        "query": query[year],
        "plans": plans if len(plans) > 1 else [],
        "offices": office_chips(request, plan.unit, request.user.units)
        if request.user.serves_in_many
        else [],
    }


def _named(plan: Plan, person: Person) -> str:
    """With its office for somebody who sees those of several side by side."""
    side_by_side = len(person.unit_ids) > 1 and not person.serves_in_many
    return f"{plan} · {plan.unit.short_name}" if side_by_side else str(plan)
