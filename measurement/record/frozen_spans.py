"""The spans that are frozen into a row: that of the year, those of its periods, and that of the plan's end. Closed periods keep theirs."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from measurement.models import IndicatorToMeasure, Target, WorksheetRow
from measurement.rules.accumulations import ACCUMULATIONS, Accumulation
from measurement.rules.periods import Frequency
from measurement.rules.plan_years import over_years
from measurement.rules.spans import Span, kept_spans, shared_out, spans_of_periods


def frozen_spans(
    indicator: IndicatorToMeasure,
    targets: Sequence[Target],
    year: int,
    frequency: Frequency,
    closed: Mapping[int, object],
    then: WorksheetRow | None,
) -> dict:
    """Values of a row by field; `targets` are those of all years in order, `closed` the closed periods, `then` the newest archived row of the year."""
    if not indicator.takes_span:
        return {}
    accumulation = Accumulation(indicator.accumulation)
    target = next(target for target in targets if target.year == year)
    own, of_year = target.spans_of_periods(frequency), target.span or indicator.span
    before = {number: _span_then(then, number, of_year) for number in closed} if then else {}
    if before and own == shared_out(accumulation, target.span, frequency, indicator.schedule):
        own = [None] * frequency.size
    spans = spans_of_periods(accumulation, target.span, own, before, indicator.schedule)
    return _bounds(of_year) | {
        "spans": kept_spans(spans),
        "span_plan": _at_the_end(accumulation, [found.span or indicator.span for found in targets]),
    }


def spans_again(old: WorksheetRow, indicator: IndicatorToMeasure | None, target: Target | None) -> dict:
    """Those of a row that is corrected: a year's own span is a target and stays, the indicator's belongs to its definition."""
    if not old.takes_span:
        return {}
    of_definition = indicator.span if indicator and not (target and target.span) else None
    return _bounds(of_definition or old.span) | {"spans": old.spans, "span_plan": old.span_plan}


def _bounds(span: Span | None) -> dict:
    return {"low": span.low, "high": span.high} if span else {}


def _span_then(then: WorksheetRow, number: int, of_year: Span | None) -> Span | None:
    """What a closed period was measured with; None where the year's holds as it did then."""
    own = then.span_in(number)
    same = then.span == of_year or ACCUMULATIONS[then.accumulation].adds_up
    return own or (None if same else then.span)


def _at_the_end(accumulation: Accumulation, spans: Sequence[Span | None]) -> list[str]:
    """That of the plan's end as text; empty where not every year has one."""
    known = [span for span in spans if span]
    if not known or len(known) < len(spans):
        return []
    low, high = (
        over_years(accumulation, [Decimal(getattr(span, bound)) for span in known])
        for bound in ("low", "high")
    )
    return [] if low is None or high is None else Span(low, high).kept
