"""Whether a printed percentage can come from inputs that were rounded only when they were printed: intervals over the printed decimals. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from measurement.rules.methods import Method

from .computing import Attempt, value_by
from .printed import PrintedReading

WIDEST = Fraction(2)  # percent points that whole numbers may leave open; 3 of 4 documents are not 3,2 of 4
SENTENCES = (
    ("cocok bila realisasi belum dibulatkan", False, True),
    ("cocok bila target belum dibulatkan", True, False),
    ("cocok bila target dan realisasi belum dibulatkan", True, True),
)
PARTS_ROUNDED = "cocok bila angka pada baris di atasnya belum dibulatkan"
MONOTONE = (Method.MAXIMIZE, Method.MINIMIZE, Method.MINIMIZE_RATIO)
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class UnroundedInputs:
    """What explains a difference. `by_decimals`: the varied inputs are printed with decimals, so they were measured and not counted."""

    attempt: Attempt
    sentence: str
    by_decimals: bool


def unrounded_inputs(attempt: Attempt, published: PrintedReading) -> UnroundedInputs | None:
    """The least that has to have been unrounded for the printed percentage to be right; None where that can't be."""
    base, realised = attempt.base, attempt.realised
    if base is None or realised is None or attempt.method not in (*MONOTONE, None):
        return None
    for sentence, varies_base, varies_realised in SENTENCES:
        if varies_base and not _was_rounded(base):  # a target in whole numbers was set as one
            continue
        bases, reached = _span(base, varies_base), _span(realised, varies_realised)
        varied = [one for one, varies in ((base, varies_base), (realised, varies_realised)) if varies]
        by_decimals = all(map(_was_rounded, varied))
        if _meet(attempt, bases, reached, published, by_decimals):
            words = sentence if attempt.method else sentence.replace("target", "pagu")
            return UnroundedInputs(attempt, words, by_decimals)
    return None


def _was_rounded(reading: PrintedReading) -> bool:
    """What has decimals was measured; money in thousands or millions was cut to them."""
    return reading.places > 0 or reading.is_scaled


def _span(reading: PrintedReading, varies: bool) -> tuple[Fraction, ...]:
    """The two ends between which the value was before it was printed; the value alone where more digits are known than are printed."""
    value = Fraction(reading.value)
    if not varies or reading.value != reading.shown:
        return (value,)
    half = Fraction(Decimal(1).scaleb(-reading.places)) * HALF
    return value - half, value + half


def _meet(
    attempt: Attempt,
    bases: tuple[Fraction, ...],
    reached: tuple[Fraction, ...],
    published: PrintedReading,
    by_decimals: bool,
) -> bool:
    """Whether the span of what can be computed meets that of what is printed."""
    if len(bases) * len(reached) == 1 or min(bases) <= 0:
        return False
    way = attempt.method or Method.MAXIMIZE
    values = [value for pair in product(bases, reached) if (value := value_by(way, *pair)) is not None]
    if not values or (max(values) - min(values) > WIDEST and not by_decimals):
        return False
    half = Fraction(Decimal(1).scaleb(-published.places)) * HALF
    shown = Fraction(published.shown)
    return min(values) < shown + half and shown - half < max(values)


def rounded_off(reading: PrintedReading, is_measured: bool = False) -> Fraction:
    """How far a printed value may be from what it was before; nothing for a count, and where more digits are known than are printed."""
    if reading.value != reading.shown or not (is_measured or _was_rounded(reading)):
        return Fraction(0)
    return Fraction(Decimal(1).scaleb(-reading.places)) * HALF


def within_slack(attempt: Attempt, published: PrintedReading) -> bool:
    """Whether a sum or mean agrees once its parts are taken as they were before they were rounded."""
    half = Fraction(Decimal(1).scaleb(-published.places)) * HALF
    return bool(attempt.slack) and abs(Fraction(published.shown) - attempt.value) <= attempt.slack + half
