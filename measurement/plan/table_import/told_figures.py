"""What a file says of a line that is new, in words for the preview: targets with their unit, and pagu, year by year."""

from collections.abc import Iterable

from measurement.rules.numbers import show_money, show_short

from .lines import PlanLine


def told_figures(line: PlanLine, years: Iterable[int]) -> str:
    """ "target 2026: 4 Laporan, 2027: 4 Laporan; pagu 2026: Rp75.000.000"."""
    targets = [f"{year}: {told}" for year in years if (told := _target(line, year))]
    pagu = [
        f"{year}: {show_money(amount)}" for year in years if (amount := line.figure("pagu", year)) is not None
    ]
    lists = (("target", targets), ("pagu", pagu))
    return "; ".join(f"{word} {', '.join(found)}" for word, found in lists if found)


def _target(line: PlanLine, year: int) -> str:
    span, figure = line.span("target", year), line.figure("target", year)
    value = str(span) if span else "" if figure is None else show_short(figure)
    return f"{value} {line.measure}".strip() if value else ""
