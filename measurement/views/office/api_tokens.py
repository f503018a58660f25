"""Akses API: the tokens by which machines of others read what this office knows."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from measurement.addresses import reverse
from measurement.doors.api_tokens import make_token, revoke_token
from measurement.forms.office.machine_access import ApiTokenForm
from measurement.models import ApiToken, SettingChange, Unit
from measurement.rules.dates import dated_moment, local_date
from measurement.rules.refusals import Refusal

from ..responses import carried_out
from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit
from .setting_history import setting_lines

MOST_LISTED = 50
TOKEN_USE = "Kirimkan pada setiap permintaan dengan tajuk Authorization: Bearer, diikuti token ini."  # noqa: S105 – a sentence


@never_cache
@sensitive_variables("secret")
def api_tokens(request: PersonRequest) -> HttpResponse:
    """All of them, and a form for the next. What it gives is shown on the page that answers the form, and nowhere after."""
    unit, form = managed_unit(request), ApiTokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            token, secret = make_token(unit, request.user, data["name"], data["scopes"], data["days"])
        except Refusal as refusal:
            form.add_error(None, list(refusal.sentences))
        else:
            shown = {
                "title": f"Token {token.name}",
                "secret": secret,
                "back": "api_tokens",
                "crumb": "Akses API",
                "use": TOKEN_USE,
            }
            return secret_page(request, unit, shown)
    context = {
        "unit": unit,
        "form": form,
        "tokens": [_line(token) for token in unit.api_tokens.all()[:MOST_LISTED]],
        "address": request.build_absolute_uri(reverse("api_root")),
        "history": setting_lines(unit, SettingChange.Part.API),
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/api_tokens.html", context, status=422 if form.is_bound else 200)


@sensitive_variables()
def secret_page(request: PersonRequest, unit: Unit, shown: dict[str, str]) -> HttpResponse:
    """What is told once; neither the browser nor a proxy may keep it."""
    query = managed_switch(request, unit)["query"]
    back = reverse(shown["back"]) + query
    response = render(request, "office/secret_once.html", {**shown, "unit": unit, "back": back})
    response["Cache-Control"] = "no-store"
    return carried_out(response, back)


def _line(token: ApiToken) -> dict:
    state = "berlaku" if token.is_usable else "dicabut" if token.revoked_at else "habis masa berlakunya"
    return {
        "key": str(token.pk) if token.is_usable else "",
        "name": token.name,
        "tail": token.tail,
        "scopes": ", ".join(token.scope_list),
        "until": local_date(token.expires_at),
        "used": dated_moment(token.last_used_at) if token.last_used_at else "belum pernah",
        "state": state,
    }


@require_POST
def revoke_api_token(request: PersonRequest, pk: int) -> HttpResponse:
    """From now on it opens nothing."""
    unit = managed_unit(request)
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), unit=unit, pk=pk)
    revoked = revoke_token(token, request.user)
    messages.success(
        request, f"Token {token.name} dicabut." if revoked else "Token itu sudah dicabut sebelumnya."
    )
    return redirect(reverse("api_tokens") + managed_switch(request, unit)["query"])
