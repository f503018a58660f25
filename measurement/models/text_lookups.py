"""`says`: whether a text column says a search term, as `rules/search_terms.text_says` answers it in Python: whatever its case, accents and way to write
a period. The database compares letter by letter; only texts that have accented letters, or the words of a period, are looked at with a pattern.
"""

import re
from functools import cache

from django.db.models import CharField, Lookup, TextField

from measurement.rules.search_terms import PERIOD_OPENINGS, WITHOUT_ACCENT, WRITTEN, without_accents

LIKE_SIGNS = re.compile(r"[%_\\]")
LETTERS_BEYOND_ASCII = "À-῿"  # all letters with accents, and other alphabets; not dashes and quotes


@CharField.register_lookup
@TextField.register_lookup
class Says(Lookup):
    """A term of `terms_of` on the right."""

    lookup_name = "says"
    prepare_rhs = False

    def as_sqlite(self, compiler, connection):
        text, params = self.process_lhs(compiler, connection)
        if self.rhs in WRITTEN:
            openings = _openings(self.rhs)
            likes = " OR ".join([f"{text} LIKE %s"] * len(openings))
            sql, own = f"(({likes}) AND {text} REGEXP %s)", [*openings, f"(?i){WRITTEN[self.rhs]}"]
        else:
            # lengths in bytes and letters are told apart long before a pattern has looked at every letter
            beyond = f"LENGTH(CAST({text} AS BLOB)) > LENGTH({text}) AND {text} GLOB %s AND {text} REGEXP %s"
            sql = f"({text} LIKE %s ESCAPE '\\' OR {beyond})"
            own = [_like(self.rhs), f"*[{LETTERS_BEYOND_ASCII}]*", f"(?i){_pattern(self.rhs)}"]
            return sql, [*params, own[0], *params, *params, *params, own[1], *params, own[2]]
        return sql, _params(params, own)

    def as_postgresql(self, compiler, connection):
        text, params = self.process_lhs(compiler, connection)
        if self.rhs in WRITTEN:
            sql, own = f"({text} ~* %s)", [WRITTEN[self.rhs].replace(r"\b", r"\y")]
        else:
            sql = f"({text} ILIKE %s OR ({text} ~ %s AND {text} ~* %s))"
            own = [_like(self.rhs), f"[{LETTERS_BEYOND_ASCII}]", _pattern(self.rhs)]
        return sql, _params(params, own)


def _params(params, own: list[str]) -> list:
    """The column stands before each parameter of ours, with parameters of its own."""
    return [param for one in own for param in (*params, one)]


def _like(term: str) -> str:
    return "%" + LIKE_SIGNS.sub(r"\\\g<0>", without_accents(term)) + "%"


def _openings(term: str) -> list[str]:
    """With which words the period may begin."""
    return [f"%{word}%" for word in PERIOD_OPENINGS[term]]


@cache
def _with_accents() -> dict[str, str]:
    """A letter → all small letters that come to it without their accent."""
    found: dict[str, set[str]] = {}
    for code, plain in WITHOUT_ACCENT.items():
        found.setdefault(plain.lower(), {plain.lower()}).add(chr(code).lower())
    return {
        plain: "".join(sorted(letter for letter in letters if len(letter) == 1))
        for plain, letters in found.items()
    }


def _pattern(term: str) -> str:
    """The term with any accents."""
    letters = (_with_accents().get(letter, letter) for letter in without_accents(term))
    return "".join(f"[{some}]" if len(some) > 1 else re.escape(some) for some in letters)
