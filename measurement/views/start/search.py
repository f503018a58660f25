"""Cari: one box over indicators, papers, people, the plan's branches, and the help; only what this person may see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from measurement import guide
from measurement.archiving import search as papers_search
from measurement.models import (
    Appointment,
    Indicator,
    MeasurementCycle,
    Paper,
    Person,
    Plan,
    PlanNode,
    WorksheetRow,
)
from measurement.rules.permissions import may_manage_people, may_see_figures
from measurement.rules.search_terms import LONGEST_QUERY, mark_terms, says_all, terms_of

from ..papers.archive import found_papers
from ..visitor import PersonRequest
from .help_pages import help_url

SHOWN, MOST, JUMPED = (
    8,
    200,
    4,
)  # lines shown of a kind: at first, when one looks at that kind alone, and in the box to jump


@dataclass(frozen=True)
class SearchResult:
    """The hits of one kind: lines that are drawn, how many there are, and where all of them stand."""

    lines: list[dict]
    count: int


def search(request: PersonRequest):
    """What was found, by kind; `jenis` shows one kind at length."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
    terms, chosen = terms_of(query), request.GET.get("jenis")
    kinds = {chosen: KINDS[chosen]} if chosen in KINDS else KINDS
    most = MOST if chosen in KINDS else SHOWN
    sections = (
        [_section(key, query, find(request.user, terms, most)) for key, (_, find) in kinds.items()]
        if terms
        else []
    )
    context = {
        "wanted": query,
        "sections": [section for section in sections if section["count"]],
        "alone": chosen in KINDS,
    }
    return render(request, "start/search.html", context | {"searched": bool(terms)})


