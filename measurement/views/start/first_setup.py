"""Pasang: the first visit to an empty installation makes its first office and administrator. Gone as soon as there is a person."""

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from measurement.doors import offices
from measurement.forms.office.offices import FirstAdministratorForm, NewOfficeForm
from measurement.models import Person, SetupCode
from measurement.rules.refusals import Refusal

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@sensitive_post_parameters("setup_code", "password", "again")
def first_setup(request: HttpRequest):
    """The code from the console, the administrator, the office: all made in one transaction, and on to the list of what is to be done."""
    if Person.objects.exists():
        if _is_second_click(request):
            return redirect("readiness")
        raise Http404
    form = FirstAdministratorForm(request.POST or None)
    office = NewOfficeForm(request.POST or None, prefix="kantor")
    if request.method == "POST" and office.is_valid() & form.is_valid():
        try:
            offices.set_up_installation(
                form.cleaned_data["setup_code"], office.instance, office.chosen_kind, form.instance
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentences)
        else:
            login(request, form.instance, BACKEND)
            return redirect("readiness")
    if form.is_bound and _is_second_click(request):
        return redirect("readiness")
    context = {"form": form, "office_form": office, "has_code": SetupCode.objects.usable().exists()}
    context["command"] = settings.COMMAND
    return render(request, "start/first_setup.html", context, status=422 if form.is_bound else 200)


def _is_second_click(request: HttpRequest) -> bool:
    """A browser drops the answer to the first click, and its session with it. Who sends the used code and the account's password is logged in again."""
    if not SetupCode.objects.was_used(request.POST.get("setup_code", "")):
        return False
    name, password = request.POST.get("username", ""), request.POST.get("password", "")
    person = authenticate(request, username=name.strip(), password=password)
    if person:
        login(request, person)
    return person is not None
