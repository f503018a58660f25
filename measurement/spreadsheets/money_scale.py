"""Money that a table prints in thousands or millions: "(dalam ribuan rupiah)", "(Rp. 000)", "(Rp juta)". Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from measurement.rules.numbers import show

RP = r"(?:rp\.?|rupiah)?"
WORDS = {1_000: "ribu", 1_000_000: "juta", 1_000_000_000: "mili?[ay]a?r"}
NOUGHTS = {1_000: r"\.?000", 1_000_000: r"\.?000[.,]000"}
SCALES = {
    factor: re.compile(
        rf"\(?dalam\s+{word}(?:an)?(?:\s+{RP})?\)?|\(\s*{RP}\s*{word}(?:an)?\s*{RP}\s*\)|{word}an\s+rupiah"
        + (
            rf"|\(\s*[x×]?\s*{RP}\s*{NOUGHTS[factor]}(?:,[-0]*)?\s*\)|[x×]\s*{RP}\s*1{NOUGHTS[factor]}\b(?![.,]?[0-9])"
            if factor in NOUGHTS
            else ""
        ),
        re.IGNORECASE,
    )
    for factor, word in WORDS.items()
}


@dataclass(frozen=True)
class MoneyScale:
    """What the money of a table, or of one column, is multiplied with, and the words that say so."""

    factor: int = 1
    words: str = ""

    @property
    def remark(self) -> str:
        """What must be said before anything is kept."""
        return (
            f"Tertulis “{self.words}”: semua uang di bawahnya dikalikan {show(Decimal(self.factor), 0)}."
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
