"""A second calculator of the figures, written from the domain's rules alone (achievement, quarters, tree, money, predicate).

It imports nothing of the application: a fault would have to be made twice. Everything is a `Fraction`; None is "no value".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction as F

UNPLANNED = "tidak direncanakan"


@dataclass(frozen=True)
class Period:
    """A quarter of an indicator. `excused`: whatever was typed is no realisasi."""

    target: F | None = None
    realised: F | None = None
    x: F | None = None
    y: F | None = None
    due: bool = True
    excused: bool = False
    span: tuple[F, F] | None = None  # bounds of its own, where the target is a range

    def entry(self, kind: str) -> F | tuple[F, F] | None:
        if self.excused:
            return None
        if kind == "rasio":
            return None if self.x is None or self.y is None else (self.x, self.y)
        return self.realised


def capaian(method: str, t: F | None, r: F | None, bounds=(None, None), zero_is_met=False) -> F | None:
    """Percent of one realisasi against one target."""
    if r is None:
        return None
    if method == "ya_tidak":
        return F(100 if r else 0)
    if method.startswith("rentang"):
        return _range(method, r, *bounds)
    if not t:
        return F(100 if r <= 0 else 0) if t == 0 and method == "minimum" and zero_is_met else None
    higher = {"maksimum": True, "predikat": True, "minimum": False, "minimum_rasio": False}.get(method)
    if t < 0:
        away = (r - t) / -t * 100
        return max(F(0), 100 - abs(away) if higher is None else 100 + away if higher else 100 - away)
    if method == "minimum_rasio":
        return t / r * 100 if r else None
    if higher or (method == "stabil" and r <= t):
        return 100 * r / t
    return max(F(0), (2 * t - r) * 100 / t)


def _range(method: str, r: F, a: F | None, b: F | None) -> F | None:
    if a is None or b is None or a <= r <= b:
        return None if a is None or b is None else F(100)
    bound = a if r < a else b
    if bound <= 0:
        return None
    counts_up = {"rentang": r < a, "rentang_naik": True, "rentang_turun": False}[method]
    return r * 100 / bound if counts_up else max(F(0), (2 * bound - r) * 100 / bound)


def to_date(kind: str, periods: Sequence[Period]) -> tuple[F | None, F | None]:
    """Target and realisasi of the periods so far. One that was not due and in which nothing was measured has no target."""
    seen = [p for p in periods if p.due or p.entry(kind) is not None]
    targets = [p.target for p in seen if p.target is not None]
    entries = [(p.entry(kind), p.target) for p in seen if p.entry(kind) is not None]
    last_target = targets[-1] if targets else None
    if kind == "posisi_akhir":
        return (entries[-1][1], entries[-1][0]) if entries else (last_target, None)
    if kind == "rasio":
        x, y = (sum((entry[part] for entry, _ in entries), F(0)) for part in (0, 1))
        return last_target, (x / y * 100 if y else None)
    whole, part = (sum(values, F(0)) for values in (targets, [entry for entry, _ in entries]))
    counts = (len(targets), len(entries)) if kind == "rata_rata" else (1, 1)
    return whole / counts[0] if targets else None, part / counts[1] if entries else None


def bounds_to_date(kind: str, periods: Sequence[Period], of_year: tuple) -> tuple:
    """Bounds of the quarters are put together as their targets are; those of the year hold where no quarter has its own."""
    if not any(p.span for p in periods):
        return of_year
    year = None if None in of_year else of_year
    seen = [p for p in periods if (p.due or p.entry(kind) is not None) and p.target is not None]
    if kind == "posisi_akhir":
        seen = ([p for p in periods if p.entry(kind) is not None] or seen)[-1:]
        return (seen and seen[0].target is not None and seen[0].span) or of_year
    spans = [span for p in seen if (span := p.span if kind == "jumlah" else p.span or year)]
    spans = spans[-1:] if kind == "rasio" else spans
    size = len(spans) if kind == "rata_rata" else 1
    return tuple(sum(side, F(0)) / size for side in zip(*spans, strict=True)) if spans else of_year


def row(method: str, kind: str, periods: Sequence[Period], annual: F | None, **options) -> tuple[F | None, F | None]:  # fmt: skip
    """Capaian to date and of the year; none in a period in which the indicator is not due."""
    if not periods[-1].due:
        return None, None
    target, realised = to_date(kind, periods)
    until = options | {"bounds": bounds_to_date(kind, periods, options.get("bounds", (None, None)))}
    return capaian(method, target, realised, **until), capaian(method, annual, realised, **options)


def shown(value: F | None) -> str | None:
    """Two decimals, half up: "84.38"."""
    if value is None:
        return None
    cents = (abs(value) * 200 + 1).__floor__() // 2
    return f"{'-' if value < 0 and cents else ''}{cents // 100}.{cents % 100:02d}"


@dataclass
class Branch:
    """A branch with the capaian of its own indicators (a value, None, or UNPLANNED) and the branches below."""

    own: list = field(default_factory=list)
    below: list["Branch"] = field(default_factory=list)
    lead: str = "di_bawah"
    weight: F | None = None
    pagu: F = F(0)
    spent: F | None = None


def average(values: Sequence, cap: F | None, weights: Sequence | None = None) -> tuple[F | None, int]:
    """Mean of what has a value, each at most `cap`, and how many were counted."""
    pairs = zip(values, weights or [F(1)] * len(values), strict=True)
    found = [(v if cap is None else min(v, cap), w) for v, w in pairs if isinstance(v, F) and w]
    whole = sum(w for _, w in found)
    return (sum(v * w for v, w in found) / whole if found else None), len(found)


def branch(b: Branch, cap: F | None = None) -> tuple[F | None, int]:
    """Capaian of a branch by what leads there, and how many parts it counts."""
    own = average(b.own, cap)
    if not b.below:
        return own
    if b.lead == "sendiri" and any(v != UNPLANNED for v in b.own):
        return own
    weights = [one.weight for one in b.below] if b.lead == "berbobot" else None
    mean = average([branch(one, cap)[0] for one in b.below], cap, weights)
    return own if b.lead != "sendiri" and mean[0] is None and own[0] is not None else mean


def money(b: Branch) -> tuple[F, F | None]:
    """Pagu and what was spent; of a parent the sums of what is below it."""
    if not b.below:
        return b.pagu, b.spent
    parts = [money(one) for one in b.below]
    spent = [s for _, s in parts if s is not None]
    return sum((p for p, _ in parts), F(0)), sum(spent, F(0)) if spent else None


def serapan(pagu: F, spent: F | None) -> F | None:
    return None if spent is None or not pagu else spent / pagu * 100


def efficiency(reached: F | None, absorbed: F | None, threshold: F = F(5)) -> str | None:
    """Both on one base, and compared as they are shown."""
    if reached is None or absorbed is None:
        return None
    gap = F(shown(reached)) - F(shown(absorbed))
    return "efisien" if gap > threshold else "cukup efisien" if gap >= -threshold else "tidak efisien"


def predicate(value: F | None, scale: Sequence[tuple[F | None, str]]) -> str:
    """The word of the first lower bound, in falling order, that the shown value reaches."""
    return "" if value is None else next((w for low, w in scale if low is None or F(shown(value)) >= low), "")
