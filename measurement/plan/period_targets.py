"""A year's targets as they come into the plan, typed or imported: closed periods keep theirs, only open ones share what is left."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from measurement.models import QUARTER_SHORT, IndicatorDefinition
from measurement.rules.accumulations import ACCUMULATIONS, Accumulation, total
from measurement.rules.numbers import round_half_up, show_short
from measurement.rules.plan_years import PLACES, open_targets
from measurement.rules.schedules import is_due

Targets = list[Decimal | None]
Closed = Mapping[int, Decimal | None]


def has_hole(given: Sequence[Decimal | None], closed: Closed, schedule: str) -> bool:
    """Whether some targets of open periods were given and others that are due were not. Blanks before the first of the year say that it begins later."""
    if not _is_given(given, closed):
        return False
    together = [closed.get(number, value) for number, value in enumerate(given, 1)]
    first = next(number for number, value in enumerate(together, 1) if value is not None)
    return any(
        value is None and number > first and number not in closed and is_due(schedule, 3 * number)
        for number, value in enumerate(together, 1)
    )


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
        found = open_targets(accumulation, annual, closed, schedule)
    return [None if value is None else round_half_up(value, PLACES) for value in found]


def closed_words(
    indicator: IndicatorDefinition, annual: Decimal, given: Sequence[Decimal | None], closed: Closed
) -> list[str]:
    """What a change of the targets leaves as it was, as sentences: closed periods for which another target was given, and a year below them."""
    kept = [
        f"{QUARTER_SHORT[number]} {indicator.shown(had)}"
        for number, had in closed.items()
        if given[number - 1] not in (None, had)
    ]
    found = (
        [f"target {', '.join(kept)} tetap, karena triwulan itu sudah ditetapkan pada kertas kerja"]
        if kept
        else []
    )
    before = total(closed.values())
    if ACCUMULATIONS[indicator.accumulation].adds_up and before is not None and annual < before:
        until = QUARTER_SHORT[max(closed)]
        found.append(
            f"target setahun {show_short(annual)} lebih kecil daripada target s.d. {until} yang sudah ditetapkan ({show_short(before)})"
        )
    return found
