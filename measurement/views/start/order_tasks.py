"""A card for the Camat about each period that is over and that nobody has ordered to be measured."""

import json
from datetime import date

from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors.order_schedules import order_url
from measurement.models import OrderSchedule, Person, Plan, Unit
from measurement.rules.dates import long_date
from measurement.rules.numbers import parse_key
from measurement.rules.periods import Frequency, Period, last_finished
from measurement.rules.sop import ORDER

from ..visitor import PersonRequest
from .desk import desk_of


def order_cards(person: Person) -> list[dict]:
    """For a Camat: the last period of each plan that is over, unless the office has a cycle of it. Asks the database nothing more."""
    desk, today = desk_of(person), timezone.localdate()
    ordered = {tuple(one) for one in desk.ordered}
    asked = {
        (unit, year, number): (key, Period(Frequency(frequency), number), date.fromisoformat(due))
        for key, unit, year, frequency, number, due in desk.scheduled
        if (unit, year, number) not in ordered
    }
    plans = [_plan(*columns) for columns in desk.plans]
    found = [
        (plan.unit_id, *_last_period(plan, today))
        for plan in sorted(plans, key=lambda plan: (plan.unit_id, plan.start_year))
        if _last_period(plan, today)[0] in plan.years
    ]
    own = [
        _order_card(person, person.brief_unit(unit), year, period)
        for unit, year, period in dict.fromkeys(found)
        if (unit, year, period.number) not in ordered | asked.keys()
    ]
    prepared = [_prepared_card(person, unit, year, *facts) for (unit, year, _), facts in asked.items()]
    return [*prepared, *own]


def _prepared_card(person: Person, unit: int, year: int, key: int, period: Period, due: date) -> dict:
    """What was prepared above the office, for its head to give in their own name."""
    office, late = person.brief_unit(unit), due < timezone.localdate()
    return {
        "title": ORDER.action,
        "cycle": f"{period.name} {year}" + (f" · {office.short_name}" if len(person.unit_ids) > 1 else ""),
        "progress": "sudah disiapkan untuk semua kantor; periksa, lalu terbitkan",
        "due": f"paling lambat {long_date(due)}",
        "state": {"key": "terlambat", "label": "Terlambat"} if late else {"key": "belum", "label": "Belum"},
        "url": order_url(key, unit),
        "action": "Periksa dan perintahkan",
    }


def prepared_order(request: PersonRequest, unit: Unit) -> OrderSchedule | None:
    """What the address names among what was prepared for the office."""
    key = parse_key(request.GET.get("jadwal", ""))
    if not key or unit.belongs_to_id is None:
        return None
    return OrderSchedule.objects.standing().filter(pk=key, government=unit.belongs_to_id).first()


def prepared_words(prepared: OrderSchedule | None) -> str:
    if prepared is None:
        return ""
    return f"Disiapkan {prepared.made_as}; paling lambat {long_date(prepared.due)}. Anda yang memerintahkan, dan isinya boleh diubah."


def _plan(unit: int, start: int, end: int, chosen: str | dict) -> Plan:
    """A plan with what of it matters here; JSON within JSON is a text in one kind of database and an object in the other."""
    frequencies = json.loads(chosen) if isinstance(chosen, str) else chosen
    return Plan(unit_id=unit, start_year=start, end_year=end, chosen_frequencies=frequencies)


def _last_period(plan: Plan, today: date) -> tuple[int, Period]:
    """The last period that is over, in the way in which the plan's year is measured."""
    year, period = last_finished(plan.frequency_in(today.year), today)
    return year, period if year == today.year else plan.frequency_in(year).periods[-1]


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
