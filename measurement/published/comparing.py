"""Published percentages held against what their own table gives: capaian from target and realisasi, serapan from pagu and its realisasi.

A verdict is about the precision that is printed: equal at it, truncated or rounded otherwise, or different. What had to be assumed is said in
`notes`, in the words of people. Pure; nothing here knows files.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from measurement.rules.methods import maximize, minimize, minimize_ratio
from measurement.rules.numbers import Number, round_half_up, show

from .computing import (
    MOST_FRACTION,
    TENS,
    Attempt,
    as_percent,
    capaian_attempts,
    reading_remarks,
    serapan_attempts,
)
from .direction import Direction, direction_of, direction_word
from .printed import COMMA, Printed, PrintedReading, PrintedState

TOLERANCE = Decimal("0.01")
CAPS = (Decimal(100), Decimal(120))


class FigureVerdict(StrEnum):
    """How a published percentage stands to the computed one."""

    EQUAL = "sesuai"
    ROUNDED = "pembulatan"
    DIFFERENT = "beda"
    UNCOMPUTABLE = "tidak_dapat_dihitung"


VERDICT_LABELS = {verdict: verdict.value.replace("_", " ") for verdict in FigureVerdict}
BETTER = {FigureVerdict.EQUAL: 2, FigureVerdict.ROUNDED: 1, FigureVerdict.DIFFERENT: 0}


@dataclass(frozen=True)
class Check:
    """One published percentage: the computed value, the verdict (none where nothing is published), and what was tried or assumed."""

    verdict: FigureVerdict | None = None
    computed: Fraction | None = None
    decimal: str = COMMA
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The computed value with two decimals, in the notation of the published one."""
        return (
            ""
            if self.computed is None
            else f"{round_half_up(self.computed) + 0:f}".replace(".", self.decimal)
        )


def check_capaian(direction: str, target: Printed, realised: Printed, published: Printed) -> Check:
    """Capaian by max R / T × 100 or min (2T − R) / T × 100; without a direction both are tried and the better verdict holds."""
    known = direction_of(direction)
    attempts = capaian_attempts([known] if known else Direction, target, realised)
    found = _check({"target": target, "realisasi": realised}, attempts, published, "capaian")
    if known or not attempts or found.verdict == FigureVerdict.UNCOMPUTABLE:
        return found
    said = (
        f"arah “{direction.strip()[:30]}” tidak dikenal"
        if direction_word(direction).strip("-")
        else "arah kosong"
    )
    return Check(
        found.verdict,
        found.computed,
        found.decimal,
        (*_direction_note(said, attempts, found, published), *found.notes),
    )


def check_serapan(pagu: Printed, realised: Printed, published: Printed) -> Check:
    """Serapan: realisasi anggaran / pagu × 100."""
    attempts = serapan_attempts(pagu, realised)
    return _check({"pagu": pagu, "realisasi anggaran": realised}, attempts, published, "serapan")


def compare_published(shown: Decimal, places: int, exact: Number) -> FigureVerdict:
    """Equal at the printed places (half up); within 0,01 or one unit of the last place; or different."""
    if round_half_up(exact, places) == shown:
        return FigureVerdict.EQUAL
    return (
        FigureVerdict.ROUNDED
        if abs(Fraction(shown) - Fraction(exact)) <= max(TOLERANCE, Decimal(1).scaleb(-places))
        else FigureVerdict.DIFFERENT
    )


def _check(inputs: dict[str, Printed], attempts: list[Attempt], published: Printed, name: str) -> Check:
    faults = [_fault(label, cell) for label, cell in inputs.items() if cell.state != PrintedState.NUMBER]
    if not faults and not attempts:
        faults = [f"{next(iter(inputs))} 0, persentasenya tidak terdefinisi"]
    if published.state == PrintedState.BLANK:
        first = attempts[0] if attempts else None
        return Check(computed=first.value, notes=first.remarks) if first else Check()
    if published.state != PrintedState.NUMBER:
        blank = all(cell.state == PrintedState.BLANK for cell in inputs.values())
        faults = [*([] if blank else faults), _fault(f"{name} yang dicetak", published)]
    elif faults:
        faults.append(f"dokumen mencetak “{published.text.strip()}”")
    if faults:
        return Check(FigureVerdict.UNCOMPUTABLE, attempts[0].value if attempts else None, notes=tuple(faults))
    return _judge(attempts, published)


