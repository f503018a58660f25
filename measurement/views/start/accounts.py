"""Logging in, and changing one's password on the way to the page that was asked for."""

from datetime import datetime

from django.contrib.auth import views as auth
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime

from measurement.forms.start.login import LoginForm, OwnPasswordForm
from measurement.models import Person

from .kept_text import KEPT, remember_login
from .session import begin_session

LAST_HERE = "last_here"


class LoginView(auth.LoginView):
    """Remembers for this session when the person had logged in before, so that the first page can say what changed since."""

    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"keeps_text": KEPT in self.request.session}

    def get(self, request, *args, **kwargs):
        """An empty installation is set up first."""
        if not Person.objects.exists():
            return redirect("first_setup")
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        before = form.get_user().last_login
        response = super().form_valid(form)
        remember_login(self.request, response, form.get_user().pk)
        begin_session(self.request)
        if before:
            self.request.session[LAST_HERE] = before.isoformat()
        return response


def last_here(request: HttpRequest) -> datetime | None:
    """When this person logged in the time before; None at the first login."""
    return parse_datetime(request.session.get(LAST_HERE, ""))


class OwnPasswordView(auth.RedirectURLMixin, auth.PasswordChangeView):
    """Leads on only to addresses of this site."""

    form_class = OwnPasswordForm
    next_page = "inbox"
