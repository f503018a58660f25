"""Search over the papers that were issued: words, numbers, kinds, periods, indicators, and whether they are signed.

`Paper.words` holds all that a paper says, in small letters, one text a line. It is only read from the database for what is shown.
"""

import functools
import operator

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from measurement.models import Paper, PaperSigner, Person
from measurement.models.words_index import indexed_words
from measurement.rules.search_terms import (
    PERIOD_TERMS,
    Piece,
    mark_terms,
    position_of,
    spellings,
    text_says,
    without_accents,
)

MOST_SAID = 1000
BEFORE, AFTER = 60, 140  # characters shown around what was found
SIGNED, WAITING, UNASKED = "lengkap", "menunggu", "tanpa"
SIGNING_STATES = {
    SIGNED: "Sudah ditandatangani",
    WAITING: "Menunggu tanda tangan",
    UNASKED: "Tanpa penanda tangan",
}


def best_of(papers: QuerySet[Paper], terms: list[str], person: Person) -> QuerySet[Paper]:
    """Papers in whose number, title or text every term occurs, those that carry the terms in number or title first, the newest first. A period asks
    for the papers of its cycles, not for all that mention it.

    Of many offices those in number or title are all found, and of the others the newest `MOST_SAID`; the newest are those with the highest keys, which
    stand before a paper's long texts and not behind them.
    """
    newest = ("-pk",) if person.serves_in_many else ("-issued_at", "-pk")
    if not terms:
        return papers.order_by(*newest)
    named = functools.reduce(operator.and_, map(_named, terms))
    found = papers.filter(*(_said(term, person.serves_in_many) for term in terms))
    if person.serves_in_many:
        said = found.order_by(*newest).values("pk")[:MOST_SAID]
        found = papers.filter(named | Q(pk__in=said))
    return found.alias(is_named=Case(When(named, then=0), default=1)).order_by("is_named", *newest)


def _said(term: str, of_many: bool) -> Q:
    """In number, title or text. Texts of many offices are looked up in the index; those of a few are quicker read."""
    if term in PERIOD_TERMS:
        return _named(term)
    return _named(term) | (words_say(term) if of_many else _any(words__contains=spellings(term)))


def words_say(term: str) -> Q:
    """The text of the paper says a term, looked up in the index where the database has one and the term is long enough for it."""
    return indexed_words(spellings(term)) or _any(words__contains=spellings(term))


def _named(term: str) -> Q:
    if period := PERIOD_TERMS.get(term):
        return Q(cycle__frequency=period.frequency, cycle__number=period.number)
    return _any(number__icontains=spellings(term)) | _any(title__icontains=spellings(term))


def _any(**texts: set[str]) -> Q:
    """One of the texts will do."""
    return functools.reduce(
        operator.or_, (Q(**{lookup: text}) for lookup, wanted in texts.items() for text in wanted)
    )


def in_state(papers: QuerySet[Paper], state: str) -> QuerySet[Paper]:
    """Papers that are signed by everybody, wait for somebody, or ask for no signature."""
    if state not in SIGNING_STATES:
        return papers
    asked = PaperSigner.objects.filter(paper=OuterRef("pk"))
    waiting = Exists(asked.filter(signature=None))
    conditions = {SIGNED: Exists(asked) & ~waiting, WAITING: waiting & Q(void=None), UNASKED: ~Exists(asked)}
    return papers.filter(conditions[state])


def why(paper: Paper, terms: list[str]) -> str:
    """Where the terms were found, e.g. "judul dan isi"."""
    places = {"nomor": without_accents(paper.number), "judul": without_accents(paper.title)}
    found = [name for name, text in places.items() if any(text_says(text, term) for term in terms)]
    if not all(text_says(_heading(paper), term) for term in terms):
        found.append("isi")
    return " dan ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


def excerpt(paper: Paper, terms: list[str]) -> list[Piece]:
    """The line of a paper's text that says most of the terms, cut around the first of them; terms that its title doesn't say go first."""
    said = _heading(paper)
    sought = [term for term in terms if not text_says(said, term)] or terms
    lines = zip(paper.words.split("\n"), without_accents(paper.words).split("\n"), strict=True)
    count, line, text = max(
        ((sum(text_says(text, term) for term in sought), line, text) for line, text in lines),
        key=lambda one: one[0],
    )
    return mark_terms(_cut(line, position_of(text, sought)), terms) if count else []


def _heading(paper: Paper) -> str:
    return without_accents(f"{paper.number}\n{paper.title}")


def _cut(line: str, at: int) -> str:
    """Whole words around a place of the line."""
    start, end = max(at - BEFORE, 0), at + AFTER
    before = line[start:at].partition(" ")[2] if start else line[:at]
    after = line[at:end].rpartition(" ")[0] if end < len(line) else line[at:]
    return f"{'… ' if start else ''}{before}{after}{' …' if end < len(line) else ''}"
