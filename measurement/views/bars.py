"""The bars of pages (components/bar.html): a mark stands at 100, and what goes on beyond their end is cut and marked as such."""

from measurement.rules.figure import Figure

BAR_END = 150  # percent


def bar_width(figure: Figure) -> str:
    """Length of a bar whose mark stands at 100: whole percent, at most 150, as text; empty without a value."""
    return "" if figure.value is None else str(min(int(figure.value), BAR_END))


def is_beyond_bar(figure: Figure) -> bool:
    """Whether the bar is cut, because the value lies beyond its end."""
    return figure.value is not None and figure.value > BAR_END
