"""Arsip: one search box over everything that was issued, the archived cycles with their packages, and how long they are kept."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Window, prefetch_related_objects
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from measurement.addresses import reverse
from measurement.archiving import search
from measurement.models import (
    CorrectionEffect,
    Indicator,
    ListedPaper,
    MeasurementCycle,
    Paper,
    Person,
    Prepared,
    ReportedCycle,
    Stay,
    WorksheetRow,
    with_reports,
)
from measurement.papers import KINDS
from measurement.record.retention import Retention, Schedule, retention, retention_schedule
from measurement.rules.numbers import parse_key
from measurement.rules.periods import KEYS, Frequency, Period
from measurement.rules.permissions import may_see_all_rows
from measurement.rules.search_terms import LONGEST_QUERY, mark_terms, terms_of
from measurement.rules.sop import MEASURING, Output, State

from ..paging import PagedList, PreparedList
from ..start.tasks import named_cycle
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
    def said(self) -> list[str]:
        """What is marked in what was found."""
        return [*self.terms, *([self.indicator.lower()] if self.indicator else [])]

    def on_cycle(self, prefix: str = "") -> dict:
        of_year = {f"{prefix}year": self.year} if self.year else {}
        if not self.period:
            return of_year
        return {**of_year, f"{prefix}frequency": self.period.frequency, f"{prefix}number": self.period.number}


def archive(request: PersonRequest):
    """What was archived, or what was found; newest first."""
    wanted, person = ArchiveQuery.of(request), request.user
    measured = [MeasuredPeriod(*one) for one in MEASURED_IN.rows(person)]
    found = _matching(person, wanted) if any(wanted.given.values()) else PreparedList(ISSUED, _issued, person)
    paged = PagedList.of(found, request, PER_PAGE)
    context = {
        "wanted": wanted.given,
        "filtered": any(value for name, value in wanted.given.items() if name != "q"),
        "years": [(str(year), year == wanted.year) for year in dict.fromkeys(one.year for one in measured)],
        "periods": [
            (period.key, period.name, period == wanted.period)
            for period in _periods({one.period.frequency for one in measured})
        ],
        "kinds": [(str(key), entry.title, key == wanted.given["jenis"]) for key, entry in KINDS.items()],
        "states": [
            (key, label, key == wanted.given["tanda"]) for key, label in search.SIGNING_STATES.items()
        ],
        "indicators": _indicator_names(person),
        "archived": None if wanted.among_papers else _archived(request, wanted, measured),
        "measured": _measured(person, wanted.indicator, wanted.on_cycle("cycle__"))
        if wanted.indicator
        else None,
        "papers": [] if wanted.overdue else found_papers([paper.pk for paper in paged.page], wanted.said),
        "paged": paged,
    }
    return render(request, "papers/archive.html", context)


class MeasuredPeriod(NamedTuple):
    """A period in which this person's offices measured, and how many of its cycles are archived."""

    year: int
    frequency: str
    number: int
    archived: int

    @property
    def period(self) -> Period:
        return Period(Frequency(self.frequency), self.number)

    def is_wanted(self, wanted: ArchiveQuery) -> bool:
        return all(getattr(self, name) == value for name, value in wanted.on_cycle().items())


def _measured_in(person: Person) -> QuerySet:
    """The newest year first."""
    cycles = MeasurementCycle.objects.visible_to(person).standing().order_by("-year", "frequency", "number")
    archived = Count("pk", filter=Q(state=State.ARSIP))
    return (
        cycles.values("year", "frequency", "number")
        .annotate(archived=archived)
        .values_list(*MeasuredPeriod._fields)
    )


MEASURED_IN = Prepared(_measured_in)


def _periods(kinds: Collection[Frequency]) -> list[Period]:
    """All periods of the kinds that were measured; quarters where nothing was."""
    return sorted(period for kind in kinds or {Frequency.QUARTERLY} for period in kind.periods)


# Papers


def _issued(person: Person) -> QuerySet[Paper]:
    """All papers, the newest first."""
    return _counted(search.best_of(Paper.objects.visible_to(person), [], person))


def _newest_issued(person: Person) -> QuerySet[Paper]:
    return _issued(person)[: PER_PAGE + 1]


ISSUED = Prepared(_newest_issued)


def _matching(person: Person, wanted: ArchiveQuery) -> QuerySet[Paper]:
    """All papers that match, without their texts."""
    if wanted.overdue:
        return Paper.objects.none()
    papers = Paper.objects.visible_to(person).filter(**wanted.on_cycle("cycle__"))
    if wanted.given["jenis"] in KINDS:
        papers = papers.filter(kind=wanted.given["jenis"])
    papers = search.in_state(papers, wanted.given["tanda"])
    if wanted.indicator:
        papers = papers.filter(search.words_say(wanted.indicator.lower()))
    return _counted(search.best_of(papers, wanted.terms, person))


def _counted(papers: QuerySet[Paper]) -> QuerySet[Paper]:
    """Their keys, and by the same query how many there are."""
    return papers.only("pk").annotate(of_all=Window(Count("pk")))


def found_papers(keys: Iterable[int], terms: list[str]) -> list[dict]:
    """The lines of some papers in their order; the text of papers is read only where something was searched in it."""
    wanted = list(keys)
    found = {paper.pk: paper for paper in FOUND.rows(wanted, bool(terms))}
    return [_line(found[pk], terms) for pk in wanted]


def _found(keys: Collection[int], with_words: bool) -> QuerySet[ListedPaper]:
    papers = Paper.objects.listed().select_related("cycle").filter(pk__in=keys)
    return (
        papers.defer(None).defer("content", "replaced_by__content", "replaced_by__words")
        if with_words
        else papers
    )


