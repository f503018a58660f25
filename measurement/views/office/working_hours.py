"""Jam kerja: the week of an office, from when on, and what that does to the cycles under way."""

from datetime import date

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors.working_hours import (
    end_hours,
    first_spans,
    is_open,
    last_judged,
    may_end,
    may_set_first,
    set_hours,
    take_back_hours,
    week_of,
)
from measurement.forms.office.working_hours import WorkHoursForm, hours_typed
from measurement.models import SettingChange, Stay, Unit, WorkPattern, WorkSpan
from measurement.rules.dates import DAYS, moment
from measurement.rules.numbers import parse_key
from measurement.rules.refusals import Refusal
from measurement.rules.working_hours import PRESET_WEEKS, day_words, week_words

from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit
from .setting_history import setting_lines

TIMETABLE = "jadwal"  # which later hours are being changed
ENDINGS = {"delete": (take_back_hours, "dibatalkan"), "end": (end_hours, "berakhir hari ini")}


def working_hours(request: PersonRequest):
    """All hours with their dates, and a form for others; presets fill it in."""
    unit = managed_unit(request)
    pattern, judged, first = _pattern(request, unit), last_judged(unit), first_spans(unit)
    action = request.POST.get("action", "")
    if action in ENDINGS and pattern:
        return _end(request, unit, pattern, action)
    form = _form(request, pattern, unit.minutes_per_day, first, may_set_first(first, judged))
    if action == "save" and form.is_valid() and _set(request, unit, form, pattern):
        return _to_page(request, unit)
    status = 422 if form.is_bound and form.errors else 200
    context = {
        "unit": unit,
        "form": form,
        "pattern": pattern,
        "pattern_key": str(pattern.pk) if pattern else "",
        "presets": [{"value": key, "label": label} for key, (label, _, _) in PRESET_WEEKS.items()],
        "timetables": _timetables(unit, judged, first),
        "deadlines": [f"{stay.cycle}: {words}" for stay, words in _deadlines(unit).items()],
        "history": setting_lines(unit, SettingChange.Part.HOURS),
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/working_hours.html", context, status=status)


def _pattern(request: PersonRequest, unit: Unit) -> WorkPattern | None:
    key = request.POST.get(TIMETABLE) or request.GET.get(TIMETABLE)
    return get_object_or_404(WorkPattern, unit=unit, pk=parse_key(key)) if key else None


def _form(
    request: PersonRequest, pattern: WorkPattern | None, per_day: int, first: list[WorkSpan], may_begin: bool
) -> WorkHoursForm:
    """With what was posted, with a preset and the dates that were posted, or with the hours to be changed."""
    first_open, action = pattern is None and may_begin, request.POST.get("action", "")
    if action in PRESET_WEEKS:
        _, minutes, week = PRESET_WEEKS[action]
        kept = {name: request.POST.get(name, "") for name in ("name", "first", "last")}
        return WorkHoursForm(initial=hours_typed(week, minutes, **kept), first_open=first_open)
    if request.method == "POST":
        return WorkHoursForm(request.POST, first_open=first_open)
    if pattern:
        typed = hours_typed(
            week_of(list(pattern.spans.all())),
            pattern.minutes_per_day,
            name=pattern.name,
            first=pattern.valid_from,
            last=pattern.valid_until,
        )
    else:
        typed = hours_typed(week_of(first), per_day)
    return WorkHoursForm(initial=typed, first_open=first_open)


def _set(request: PersonRequest, unit: Unit, form: WorkHoursForm, pattern: WorkPattern | None) -> bool:
    """Whether they were written; what changed for the cycles under way is said."""
    before = _deadlines(unit)
    try:
        set_hours(unit, request.user, form.hours(), pattern)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, f"Jam kerja disimpan: {week_words(form.hours().week)}.")
    _tell_moved(request, unit, before)
    return True


def _tell_moved(request: PersonRequest, unit: Unit, before: dict[Stay, str]) -> None:
    for stay, words in _deadlines(Unit.objects.get(pk=unit.pk)).items():
        if before.get(stay) != words:
            messages.info(request, f"{stay.cycle}: {words}; sebelumnya {before.get(stay)}.")


def _deadlines(unit: Unit) -> dict[Stay, str]:
    """When the open steps have to be done by these hours."""
    stays = Stay.objects.filter(left_at=None, cycle__unit=unit).select_related("cycle")
    found: dict[Stay, str] = {}
    for stay in stays:
        stay.cycle.unit = unit
        due = stay.due(unit.calendar)
        until = f"batas waktu {moment(due)}" if due else "tanpa batas waktu"
        found[stay] = f"langkah {stay.sop_step.number} {until}"
    return found


def _timetables(unit: Unit, judged: date | None, spans: list[WorkSpan]) -> list[dict]:
    """The first hours, then the later ones, each with its week."""
    today, current = timezone.localdate(), unit.calendar.dated(timezone.localdate())
    first = week_of(spans)
    lines = [_line("Jam kerja awal", first, unit.minutes_per_day) | {"current": bool(first) and not current}]
    for pattern in unit.work_patterns.prefetch_related("spans"):
        week = week_of(list(pattern.spans.all()))
        held = current is not None and (current.first, current.last) == (
            pattern.valid_from,
            pattern.valid_until,
        )
        lines.append(
            _line(str(pattern), week, pattern.minutes_per_day)
            | {
                "key": str(pattern.pk),
                "open": is_open(pattern, judged),
                "ending": may_end(pattern, today),
                "current": held,
                "past": pattern.valid_until is not None and pattern.valid_until < today,
            }
        )
    return lines


def _line(title: str, week: dict, minutes_per_day: int) -> dict:
    return {
        "title": title,
        "days": [{"label": label, "value": day_words(week.get(day, ()))} for day, label in enumerate(DAYS)],
        "sum": week_words(week) if week else "belum diisi",
        "per_day": str(minutes_per_day),
    }


def _end(request: PersonRequest, unit: Unit, pattern: WorkPattern, action: str):
    """Hours to come are taken back; those of some days end today."""
    before, name = _deadlines(unit), str(pattern)
    door, said = ENDINGS[action]
    try:
        door(unit, request.user, pattern)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _to_page(request, unit)
    messages.success(request, f"{name} {said}.")
    _tell_moved(request, unit, before)
    return _to_page(request, unit)


def _to_page(request: PersonRequest, unit: Unit):
    return redirect(reverse("working_hours") + managed_switch(request, unit)["query"])
