"""Rows that follow others: their realisasi is the same, the sum or the mean of what these have now. Nothing of it is stored.

A following row has the gap of what it follows: as long as one of them is blank there is no sum, and one that was excused excuses it. Those that
are not planned are no part of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from measurement.models import WorksheetRow
from measurement.rules.accumulations import mean_of, ratio, total
from measurement.rules.figure import Gap
from measurement.rules.following import FollowRule
from measurement.rules.sop import RowState

Present = tuple[Decimal | None, Decimal | None, Decimal | None]  # realisasi, numerator, denominator
NOTHING: Present = (None, None, None)


@dataclass(frozen=True)
class Followed:
    """What one followed row gives now, or why it gives nothing."""

    values: Present
    gap: Gap | None


def take_over(rows: Iterable[WorksheetRow]) -> None:
    """Give every following row of one cycle the realisasi of what it follows; the others stay as they are."""
    of_indicator = {row.indicator_id: row for row in rows}
    known: dict[int, Followed] = {}
    for row in of_indicator.values():
        if row.is_follower:
            _followed(row, of_indicator, known)


def _followed(
    row: WorksheetRow, of_indicator: dict[int, WorksheetRow], known: dict[int, Followed]
) -> Followed:
    """What a row gives to those that follow it; one that follows others itself takes theirs over first."""
    if row.indicator_id not in known:
        known[row.indicator_id] = Followed(
            NOTHING, Gap.BLANK
        )  # where data went round in a circle, it ends here
        known[row.indicator_id] = (
            _together(row, _sources(row, of_indicator, known)) if row.is_follower else _typed(row)
        )
    return known[row.indicator_id]


def _sources(
    row: WorksheetRow, of_indicator: dict[int, WorksheetRow], known: dict[int, Followed]
) -> list[Followed]:
    followed = [
        of_indicator[entry["indicator"]] for entry in row.follows if entry["indicator"] in of_indicator
    ]
    return [_followed(source, of_indicator, known) for source in followed]


def _typed(row: WorksheetRow) -> Followed:
    if row.state == RowState.DIKECUALIKAN:
        return Followed(NOTHING, Gap.EXCUSED if row.planned else Gap.NOT_PLANNED)
    realised = ratio(row.numerator, row.denominator) if row.is_ratio else row.realised
    return Followed((realised, row.numerator, row.denominator), Gap.BLANK if realised is None else None)


def _together(row: WorksheetRow, sources: Sequence[Followed]) -> Followed:
    counted = [source for source in sources if source.gap != Gap.NOT_PLANNED]
    gap = _gap(sources, counted)
    found = Followed(NOTHING if gap else _combined(row, [source.values for source in counted]), gap)
    row.realised, row.numerator, row.denominator = found.values
    row.followed_gap = gap
    return found


def _gap(sources: Sequence[Followed], counted: Sequence[Followed]) -> Gap | None:
    if not counted:
        return Gap.NOT_PLANNED if sources else Gap.BLANK
    gaps = {source.gap for source in counted} - {None}
    return Gap.BLANK if Gap.BLANK in gaps else next(iter(gaps), None)


def _combined(row: WorksheetRow, values: Sequence[Present]) -> Present:
    """A ratio adds up numerators and denominators, whatever the rule: a mean of percentages would weigh them wrongly."""
    realised, numerators, denominators = zip(*values, strict=True)
    if row.is_ratio:
        above, below = total(numerators), total(denominators)
        return ratio(above, below), above, below
    return (mean_of if row.follow_rule == FollowRule.MEAN else total)(realised), None, None
