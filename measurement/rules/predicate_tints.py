"""Which of five quiet tints goes with a predicate: by its place in the office's own scale, whatever its words are. Pure.

A tint is about the predicate alone. Whether a target is reached is another question (`Figure.is_met`): 96,84 % is below target and Sangat Tinggi,
and nothing that bears the highest predicates is ever called red.
"""

from collections.abc import Sequence
from decimal import Decimal

LOWEST, HIGHEST = 1, 5


def predicate_tint(predicate: str, levels: Sequence[tuple[Decimal | None, str]]) -> str:
    """ "5" for the highest word of a scale down to "1" for the lowest, those between by their place; empty for no predicate or a foreign word.

    `levels` are in falling order, as `formulas.Rules` keeps them.
    """
    words = [word for _, word in levels]
    if predicate not in words:
        return ""
    steps = max(len(words) - 1, 1)
    return str(HIGHEST - (words.index(predicate) * (HIGHEST - LOWEST) * 2 + steps) // (2 * steps))
