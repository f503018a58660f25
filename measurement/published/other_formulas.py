"""What a printed percentage may have been computed by instead: the formulas in use beside the row's own. Pure."""

from fractions import Fraction

from measurement.rules.methods import Method

from .computing import Attempt, value_by

OTHER_FORMULAS = {
    Method.MAXIMIZE: "rumus maksimum",
    Method.MINIMIZE: "rumus minimum",
    Method.MINIMIZE_RATIO: "bentuk rasio target ÷ realisasi",
    Method.STABILIZE: "rumus stabil",
}
OPPOSITES = {
    Method.MAXIMIZE: (Method.MINIMIZE, "arah sebaliknya (minimum)"),
    Method.MINIMIZE: (Method.MAXIMIZE, "arah sebaliknya (maksimum)"),
}


def other_ways(attempt: Attempt) -> list[tuple[str, Fraction]]:
    """What the printed value would be by another formula, each with its label."""
    if attempt.base is None or attempt.realised is None:
        return []
    base, realised = Fraction(attempt.base.value), Fraction(attempt.realised.value)
    if attempt.method is None:
        ways = {Method.MINIMIZE_RATIO: "pagu ÷ realisasi"}
    else:
        ways = dict([OPPOSITES[attempt.method]]) if attempt.method in OPPOSITES else {}
        ways |= {
            way: label for way, label in OTHER_FORMULAS.items() if way not in ways and way != attempt.method
        }
    found: dict[Fraction, str] = {}
    for way, label in ways.items():
        value = value_by(way, base, realised)
        if value is not None:
            found.setdefault(value, label)
    return [(label, value) for value, label in found.items()]
