"""Rows that follow others: their realisasi is the same, the sum or the mean of what these have now. Nothing of it is stored.

A following row has the gap of what it follows: as long as one of them is blank there is no sum, and one that was excused excuses it. Those that
are not planned are no part of it.
"""

from collections.abc import Iterable, Sequence

from measurement.models import WorksheetRow
from measurement.rules.accumulations import mean_of, ratio, sum_of
from measurement.rules.figure import Gap
from measurement.rules.following import NOTHING, Followed, FollowRule, Present
from measurement.rules.numbers import round_half_up
from measurement.rules.sop import RowState

PLACES = WorksheetRow._meta.get_field("realised").decimal_places


Given = tuple[Present, Gap | None]  # what a row has now, exactly, or why it has nothing


def take_over(rows: Iterable[WorksheetRow]) -> None:
    """Give every following row of one cycle the realisasi of what it follows; the others stay as they are."""
    of_indicator = {row.indicator_id: row for row in rows}
    known: dict[int, Given] = {}
    for row in of_indicator.values():
        if row.is_follower:
            _given_by(row, of_indicator, known)


def _given_by(row: WorksheetRow, of_indicator: dict[int, WorksheetRow], known: dict[int, Given]) -> Given:
    """What a row gives to those that follow it; one that follows others itself takes theirs over first."""
    key = row.indicator_id
    if key not in known:
        known[key] = (NOTHING, Gap.BLANK)  # where data went round in a circle, it ends here
        known[key] = _together(row, _sources(row, of_indicator, known)) if row.is_follower else _typed(row)
    return known[key]


def _sources(
    row: WorksheetRow, of_indicator: dict[int, WorksheetRow], known: dict[int, Given]
) -> tuple[Followed, ...]:
    return tuple(
        Followed(
            source.pk, entry["name"], entry["place"], *_given_by(source, of_indicator, known), source.is_draft
        )
        for entry in row.follows
        if (source := of_indicator.get(entry["indicator"]))
    )


def _typed(row: WorksheetRow) -> Given:
    if row.state == RowState.DIKECUALIKAN:
        return NOTHING, Gap.EXCUSED if row.planned else Gap.NOT_PLANNED
    if row.state == RowState.BELUM_WAKTUNYA:
        return NOTHING, Gap.NOT_DUE
    realised = ratio(row.numerator, row.denominator) if row.is_ratio else row.realised
    return (realised, row.numerator, row.denominator), Gap.BLANK if realised is None else None


def _together(row: WorksheetRow, sources: tuple[Followed, ...]) -> Given:
    counted = [source for source in sources if source.gap != Gap.NOT_PLANNED]
    gap = _gap(sources, counted)
    found = NOTHING if gap else _combined(row, [source.values for source in counted])
    row.followed, row.followed_now, row.followed_gap = sources, found, gap
    row.realised, row.numerator, row.denominator = (
        None if value is None else round_half_up(value, PLACES) for value in found
    )
    return found, gap


def _gap(sources: Sequence[Followed], counted: Sequence[Followed]) -> Gap | None:
    if not counted:
        return Gap.NOT_PLANNED if sources else Gap.BLANK
    gaps = {source.gap for source in counted} - {None}
    return Gap.BLANK if Gap.BLANK in gaps else next(iter(gaps), None)


def _combined(row: WorksheetRow, values: Sequence[Present]) -> Present:
    """A ratio adds up numerators and denominators, whatever the rule: a mean of percentages would weigh them wrongly."""
    realised, numerators, denominators = zip(*values, strict=True)
    if row.is_ratio:
        above, below = sum_of(numerators), sum_of(denominators)
        return ratio(above, below), above, below
    return (mean_of if row.follow_rule == FollowRule.MEAN else sum_of)(realised), None, None
