"""Cari: one box over indicators, papers, people, the plan's branches, and the help; only what this person may see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode

from measurement import guide
from measurement.addresses import reverse
from measurement.archiving import search as papers_search
from measurement.models import Paper, Person
from measurement.rules.search_terms import LONGEST_QUERY, mark_terms, says_all, terms_of

from ..paging import PagedList
from ..papers.archive import found_papers
from ..visitor import PersonRequest
from .found_indicators import branch_lines, branches_found, indicator_lines, indicators_found
from .found_people import people_found, people_lines
from .help_pages import help_url

# lines shown of a kind: at first, on a page when one looks at that kind alone, and in the box to jump
SHOWN, PER_PAGE, JUMPED = 8, 50, 4
Found = QuerySet | Sequence[Any]


@dataclass(frozen=True)
class Kind:
    """What can be found: everything that says the terms, the best first; and lines of those that are shown."""

    title: str
    found: Callable[[Person, list[str]], Found]
    lines: Callable[[Person, Sequence[Any], list[str]], list[dict]]

    def first(self, person: Person, terms: list[str], most: int) -> tuple[list[dict], int]:
        """The first lines, and how many there are in all, which the same query counts."""
        found = self.found(person, terms)
        if not isinstance(found, QuerySet):
            return self.lines(person, found[:most], terms), len(found)
        shown = list(found.annotate(of_all=Window(Count("pk")))[:most])
        return self.lines(person, shown, terms) if shown else [], shown[0].of_all if shown else 0


def search(request: PersonRequest):
    """What was found, by kind; `jenis` shows one kind a page at a time."""
    query, chosen = _query(request), request.GET.get("jenis", "")
    terms = terms_of(query)
    paged = _paged(request, KINDS[chosen], terms) if chosen in KINDS and terms else None
    sections = [_section_of(chosen, request.user, paged, terms)] if paged else _sections(request.user, query)
    context = {
        "wanted": query,
        "sections": [section for section in sections if section["count"]],
        "paged": paged,
        "alone": chosen in KINDS,
    }
    return render(request, "start/search.html", context | {"searched": bool(terms)})


def _query(request: PersonRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]


def jump_box(request: PersonRequest):
    """For the box to jump: the first hits of every kind as titles and addresses, without what has no page of its own."""
    terms = terms_of(_query(request))
    found = [
        {"title": _plain(line["title"]), "url": line["url"], "kind": f"{kind.title}{_code(line)}"}
        for kind in (KINDS.values() if terms else ())
        for line in kind.first(request.user, terms, JUMPED)[0]
        if line["url"]
    ]
    return JsonResponse({"found": found})


def _plain(title) -> str:
    """A title without its marks."""
    return title if isinstance(title, str) else "".join(piece.text for piece in title)


def _code(line: dict) -> str:
    """The code of the branch that tells two indicators of one name apart."""
    code = line.get("facts", "").partition(" ")[0]
    return f" · {code}" if code.count(".") > 1 else ""


def _sections(person: Person, query: str) -> list[dict]:
    """The first of every kind."""
    terms = terms_of(query)
    found = {key: kind.first(person, terms, SHOWN) for key, kind in KINDS.items()} if terms else {}
    return [_section(key, lines, count, _url_of_all(key, query)) for key, (lines, count) in found.items()]


def _url_of_all(kind: str, query: str) -> str:
    """Papers are filtered in the archive, everything else is listed here."""
    of_kind = {} if kind == PAPERS else {"jenis": kind}
    return (reverse("archive") if kind == PAPERS else "") + "?" + urlencode({"q": query} | of_kind)


def _paged(request: PersonRequest, kind: Kind, terms: list[str]) -> PagedList:
    return PagedList.of(kind.found(request.user, terms), request, PER_PAGE)


def _section_of(kind: str, person: Person, paged: PagedList, terms: list[str]) -> dict:
    """One kind, and the page of it that is shown."""
    return _section(kind, KINDS[kind].lines(person, list(paged.page), terms), paged.count, "")


def _section(kind: str, lines: list[dict], count: int, url: str) -> dict:
    return {
        "kind": kind,
        "title": KINDS[kind].title,
        "lines": lines,
        "count": count,
        "all_url": url if count > len(lines) else "",
        "is_papers": kind == PAPERS,
    }


def _papers_found(person: Person, terms: list[str]) -> QuerySet[Paper]:
    return papers_search.best_of(Paper.objects.visible_to(person), terms, person).only("pk")


def _paper_lines(person: Person, papers: Sequence[Paper], terms: list[str]) -> list[dict]:
    return found_papers([paper.pk for paper in papers], terms)


def _help_found(person: Person, terms: list[str]) -> list[tuple[str, str, str]]:
    """Terms and jobs by their names."""
    told = guide.OfficeGuide(person.sop)
    known = [(term.word, f"{reverse('terms')}#{term.key}", term.meaning) for term in told.terms]
    known += [(job.title, help_url(job.key), job.who) for job in told.jobs]
    return [one for one in known if says_all([one[0]], terms)]


def _help_lines(person: Person, found: Sequence[tuple[str, str, str]], terms: list[str]) -> list[dict]:
    return [{"title": mark_terms(title, terms), "url": url, "facts": facts} for title, url, facts in found]


PAPERS = "naskah"
KINDS = {
    "indikator": Kind("Indikator", indicators_found, indicator_lines),
    PAPERS: Kind("Naskah", _papers_found, _paper_lines),
    "orang": Kind("Pegawai", people_found, people_lines),
    "rencana": Kind("Program, kegiatan, dan sub kegiatan", branches_found, branch_lines),
    "bantuan": Kind("Istilah dan bantuan", _help_found, _help_lines),
}
