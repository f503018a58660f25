"""Pegawai: the administrator keeps accounts and appointments of their unit."""

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from measurement.addresses import reverse
from measurement.doors import handing_over
from measurement.forms.office.people import AppointmentForm, PersonForm
from measurement.models import Appointment, Person, Unit
from measurement.rules.dates import long_date
from measurement.rules.sop import Role
from measurement.signing import keys

from ..responses import carried_out
from ..visitor import PersonRequest
from .first_passwords import password_sheet
from .handover_pages import count_words
from .office_choice import managed_switch, managed_unit

BOTH_ACT = (
    "Selama itu keduanya dapat mengerjakan langkah jabatan ini: naskah mencetak nama dan jabatan yang mengerjakannya, sedangkan kolom "
    "“Mengetahui” memuat pejabat pengganti."
)


@never_cache
@transaction.atomic
def add_person(request: PersonRequest):
    """A new account with its first appointment; the temporary password is shown once, on the sheet to be handed over."""
    unit = managed_unit(request)
    form = PersonForm(request.POST or None, initial={"is_active": True})
    appointment = AppointmentForm(
        request.POST or None,
        instance=Appointment(unit=unit),
        initial={"role": "asn", "starts": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid() and appointment.is_valid():
        person = form.save(commit=False)
        person.set_unusable_password()
        person.save()
        appointment.instance.person = person
        appointment.save()
        messages.success(request, f"Akun {person} dibuat.")
        return carried_out(password_sheet(request, unit, {person.pk}), _address_of(request, unit, person.pk))
    context = {
        "form": form,
        "appointment": appointment,
        "unit": unit,
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/add_person.html", context, status=422 if form.is_bound else 200)


def _to_person(request: PersonRequest, unit: Unit, pk: int):
    return redirect(_address_of(request, unit, pk))


def _address_of(request: PersonRequest, unit: Unit, pk: int) -> str:
    return reverse("person", args=[pk]) + managed_switch(request, unit)["query"]


def person(request: PersonRequest, pk: int):
    """One person's appointments in this unit, and their account where this unit keeps it."""
    unit = managed_unit(request)
    found = get_object_or_404(handing_over.with_holdings(Person.objects.of_unit(unit), unit), pk=pk)
    if request.method != "POST":
        return _person_page(request, unit, found, PersonForm(instance=found), _appointment_form(unit, found))
    form = PersonForm(request.POST, instance=get_object_or_404(Person.objects.kept_by(unit), pk=pk))
    if form.is_valid() and found == request.user and not form.cleaned_data["is_active"]:
        form.add_error("is_active", "Anda tidak dapat menonaktifkan akun Anda sendiri.")
    if not form.is_valid():
        return _person_page(request, unit, found, form, _appointment_form(unit, found))
    form.save()
    messages.success(request, "Data pegawai disimpan.")
    return _to_person(request, unit, pk)


def _appointment_form(unit: Unit, person: Person, data=None) -> AppointmentForm:
    return AppointmentForm(
        data,
        instance=Appointment(unit=unit, person=person),
        initial={"starts": timezone.localdate()},
        prefix="tugas",
    )


def _person_page(request: PersonRequest, unit, found, form, appointment):
    appointments, today = list(found.appointments.filter(unit=unit)), timezone.localdate()
    context = {
        "person": found,
        "form": form,
        "appointment": appointment,
        "appointments": _by_time(appointments, today),
        "acting": _acting_note(unit, found, appointments, today),
        "held": count_words(handing_over.held_by(found)),
        "leaves": not found.is_active or not any(a.ends is None or a.ends > today for a in appointments),
        "kept": Person.objects.kept_by(unit).filter(pk=found.pk).exists(),
        "signing_key": keys.active_key(found, unit.pk),
        "switch": managed_switch(request, unit),
    }
    return render(
        request, "office/person.html", context, status=422 if form.is_bound or appointment.is_bound else 200
    )


def _by_time(appointments: list[Appointment], today: date) -> list[dict]:
    """The appointments of today, those to come and those past, as groups with a heading; empty groups are left out."""
    groups: dict[str, list[dict]] = {"Berlaku sekarang": [], "Akan datang": [], "Sudah berakhir": []}
    for item in appointments:
        when = (
            "Akan datang"
            if item.starts > today
            else "Sudah berakhir"
            if item.ends and item.ends < today
            else "Berlaku sekarang"
        )
        span = f"{long_date(item.starts)} sampai {long_date(item.ends) if item.ends else 'sekarang'}"
        groups[when].append(
            {
                "item": item,
                "span": span,
                "endable": item.ends is None or item.ends > today,
                "begun": item.starts <= today,
            }
        )
    return [{"title": title, "lines": lines} for title, lines in groups.items() if lines]


def _acting_note(unit: Unit, person: Person, appointments: list[Appointment], today: date) -> str:
    """What it means that somebody acts for this official today; empty where nobody does."""
    held = {
        a.role for a in appointments if a.kind == Appointment.Kind.DEFINITIVE and a.is_in_force(today)
    } & {Role.CAMAT, Role.SEKCAM}
    acting = (
        unit.appointments.in_force(today)
        .filter(role__in=held, person__is_active=True)
        .exclude(kind=Appointment.Kind.DEFINITIVE)
    )
    found = acting.exclude(person=person).select_related("person").first() if held else None
    if found is None:
        return ""
    until = f" sampai {long_date(found.ends)}" if found.ends else ""
    return f"{found.person} bertugas sebagai {found.printed_title}{until}. {BOTH_ACT}"


@require_POST
def appoint(request: PersonRequest, pk: int):
    """A new role, definitive, Plt. or Plh., from when to when."""
    unit = managed_unit(request)
    found = get_object_or_404(handing_over.with_holdings(Person.objects.of_unit(unit), unit), pk=pk)
    form = _appointment_form(unit, found, request.POST)
    if not form.is_valid():
        return _person_page(request, unit, found, PersonForm(instance=found), form)
    form.save()
    messages.success(request, f"Penugasan {form.instance.printed_title} dicatat.")
    return _to_person(request, unit, pk)


@require_POST
def end_appointment(request: PersonRequest, pk: int):
    """An appointment ends today and stays on record; one that has not begun is taken back."""
    unit, today = managed_unit(request), timezone.localdate()
    found = get_object_or_404(Appointment.objects.filter(Q(ends=None) | Q(ends__gt=today)), pk=pk, unit=unit)
    if found.person_id == request.user.pk and found.role == Role.ADMINISTRATOR:
        messages.error(request, "Anda tidak dapat mengakhiri penugasan administrator Anda sendiri.")
    elif found.starts > today:
        found.delete()
        messages.success(request, f"Penugasan {found.printed_title} yang belum dimulai dibatalkan.")
    else:
        found.ends = today
        found.save(update_fields=["ends"])
        messages.success(request, f"Penugasan {found.printed_title} berakhir hari ini.")
    return _to_person(request, unit, found.person_id)


@never_cache
@require_POST
def reset_password(request: PersonRequest, pk: int):
    """A temporary password for one person, on the same sheet as those of many."""
    unit = managed_unit(request)
    found = get_object_or_404(Person.objects.kept_by(unit), pk=pk)
    return password_sheet(request, unit, {found.pk})
