"""Identitas kantor: what the unit's own administrator says about it; and further offices, made by whoever keeps the installation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from measurement.doors.governments import governments_kept_by
from measurement.doors.offices import found_office
from measurement.forms.office.offices import NewAdministratorForm, NewOfficeForm, OfficeDetailsForm
from measurement.models import Unit
from measurement.rules.refusals import Refusal
from measurement.staff.first_passwords import temporary_password

from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit


def office_details(request: PersonRequest):
    """Name, address, numbers and paper; papers that were issued keep theirs."""
    # a copy of its own: what is typed must not stand on the refused page
    unit = Unit.objects.get(pk=managed_unit(request).pk)
    form = OfficeDetailsForm(request.POST or None, instance=unit)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(
            request,
            "Identitas kantor disimpan dan berlaku bagi naskah yang diterbitkan mulai sekarang; yang sudah terbit tidak berubah.",
        )
        return redirect(request.get_full_path())
    context = {"form": form, "switch": managed_switch(request, unit)}
    return render(request, "office/office_details.html", context, status=422 if form.is_bound else 200)


def new_office(request: PersonRequest):
    """Another office in this installation with an administrator of its own, whose temporary password is shown once."""
    governments = governments_kept_by(request.user)
    if not (governments or request.user.is_superuser):
        raise PermissionDenied
    form, office = (
        NewAdministratorForm(request.POST or None),
        NewOfficeForm(request.POST or None, prefix="kantor", governments=governments),
    )
    if request.method == "POST" and office.is_valid() & form.is_valid() and _founded(request, office, form):
        return redirect("new_office")
    known = (
        Unit.objects.all() if request.user.is_superuser else Unit.objects.filter(belongs_to__in=governments)
    )
    context = {"form": form, "office_form": office, "offices": [str(unit) for unit in known]}
    return render(request, "office/new_office.html", context, status=422 if form.is_bound else 200)


@sensitive_variables("password")
def _founded(request: PersonRequest, office: NewOfficeForm, form: NewAdministratorForm) -> bool:
    """Whether the office is made; a refusal's sentences go to the form."""
    password, administrator = temporary_password(), form.instance
    administrator.set_password(password)
    administrator.must_change_password = True
    try:
        found_office(office.instance, office.chosen_kind, administrator)
    except Refusal as refusal:
        form.add_error(None, refusal.sentences)
        return False
    messages.success(
        request,
        f"{office.instance} dibuat. Administratornya {administrator}, nama pengguna {administrator.username}, kata sandi sementara: "
        f"{password} (hanya tampil sekali).",
    )
    return True