def jump_box(request: PersonRequest):
    """For the box to jump: the first hits of every kind as titles and addresses, without what has no page of its own."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
    terms = terms_of(query)
    found = [
        {"title": _plain(line["title"]), "url": line["url"], "kind": f"{title}{_code(line)}"}
        for title, find in (KINDS.values() if terms else ())
        for line in find(request.user, terms, JUMPED).lines
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


def _section(kind: str, query: str, found: SearchResult) -> dict:
    rest = (
        reverse("archive") + "?" + urlencode({"q": query})
        if kind == PAPERS
        else "?" + urlencode({"q": query, "jenis": kind})
    )
    return {
        "kind": kind,
        "title": KINDS[kind][0],
        "lines": found.lines,
        "count": found.count,
        "all_url": rest if found.count > len(found.lines) else "",
        "is_papers": kind == PAPERS,
    }


# Indicators


def _indicators(person: Person, terms: list[str], most: int) -> SearchResult:
    """By name, definition and source in the plan, or by a name that a cycle has frozen; with the row of the latest cycle."""
    rows = _rows_by_indicator(person)
    known = (
        Indicator.objects.filter(node__plan__in=Plan.objects.visible_to(person))
        .select_related("node")
        .order_by("name", "pk")
    )
    hits = [
        one
        for one in known
        if says_all([one.name, one.formula, one.source, *(row.name for row in rows.get(one.pk, ()))], terms)
    ]
    hits.sort(key=lambda one: not says_all([one.name], terms))
    return SearchResult(
        [_indicator(person, one, rows.get(one.pk, []), terms) for one in hits[:most]], len(hits)
    )


def _rows_by_indicator(person: Person) -> dict[int, list[WorksheetRow]]:
    """The rows of all cycles, those of the latest first."""
    cycles = MeasurementCycle.objects.visible_to(person).standing()
    rows = WorksheetRow.objects.filter(cycle__in=cycles).select_related("cycle")
    rows = rows.only(
        "name",
        "indicator",
        "owner",
        *(f"cycle__{name}" for name in ("unit", "state", "year", "frequency", "number")),
    )
    found: dict[int, list] = {}
    for row in rows.order_by("-cycle__year", "-cycle__number", "-cycle__opened_at"):
        found.setdefault(row.indicator_id, []).append(row)
    return found


def _indicator(person: Person, found: Indicator, rows: list[WorksheetRow], terms: list[str]) -> dict:
    visible = [row for row in rows if row.owner_id == person.pk or may_see_figures(person, row.cycle)]
    said = (
        ""
        if says_all([found.name], terms)
        else next((row.name for row in rows if row.name != found.name and says_all([row.name], terms)), "")
    )
    return {
        "title": mark_terms(found.name, terms),
        "url": reverse("indicator", args=[found.pk]),
        "facts": str(found.node),
        "why": mark_terms(
            f"Dalam siklus: {said}" if said else "" if says_all([found.name], terms) else found.formula, terms
        ),
        "more": [
            {"label": f"Baris {row.cycle}", "url": reverse("row_working", args=[row.cycle_id, row.pk])}
            for row in visible[:1]
        ],
    }


# Papers, people, the plan, the help


def _papers(person: Person, terms: list[str], most: int) -> SearchResult:
    papers = papers_search.papers_saying(Paper.objects.visible_to(person), terms)
    keys = list(papers_search.best_first(papers, terms).values_list("pk", flat=True))
    return SearchResult(found_papers(keys[:most], terms), len(keys))


def _people(person: Person, terms: list[str], most: int) -> SearchResult:
    """Colleagues by name, post and role. The personnel number is not searched: whoever guesses it would learn a birth date."""
    held: dict[int, list[Appointment]] = {}
    for appointment in (
        Appointment.objects.in_force()
        .filter(unit_id__in=person.served_units)
        .select_related("person")
        .order_by("person__name")
    ):
        appointment.unit = person.unit(appointment.unit_id)
        held.setdefault(appointment.person_id, []).append(appointment)
    hits = [posts for posts in held.values() if says_all([posts[0].person.name, *_posts(posts)], terms)]
    return SearchResult([_colleague(person, posts, terms) for posts in hits[:most]], len(hits))


def _posts(posts: list[Appointment]) -> Iterator[str]:
    return (text for post in posts for text in (post.printed_title, post.printed_role))


def _colleague(person: Person, posts: list[Appointment], terms: list[str]) -> dict:
    keeps = any(may_manage_people.test(person, post) for post in posts)
    found = posts[0].person
    return {
        "title": mark_terms(found.name, terms),
        "url": reverse("person", args=[found.pk]) if keeps else "",
        "facts": f"NIP {found.masked_nip}" if keeps and found.nip else "",
        "why": mark_terms(", ".join(dict.fromkeys(_posts(posts))), terms),
    }


def _branches(person: Person, terms: list[str], most: int) -> SearchResult:
    nodes = PlanNode.objects.filter(plan__in=Plan.objects.visible_to(person)).select_related(
        "plan", "sub_unit"
    )
    hits = [node for node in nodes if says_all([node.code, node.title, node.get_level_display()], terms)]
    return SearchResult([_branch(node, terms) for node in hits[:most]], len(hits))


def _branch(node: PlanNode, terms: list[str]) -> dict:
    return {
        "title": mark_terms(f"{node.code} {node.read_title}", terms),
        "url": f"{reverse('plan')}?rencana={node.plan_id}#cabang-{node.pk}",
        "facts": f"{node.get_level_display()} · {node.plan}",
    }


def _help(person: Person, terms: list[str], most: int) -> SearchResult:
    """Terms and jobs by their names."""
    known = [
        (term.word, f"{reverse('terms')}#{term.key}", term.meaning)
        for term in guide.OfficeGuide(person.sop).terms
    ]
    known += [(job.title, help_url(job.key), job.who) for job in guide.OfficeGuide(person.sop).jobs]
    hits = [one for one in known if says_all([one[0]], terms)]
    return SearchResult(
        [
            {"title": mark_terms(title, terms), "url": url, "facts": facts}
            for title, url, facts in hits[:most]
        ],
        len(hits),
    )


PAPERS = "naskah"
KINDS: dict[str, tuple[str, Callable[..., SearchResult]]] = {
    "indikator": ("Indikator", _indicators),
    PAPERS: ("Naskah", _papers),
    "orang": ("Pegawai", _people),
    "rencana": ("Program, kegiatan, dan sub kegiatan", _branches),
    "bantuan": ("Istilah dan bantuan", _help),
}
