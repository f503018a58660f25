"""Pegawai: the administrator keeps accounts and appointments of their unit."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from ..forms.people import AppointmentForm, PersonForm, temporary_password
from ..models import Appointment, Person, Unit
from ..permissions import may_manage_people
from ..signing import keys
from ..sop import Role


def managed_unit(request) -> Unit:
    """The unit whose people this person manages; PermissionDenied for everybody else."""
    unit_id = next((a.unit_id for a in request.user.appointments_in_force if may_manage_people.test(request.user, a)), None)
    if unit_id is None:
        raise PermissionDenied
    return Unit.objects.get(pk=unit_id)


def people(request):
    unit = managed_unit(request)
    staff = Person.objects.of_unit(unit).prefetch_related("appointments")
    return render(request, "measurement/people.html", {"unit": unit, "people": [_person_line(person, unit) for person in staff]})


def _person_line(person: Person, unit: Unit) -> dict:
    today = timezone.localdate()
    held = [a for a in person.appointments.all() if a.unit_id == unit.pk and (a.ends is None or a.ends >= today)]
    return {
        "name": person.name,
        "pk": person.pk,
        "nip": person.masked_nip,
        "username": person.username,
        "posts": list(dict.fromkeys(a.printed_title for a in held)),
        "roles": sorted({a.printed_role for a in held}),
        "active": person.is_active,
    }


@sensitive_variables("password")
@transaction.atomic
def add_person(request):
    """A new account with its first appointment; the temporary password is shown once."""
    unit = managed_unit(request)
    form = PersonForm(request.POST or None, initial={"is_active": True})
    appointment = AppointmentForm(
        request.POST or None, instance=Appointment(unit=unit), initial={"role": "asn", "starts": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid() and appointment.is_valid():
        password = temporary_password()
        person = form.save(commit=False)
        person.set_password(password)
        person.must_change_password = True
        person.save()
        appointment.instance.person = person
        appointment.save()
        messages.success(request, f"Akun {person} dibuat. Kata sandi sementara: {password} (hanya tampil sekali).")
        return redirect("person", person.pk)
    return render(request, "measurement/add_person.html", {"form": form, "appointment": appointment}, status=422 if form.is_bound else 200)


def person(request, pk: int):
    """One person's appointments in this unit, and their account where this unit keeps it."""
    unit = managed_unit(request)
    found = get_object_or_404(Person.objects.of_unit(unit), pk=pk)
    if request.method != "POST":
        return _person_page(request, unit, found, PersonForm(instance=found), _appointment_form(unit, found))
    form = PersonForm(request.POST, instance=get_object_or_404(Person.objects.kept_by(unit), pk=pk))
    if form.is_valid() and found == request.user and not form.cleaned_data["is_active"]:
        form.add_error("is_active", "Anda tidak dapat menonaktifkan akun Anda sendiri.")
    if not form.is_valid():
        return _person_page(request, unit, found, form, _appointment_form(unit, found))
    form.save()
    messages.success(request, "Data pegawai disimpan.")
    return redirect("person", pk)


def _appointment_form(unit: Unit, person: Person, data=None) -> AppointmentForm:
    return AppointmentForm(data, instance=Appointment(unit=unit, person=person), initial={"starts": timezone.localdate()}, prefix="tugas")


def _person_page(request, unit, found, form, appointment):
    appointments = found.appointments.filter(unit=unit)
    kept = Person.objects.kept_by(unit).filter(pk=found.pk).exists()
    context = {
        "person": found,
        "form": form,
        "appointment": appointment,
        "appointments": appointments,
        "kept": kept,
        "today": timezone.localdate(),
        "signing_key": keys.active_key(found, unit.pk),
    }
    return render(request, "measurement/person.html", context, status=422 if form.is_bound or appointment.is_bound else 200)


@require_POST
def appoint(request, pk: int):
    """A new role, definitive, Plt. or Plh., from when to when."""
    unit = managed_unit(request)
    found = get_object_or_404(Person.objects.of_unit(unit), pk=pk)
    form = _appointment_form(unit, found, request.POST)
    if not form.is_valid():
        return _person_page(request, unit, found, PersonForm(instance=found), form)
    form.save()
    messages.success(request, f"Penugasan {form.instance.printed_title} dicatat.")
    return redirect("person", pk)


@require_POST
def end_appointment(request, pk: int):
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
    return redirect("person", found.person_id)


@require_POST
@sensitive_variables("password")
def reset_password(request, pk: int):
    unit = managed_unit(request)
    found = get_object_or_404(Person.objects.kept_by(unit), pk=pk)
    password = temporary_password()
    found.set_password(password)
    found.must_change_password = True
    found.save(update_fields=["password", "must_change_password"])
    messages.success(request, f"Kata sandi sementara {found}: {password} (hanya tampil sekali). Minta segera diganti.")
    return redirect("person", pk)
