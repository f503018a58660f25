"""The hand-over sheet: temporary passwords of chosen people, on a page that is shown once and kept nowhere."""

from django.contrib import messages
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from measurement.addresses import reverse
from measurement.forms.office.people_import import ticked_people
from measurement.models import Person, Unit
from measurement.staff.first_passwords import MOST, hand_out_passwords

from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit

NOBODY = "Centang dahulu pegawai yang akan diberi kata sandi."
TOO_MANY = f"Paling banyak {MOST} pegawai sekali cetak. Kerjakan per halaman."


@never_cache
@require_POST
@sensitive_variables()
def first_passwords(request: PersonRequest):
    """New passwords for the ticked people, as slips to be cut apart."""
    unit = managed_unit(request)
    chosen = ticked_people(request.POST)
    if not chosen or len(chosen) > MOST:
        messages.error(request, TOO_MANY if chosen else NOBODY)
        return redirect(reverse("people") + managed_switch(request, unit)["query"])
    return password_sheet(request, unit, chosen)


@sensitive_variables()
def password_sheet(request: PersonRequest, unit: Unit, chosen: set[int]):
    """The page itself; neither the browser nor a proxy may keep it."""
    sheet = hand_out_passwords(unit, request.user, chosen)
    context = {
        "unit": unit,
        "sheet": sheet,
        "address": request.build_absolute_uri(reverse("login")),
        "switch": managed_switch(request, unit),
    }
    response = render(request, "office/first_passwords.html", context)
    response["Cache-Control"] = "no-store"
    return response


def without_password(unit: Unit):
    """Accounts that nobody can log into yet, since no first password was ever made."""
    unusable = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return Person.objects.kept_by(unit).filter(unusable, is_active=True)
