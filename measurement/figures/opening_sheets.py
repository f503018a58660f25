"""Periods and years that only data awal know, as worksheets: a later cycle's rows as they stood then, with the targets that it froze. Nothing of it
is stored; whoever shows one marks it."""

from copy import copy
from decimal import Decimal

from measurement.models import MeasurementCycle, WorksheetNode, WorksheetRow
from measurement.rules.accumulations import total
from measurement.rules.numbers import kept_number
from measurement.rules.periods import Frequency, Period
from measurement.rules.schedules import is_due
from measurement.rules.sop import RowState

from .calculation import Sheet, sheet_of
from .opening_notes import LAST_PERIOD, things_of

Key = tuple[int, int]  # year and number of the period, as cycles are told apart
WHOLE_YEAR = Period(Frequency.YEARLY, 1)


def opening_sheets(sheet: Sheet) -> dict[Key, Sheet]:
    """The periods before this cycle and the earlier years of which it has data awal."""
    rows = [figures.row for figures in sheet.rows.values()]
    nodes = [branch.node for _, branch in sheet.nodes()]
    marks = [*(row.opening for row in rows), *(node.opening for node in nodes)]
    keys = {int(key) for opening in marks for key in opening}
    return {_key(sheet.cycle, key): _sheet_then(sheet.cycle, rows, nodes, key) for key in sorted(keys)}


def _key(cycle: MeasurementCycle, key: int) -> Key:
    """A year as a whole stands at its last period, counted as this cycle's year is."""
    return (cycle.year, key) if key <= LAST_PERIOD else (key, cycle.period_of_year.frequency.size)


def is_whole_year(sheet: Sheet) -> bool:
    """Whether a sheet is that of an earlier year as a whole."""
    return any(str(sheet.cycle.year) in thing.opening for thing in things_of(sheet))


def _sheet_then(
    cycle: MeasurementCycle, rows: list[WorksheetRow], nodes: list[WorksheetNode], key: int
) -> Sheet:
    """A year is computed as one single period."""
    if key > LAST_PERIOD:
        then = _cycle_then(cycle, key, WHOLE_YEAR)
        return sheet_of(
            then, [_node_of_year(node, key) for node in nodes], [_row_of_year(row, key) for row in rows]
        )
    then = _cycle_then(cycle, cycle.year, cycle.period_of_year.at(key))
    return sheet_of(
        then, [_node_of_period(node, key) for node in nodes], [_row_of_period(row, key) for row in rows]
    )


def _cycle_then(cycle: MeasurementCycle, year: int, period: Period) -> MeasurementCycle:
    then = copy(cycle)
    then.year, then.frequency, then.number = year, period.frequency, period.number
    return then


def _row_of_period(row: WorksheetRow, number: int) -> WorksheetRow:
    then = copy(row)
    then.earlier, then.opening = row.earlier[: number - 1], _until(row.opening, number)
    _fill(then, row.earlier[number - 1] if number <= len(row.earlier) else {})
    if row.stopped:  # only later
        then.planned, then.stopped = True, False
    has_values = any(then.now(name) is not None for name in WorksheetRow.VALUES)
    if then.planned:
        due = has_values or is_due(row.schedule, row.period(number).months)
        then.state = RowState.TERKIRIM if due else RowState.BELUM_WAKTUNYA
    return then


def _row_of_year(row: WorksheetRow, year: int) -> WorksheetRow:
    """The year's realisasi against the target that the year had; a ratio's parts are not asked for once more."""
    then = copy(row)
    mark = row.opening.get(str(year), {})
    then.opening = {str(year): mark} if mark else {}
    then.earlier, then.targets, then.target_year = [], [mark.get("against")], _number(mark.get("against"))
    then.spans = []
    if "low" in mark:
        then.low, then.high = _number(mark["low"]), _number(mark["high"])
    realised = row.years_before.get(str(year)) if mark else None
    parts = {"numerator": realised, "denominator": "100"} if row.is_ratio and realised else {}
    _fill(then, {"realised": realised, **parts})
    if realised is not None:  # whatever became of it later
        then.planned, then.stopped = True, False
    if then.planned:
        then.state = RowState.TERKIRIM
    return then


def _until(opening: dict[str, dict[str, str]], number: int) -> dict[str, dict[str, str]]:
    """What was known of the year by that period."""
    return {key: mark for key, mark in opening.items() if int(key) <= number}


def _fill(row: WorksheetRow, values: dict[str, str | None]) -> None:
    for name in WorksheetRow.VALUES:
        text = values.get(name)
        setattr(row, name, None if text is None else kept_number(text))
    # what it followed was put in place when the cycle was frozen
    row.followed, row.followed_now, row.followed_gap = (), None, None


def _node_of_period(node: WorksheetNode, number: int) -> WorksheetNode:
    """The money so far against pagu murni: what the budget was changed to later did not hold yet."""
    then = copy(node)
    then.pagu = node.pagu if node.pagu_first is None else node.pagu_first
    then.pagu_first, then.stopped = None, ""
    then.opening = _until(node.opening, number)
    earlier = [_number(amount) for amount in node.spent_earlier]
    then.spent_earlier = node.spent_earlier[: number - 1]
    then.spent_before = total(earlier[: number - 1]) or Decimal(0)
    then.spent = earlier[number - 1] if number <= len(earlier) else None
    return then


def _node_of_year(node: WorksheetNode, year: int) -> WorksheetNode:
    then = copy(node)
    mark = node.opening.get(str(year), {})
    then.opening = {str(year): mark} if mark else {}
    then.spent_earlier, then.spent_before = [], Decimal(0)
    then.pagu, then.pagu_first, then.stopped = _number(mark.get("against")) or Decimal(0), None, ""
    then.spent = _number(node.spent_years.get(str(year))) if mark else None
    return then


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
