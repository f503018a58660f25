"""Money that a table prints in thousands or millions: "(dalam ribuan rupiah)", "(Rp. 000)", "(Rp juta)". Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from measurement.rules.numbers import show

RP = r"(?:rp\.?|idr|rupiah)?"
IN = r"(?:dalam|dlm\.?)\s+(?:satuan\s+)?"
WORDS = {
    1_000: r"(?:ribu(?:an)?|rb)\b\.?",
    1_000_000: r"(?:juta(?:an)?|jt)\b\.?",
    1_000_000_000: r"mili?[ay]a?r(?:an)?\b",
}
NOUGHTS = {1_000: r"\.?000", 1_000_000: r"\.?000[.,]000"}
CENTS = r"(?:,[-0]*)?"
MOST_BARE = 1_000  # "(Rp1.000)" is a scale, "(Rp1.000.000)" may be an amount


def _pattern(factor: int, word: str) -> str:
    """Words, "(dalam ribuan rupiah)", "(Rp juta)", and noughts, "(Rp. 000)", "(dalam Rp1.000,-)", "(x 1.000)"."""
    written = [
        rf"\(?{IN}{RP}\s*{word}(?:\s*{RP})?\s*\)?",
        rf"\(\s*{RP}\s*{word}\s*{RP}\s*{CENTS}\s*\)",
        rf"{word}(?<=an)\s+(?:rupiah|rp)\b\.?",
    ]
    if noughts := NOUGHTS.get(factor):
        written += [
            rf"\(?\s*{IN}(?:{RP}\s*|rp\.?\s*1){noughts}{CENTS}\s*{RP}\s*\)?(?![.,]?[0-9])",
            rf"\(\s*[x×]?\s*{RP}\s*['’]?\s*{noughts}{CENTS}\s*{RP}\s*\)",
            rf"\(\s*rp\.?\s*{'[x×]' if factor > MOST_BARE else '[x×]?'}\s*1{noughts}{CENTS}\s*\)",
            rf"[x×]\s*{RP}\s*1{noughts}{CENTS}(?![.,]?[0-9])",
            rf"rp\.?\s*['’]\s*{noughts}(?![.,]?[0-9])",
        ]
    return "|".join(written)


SCALES = {factor: re.compile(_pattern(factor, word), re.IGNORECASE) for factor, word in WORDS.items()}
MOST_IN_TITLE = 3  # texts in a row that is no heading
OF_A_COLUMN = re.compile(r"\(.*\)|rp\.?|rupiah|%", re.IGNORECASE)


@dataclass(frozen=True)
class MoneyScale:
    """What the money of a table, or of one column, is multiplied with, and the words that say so."""

    factor: int = 1
    words: str = ""

    @property
    def remark(self) -> str:
        """What must be said before anything is kept."""
        return (
            f"Tertulis “{self.words}”: uangnya dikalikan {show(Decimal(self.factor), 0)}."
            if self.words
            else ""
        )


def money_scale(text: str) -> MoneyScale:
    """The scale that a text names; factor 1 where it names none."""
    for factor in sorted(SCALES, reverse=True):
        if found := SCALES[factor].search(text):
            return MoneyScale(factor, found[0].strip())
    return MoneyScale()


def without_scale(heading: str) -> str:
    """A heading without its scale, so that it is known again."""
    for pattern in SCALES.values():
        heading = pattern.sub(" ", heading)
    return heading


def scale_above(rows: Sequence[Sequence]) -> MoneyScale:
    """The scale that titles and headings of a table name, the first one."""
    texts = (str(value) for row in rows for value in row if isinstance(value, str))
    return next((scale for text in texts if (scale := money_scale(text)).words), MoneyScale())


def is_row_of_scales(row: Sequence) -> bool:
    """Whether a row below the headings only says in what its columns are counted: "(%)", "(Rp. 000)"."""
    texts = [str(value).strip() for value in row if str(value).strip()]
    return any(map(_is_scale, texts)) and all(
        _is_scale(text) or OF_A_COLUMN.fullmatch(text) for text in texts
    )


def words_around(rows: Sequence[Sequence], header: int) -> list[Sequence]:
    """The titles above a table whose headings end with the row of this number, and the notes below its last row."""
    last = max((number for number, row in enumerate(rows) if not _is_title(row)), default=len(rows))
    return [row for row in rows[:header] if _is_title(row)] + list(rows[last + 1 :])


def _is_title(row: Sequence) -> bool:
    return sum(bool(str(value).strip()) for value in row) < MOST_IN_TITLE


def _is_scale(text: str) -> bool:
    return bool(money_scale(text).words) and not without_scale(text).strip(" ().,-")
