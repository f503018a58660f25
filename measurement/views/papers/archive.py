"""Arsip: one search box over everything that was issued, the archived cycles, and where an indicator was measured."""

from collections.abc import Collection, Iterable
from itertools import groupby

from django.db.models import Count, QuerySet, Window
from django.shortcuts import render

from measurement.addresses import reverse
from measurement.archiving import search
from measurement.models import Indicator, ListedPaper, MeasurementCycle, Paper, Person, Prepared, WorksheetRow
from measurement.models.reading import listed_for
from measurement.papers import KINDS
from measurement.rules.periods import Frequency, Period
from measurement.rules.search_terms import mark_terms
from measurement.rules.sop import MEASURING, Output

from ..fetch import listed_office
from ..paging import PagedList, PreparedList
from ..visitor import PersonRequest
from .archive_query import MEASURED_IN, ArchiveQuery, MeasuredPeriod
from .archived_cycles import archived_cycles
from .paper_lines import paper_line

PER_PAGE, MOST_INDICATORS, MOST_ROWS = 25, 300, 60
# where an indicator's figures are printed, the best first
FIGURES = (Output.LAPORAN, Output.EVALUASI, Output.PENGUKURAN)


def archive(request: PersonRequest):
    """What was archived, or what was found; newest first."""
    wanted, person, office = ArchiveQuery.of(request), request.user, listed_office(request)
    measured = [MeasuredPeriod(*one) for one in MEASURED_IN.rows(person, office)]
    found = (
        _matching(person, office, wanted)
        if any(wanted.given.values())
        else PreparedList(ISSUED, _issued, person, office)
    )
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
        "indicators": _indicator_names(person, office),
        "archived": None if wanted.among_papers else archived_cycles(request, office, wanted, measured),
        "measured": _measured(person, office, wanted.indicator, wanted.on_cycle("cycle__"))
        if wanted.indicator
        else None,
        "papers": [] if wanted.overdue else found_papers([paper.pk for paper in paged.page], wanted.said),
        "paged": paged,
    }
    return render(request, "papers/archive.html", context)


def _periods(kinds: Collection[Frequency]) -> list[Period]:
    """All periods of the kinds that were measured; quarters where nothing was."""
    return sorted(period for kind in kinds or {Frequency.QUARTERLY} for period in kind.periods)


# Papers


def _issued(person: Person, office: int | None) -> QuerySet[Paper]:
    """All papers, the newest first."""
    return _counted(search.best_of(_papers(person, office), [], person))


def _papers(person: Person, office: int | None) -> QuerySet[Paper]:
    return Paper.objects.visible_to(person).filter(listed_for(person, office))


def _newest_issued(person: Person, office: int | None) -> QuerySet[Paper]:
    return _issued(person, office)[: PER_PAGE + 1]


ISSUED = Prepared(_newest_issued)


def _matching(person: Person, office: int | None, wanted: ArchiveQuery) -> QuerySet[Paper]:
    """All papers that match, without their texts."""
    if wanted.overdue:
        return Paper.objects.none()
    papers = _papers(person, office).filter(**wanted.on_cycle("cycle__"))
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


# Indicators


def _indicator_names(person: Person, office: int | None) -> list[str]:
    """To pick from while typing; those of many offices are too many to pick from."""
    return NAMES.rows(person, office) if office or not person.serves_in_many else []


def _names(person: Person, office: int | None) -> QuerySet:
    found = Indicator.objects.filter(listed_for(person, office, "node__plan__unit")).order_by("name")
    return found.values_list("name", flat=True).distinct()[:MOST_INDICATORS]


NAMES = Prepared(_names)


def _measured(person: Person, office: int | None, name: str, on_cycle: dict) -> dict:
    """Cycles whose worksheet has the indicator, once its figures are in papers, each with the paper that prints them."""
    visible = MeasurementCycle.objects.visible_to(person).filter(listed_for(person, office))
    cycles = visible.standing().exclude(state__in=MEASURING)
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
