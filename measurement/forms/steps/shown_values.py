"""A step as its page shows it: what is proposed in a field counts as written there, for leaving the step writes it."""

from copy import copy
from typing import Any

from django import forms

from measurement.models import MeasurementCycle
from measurement.rules.required_fields import REQUIRED_FIELDS
from measurement.rules.requirements import missing

from .step_forms import MeetingForm

DATES = "Tanggal selesai tiap langkah"  # how they are named together


def missing_as_shown(cycle: MeasurementCycle, action: str, form: forms.BaseForm) -> list[str]:
    """What still has to be done before this action, given what stands in the form."""
    return missing(_as_shown(cycle, form), action)


def _as_shown(cycle: MeasurementCycle, form: forms.BaseForm) -> MeasurementCycle:
    """A copy, never to be saved."""
    shown, values = copy(cycle), {name: _value(form, name) for name in form.fields}
    place: Any = shown
    if isinstance(form, MeetingForm):
        place = shown.meeting = copy(cycle.meeting)
    if "attendees" in values:
        place.has_attendees = bool(values.pop("attendees"))
        dates = {name.removeprefix("date_"): day for name, day in values.items() if name.startswith("date_")}
        shown.planned_dates = {step: day for step, day in dates.items() if day}
        values = {name: value for name, value in values.items() if not name.startswith("date_")}
    for name, value in values.items():
        if hasattr(place, name):
            setattr(place, name, value)
    return shown


def _value(form: forms.BaseForm, name: str) -> Any:
    """What was typed, as far as it can be read; in a page that is opened, what stands there."""
    if form.is_bound:
        return getattr(form, "cleaned_data", {}).get(name) or ("" if _is_text(form, name) else None)
    return form.get_initial_for_field(form.fields[name], name) or ("" if _is_text(form, name) else None)


def _is_text(form: forms.BaseForm, name: str) -> bool:
    return type(form.fields[name]) is forms.CharField


def required_fields(form: forms.BaseForm, action: str) -> list[forms.BoundField]:
    """Marks the fields that the step can't be left without; returns them, to be named on top. Dates stand together and are named once."""
    names = [name for name in REQUIRED_FIELDS.get(action, ()) if name in form.fields]
    for name in names:
        form.fields[name].must_be_said = True  # type: ignore[attr-defined]  # read by components/field.html
    dates = [name for name in names if name.startswith("date_")]
    named = [form[name] for name in names if name not in dates[1:]]
    for field in named:
        field.short_label = DATES if field.name in dates else field.label  # type: ignore[attr-defined]  # read by steps/parts/required.html
    return named
