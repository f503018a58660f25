"""How wide a text is set, about: drawings are made where no font is at hand. Pure."""

from decimal import Decimal
from functools import lru_cache

CAPITAL, DIGIT, OTHER = Decimal("0.7"), Decimal("0.56"), Decimal("0.5")
KEPT = 4096  # texts: drawings say the same names again and again


@lru_cache(KEPT)
def text_width(text: str, size: Decimal) -> Decimal:
    """Capitals and digits are wider than small letters."""
    return sum((_share(char) for char in text), Decimal(0)) * size


def _share(char: str) -> Decimal:
    return CAPITAL if char.isupper() else DIGIT if char.isdigit() else OTHER


def fit_text(text: str, width: Decimal, size: Decimal) -> str:
    """The text, or as much of it as fits, with … at its end."""
    if text_width(text, size) <= width:
        return text
    kept = len(text)
    while kept and text_width(text[:kept] + "…", size) > width:
        kept -= 1
    return text[:kept].rstrip() + "…"


def wrap_text(text: str, width: Decimal, size: Decimal, most: int) -> list[str]:
    """The text in at most so many lines, broken between words; what doesn't fit ends in …"""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        line = [words.pop(0)]
        while words and text_width(" ".join([*line, words[0]]), size) <= width:
            line.append(words.pop(0))
        lines.append(fit_text(" ".join(line), width, size))
    return [*lines, fit_text(" ".join(words), width, size)] if words else lines
