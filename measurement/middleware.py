"""Refusals as pages: what a door refuses is shown as a sentence that says what to do, with the right status. Temporary passwords are changed first."""

import errno
import logging

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import OperationalError
from django.http import HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.utils.http import urlencode

from measurement.addresses import reverse
from measurement.rules.refusals import Refusal

from .views.start.errors import PAGES, error_page
from .views.start.kept_text import after_expiry, sent_again

logger = logging.getLogger(__name__)

METHODS = ("GET", "HEAD", "POST")  # all that a browser sends here; no view is asked anything else
RETRY_SECONDS = 10
API_ROOT = "/api/"
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


def address_behind_proxy(request) -> str:
    """The address that our own proxy saw: the last one that it wrote down, not what a visitor claims."""
    return (
        request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip() or request.META["REMOTE_ADDR"]
    )


class MachineAddressMiddleware:
    """Addresses for machines know no cookie: somebody who is logged in with a browser is nobody there, until a token says who asks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_for_machines(request):
            request.COOKIES = {}
        return self.get_response(request)


def is_for_machines(request) -> bool:
    """Whether the address belongs to the API, which tells problems in its own way (api/problems.py)."""
    return request.path_info.startswith(API_ROOT)


class CompressedPagesMiddleware(GZipMiddleware):
    """Pages and answers to scripts are compressed for weak lines; files to download are compressed already or streamed as they are."""

    COMPRESSED = ("text/html", "application/json")

    def process_response(self, request, response):
        is_page = response.get("Content-Type", "").startswith(self.COMPRESSED) and not response.streaming
        return super().process_response(request, response) if is_page else response


class LoginFirstMiddleware(LoginRequiredMiddleware):
    """Everything but the public pages asks for a login; what is posted without one is not lost."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is None and request.method == "POST" and request.user.is_authenticated:
            sent_again(request)
        return refused

    def handle_no_permission(self, request, view_func):
        if request.method == "POST":
            return after_expiry(request)
        return super().handle_no_permission(request, view_func)


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
            asked_for = {REDIRECT_FIELD_NAME: request.get_full_path()} if request.method == "GET" else {}
            return redirect(f"{reverse('password_change')}?{urlencode(asked_for)}".rstrip("?"))
        return None


def with_page(request, response):
    """An error without a word, such as that of an address which takes only forms, gets its page and keeps its headers."""
    if response.status_code not in PAGES or response.streaming or response.content:
        return response
    page = error_page(None, response.status_code)
    response.content, response["Content-Type"] = page.content, page["Content-Type"]
    response["Content-Length"] = str(len(page.content))  # CommonMiddleware counted the empty one
    return response


class RefusalMiddleware:
    """Turns a Refusal that no view handled into its page, a busy database into 503 with Retry-After, a full disk into 507, and refuses other methods and
    what is far too big unread."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS and not is_for_machines(request):
            return with_page(request, HttpResponseNotAllowed(METHODS))
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.MAX_REQUEST_BYTES:
            return error_page(None, 413)
        return with_page(request, self.get_response(request))

    def process_exception(self, request, exception):
        if isinstance(exception, Refusal):
            refused = error_page(request, 409, exception.sentences)
            refused.status_code = exception.status
            return refused
        if isinstance(exception, OSError) and exception.errno in NO_SPACE:
            logger.error("no space left for %s", exception.filename or "a file")
            return error_page(request, 507)
        if isinstance(exception, OverflowError):  # an identifier that no database can hold names nothing
            return error_page(request, 404)
        if isinstance(exception, OperationalError):
            logger.error("the database did not answer: %s", exception)
            response = error_page(request, 503)
            response["Retry-After"] = str(RETRY_SECONDS)
            return response
        return None
