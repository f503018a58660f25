"""Published percentages held against what their own table gives: capaian from target and realisasi, serapan from pagu and its realisasi.

A verdict is about the precision that is printed: equal at it, truncated or rounded otherwise, or different. What had to be assumed is said in
`notes`, in the words of people, and whether anything known explains a difference. Pure; nothing here knows files.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from measurement.rules.methods import Method
from measurement.rules.numbers import Number, round_half_up, show
from measurement.rules.written import plain_text

from .computing import (
    MOST_FRACTION,
    TENS,
    Attempt,
    Measured,
    as_percent,
    capaian_attempts,
    reading_remarks,
    serapan_attempts,
)
from .direction import direction_word
from .inputs import PARTS_ROUNDED, unrounded_inputs, within_slack
from .other_formulas import other_ways
from .printed import COMMA, Printed, PrintedReading, PrintedState
from .scales import number_beside_word

TOLERANCE = Decimal("0.01")
CAPS = (Decimal(100), Decimal(120))
BOUND = re.compile(r"[<>≤≥]=?")
ONLY_A_BOUND = "dokumen hanya mencetak batasnya"
BELOW_NOUGHT = "cocok bila hasil di bawah nol dicetak 0"
REPEATS = "capaian yang dicetak hanya mengulang realisasi"
OTHER_SCALE = "bila skala skornya lain, hasilnya lain"


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
    """One published figure: the computed value, the verdict (none where nothing is published), and what was tried or assumed.

    `is_explained`: of a difference, whether something known gives the printed value.
    """

    verdict: FigureVerdict | None = None
    computed: Fraction | None = None
    decimal: str = COMMA
    notes: tuple[str, ...] = ()
    is_explained: bool = False

    @property
    def text(self) -> str:
        """The computed value with two decimals, in the notation of the published one."""
        return (
            ""
            if self.computed is None
            else f"{round_half_up(self.computed) + 0:f}".replace(".", self.decimal)
        )

    @property
    def is_unexplained(self) -> bool:
        return self.verdict == FigureVerdict.DIFFERENT and not self.is_explained


def check_capaian(direction: str, target: Printed, realised: Printed, published: Printed) -> Check:
    """Capaian by the row's method; without a direction max R / T × 100 and min (2T − R) / T × 100 are tried and the better verdict holds."""
    measured = Measured(direction, target, realised)
    attempts = capaian_attempts(measured)
    check = _check({"target": target, "realisasi": realised}, attempts, published, "capaian")
    check = replace(check, notes=(*_assumed_direction(measured, attempts, check, published), *check.notes))
    return _with_repeat(check, number_beside_word(realised), published)


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


def compare_sum(shown: Decimal, places: int, exact: Number) -> FigureVerdict:
    """As above for what is no percentage: whole numbers and rupiah leave nothing to round."""
    verdict = compare_published(shown, places, exact)
    return FigureVerdict.DIFFERENT if verdict == FigureVerdict.ROUNDED and places <= 0 else verdict


def _check(inputs: dict[str, Printed], attempts: list[Attempt], published: Printed, name: str) -> Check:
    faults = (
        []
        if attempts
        else [_fault(label, cell) for label, cell in inputs.items() if cell.state != PrintedState.NUMBER]
    )
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
    return judge(attempts, published)


def _fault(label: str, cell: Printed) -> str:
    if cell.state == PrintedState.BLANK:
        return f"{label} kosong"
    text = " ".join(cell.text.split())[:40]
    return (
        f"{label} “{text}”, bukan angka"
        if cell.state == PrintedState.DASH
        else f"{label} “{text}” tidak terbaca sebagai angka"
    )


def judge(attempts: Sequence[Attempt], published: Printed) -> Check:
    """The best verdict over all attempts and readings of a printed percentage; among equals, the first."""
    bound = BOUND.match(plain_text(published.text))
    if bound:
        return _held_against_bound(attempts[0], published, bound[0])
    tried = [
        (compare_published(reading.shown, reading.places, a.value), a, reading)
        for reading in _published(published)
        for a in attempts
        if reading.places != TENS or _nearer(reading.shown, a.value)
    ]
    verdict, attempt, reading = max(tried, key=lambda one: BETTER[one[0]])
    notes = [*attempt.remarks, *reading_remarks(reading)]
    check = Check(verdict, attempt.value, reading.decimal or COMMA)
    if verdict == FigureVerdict.ROUNDED:
        return replace(check, notes=(*notes, _rounding(reading, attempt.value)))
    if verdict == FigureVerdict.DIFFERENT:
        return _explained(replace(check, notes=tuple(notes)), tried)
    return replace(check, notes=tuple(notes))


