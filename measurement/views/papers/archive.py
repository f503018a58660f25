"""Arsip: one search box over everything that was issued, the archived cycles with their packages, and how long they are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Max, prefetch_related_objects
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from measurement.archiving import search
from measurement.models import (
    CorrectionEffect,
    Indicator,
    MeasurementCycle,
    Paper,
    Person,
    ReportedCycle,
    WorksheetRow,
    with_reports,
)
from measurement.papers import KINDS
from measurement.record.retention import Retention, retention, retention_schedule
from measurement.rules.numbers import parse_key
from measurement.rules.periods import KEYS, Frequency, Period
from measurement.rules.permissions import may_see_all_rows
from measurement.rules.search_terms import LONGEST_QUERY, mark_terms, terms_of
from measurement.rules.sop import MEASURING, Output

from ..visitor import PersonRequest
from .paper_lines import paper_line

PER_PAGE, NEWEST_CYCLES, MOST_INDICATORS, MOST_ROWS = 25, 8, 300, 60
# where an indicator's figures are printed, the best first
FIGURES = (Output.LAPORAN, Output.EVALUASI, Output.PENGUKURAN)


@dataclass(frozen=True)
class ArchiveQuery:
    """What the address asks for; an unknown value counts as if it weren't there."""

    given: dict[str, str]

    @classmethod
    def of(cls, request) -> "ArchiveQuery":
        names = ("q", "indikator", "tahun", "periode", "jenis", "tanda", "masa")
        return cls({name: " ".join(request.GET.get(name, "").replace("\x00", "").split()) for name in names})

    @cached_property
    def terms(self) -> list[str]:
        return terms_of(self.given["q"])

    @property
    def indicator(self) -> str:
        return self.given["indikator"][:LONGEST_QUERY]

    @property
    def year(self) -> int | None:
        return parse_key(self.given["tahun"][:4])

    @property
    def period(self) -> Period | None:
        return KEYS.get(self.given["periode"])

    @property
    def overdue(self) -> bool:
        return self.given["masa"] == "lewat"

    @property
    def among_papers(self) -> bool:
        """Whether something is asked that only papers can answer."""
        return any(self.given[name] for name in ("q", "indikator", "jenis", "tanda"))

    @property
    def query(self) -> str:
        return "&" + urlencode({name: value for name, value in self.given.items() if value})

    def on_cycle(self, prefix: str = "") -> dict:
        of_year = {f"{prefix}year": self.year} if self.year else {}
        if not self.period:
            return of_year
        return {**of_year, f"{prefix}frequency": self.period.frequency, f"{prefix}number": self.period.number}


def _periods(cycles: Iterable[MeasurementCycle]) -> list[Period]:
    """All periods of the kinds that were measured; quarters where nothing was."""
    kinds = {cycle.period_of_year.frequency for cycle in cycles} or {Frequency.QUARTERLY}
    return sorted(period for kind in kinds for period in kind.periods)


def archive(request: PersonRequest):
    """What was archived, or what was found; newest first."""
    wanted = ArchiveQuery.of(request)
    cycles = _cycles(request.user)
    page = Paginator(_matching(request.user, wanted), PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "wanted": wanted.given,
        "filtered": any(value for name, value in wanted.given.items() if name != "q"),
        "years": [(str(y), y == wanted.year) for y in dict.fromkeys(cycle.year for cycle in cycles)],
        "periods": [(period.key, period.name, period == wanted.period) for period in _periods(cycles)],
        "kinds": [(str(key), entry.title, key == wanted.given["jenis"]) for key, entry in KINDS.items()],
        "states": [
            (key, label, key == wanted.given["tanda"]) for key, label in search.SIGNING_STATES.items()
        ],
        "indicators": _indicator_names(request.user),
        "archived": None if wanted.among_papers else _archived(request.user, cycles, wanted),
        "measured": _measured(request.user, wanted.indicator, wanted.on_cycle("cycle__"))
        if wanted.indicator
        else None,
        "papers": []
        if wanted.overdue
        else found_papers(page, [*wanted.terms, *([wanted.indicator.lower()] if wanted.indicator else [])]),
        "page": page,
        "query": wanted.query,
    }
    return render(request, "papers/archive.html", context)


# Papers


def _matching(person: Person, wanted: ArchiveQuery) -> list[int]:
    """The keys of all papers that match: texts are searched once, not again to count and to page."""
    if wanted.overdue:
        return []
    papers = Paper.objects.visible_to(person).filter(**wanted.on_cycle("cycle__"))
    if wanted.given["jenis"] in KINDS:
        papers = papers.filter(kind=wanted.given["jenis"])
    found = search.in_state(search.papers_saying(papers, wanted.terms), wanted.given["tanda"])
    if wanted.indicator:
        found = found.filter(words__contains=wanted.indicator.lower())
    return list(search.best_first(found, wanted.terms).values_list("pk", flat=True))


def found_papers(keys: Iterable[int], terms: list[str]) -> list[dict]:
    """The lines of some papers in their order; the text of papers is read only where something was searched in it."""
    papers = Paper.objects.listed().select_related("cycle")
    if terms:
        papers = papers.defer(None).defer("content", "replaced_by__content", "replaced_by__words")
    found = papers.in_bulk(list(keys))
    return [_line(found[pk], terms) for pk in keys]


