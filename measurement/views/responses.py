"""Files as answers: stored ones and workbooks made on demand, always to download, never shown inline."""

from typing import TypeVar

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from measurement import files

LED_TO = "X-Led-To"
Answer = TypeVar("Answer", bound=HttpResponseBase)


def wants_part(request: HttpRequest) -> bool:
    """Whether a script asks for what stands behind something folded (static/js/details.js), without the frame of a page."""
    return "bagian" in request.GET


def attachment(path: str, name: str, kind: str) -> FileResponse:
    """A stored file to download: never shown inline, never sniffed, sandboxed if a browser opens it all the same."""
    response = FileResponse(
        files.at_hand(path).open("rb"),
        as_attachment=True,
        filename=name,
        content_type=files.CONTENT_TYPES[kind],
    )
    response["X-Content-Type-Options"] = "nosniff"
    return sandboxed(response)


def sandboxed(response: Answer) -> Answer:
    """A file that does nothing, if a browser opens it all the same."""
    policy = {"default-src": ["'none'"], "sandbox": [""]}
    response._csp_replace = policy  # type: ignore[attr-defined]  # where the middleware of django-csp looks for it
    return response


def made_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file made for this request, as an attachment."""
    response = HttpResponse(content, content_type=files.CONTENT_TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def carried_out(response: HttpResponse, led_to: str) -> HttpResponse:
    """A page that is shown once instead of leading on. Whoever sends its form a second time is led to that address (form_middleware.py)."""
    response.headers[LED_TO] = led_to
    return response


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """A workbook made for this request."""
    return made_file(content, name, "xlsx")
