"""How a figure came about, in words that people use: the substituted formula, the period, what was counted and what was left out."""

from .formulas import Rules
from .numbers import show_short


def cap_words(rules: Rules) -> str:
    """How a mean treats parts above the target."""
    return "tanpa batas atas" if rules.mean_cap is None else f"dengan batas atas {show_short(rules.mean_cap)} % tiap bagian"