def _line(paper: Paper, terms: list[str]) -> dict:
    return paper_line(paper) | {
        "title": mark_terms(paper.title, terms),
        "number": mark_terms(paper.number, terms),
        "name": paper.title,
        "why": search.why(paper, terms) if terms else "",
        "excerpt": search.excerpt(paper, terms) if terms else [],
    }


# Cycles


def _cycles(person: Person) -> list[ReportedCycle]:
    """All of my units' cycles, newest first, with when their last step was left and their report."""
    found = with_reports(MeasurementCycle.objects.visible_to(person).standing().select_related("unit"))
    return list(found.annotate(closed_at=Max("stays__left_at")))


def _archived(person: Person, cycles: list[ReportedCycle], wanted: ArchiveQuery) -> dict:
    """The archived cycles of the wanted year and period; the newest where nothing is wanted."""
    known, today = retention_schedule(person.unit_ids), timezone.localdate()
    found = [
        cycle
        for cycle in cycles
        if cycle.is_archived and all(getattr(cycle, name) == v for name, v in wanted.on_cycle().items())
    ]
    kept = [(cycle, retention(cycle, known)) for cycle in found]
    if wanted.overdue:
        kept = [(cycle, rule) for cycle, rule in kept if rule.is_over(today)]
    shown = kept if wanted.on_cycle() or wanted.overdue else kept[:NEWEST_CYCLES]
    prefetch_related_objects([cycle for cycle, _ in shown], "packages")
    asked = _to_correct(cycle for cycle, _ in shown)
    return {
        "lines": [
            _cycle_line(person, cycle, rule, rule.is_over(today)) | {"to_correct": asked.get(cycle.pk, "")}
            for cycle, rule in shown
        ],
        "older": len(kept) - len(shown),
        "overdue": wanted.overdue,
    }


def _to_correct(cycles: Iterable[MeasurementCycle]) -> dict[int, str]:
    """Archived cycle's id → the sentence that it has to be corrected itself, after a correction before it."""
    effects = CorrectionEffect.objects.still_to_correct().filter(cycle__in=list(cycles))
    return {effect.cycle_id: effect.asks for effect in effects.select_related("correction", "cycle")}


def _cycle_line(person: Person, cycle: ReportedCycle, kept: Retention, is_over: bool) -> dict:
    return {
        "title": str(cycle),
        "url": reverse("cycle", args=[cycle.pk]),
        "report": reverse("paper", args=[cycle.report_id]) if cycle.report_id else "",
        "retention": kept.words,
        "is_over": is_over,
        "package": _package(cycle) if may_see_all_rows.test(person, cycle) else None,
    }


def _package(cycle: MeasurementCycle) -> dict:
    newest = next(reversed(cycle.packages.all()), None)
    facts = (
        f"Paket versi {newest.version}, {filesizeformat(newest.size)}"
        if newest
        else "Paket disusun saat diunduh"
    )
    return {
        "url": reverse("package", args=[cycle.pk]),
        "facts": facts,
        "sha256": newest.sha256 if newest else "",
    }


# Indicators


def _indicator_names(person: Person) -> list[str]:
    """To pick from while typing."""
    names = (
        Indicator.objects.filter(node__plan__unit_id__in=person.served_units)
        .order_by("name")
        .values_list("name", flat=True)
    )
    return list(names.distinct()[:MOST_INDICATORS])


def _measured(person: Person, name: str, on_cycle: dict) -> dict:
    """Cycles whose worksheet has the indicator, once its figures are in papers, each with the paper that prints them."""
    cycles = MeasurementCycle.objects.visible_to(person).standing().exclude(state__in=MEASURING)
    found = WorksheetRow.objects.filter(cycle__in=cycles, name__icontains=name, **on_cycle)
    newest = found.order_by("-cycle__year", "-cycle__number", "-cycle__opened_at", "position")
    rows = list(newest.select_related("cycle", "node")[:MOST_ROWS])
    papers = Paper.objects.filter(
        cycle__in={row.cycle_id for row in rows}, kind__in=FIGURES, void=None
    ).order_by("pk")
    printed = {
        (cycle, kind): (pk, number)
        for cycle, kind, pk, number in papers.values_list("cycle", "kind", "pk", "number")
    }
    lines = [_cycle_of(list(group), printed) for _, group in groupby(rows, key=lambda row: row.cycle_id)]
    return {"lines": lines, "more": len(rows) == MOST_ROWS}


def _cycle_of(rows: list[WorksheetRow], printed: dict) -> dict:
    cycle = rows[0].cycle
    pk, number = next(
        (printed[cycle.pk, kind] for kind in FIGURES if (cycle.pk, kind) in printed), (None, "")
    )
    return {
        "title": str(cycle),
        "url": reverse("cycle", args=[cycle.pk]),
        "number": number,
        "paper": reverse("paper", args=[pk]) if pk else "",
        "rows": [
            {"name": row.name, "code": row.node.code, "url": reverse("row_working", args=[cycle.pk, row.pk])}
            for row in rows
        ],
    }
