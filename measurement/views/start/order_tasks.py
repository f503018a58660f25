"""For who orders: the card of the period that is over and that nobody has ordered to be measured yet."""

from django.urls import reverse
from django.utils import timezone

from measurement.models import MeasurementCycle, Person, Plan, Unit
from measurement.rules.periods import Period, last_finished
from measurement.rules.sop import ORDER, Role


def order_cards(person: Person) -> list[dict]:
    """For a Camat: the period that is over and that nobody has ordered to be measured yet."""
    today, found = timezone.localdate(), []
    plans = Plan.objects.filter(
        unit__in=Unit.objects.visible_to(person), start_year__lte=today.year, end_year__gte=today.year - 1
    )
    for plan in plans.select_related("unit").order_by("unit", "start_year"):
        year, period = last_finished(plan.frequency_in(today.year), today)
        if year != today.year:
            period = plan.frequency_in(year).periods[-1]
        if year in plan.years and may_order(person, plan.unit):
            found.append((plan.unit, year, period))
    ordered = set(
        MeasurementCycle.objects.standing()
        .filter(unit__in=[unit for unit, _, _ in found])
        .values_list("unit_id", "year", "number")
    )
    return [
        _order_card(person, *order)
        for order in dict.fromkeys(found)
        if (order[0].pk, order[1], order[2].number) not in ordered
    ]


def _order_card(person: Person, unit: Unit, year: int, period: Period) -> dict:
    return {
        "title": ORDER.action,
        "cycle": f"{period.name} {year}" + (f" · {unit.short_name}" if len(person.unit_ids) > 1 else ""),
        "progress": f"{period.noun} sudah berakhir",
        "due": "",
        "state": {"key": "belum", "label": "Belum"},
        "url": f"{reverse('open_cycle')}?unit={unit.pk}",
        "action": "Buat perintah",
    }


def may_order(person: Person, unit: Unit) -> bool:
    return Role.CAMAT in person.roles_in(unit.pk)
