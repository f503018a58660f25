"""What went wrong, as machines are told it: problem details (RFC 9457) in Bahasa Indonesia."""

import json
from collections.abc import Mapping

from django.http import HttpResponse

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: "Permintaan tidak terbaca",
    401: "Token diperlukan",
    403: "Cakupan token tidak cukup",
    404: "Tidak ditemukan",
    405: "Hanya untuk dibaca",
    409: "Belum dapat diberikan",
    429: "Terlalu banyak permintaan",
    500: "Terjadi gangguan",
    503: "Sedang tidak dapat diberikan",
}


class Problem(Exception):
    """Raised by a call instead of answering; `detail` is a sentence that says what to do."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None):
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers or {}


def unknown_address() -> Problem:
    """Made anew each time, as all of these: an exception that is raised again keeps the frames of every time before."""
    return Problem(404, "Alamat atau objek ini tidak ada, atau bukan milik kantor token ini.")


def unknown_parameters(names: list[str]) -> Problem:
    """A misspelt filter would otherwise give everything, as if there were nothing to leave out."""
    return Problem(
        400, f"Parameter {', '.join(names)[:200]} tidak dikenal di sini; lihat /api/v1/openapi.json."
    )


def not_allowed() -> Problem:
    return Problem(405, "API ini hanya dibaca: pakai GET atau HEAD.", {"Allow": "GET, HEAD"})


def broken_off() -> Problem:
    return Problem(
        500, "Gangguan ini sudah tercatat. Coba lagi nanti; bila tetap gagal, hubungi administrator kantor."
    )


def busy() -> Problem:
    return Problem(503, "Sistem sedang sibuk. Coba lagi sesaat lagi.", {"Retry-After": "10"})


def problem_response(problem: Problem) -> HttpResponse:
    """The problem as an answer; its type is none but the status."""
    body = {
        "type": "about:blank",
        "title": TITLES[problem.status],
        "status": problem.status,
        "detail": problem.detail,
    }
    response = HttpResponse(json.dumps(body), content_type=CONTENT_TYPE, status=problem.status)
    for name, value in problem.headers.items():
        response[name] = value
    return response
