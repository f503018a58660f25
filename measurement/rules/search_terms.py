"""What people type into a search box: words and "phrases", whatever their case and accents, and a period however it is written.

`TW II`, `TW2`, `Triwulan II` and `triwulan 2` are one and the same term, as are `Smt I` and `semester 1`; in quotes a text is searched as it stands.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from .periods import ROMAN, Frequency, period_named

LONGEST_QUERY, MOST_TERMS = 200, 8
NUMBERED = {Frequency.QUARTERLY: "tw|triwulan", Frequency.HALF_YEARLY: "smt|semester"}
PERIOD_TERMS = {
    period.name.lower() if frequency == Frequency.MONTHLY else f"{frequency.noun} {period.number}": period
    for frequency in (Frequency.MONTHLY, *NUMBERED)
    for period in frequency.periods
}
TERM_OF = {period: term for term, period in PERIOD_TERMS.items()}
WRITTEN = {
    term: rf"\b(?:{NUMBERED[period.frequency]})[ .-]*(?:{ROMAN[period.number].lower()}|{period.number})\b"
    if period.frequency in NUMBERED
    else rf"\b{term}\b"
    for term, period in PERIOD_TERMS.items()
}
# the words with which a period begins, however its number is written
PERIOD_OPENINGS = {
    term: NUMBERED[period.frequency].split("|") if period.frequency in NUMBERED else [term]
    for term, period in PERIOD_TERMS.items()
}
TERM = re.compile(rf'"([^"]+)"|({"|".join(WRITTEN.values())})|([^\s"]+)')
WITHOUT_ACCENT = {
    code: unicodedata.normalize("NFD", chr(code))[0] for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
}


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether it is what was searched."""

    text: str
    found: bool


def terms_of(query: str) -> list[str]:
    """Words, "phrases" and periods of a query in small letters, each once."""
    text = unicodedata.normalize("NFC", query[:LONGEST_QUERY]).replace("“", '"').replace("”", '"').lower()
    found = (
        _period_term(period) if period else phrase or word for phrase, period, word in TERM.findall(text)
    )
    return list(dict.fromkeys(filter(None, (" ".join(term.split()) for term in found))))[:MOST_TERMS]


def _period_term(text: str) -> str:
    """The one term for a period, however it is written."""
    period = period_named(text)
    return TERM_OF[period] if period else text


def without_accents(text: str) -> str:
    """In small letters without accents. A letter becomes a letter, so that a place in it is the same place in the text."""
    return text.lower() if text.isascii() else text.translate(WITHOUT_ACCENT).lower()


def spellings(term: str) -> set[str]:
    """The term as it was typed and without its accents, for a database that compares letter by letter."""
    return {term, without_accents(term)}


def text_says(text: str, term: str) -> bool:
    """Whether a plain text says the term."""
    return bool(_pattern([term]).search(text)) if term in WRITTEN else without_accents(term) in text


def says_all(texts: Iterable[str], terms: Iterable[str]) -> bool:
    """Whether every term occurs in at least one of the texts."""
    text = without_accents("\n".join(texts))
    return all(text_says(text, term) for term in terms)


def position_of(text: str, terms: Iterable[str]) -> int:
    """Where the first of the terms begins in a plain text; at its head if none is there."""
    found = _pattern(terms).search(text)
    return found.start() if found else 0


def mark_terms(text: str, terms: Iterable[str]) -> list[Piece]:
    """The text in pieces, so that a template can mark what was found."""
    pieces, end = [], 0
    for found in _pattern(terms).finditer(without_accents(text)) if terms else ():
        pieces += [
            Piece(text[end : found.start()], found=False),
            Piece(text[found.start() : found.end()], found=True),
        ]
        end = found.end()
    return [piece for piece in (*pieces, Piece(text[end:], found=False)) if piece.text]


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Any of the terms in a plain text, the longest first."""
    return re.compile(
        "|".join(
            WRITTEN.get(term) or re.escape(without_accents(term))
            for term in sorted(terms, key=len, reverse=True)
        )
    )