FOUND = Prepared(_found)


def _line(paper: Paper, terms: list[str]) -> dict:
    return paper_line(paper) | {
        "title": mark_terms(paper.title, terms),
        "number": mark_terms(paper.number, terms),
        "name": paper.title,
        "why": search.why(paper, terms) if terms else "",
        "excerpt": search.excerpt(paper, terms) if terms else [],
    }


# Cycles


def _archived(request: PersonRequest, wanted: ArchiveQuery, measured: list[MeasuredPeriod]) -> dict:
    """The archived cycles of the wanted year and period a page at a time; a few of the newest where nothing is wanted."""
    person, today = request.user, timezone.localdate()
    known = retention_schedule(person.served_units)
    few = not (wanted.on_cycle() or wanted.overdue)
    total = None if wanted.overdue else sum(one.archived for one in measured if one.is_wanted(wanted))
    newest = PreparedList(NEWEST, _all_of, person, counted=total)
    found = newest if few else PreparedList(None, _wanted, person, wanted, known, today, counted=total)
    paged = PagedList.of(found, request, NEWEST_CYCLES if few else PER_PAGE, "siklus")
    shown = [(cycle, retention(cycle, known)) for cycle in paged.page]
    prefetch_related_objects([cycle for cycle, _ in shown], "packages")
    asked = _to_correct(cycle for cycle, _ in shown)
    return {
        "lines": [
            _cycle_line(person, cycle, rule, rule.is_over(today)) | {"to_correct": asked.get(cycle.pk, "")}
            for cycle, rule in shown
        ],
        "pages": paged,
        "older": paged.count - len(shown) if few and paged.is_first else 0,
        "overdue": wanted.overdue,
    }


def _archive_of(person: Person) -> QuerySet[MeasurementCycle]:
    cycles = MeasurementCycle.objects.visible_to(person).archived()
    return cycles.order_by("-year", "-number", "-opened_at", "-pk")


def _wanted(person: Person, wanted: ArchiveQuery, known: Schedule, today: date) -> QuerySet[ReportedCycle]:
    found = _archive_of(person).filter(**wanted.on_cycle())
    return _with_facts(found.filter(pk__in=_overdue(found, known, today)) if wanted.overdue else found)


def _all_of(person: Person) -> QuerySet[ReportedCycle]:
    return _with_facts(_archive_of(person))


def _newest(person: Person) -> QuerySet[ReportedCycle]:
    return _all_of(person)[: NEWEST_CYCLES + 1]


NEWEST = Prepared(_newest)


def _with_facts(cycles: QuerySet[MeasurementCycle]) -> QuerySet[ReportedCycle]:
    """With their units, when their last step was left, and their report."""
    last = Stay.objects.filter(cycle=OuterRef("pk")).order_by(F("left_at").desc(nulls_last=True))
    closed = Subquery(last.values("left_at")[:1])
    return with_reports(cycles.select_related("unit")).annotate(closed_at=closed)


def _overdue(cycles: QuerySet[MeasurementCycle], known: Schedule, today: date) -> list[int]:
    """Those that are kept longer than they have to be, by their keys: the schedule tells, not the database."""
    closed = cycles.annotate(closed_at=Max("stays__left_at"))
    facts = closed.values_list("pk", "unit", "unit__classification", "closed_at")
    return [pk for pk, unit, code, moment in facts if known.kept(unit, code, moment).is_over(today)]


def _to_correct(cycles: Iterable[MeasurementCycle]) -> dict[int, str]:
    """Archived cycle's id → the sentence that it has to be corrected itself, after a correction before it."""
    effects = EFFECTS.rows([cycle.pk for cycle in cycles])
    return {effect.cycle_id: effect.asks for effect in effects}


def _effects(cycles: Collection[int]) -> QuerySet[CorrectionEffect]:
    effects = CorrectionEffect.objects.still_to_correct().filter(cycle__in=cycles)
    return effects.select_related("correction", "cycle")


EFFECTS = Prepared(_effects)


def _cycle_line(person: Person, cycle: ReportedCycle, kept: Retention, is_over: bool) -> dict:
    return {
        "title": named_cycle(cycle, person),
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
    """To pick from while typing; those of many offices are too many to pick from."""
    if person.serves_in_many:
        return []
    return NAMES.rows(person)


def _names(person: Person) -> QuerySet:
    found = Indicator.objects.filter(node__plan__unit_id__in=person.served_units).order_by("name")
    return found.values_list("name", flat=True).distinct()[:MOST_INDICATORS]


NAMES = Prepared(_names)


def _measured(person: Person, name: str, on_cycle: dict) -> dict:
    """Cycles whose worksheet has the indicator, once its figures are in papers, each with the paper that prints them."""
    cycles = MeasurementCycle.objects.visible_to(person).standing().exclude(state__in=MEASURING)
    found = WorksheetRow.objects.filter(cycle__in=cycles, name__icontains=name, **on_cycle)
    newest = found.order_by("-cycle__year", "-cycle__number", "-cycle__opened_at", "position")
    rows = list(newest.select_related("cycle", "node")[:MOST_ROWS])
    papers = Paper.objects.filter(
        cycle__in={row.cycle_id for row in rows}, kind__in=FIGURES, void=None
    ).order_by()  # sorted here: for the order of keys SQLite would read all papers
    printed = {
        (cycle, kind): (pk, number)
        for pk, cycle, kind, number in sorted(papers.values_list("pk", "cycle", "kind", "number"))
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
