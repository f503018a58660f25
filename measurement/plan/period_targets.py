"""A year's targets as they come into the plan, typed or imported: closed periods keep theirs, only open ones share what is left."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from measurement.models import IndicatorDefinition, Target
from measurement.rules.accumulations import ACCUMULATIONS, Accumulation, total
from measurement.rules.numbers import round_half_up, show_short
from measurement.rules.periods import Frequency, Period, frequency_of
from measurement.rules.plan_years import PLACES, open_targets
from measurement.rules.schedules import is_due
from measurement.rules.spans import Span, Spans, shared_out, spans_of_periods

Targets = list[Decimal | None]
Closed = Mapping[int, Decimal | None]


def has_hole(given: Sequence[Decimal | None], closed: Closed, schedule: str) -> bool:
    """Whether some targets of open periods were given and others that are due were not. Blanks before the first of the year say that it begins later."""
    if not _is_given(given, closed):
        return False
    together = [(period, closed.get(period.number, value)) for period, value in _by_period(given)]
    first = next(period for period, value in together if value is not None)
    return any(
        value is None and first < period and period.number not in closed and is_due(schedule, period.months)
        for period, value in together
    )


def _by_period(given: Sequence[Decimal | None]) -> list[tuple[Period, Decimal | None]]:
    """The targets with the periods of a year that has as many."""
    return list(zip(frequency_of(len(given)).periods, given, strict=True))


def _is_given(given: Sequence[Decimal | None], closed: Closed) -> bool:
    """Whether anything was given for open periods."""
    return any(value is not None and number not in closed for number, value in enumerate(given, 1))


def period_targets(
    accumulation: Accumulation,
    annual: Decimal,
    given: Sequence[Decimal | None],
    closed: Closed,
    schedule: str = "",
) -> Targets:
    """What was given for open periods, or, where nothing or not all was, their share of the year; for closed ones what they had."""
    if _is_given(given, closed) and not has_hole(given, closed, schedule):
        found = [closed.get(number, value) for number, value in enumerate(given, 1)]
    else:
        found = open_targets(accumulation, annual, closed, schedule, frequency_of(len(given)))
    return [None if value is None else round_half_up(value, PLACES) for value in found]


def put_spans(
    target: Target,
    indicator: IndicatorDefinition,
    frequency: Frequency,
    of_year: Span | None,
    given: Spans,
    closed: Collection[int],
) -> None:
    """A year's spans onto its target: of closed periods what they had, and shares of a sum follow its year's as long as nothing else was written."""
    if not indicator.takes_span:
        target.put_spans(None, [])
        return
    kind, own = Accumulation(indicator.accumulation), target.spans_of_periods(frequency)
    if given == own == shared_out(kind, target.span, frequency, indicator.schedule):
        given = [None] * frequency.size
    before = {number: own[number - 1] for number in closed}
    target.put_spans(of_year, spans_of_periods(kind, of_year, given, before, indicator.schedule))


def closed_words(
    indicator: IndicatorDefinition, annual: Decimal, given: Sequence[Decimal | None], closed: Closed
) -> list[str]:
    """What a change of the targets leaves as it was, as sentences: closed periods for which another target was given, and a year below them."""
    frequency = frequency_of(len(given))
    noun = frequency.noun
    kept = [
        f"{period.short} {indicator.shown(closed[period.number])}"
        for period, value in _by_period(given)
        if period.number in closed and value not in (None, closed[period.number])
    ]
    found = (
        [f"target {', '.join(kept)} tetap, karena {noun} itu sudah ditetapkan pada kertas kerja"]
        if kept
        else []
    )
    before = total(closed.values())
    if ACCUMULATIONS[indicator.accumulation].adds_up and before is not None and annual < before:
        until = frequency.periods[max(closed) - 1].to_date
        found.append(
            f"target setahun {show_short(annual)} lebih kecil daripada target {until} yang sudah ditetapkan ({show_short(before)})"
        )
    return found
