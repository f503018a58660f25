"""What somebody typed and sent when the session was over, or with a token that was too old: kept for an hour, for nobody but them.

Whose it is, the form itself says: its token was made at one login, and a signed cookie of this browser knows who logged in then. On a computer that
several people use, another one's login takes the text away. Passwords, PINs and files are never kept. Forms need nothing for it: `keep` takes any POST,
`kept_text` shows it on the page that the form was on, and it can be sent again from there.
"""

import hashlib
import re
import time
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, CSRF_TOKEN_LENGTH
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from measurement.addresses import reverse
from measurement.rules.form_drafts import SECRET

KEPT, LOGINS = "kept_text", "sakip_masuk"
MOST_LOGINS, A_DAY, AN_HOUR = 5, 24 * 60 * 60, 60 * 60
MOST_BYTES = 256 * 1024
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 – the name of a field
# secrets, and what the page's own script keeps (static/js/autosave.js)
NEVER = {
    *("login", "logout", "password_change", "sign", "make_key", "change_pin", "revoke_key"),
    *("autosave", "attach_evidence", "drop_kept_text", "save_draft", "discard_draft", "stay_logged_in"),
}
BUTTON = "action"  # which of a form's buttons was pressed
ROW = re.compile(r"-\d+$")


def remember_login(request: HttpRequest, response: HttpResponse, person_pk: int) -> None:
    """Note in this browser that the tokens of now on are this person's."""
    logins = [[_mark(request.META["CSRF_COOKIE"]), person_pk], *_logins(request)][:MOST_LOGINS]
    text = ",".join(f"{mark}:{pk}" for mark, pk in logins)
    options: dict[str, Any] = {
        "max_age": A_DAY,
        "httponly": True,
        "samesite": "Lax",
        "secure": settings.HTTPS,
    }
    response.set_signed_cookie(LOGINS, text, salt=LOGINS, **options)
    kept = request.session.get(KEPT)
    if kept and kept["owner"] != person_pk:
        del request.session[KEPT]


def owner_of(request: HttpRequest) -> int | None:
    """Whose form was posted; None where this browser doesn't know."""
    token = request.POST.get(TOKEN, "")
    if len(token) != CSRF_TOKEN_LENGTH or not token.isalnum() or not token.isascii():
        return None
    return dict(_logins(request)).get(_mark(_secret_in(token)))


def keep(request: HttpRequest, owner: int | None) -> bool:
    """Keep what was posted in the session, if it may be and its owner is known."""
    match = request.resolver_match
    if owner is None or match is None or match.url_name in NEVER:
        return False
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != TOKEN and not SECRET.search(name)
        for value in values
    ]
    if not fields or sum(len(name) + len(str(value).encode()) for name, value in fields) > MOST_BYTES:
        return False
    request.session[KEPT] = {
        "owner": owner,
        "at": time.time(),
        "action": request.get_full_path(),
        "page": page_of(request),
        "fields": fields,
        "files": bool(request.FILES),
    }
    return True


def page_of(request: HttpRequest) -> str:
    """The page that the form was on, as the browser tells; the first page where it doesn't."""
    came = request.headers.get("Referer", "")
    if not came or not url_has_allowed_host_and_scheme(came, {request.get_host()}):
        return reverse("inbox")
    parts = urlsplit(came)
    return f"{parts.path}?{parts.query}".rstrip("?") or reverse("inbox")


def text_kept_for(request: HttpRequest, person_pk: int) -> dict | None:
    """What `components/kept_text.html` takes, on the page of the form and on the first one."""
    kept = request.session.get(KEPT)
    if not kept or kept["owner"] != person_pk or time.time() - kept["at"] > AN_HOUR:
        return None
    here = (kept["page"].partition("?")[0], reverse("inbox"))
    return shown(kept) if request.path in here else None


def shown(kept: dict) -> dict:
    """The texts with their labels, and all fields to be sent again. A word alone without a label may be the key of a choice, so it isn't shown."""
    found = [(_labels().get(ROW.sub("", name), ""), value) for name, value in kept["fields"]]
    texts = [
        {"label": label or "Isian", "text": text}
        for (label, text), (name, _) in zip(found, kept["fields"], strict=True)
        if name != BUTTON and text.strip() and (label or len(text.split()) > 1)
    ]
    return {
        "texts": texts,
        "fields": [{"name": name, "value": value} for name, value in kept["fields"]],
        "action": kept["action"],
        "files": kept["files"],
    }


def sent_again(request: HttpRequest) -> None:
    """Somebody posts to that address: from now on the form itself answers for what was typed."""
    kept = request.session.get(KEPT)
    if kept and kept["action"].partition("?")[0] == request.path:
        del request.session[KEPT]


def after_expiry(request: HttpRequest) -> HttpResponseRedirect:
    """A POST without a session: to the login, and from there to the page of the form."""
    keep(request, owner_of(request))
    return redirect_to_login(page_of(request))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A token that is too old, or a form of a strange site. Only what our own page sent is kept, and only its owner may send it again."""
    context: dict[str, Any] = {}
    if _from_here(request):
        owner = owner_of(request)
        if not request.user.is_authenticated and keep(request, owner):
            return redirect_to_login(page_of(request))
        if request.user.is_authenticated and owner == request.user.pk and keep(request, owner):
            context["kept_text"] = shown(request.session[KEPT])
    return render(request, "403_csrf.html", context, status=403)


@require_POST
def drop_kept_text(request: HttpRequest) -> HttpResponse:
    """The person needs it no more."""
    request.session.pop(KEPT, None)
    return redirect(page_of(request))


def _from_here(request: HttpRequest) -> bool:
    origin = f"{request.scheme}://{request.get_host()}"
    return (
        request.headers.get("Origin") == origin or request.headers.get("Sec-Fetch-Site") == "same-origin"
    ) and request.headers.get("Origin", origin) == origin


def _logins(request: HttpRequest) -> list[tuple[str, int]]:
    try:
        text = request.get_signed_cookie(LOGINS, default="", salt=LOGINS, max_age=A_DAY) or ""
    except BadSignature:
        return []
    return [(one.partition(":")[0], int(one.partition(":")[2])) for one in text.split(",") if one]


def _secret_in(token: str) -> str:
    """A token is a mask and the secret under it, as Django writes them."""
    numbers = [CSRF_ALLOWED_CHARS.index(char) for char in token]
    mask, masked = numbers[:CSRF_SECRET_LENGTH], numbers[CSRF_SECRET_LENGTH:]
    return "".join(CSRF_ALLOWED_CHARS[one - other] for one, other in zip(masked, mask, strict=True))


def _mark(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:16]


@cache
def _labels() -> dict[str, str]:
    """Column → its label, where all models that have one of that name call it the same, and in words of their own."""
    found: dict[str, set[str]] = {}
    for model in apps.get_app_config("measurement").get_models():
        for field in model._meta.concrete_fields:
            if not field.is_relation:
                found.setdefault(field.name, set()).add(str(field.verbose_name))
    single = {name: labels.pop() for name, labels in found.items() if len(labels) == 1}
    return {
        name: label[:1].upper() + label[1:]
        for name, label in single.items()
        if label != name.replace("_", " ")
    }
