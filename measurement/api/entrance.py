"""Where machines come in: GET below /api/v1/, whatever is asked there, and what every answer bears.

The calls themselves are loaded with the first of them: ninja and pydantic cost a fifth of a second and 13 MB, which an office that gives nobody a token, and every
management command, would pay for nothing.
"""

import hashlib
import json
import logging
import re
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from .problems import (
    Problem,
    broken_off,
    busy,
    not_allowed,
    problem_response,
    unknown_address,
    unknown_parameters,
)
from .schema_file import PREFIX, SCHEMA_FILE

logger = logging.getLogger(__name__)
READING = ("GET", "HEAD")


@csrf_exempt  # nothing is written, and no cookie is looked at (middleware.MachineAddressMiddleware)
@login_not_required
def api_call(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """Any address of the API."""
    try:
        return _marked(request, _answered(request, rest))
    except Problem as problem:
        return problem_response(problem)
    except OperationalError as error:
        logger.error("the database did not answer: %s", error)
        return problem_response(busy())
    except OverflowError:  # an identifier that no database can hold
        return problem_response(unknown_address())
    except Exception:
        logger.exception("a call of the API broke off")
        return problem_response(broken_off())


@csrf_exempt
@login_not_required
def api_schema(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI document, the same for everybody; tests hold it against the calls."""
    if request.method not in READING:
        return problem_response(not_allowed())
    return _marked(request, HttpResponse(SCHEMA_FILE.read_bytes(), content_type="application/json"))


@cache
def parameters_of(route: str) -> frozenset[str]:
    """What a call takes after the question mark, as the document says."""
    path = PREFIX + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
    call = json.loads(SCHEMA_FILE.read_text())["paths"][path]["get"]
    return frozenset(one["name"] for one in call["parameters"] if one["in"] == "query")


def _answered(request: HttpRequest, rest: str) -> HttpResponseBase:
    if request.method not in READING:
        raise not_allowed()
    from .site import RESOLVER  # noqa: PLC0415 – see above

    try:
        match = RESOLVER.resolve(rest)
    except Resolver404:
        raise unknown_address() from None
    if strange := sorted(request.GET.keys() - parameters_of(match.route)):
        raise unknown_parameters(strange)
    asked, request.method = request.method, "GET"  # ninja knows no HEAD; the server leaves the body out
    try:
        return match.func(request, *match.args, **match.kwargs)
    finally:
        request.method = asked


def _marked(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Nobody between keeps it for another, whoever has it need not fetch it again."""
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Authorization"
    if response.status_code == 200 and isinstance(response, HttpResponse):
        # over the bytes, so that it is right whatever went into them; a file says its own
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()}"'
    etag = response.get("ETag")
    return get_conditional_response(request, etag=etag, response=response) or response  # type: ignore[arg-type]  # it takes streams as well
