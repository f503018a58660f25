"""Arsip: one search box over everything that was issued, and the packages of finished cycles."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from ..documents import KINDS
from ..models import MeasurementCycle, Paper
from ..numbers import parse_key
from ..permissions import may_see_all_rows
from .cycles import paper_line

PER_PAGE = 25


def archive(request):
    """Papers by number, title, year and kind; newest first."""
    words, year, kind = (request.GET.get(name, "").replace("\x00", "").strip() for name in ("q", "tahun", "jenis"))
    papers = Paper.objects.visible_to(request.user).select_related("issued_by", "cycle").listed().order_by("-issued_at")
    if words:
        papers = papers.filter(Q(number__icontains=words) | Q(title__icontains=words))
    if parse_key(year):
        papers = papers.filter(year=parse_key(year[:4]))
    if kind in KINDS:
        papers = papers.filter(kind=kind)
    page = Paginator(papers, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "packages": _packages(request.user),
        "papers": [paper_line(paper) for paper in page],
        "page": page,
        "words": words,
        "years": [(str(y), str(y) == year) for y in _years(request.user)],
        "kinds": [(key.value, entry.title, key == kind) for key, entry in KINDS.items()],
        "query": "&" + urlencode({"q": words, "tahun": year, "jenis": kind}),
    }
    return render(request, "measurement/archive.html", context)


def _years(person):
    return Paper.objects.visible_to(person).order_by("-year").values_list("year", flat=True).distinct()


def _packages(person) -> list[dict]:
    found = MeasurementCycle.objects.visible_to(person).archived().prefetch_related("packages")
    cycles = [cycle for cycle in found if may_see_all_rows.test(person, cycle)]
    return [
        {
            "title": str(cycle),
            "url": reverse("package", args=[cycle.pk]),
            "cycle_url": reverse("cycle", args=[cycle.pk]),
            "facts": _facts(list(cycle.packages.all())),
        }
        for cycle in cycles
    ]


def _facts(packages: list) -> str:
    return f"{packages[-1].size // 1024} KB · SHA-256 {packages[-1].sha256}" if packages else "disusun saat diunduh"
