"""Hari libur: a year's days off of an office, national and its own, and those that the published calendar offers."""

from datetime import date

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from measurement.addresses import reverse
from measurement.doors.days_off import (
    WORKS,
    OfferedDay,
    days_held,
    offered_days,
    put_days,
    remove_day,
    take_national,
)
from measurement.forms.office.days_off import DayOffForm
from measurement.models import Holiday, SettingChange, Unit
from measurement.rules.dates import weekday_and_date
from measurement.rules.numbers import parse_key
from measurement.rules.refusals import Refusal

from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit
from .setting_history import setting_lines

YEAR = "tahun"
PASSED = "{count} hari sudah lewat: lama langkah pada hari itu dihitung lagi pada halaman; naskah yang sudah terbit tidak berubah."


def holidays(request: PersonRequest):
    """One year; days are added, taken over from the calendar, or deleted."""
    unit, year = managed_unit(request), _year(request)
    action, form = request.POST.get("action", ""), DayOffForm(initial={"day": date(year, 1, 1)})
    if action == "delete":
        return _delete(request, unit, year)
    if action == "take":
        return _take(request, unit, year)
    if request.method == "POST":
        form = DayOffForm(request.POST)
        if form.is_valid():
            put_days(unit, request.user, [form.day_off()])
            messages.success(request, f"{form.cleaned_data['name']} disimpan.")
            _tell_passed(request, [form.cleaned_data["day"]])
            return _to_year(request, unit, form.cleaned_data["day"].year)
    return _page(request, unit, year, form)


def _page(request: PersonRequest, unit: Unit, year: int, form: DayOffForm):
    offered = offered_days(unit, year)
    query = managed_switch(request, unit)["query"].removeprefix("?")
    context = {
        "unit": unit,
        "year": str(year),
        "years": _years(unit, year, query),
        "form": form,
        "days": [_line(day) for day in days_held(unit, year).values()],
        "is_complete": Holiday.objects.has_holidays(unit, year),
        "offered": [_offered_line(day) for day in offered],
        "new": sum(day.state == "baru" for day in offered),
        "estimated": any(day.is_estimated for day in offered),
        "history": setting_lines(unit, SettingChange.Part.HOLIDAYS),
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/holidays.html", context, status=422 if form.is_bound else 200)


def _year(request: PersonRequest) -> int:
    """The year that the address names, this year without one."""
    year = parse_key(request.GET.get(YEAR, ""))
    return year if 2000 <= year <= 2100 else timezone.localdate().year


def _years(unit: Unit, year: int, query: str) -> list[dict]:
    """Years with days off, this one and the next."""
    held = {day.year for day in Holiday.objects.for_unit(unit).dates("date", "year")}
    shown = sorted(held | {year, timezone.localdate().year, timezone.localdate().year + 1})
    more = f"&{query}" if query else ""
    return [
        {"label": str(other), "url": f"?{YEAR}={other}{more}", "current": other == year} for other in shown
    ]


def _line(day: Holiday) -> dict:
    own = day.unit_id is not None
    kind = WORKS if day.works else "kantor ini" if own else "nasional"
    return {
        "date": weekday_and_date(day.date),
        "name": day.name,
        "kind": kind,
        "key": str(day.pk) if own else "",
    }


def _offered_line(offered: OfferedDay) -> dict:
    return {
        "value": f"{offered.day:%Y-%m-%d}",
        "date": weekday_and_date(offered.day),
        "name": offered.name,
        "state": offered.state,
        "present": offered.present if offered.state == "berbeda" else "",
        "open": offered.state != "sudah ada",
        "checked": offered.state == "baru",
    }


def _take(request: PersonRequest, unit: Unit, year: int):
    """All ticked days at once, or none."""
    chosen = [parse_date(text) if len(text) == 10 else None for text in request.POST.getlist("day")]
    try:
        count = take_national(unit, request.user, year, [day or date.min for day in chosen])
    except (Refusal, ValueError) as refusal:
        text = str(refusal) if isinstance(refusal, Refusal) else "Tanggal yang dicentang tidak dikenal."
        messages.error(request, text)
        return _to_year(request, unit, year)
    messages.success(request, f"{count} hari libur {year} diterapkan.")
    _tell_passed(request, [day for day in chosen if day])
    return _to_year(request, unit, year)


def _tell_passed(request: PersonRequest, days: list[date]) -> None:
    if passed := sum(day < timezone.localdate() for day in days):
        messages.info(request, PASSED.format(count=passed))


def _delete(request: PersonRequest, unit: Unit, year: int):
    found = get_object_or_404(Holiday, unit=unit, pk=parse_key(request.POST.get("key", "")))
    remove_day(unit, request.user, found)
    messages.success(request, f"{found.name} dihapus dari daftar kantor.")
    _tell_passed(request, [found.date])
    return _to_year(request, unit, year)


def _to_year(request: PersonRequest, unit: Unit, year: int):
    query = managed_switch(request, unit)["query"].replace("?", "&")
    return redirect(f"{reverse('holidays')}?{YEAR}={year}{query}")
