"""Hari libur semua kantor: days off written into every office at once; what an office decided itself stays."""

from collections import defaultdict
from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors.days_off import DayOff, chosen_days, national_days
from measurement.doors.government_standards import facts_of_day, put_standards
from measurement.forms.office.days_off import DayOffForm
from measurement.models import Government, Holiday, StandardPart
from measurement.rules.dates import weekday_and_date
from measurement.rules.refusals import Refusal

from ..office.holidays import YEAR, ticked_days, year_of
from ..visitor import PersonRequest
from .choice import government_query, kept_government
from .kept_standards import acted_on_standard, shown_standards

DONE = "Hari libur ditulis pada {count} kantor; kantor yang sudah memilikinya atau menetapkannya sendiri tidak berubah."


def holidays_of_offices(request: PersonRequest):
    """One year: how many offices have each day, the days of the published calendar, and a form for one more."""
    government, year = kept_government(request), year_of(request)
    form = DayOffForm(initial={"day": date(year, 1, 1)})
    if acted_on_standard(request, government, StandardPart.HOLIDAYS):
        return _to_year(request, government, year)
    if request.POST.get("action") == "take":
        return _take(request, government, year)
    if request.method == "POST":
        form = DayOffForm(request.POST)
        if form.is_valid():
            return _put(request, government, form.cleaned_data["day"].year, [form.day_off()])
    return _page(request, government, year, form)


def _take(request: PersonRequest, government: Government, year: int):
    """All ticked days, or none."""
    try:
        return _put(request, government, year, chosen_days(year, ticked_days(request)))
    except (Refusal, ValueError) as refusal:
        text = str(refusal) if isinstance(refusal, Refusal) else "Tanggal yang dicentang tidak dikenal."
        messages.error(request, text)
        return _to_year(request, government, year)


def _put(request: PersonRequest, government: Government, year: int, days: list[DayOff]):
    facts = {day.day.isoformat(): facts_of_day(day) for day in days}
    count = put_standards(government, request.user, StandardPart.HOLIDAYS, facts)
    messages.success(request, DONE.format(count=count))
    return _to_year(request, government, year)


def _to_year(request: PersonRequest, government: Government, year: int):
    query = government_query(request, government).replace("?", "&")
    return redirect(f"{reverse('holidays_of_offices')}?{YEAR}={year}{query}")


def _page(request: PersonRequest, government: Government, year: int, form: DayOffForm):
    query = government_query(request, government)
    more = query.replace("?", "&")
    this_year = timezone.localdate().year
    everywhere, lines = _days(government, year)
    context = {
        "government": government,
        "query": query,
        "year": str(year),
        "years": [
            {"label": str(other), "url": f"?{YEAR}={other}{more}", "current": other == year}
            for other in sorted({year, this_year, this_year + 1})
        ],
        "form": form,
        "days": lines,
        "standards": [
            line
            for line in shown_standards(government, StandardPart.HOLIDAYS)
            if line["key"].startswith(f"{year}-")
        ],
        "offered": [
            {"value": f"{day:%Y-%m-%d}", "date": weekday_and_date(day), "name": name}
            for day, name in national_days(year).items()
            if day not in everywhere
        ],
    }
    return render(
        request, "government/holidays_of_offices.html", context, status=422 if form.is_bound else 200
    )


def _days(government: Government, year: int) -> tuple[set[date], list[dict]]:
    """The days that every office has, and each day with how many have it; what holds for the whole installation every office has."""
    count = government.offices.count()
    found = Holiday.objects.filter(unit__belongs_to=government) | Holiday.objects.filter(unit=None)
    held: dict[date, dict] = defaultdict(lambda: {"names": {}, "offices": set(), "works": 0, "all": False})
    for day, unit, name, works in found.filter(date__year=year).values_list("date", "unit", "name", "works"):
        held[day]["names"][name] = None
        held[day]["all"] |= unit is None
        held[day]["offices"].add(unit)
        held[day]["works"] += works
    lines = [
        {
            "date": weekday_and_date(day),
            "name": "; ".join(told["names"]),
            "offices": _share(count if told["all"] else len(told["offices"]), told["works"], count),
        }
        for day, told in sorted(held.items())
    ]
    everywhere = {day for day, told in held.items() if told["all"] or len(told["offices"]) == count}
    return everywhere, lines


def _share(having: int, working: int, count: int) -> str:
    """ "semua kantor" or "3 dari 70 kantor", and how many of them work all the same."""
    share = "semua kantor" if having == count else f"{having} dari {count} kantor"
    return f"{share}, {working} tetap masuk" if working else share
