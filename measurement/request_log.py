"""Each request has a number, which the answer, the error page and every line of the log bear, and one line in the log when it is over."""

import logging
import re
import secrets
import time

from django.conf import settings

from sakip.logs import REQUEST

logger = logging.getLogger("sakip.request")
HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9-]{6,64}")
UNLOGGED = {"alive", "ready", "metrics"}  # asked every few seconds by machines
TYPED = re.compile(r"<(?!int:)")  # a part of the address that may be anything


class RequestNumberMiddleware:
    """The first of all. Takes the number that our own proxy gave, and nobody else's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
        request.number = given if GIVEN.fullmatch(given) else secrets.token_hex(5)
        before, begun = REQUEST.set(request), time.monotonic()
        try:
            response = self.get_response(request)
            response[HEADER] = request.number
            _tell(request, response, time.monotonic() - begun)
            return response
        finally:
            REQUEST.reset(before)


def _tell(request, response, seconds: float) -> None:
    match = request.resolver_match
    if match is None or match.url_name not in UNLOGGED:
        logger.info(
            "%s %s %s %.0f ms", request.method, _address(request), response.status_code, seconds * 1000
        )


def _address(request) -> str:
    """Without the query; where a part of it is free text, as it stands in the map of the site."""
    match = request.resolver_match
    if match is None:
        return "(alamat tidak dikenal)"
    return f"/{match.route}" if TYPED.search(match.route) else request.path
