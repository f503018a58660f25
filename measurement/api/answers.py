"""What the calls have in common: pages of lists, links, and the problems that any of them may tell."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Field, Schema

from measurement.addresses import reverse

from .problems import Problem

MOST, USUAL = 200, 50
LARGEST_KEY = 2**63 - 1
Thing = TypeVar("Thing")
Row = TypeVar("Row", bound=Model)


class ProblemDetails(Schema):
    """Galat menurut RFC 9457."""

    type: str
    title: str
    status: int
    detail: str


PROBLEMS: dict[int, type[Schema]] = dict.fromkeys(
    (400, 401, 403, 404, 405, 409, 429, 500, 503), ProblemDetails
)


class PageAsked(Schema):
    """Which part of a list: so many after this one."""

    setelah: int = Field(0, ge=0, le=LARGEST_KEY, description="Nomor (id) terakhir yang sudah diterima.")
    jumlah: int = Field(USUAL, ge=1, le=MOST, description="Paling banyak berapa sekali ambil.")


def page_of_rows(request: HttpRequest, rows: QuerySet[Row], asked: PageAsked) -> tuple[list[Row], str | None]:
    """The rows after the one asked for, in the order of their keys, and the address of the next page. A row more than asked says whether there is one."""
    found = list(rows.filter(pk__gt=asked.setelah).order_by("pk")[: asked.jumlah + 1])
    return _cut(request, found, asked, lambda row: row.pk)


def page_of_list(
    request: HttpRequest, things: Sequence[Thing], asked: PageAsked, key: Callable[[Thing], int]
) -> tuple[list[Thing], str | None]:
    """The same of a list in an order of its own, such as that of the plan."""
    start = 0
    if asked.setelah:
        places = [place for place, thing in enumerate(things, start=1) if key(thing) == asked.setelah]
        if not places:
            raise Problem(404, "Parameter setelah bukan id dari daftar ini.")
        start = places[0]
    return _cut(request, things[start : start + asked.jumlah + 1], asked, key)


def _cut(
    request: HttpRequest, found: Iterable[Thing], asked: PageAsked, key: Callable[[Thing], int]
) -> tuple[list[Thing], str | None]:
    page = list(found)
    if len(page) <= asked.jumlah:
        return page, None
    page = page[: asked.jumlah]
    query = request.GET.copy()
    query["setelah"], query["jumlah"] = str(key(page[-1])), str(asked.jumlah)
    return page, f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"


def link(request: HttpRequest, rest: str) -> str:
    """The whole address of a call."""
    return request.build_absolute_uri(reverse("api", args=[rest]))