def _fault(label: str, cell: Printed) -> str:
    if cell.state == PrintedState.BLANK:
        return f"{label} kosong"
    text = " ".join(cell.text.split())[:40]
    return (
        f"{label} “{text}”, bukan angka"
        if cell.state == PrintedState.DASH
        else f"{label} “{text}” tidak terbaca sebagai angka"
    )


def _judge(attempts: list[Attempt], published: Printed) -> Check:
    """The best verdict over all attempts and readings; among equals, the first."""
    tried = [
        (compare_published(reading.shown, reading.places, a.value), a, reading)
        for reading in _published(published)
        for a in attempts
        if reading.places != TENS or _nearer(reading.shown, a.value)
    ]
    verdict, attempt, reading = max(tried, key=lambda one: BETTER[one[0]])
    notes = [*attempt.remarks, *reading_remarks(reading)]
    if verdict == FigureVerdict.ROUNDED:
        notes.append(_rounding(reading, attempt.value))
    if verdict == FigureVerdict.DIFFERENT:
        notes += _hints(attempt, reading)
    return Check(verdict, attempt.value, reading.decimal or COMMA, tuple(notes))


def _published(published: Printed) -> list[PrintedReading]:
    """The readings of a printed percentage; without a percent sign a small one may be a fraction: 0,99 for 99 %."""
    small = [r for r in published.readings if not r.percent and 0 < abs(r.value) <= MOST_FRACTION]
    return [
        *published.readings,
        *(as_percent(PrintedReading(r.shown, r.places, r.decimal), published.text) for r in small),
    ]


def _nearer(printed: Decimal, exact: Fraction) -> bool:
    """Tens of percent are wide: 0,1 beside 0,3 is a tenth of a percent, not 10 %."""
    fraction = Fraction(printed)
    return abs(fraction - exact) < abs(fraction / 100 - exact)


def _rounding(reading: PrintedReading, exact: Fraction) -> str:
    shown, unit = Fraction(reading.shown), Fraction(10) ** -reading.places
    towards_zero, away = abs(exact) // unit * unit, ceil(abs(exact) / unit) * unit
    if abs(shown) == towards_zero:
        return "dipotong, tidak dibulatkan"
    if abs(shown) == away:
        return "dibulatkan ke atas" if exact > 0 else "dibulatkan menjauhi nol"
    return f"selisih {show(abs(shown - exact), max(2, reading.places))}"


def _hints(attempt: Attempt, reading: PrintedReading) -> list[str]:
    """What would give the printed value, if something known does."""
    other = [
        f
        for f in _other_ways(attempt)
        if compare_published(reading.shown, reading.places, f[1]) != FigureVerdict.DIFFERENT
    ]
    capped = [cap for cap in CAPS if attempt.value > cap and reading.shown == cap]
    return [
        *(f"cocok dengan {label} = {show(value)}" for label, value in other),
        *(f"cocok bila dibatasi {cap}" for cap in capped),
    ]


def _other_ways(attempt: Attempt) -> list[tuple[str, Fraction]]:
    """What the printed value would be by another formula, each with its label."""
    found = []
    if attempt.name == Direction.MAX:
        found.append(("arah sebaliknya (minimum)", minimize(attempt.base, attempt.realised)))
    if attempt.name == Direction.MIN:
        found.append(("arah sebaliknya (maksimum)", maximize(attempt.base, attempt.realised)))
    label = "bentuk rasio target ÷ realisasi" if attempt.name else "pagu ÷ realisasi"
    found.append((label, minimize_ratio(attempt.base, attempt.realised)))
    return [(label, figure.value) for label, figure in found if figure.value is not None]


def _direction_note(said: str, attempts: list[Attempt], found: Check, published: Printed) -> list[str]:
    """Which of the two directions was used; nothing where both give the same."""
    used = next(a for a in attempts if a.value == found.computed)
    ways = {a.name: a.value for a in reversed(attempts) if (a.base, a.realised) == (used.base, used.realised)}
    if ways[Direction.MAX] == ways[Direction.MIN]:
        return []
    results = f"maksimum {show(ways[Direction.MAX])} dan minimum {show(ways[Direction.MIN])} dicoba"
    if published.state == PrintedState.BLANK:
        return [f"{said}: dihitung sebagai maksimum"]
    return [
        f"{said}: {results}, "
        + (
            "keduanya tidak cocok"
            if found.verdict == FigureVerdict.DIFFERENT
            else f"cocok dengan {used.name}"
        )
    ]
