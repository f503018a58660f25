"""Search over the papers that were issued: words, numbers, kinds, quarters, indicators, and whether they are signed.

`Paper.words` holds all that a paper says, in small letters, one text a line. It is only read from the database for what is shown.
"""

import re
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from ..models import Paper, PaperSigner

LONGEST_QUERY, MOST_TERMS = 200, 8
BEFORE, AFTER = 60, 140  # characters shown around what was found
TERM = re.compile(r'"([^"]+)"|([^\s"]+)')
SIGNED, WAITING, UNASKED = "lengkap", "menunggu", "tanpa"
SIGNING_STATES = {SIGNED: "Sudah ditandatangani", WAITING: "Menunggu tanda tangan", UNASKED: "Tanpa penanda tangan"}


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether it is what was searched."""

    text: str
    found: bool


def terms_of(query: str) -> list[str]:
    """Words and "phrases" of a query in small letters, each once."""
    text = query[:LONGEST_QUERY].replace("“", '"').replace("”", '"').lower()
    found = (" ".join((phrase or word).split()) for phrase, word in TERM.findall(text))
    return list(dict.fromkeys(filter(None, found)))[:MOST_TERMS]


def saying(papers: QuerySet[Paper], terms: list[str]) -> QuerySet[Paper]:
    """Papers in whose number, title or text every term occurs."""
    for term in terms:
        papers = papers.filter(Q(number__icontains=term) | Q(title__icontains=term) | Q(words__contains=term))
    return papers


def best_first(papers: QuerySet[Paper], terms: list[str]) -> QuerySet[Paper]:
    """Papers that carry the terms in their number or title before those that only say them; newest first."""
    named = Q()
    for term in terms:
        named &= Q(number__icontains=term) | Q(title__icontains=term)
    order = ("-issued_at", "-pk")
    return papers.annotate(named=Case(When(named, then=1), default=0)).order_by("-named", *order) if terms else papers.order_by(*order)


def in_state(papers: QuerySet[Paper], state: str) -> QuerySet[Paper]:
    """Papers that are signed by everybody, wait for somebody, or ask for no signature."""
    asked = PaperSigner.objects.filter(paper=OuterRef("pk"))
    waiting = Exists(asked.filter(signature=None))
    conditions = {SIGNED: Exists(asked) & ~waiting, WAITING: waiting & Q(void=None), UNASKED: ~Exists(asked)}
    return papers.filter(conditions[state]) if state in conditions else papers


def why(paper: Paper, terms: list[str]) -> str:
    """Where the terms were found, e.g. "judul dan isi"."""
    number, title = paper.number.lower(), paper.title.lower()
    places = {"nomor": number, "judul": title}
    found = [name for name, text in places.items() if any(term in text for term in terms)]
    if any(term not in number and term not in title for term in terms):
        found.append("isi")
    return " dan ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


def excerpt(paper: Paper, terms: list[str]) -> list[Piece]:
    """The line of a paper's text that says most of the terms, cut around the first of them; first of all those that its title doesn't say."""
    said = f"{paper.number}\n{paper.title}".lower()
    sought = [term for term in terms if term not in said] or terms
    count, line = max(((sum(term in line for term in sought), line) for line in paper.words.split("\n")), key=lambda one: one[0])
    return marked(_cut(line, min(place for term in sought if (place := line.find(term)) >= 0)), terms) if count else []


def _cut(line: str, at: int) -> str:
    """Whole words around a place of the line."""
    start, end = max(at - BEFORE, 0), at + AFTER
    before = line[start:at].partition(" ")[2] if start else line[:at]
    after = line[at:end].rpartition(" ")[0] if end < len(line) else line[at:]
    return f"{'… ' if start else ''}{before}{after}{' …' if end < len(line) else ''}"


def marked(text: str, terms: list[str]) -> list[Piece]:
    """The text in pieces, so that a template can mark what was found."""
    if not terms:
        return [Piece(text, found=False)]
    pattern = re.compile(f"({'|'.join(re.escape(term) for term in sorted(terms, key=len, reverse=True))})", re.IGNORECASE)
    return [Piece(part, found=number % 2 == 1) for number, part in enumerate(pattern.split(text)) if part]
