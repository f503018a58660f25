"""Targets that are a span, like 80–90: how they are written, kept as text, shared out over the periods, and put together "s.d. …". Pure.

A span of a year or of one of its periods goes before the bounds of the indicator itself. Those of periods are put together as targets are: a sum
adds them up, a position has that of the last period filled.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from .accumulations import ACCUMULATIONS, Accumulation, PeriodValues, to_date
from .figure import ZERO
from .misread_dates import misread_date
from .numbers import Number, NumberError, parse_number, round_half_up, show_plain, show_short, storable
from .periods import Frequency, frequency_of
from .plan_years import PLACES, open_targets
from .written import plain_text

TO = re.compile(
    r"(?<=[0-9%a-z.]) ?(?:-|~|s ?\.? ?/? ?d\b\.?|sampai(?: dengan)?|hingga) ?(?=-?[0-9])", re.IGNORECASE
)
BETWEEN = re.compile(r"antara (?P<low>.+) dan (?P<high>.+)", re.IGNORECASE)
Kept = Sequence[str] | None  # a span as text


@dataclass(frozen=True)
class Span:
    """What realisasi should lie between, both bounds included."""

    low: Number
    high: Number

    def __str__(self) -> str:
        return f"{show_short(self.low)}–{show_short(self.high)}"

    @property
    def plain(self) -> str:
        """What stands in an input field or a cell, and reads back as the same span."""
        return f"{show_plain(storable(self.low))}–{show_plain(storable(self.high))}"

    @property
    def kept(self) -> list[str]:
        return [format(storable(self.low), "f"), format(storable(self.high), "f")]


Aim = Decimal | Span  # what stands in the cell of a target
Spans = list[Span | None]


def parse_span(text: str, measure: str | None = None) -> Span | None:
    """ "80–90", "7 s.d. 8 hari", "antara 80 dan 90"; None for what is no span. NumberError where a bound can't be read, or they stand the wrong way round."""
    plain = plain_text(text)
    between = BETWEEN.fullmatch(plain)
    parts = [between["low"], between["high"]] if between else TO.split(plain, maxsplit=1)
    if len(parts) == 1 or misread_date(plain):
        return None
    low, high = (parse_number(part, measure) for part in parts)
    if low is None or high is None or low > high:
        raise NumberError("Tulis rentang dengan batas bawah lalu batas atas, misalnya 80–90.")
    return Span(low, high)


def span_of(aim: Aim | None) -> Span | None:
    return aim if isinstance(aim, Span) else None


def number_in(aim: Aim) -> Decimal:
    """The number that stands for an aim where one is needed; of a span its upper bound."""
    return storable(aim.high) if isinstance(aim, Span) else aim


def number_of(aim: Aim | None) -> Decimal | None:
    """The same of an aim that may be blank."""
    return None if aim is None else number_in(aim)


def sum_of_spans(spans: Sequence[Span]) -> Span | None:
    """Of things that add up: their lower bounds added, and their upper ones."""
    lows, highs = ([Fraction(getattr(span, bound)) for span in spans] for bound in ("low", "high"))
    return Span(sum(lows, ZERO), sum(highs, ZERO)) if spans else None


def kept_span(kept: Kept) -> Span | None:
    return Span(Decimal(kept[0]), Decimal(kept[1])) if kept else None


def kept_spans(spans: Spans) -> list[list[str] | None]:
    """Those of a year's periods as text; nothing where none has its own."""
    return [span.kept if span else None for span in spans] if any(spans) else []


def spans_of_periods(
    accumulation: Accumulation,
    of_year: Span | None,
    given: Sequence[Span | None],
    closed: Mapping[int, Span | None],
    schedule: str = "",
) -> Spans:
    """The spans of a year's periods: closed ones keep theirs; for the others what was given, else for a sum their share of the year's.

    None: the year's holds.
    """
    own = [closed.get(number, span) for number, span in enumerate(given, 1)]
    is_given = any(span and number not in closed for number, span in enumerate(given, 1))
    if is_given or of_year is None or not ACCUMULATIONS[accumulation].adds_up:
        return own
    frequency = frequency_of(len(given))
    lows, highs = (
        open_targets(
            accumulation,
            storable(getattr(of_year, bound)),
            {
                number: None if span is None else storable(getattr(span, bound))
                for number, span in closed.items()
            },
            schedule,
            frequency,
        )
        for bound in ("low", "high")
    )
    return [
        None if low is None or high is None else Span(round_half_up(low, PLACES), round_half_up(high, PLACES))
        for low, high in zip(lows, highs, strict=True)
    ]


def shared_out(
    accumulation: Accumulation, of_year: Span | None, frequency: Frequency, schedule: str = ""
) -> Spans:
    """What the periods of a year get from its span where nothing else was written and none is closed."""
    return spans_of_periods(accumulation, of_year, [None] * frequency.size, {}, schedule)


def span_to_date(
    accumulation: Accumulation,
    periods: Sequence[PeriodValues],
    spans: Sequence[Span | None],
    of_year: Span | None,
) -> Span | None:
    """The span "s.d. …" of the periods given in order; the year's where none of them has its own. A period without a target has no span."""
    if not any(spans):
        return of_year
    if not ACCUMULATIONS[accumulation].adds_up:
        spans = [span or of_year for span in spans]
    low, high = (
        to_date(
            accumulation,
            [
                replace(period, target=getattr(span, bound) if span and period.target is not None else None)
                for period, span in zip(periods, spans, strict=True)
            ],
        ).target
        for bound in ("low", "high")
    )
    return of_year if low is None or high is None else Span(low, high)
