"""The API put together: its calls, how their refusals are told, and the resolver that the entrance asks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls.resolvers import RoutePattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import ValidationError

from .bearer import Bearer
from .cycle_calls import cycle_calls
from .paper_calls import paper_calls
from .plan_calls import plan_calls
from .problems import Problem, problem_response, unknown_address
from .result_calls import result_calls

ABOUT = (
    "Data pengukuran kinerja satu kantor, hanya untuk dibaca. Angka berupa teks desimal yang sama dengan halaman dan naskah; `pecahan` adalah nilai tepatnya. "
    "Waktu dengan selisih zona. Daftar dibagi dalam halaman: ikuti `berikutnya` sampai null. Galat berbentuk problem+json (RFC 9457)."
)
API = NinjaAPI(
    title="SAKIP: data pengukuran kinerja",
    version="1",
    description=ABOUT,
    docs_url=None,  # the page would load its script from elsewhere; the guide says the same in words
    openapi_url=None,  # served from its file (entrance.api_schema)
    auth=Bearer(),
    urls_namespace="api-v1",
)
for calls in (cycle_calls, result_calls, plan_calls, paper_calls):
    API.add_router("", calls)


@API.exception_handler(Problem)
def told_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem_response(problem)


@API.exception_handler(Http404)
def not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(unknown_address())


@API.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which parameters can't be read; ninja's own words for it are English."""
    names = ", ".join(sorted({str(one["loc"][-1]) for one in error.errors}))
    return problem_response(
        Problem(400, f"Parameter {names} tidak dapat dibaca; lihat /api/v1/openapi.json.")
    )


@API.exception_handler(Exception)
def broken_call(request: HttpRequest, error: Exception) -> HttpResponse:
    """Left to the entrance, which logs it."""
    raise error


RESOLVER = URLResolver(RoutePattern(""), API.urls[0])
