"""How long somebody stays logged in: as long as they work, up to an absolute end; the page warns before it, and goes on after a login in another tab."""

import time
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from measurement.models import SentForm
from measurement.rules.dates import clock

from ..visitor import PersonRequest
from .kept_text import page_of

LOGGED_IN, RENEWED, ENDS = "logged_in_at", "renewed_at", "ends_at"
MOST_MARKS = 20


def begin_session(request: HttpRequest) -> None:
    """A session begins: from now the absolute end counts."""
    request.session[LOGGED_IN] = time.time()
    renew(request, time.time())


def renew(request: HttpRequest, now: float) -> None:
    """Put the end off. Written down once in a while only, so that reading pages writes nothing."""
    if now - request.session.get(RENEWED, 0) < settings.SESSION_WRITTEN_EVERY:
        return
    last = request.session[LOGGED_IN] + settings.SESSION_LONGEST
    age = int(min(settings.SESSION_COOKIE_AGE, last - now))
    if age > 0:
        request.session[RENEWED], request.session[ENDS] = now, now + age
        request.session.set_expiry(age)


def seconds_left(request: HttpRequest) -> int | None:
    """Until the end of the session; None where it has none that is known, as in one of an earlier version."""
    ends = request.session.get(ENDS)
    return None if ends is None else max(0, int(ends - time.time()))


def session_facts(request: HttpRequest) -> dict:
    """What the page's script knows of the session."""
    if not request.user.is_authenticated:
        return {"person": None}
    last = request.session.get(LOGGED_IN, 0) + settings.SESSION_LONGEST
    left = seconds_left(request)
    is_last = LOGGED_IN in request.session and request.session.get(ENDS, 0) >= last - 1
    return {
        "person": request.user.pk,
        "token": get_token(request),
        "left": left,
        "ends": "" if left is None else clock(datetime.fromtimestamp(request.session[ENDS], tz=UTC)),
        "is_last": is_last,
    }


@login_not_required
@never_cache
def session_state(request: HttpRequest):
    """Asked by the page's script: whose session this browser has, a fresh token, and which of the forms sent arrived."""
    facts = session_facts(request)
    marks = [mark for mark in request.GET.get("tanda", "").split(".") if mark.isalnum()][:MOST_MARKS]
    if marks and request.user.is_authenticated:
        done = SentForm.objects.done().filter(person=request.user, mark__in=marks)
        facts["done"] = list(done.values_list("mark", flat=True))
    return JsonResponse(facts)


@require_POST
def stay_logged_in(request: PersonRequest):
    """The button "Tetap masuk": with scripts an answer to them, without the same page again."""
    if LOGGED_IN in request.session:
        request.session.pop(RENEWED, None)
        renew(request, time.time())
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse(session_facts(request))
    return redirect(page_of(request))
