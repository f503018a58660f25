"""Refusals as pages: what a door refuses is shown as a sentence that says what to do, with the right status. Temporary passwords are changed first."""

import errno
import logging

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import OperationalError
from django.http import HttpResponse, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from measurement.rules.refusals import Refusal

logger = logging.getLogger(__name__)

METHODS = ("GET", "HEAD", "POST")  # all that a browser sends here; no view is asked anything else
RETRY_SECONDS = 10
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
STORAGE_FULL = "Tempat penyimpanan server penuh, jadi berkas belum tersimpan. Hubungi administrator, lalu ulangi sesudah ada tempat."
TOO_BIG = "Kiriman ini terlalu besar dan tidak dibaca. Kembali ke halaman sebelumnya, lalu unggah berkas satu per satu."


def address_behind_proxy(request) -> str:
    """The address that our own proxy saw: the last one that it wrote down, not what a visitor claims."""
    return (
        request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip() or request.META["REMOTE_ADDR"]
    )


class CompressedPagesMiddleware(GZipMiddleware):
    """Pages and answers to scripts are compressed for weak lines; files to download are compressed already or streamed as they are."""

    COMPRESSED = ("text/html", "application/json")

    def process_response(self, request, response):
        is_page = response.get("Content-Type", "").startswith(self.COMPRESSED) and not response.streaming
        return super().process_response(request, response) if is_page else response


class FreshPasswordMiddleware:
    """Whoever got a temporary password chooses their own before anything else, and then comes to the page they asked for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        person = request.user
        if (
            person.is_authenticated
            and person.must_change_password
            and request.resolver_match.url_name not in ("password_change", "logout")
        ):
            messages.info(
                request, "Kata sandi Anda masih sementara. Ganti dahulu dengan kata sandi Anda sendiri."
            )
            asked_for = {REDIRECT_FIELD_NAME: request.get_full_path()} if request.method == "GET" else {}
            return redirect(f"{reverse('password_change')}?{urlencode(asked_for)}".rstrip("?"))
        return None


class RefusalMiddleware:
    """Turns a Refusal that no view handled into its page, a busy database into 503 with Retry-After, a full disk into 507, and refuses other methods and
    what is far too big unread."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.MAX_REQUEST_BYTES:
            return HttpResponse(TOO_BIG, status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Refusal):
            return render(request, "409.html", {"sentences": exception.sentences}, status=exception.status)
        if isinstance(exception, OSError) and exception.errno in NO_SPACE:
            logger.error("no space left for %s", exception.filename or "a file")
            return render(request, "409.html", {"sentences": [STORAGE_FULL]}, status=507)
        if isinstance(exception, OverflowError):  # an identifier that no database can hold names nothing
            return render(request, "404.html", status=404)
        if isinstance(exception, OperationalError):
            # without the frame, which would ask the database again
            response = HttpResponse(render_to_string("503.html"), status=503)
            response["Retry-After"] = str(RETRY_SECONDS)
            return response
        return None
