"""Around every form: the session goes on while somebody works, and what is sent twice is carried out once."""

import hashlib
import time

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import salted_hmac

from .doors.form_drafts import drop_sent
from .doors.sent_forms import claim_form, conclude_form, release_form
from .models import SentForm
from .rules.dates import clock
from .rules.form_drafts import SECRET, draft_place
from .views.responses import LED_TO
from .views.start.errors import error_page
from .views.start.kept_text import TOKEN
from .views.start.session import LOGGED_IN, renew

MARK = 16  # characters of a page's token by which the browser knows its form again
ACKNOWLEDGED, SHOWN_MARKS = "sakip_terkirim", 8
# addresses of scripts, which know for themselves what arrived, and those that are no work
NOT_HERE = {"autosave", "attach_evidence", "save_draft", "stay_logged_in", "login", "logout"}
QUIET = {"session_state", "work"}  # asked by pages on their own
AT_WORK = "Kiriman ini masih dikerjakan. Tunggu sebentar, lalu lihat hasilnya sebelum mengirim lagi."


class RollingSessionMiddleware:
    """Every request of a person who works puts the end of the session off, up to the absolute end (views/start/session.py)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        quiet = request.resolver_match.url_name in QUIET
        if not quiet and request.user.is_authenticated and LOGGED_IN in request.session:
            renew(request, time.time())


class SentOnceMiddleware:
    """The token of a page is its one-time key: the same form with the same content is carried out once, whoever was in a hurry."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        sent = getattr(request, "sent_form", None)
        return response if sent is None else conclude_response(request, response, sent)

    def process_view(self, request, view, args, kwargs):
        # what has no token when it comes here reads its upload in its own way
        if (
            request.method != "POST"
            or not request.user.is_authenticated
            or getattr(view, "csrf_exempt", False)
        ):
            return None
        token = request.POST.get(TOKEN, "")
        if not token or request.resolver_match.url_name in NOT_HERE:
            return None
        sent, is_ours = claim_form(request.user, form_key(request), token[:MARK])
        if is_ours:
            request.sent_form = sent
            return None
        return sent_before(request, sent)


def form_key(request: HttpRequest) -> str:
    """What was sent from which page to which address, without secrets: a wrong PIN and the right one are the same form."""
    content = salted_hmac("sakip.sent_form", "", algorithm="sha256")
    given = [(name, value) for name, values in request.POST.lists() for value in values]
    for text in (
        str(request.user.pk),
        request.get_full_path(),
        *(text for pair in given for text in _kept(pair)),
    ):
        content.update(text.encode("utf-8", "replace") + b"\0")
    for name, uploads in request.FILES.lists():
        for upload in uploads:
            content.update(f"{name}\0{upload.name}\0".encode("utf-8", "replace") + _digest(upload))
    return content.hexdigest()


def _kept(pair: tuple[str, str]) -> tuple[str, ...]:
    return pair if pair[0] == TOKEN or not SECRET.search(pair[0]) else ()


def _digest(upload: UploadedFile) -> bytes:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.digest()


def sent_before(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """The same again: what came of it the first time, and that nothing was done twice."""
    if not sent.done_at:
        return error_page(request, 409, [AT_WORK])
    messages.info(
        request,
        f"Kiriman ini sudah diterima pukul {clock(sent.done_at)}; tidak ada yang dikerjakan dua kali.",
    )
    return acknowledged(request, HttpResponseRedirect(sent.led_to), sent)


def conclude_response(request: HttpRequest, response: HttpResponse, sent: SentForm) -> HttpResponse:
    """A form that led on was carried out: its draft goes, here and in the browser. Any other answer leaves it free to be sent again."""
    led_to = response.headers.get(LED_TO) or getattr(response, "url", "")
    del response.headers[LED_TO]
    if not led_to:
        release_form(sent)
        return response
    conclude_form(sent, led_to)
    if sent.person.has_drafts:
        drop_sent(sent.person, draft_place(request.get_full_path()), request.POST.keys())
    return acknowledged(request, response, sent)


def acknowledged(request: HttpRequest, response: HttpResponse, sent: SentForm) -> HttpResponse:
    """The page's script reads from this which of its drafts arrived; it holds nothing but parts of masks."""
    before = [mark for mark in request.COOKIES.get(ACKNOWLEDGED, "").split(".") if mark.isalnum()]
    marks = list(dict.fromkeys([sent.mark, *before]))[:SHOWN_MARKS]
    response.set_cookie(ACKNOWLEDGED, ".".join(marks), max_age=86400, samesite="Lax", secure=settings.HTTPS)
    return response