def _held_against_bound(attempt: Attempt, published: Printed, sign: str) -> Check:
    """ "> 100" is no figure but something that is said of it: true or not."""
    reading = published.readings[0]
    value = round_half_up(attempt.value, max(0, reading.places, 2))
    is_apart = value > reading.value if sign[0] in ">≥" else value < reading.value
    is_true = is_apart or (value == reading.value and sign not in "<>")
    verdict = FigureVerdict.EQUAL if is_true else FigureVerdict.DIFFERENT
    return Check(verdict, attempt.value, reading.decimal or COMMA, (*attempt.remarks, ONLY_A_BOUND))


def _explained(check: Check, tried: Sequence[tuple[FigureVerdict, Attempt, PrintedReading]]) -> Check:
    """A difference with what would give the printed value: decimals that were not printed of what was measured, another formula, a cap."""
    _, attempt, reading = tried[0]
    unrounded = next(filter(None, (unrounded_inputs(one, seen) for _, one, seen in tried)), None)
    if unrounded and unrounded.by_decimals:
        notes = (*unrounded.attempt.remarks, unrounded.sentence)
        return Check(FigureVerdict.ROUNDED, unrounded.attempt.value, check.decimal, notes)
    loose = next(((one, seen) for _, one, seen in tried if within_slack(one, seen)), None)
    if loose:
        notes = (*loose[0].remarks, PARTS_ROUNDED)
        return Check(FigureVerdict.ROUNDED, loose[0].value, check.decimal, notes)
    hints = [*([unrounded.sentence] if unrounded else []), *_hints(attempt, reading)]
    scaled = attempt.method == Method.PREDICATE and attempt.base is None
    notes = (*check.notes, *hints, *([OTHER_SCALE] if scaled else []))
    return replace(check, notes=notes, is_explained=bool(hints))


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
        for f in other_ways(attempt)
        if compare_published(reading.shown, reading.places, f[1]) != FigureVerdict.DIFFERENT
    ]
    capped = [cap for cap in CAPS if attempt.value > cap and reading.shown == cap]
    floored = [BELOW_NOUGHT] if attempt.value < 0 == reading.shown else []
    return [
        *(f"cocok dengan {label} = {show(value)}" for label, value in other),
        *(f"cocok bila dibatasi {cap}" for cap in capped),
        *floored,
    ]


def _with_repeat(check: Check, realised: Printed, published: Printed) -> Check:
    """Says of what does not agree that it is only the realisasi printed once more."""
    if check.verdict in (None, FigureVerdict.EQUAL):
        return check
    pairs = ((r.value, p.value) for r in realised.readings for p in published.readings)
    if not any(value == shown for value, shown in pairs):
        return check
    return replace(check, notes=(*check.notes, REPEATS), is_explained=True)


def _assumed_direction(
    measured: Measured, attempts: list[Attempt], check: Check, published: Printed
) -> list[str]:
    """Which of the two directions was used; nothing where one was named, or both give the same."""
    if measured.marked and check.verdict:
        return [f"arah menurut target “{' '.join(measured.target.text.split())[:40]}”: {measured.marked}"]
    if measured.method or not attempts or check.verdict == FigureVerdict.UNCOMPUTABLE:
        return []
    used = next(a for a in attempts if a.value == check.computed)
    ways = {
        a.method: a.value for a in reversed(attempts) if (a.base, a.realised) == (used.base, used.realised)
    }
    if not {Method.MAXIMIZE, Method.MINIMIZE} <= ways.keys() or len(set(ways.values())) == 1:
        return []
    said = _direction_said(measured.direction)
    if published.state == PrintedState.BLANK:
        return [f"{said}: dihitung sebagai maksimum"]
    results = f"maksimum {show(ways[Method.MAXIMIZE])} dan minimum {show(ways[Method.MINIMIZE])} dicoba"
    agrees = check.verdict != FigureVerdict.DIFFERENT
    return [f"{said}: {results}, " + (f"cocok dengan {used.method}" if agrees else "keduanya tidak cocok")]


def _direction_said(direction: str) -> str:
    known = direction_word(direction).strip("-")
    return f"arah “{direction.strip()[:30]}” tidak dikenal" if known else "arah kosong"
