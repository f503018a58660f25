"""Pilih kantor: for somebody who serves in more offices than a page names side by side; back to the page that it was asked from."""

from urllib.parse import urlsplit

from django.http import Http404
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.http import urlencode

from measurement.addresses import reverse
from measurement.rules.search_terms import says_all, terms_of

from ..paging import PagedList
from ..visitor import PersonRequest
from .office_choice import CHOICES, UNIT, units_where

PER_PAGE = 50


def choose_office(request: PersonRequest):
    """One's own offices by name, a page at a time; each leads back with itself in the address."""
    page, choice, wanted = (
        _page(request.GET.get("ke", "")),
        request.GET.get("untuk"),
        request.GET.get("cari", "").strip()[:100],
    )
    units = units_where(request.user, CHOICES[choice]) if choice in CHOICES else request.user.units
    terms = terms_of(wanted)
    found = sorted(
        (unit for unit in units if says_all([unit.name, unit.short_name, unit.code], terms)),
        key=lambda unit: (unit.name, unit.pk),
    )
    paged = PagedList.of(found, request, PER_PAGE)
    context = {
        "paged": paged,
        "lines": [
            {"name": unit.name, "code": unit.code, "url": f"{page}?{urlencode({UNIT: unit.pk})}"}
            for unit in paged.page
        ],
        "wanted": wanted,
        "page": page,
        "choice": choice or "",
        "all": str(len(units)),
    }
    return render(request, "office/choose_office.html", context)


def _page(asked: str) -> str:
    """A page of ours, to which the choice goes back; Capaian where the address names none, 404 for what is no page."""
    path = urlsplit(asked).path
    if not path:
        return reverse("achievement")
    try:
        resolve(path)
    except Resolver404 as error:
        raise Http404 from error
    return path
