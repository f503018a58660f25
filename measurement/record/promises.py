"""What owners promised in the period before: put into the rows of a cycle when they are frozen, and carried on until it is done or given up.

The promise itself stays where it was written, in `follow_up` of the archived row; a row keeps its words as they were then. An indicator is the
same if the plan's is; under another plan, if it has the same name in the same place.
"""

from collections.abc import Iterable

from measurement.models import MeasurementCycle, WorksheetRow, newest_archived
from measurement.rules.follow_ups import CLOSING, Promise
from measurement.rules.sop import UNTYPED_ROWS, RowState

# what was written in a row of these states is no promise: nobody measures it
NO_PROMISE = UNTYPED_ROWS | {RowState.DIKECUALIKAN}


def cycle_before(cycle: MeasurementCycle) -> MeasurementCycle | None:
    """The archived cycle of the last period before this one, whatever the year and however often it was measured then."""
    archived = newest_archived(cycle.unit.cycles.archived()).values()
    earlier = [found for found in archived if found.last_day < cycle.first_day]
    return max(earlier, key=lambda found: found.last_day, default=None)


def give_promises(cycle: MeasurementCycle, rows: Iterable[WorksheetRow]) -> None:
    """Put into these rows what was promised before them; they are written by this."""
    before = cycle_before(cycle)
    if before is None:
        return
    found = PastPromises(before)
    changed = []
    for row in rows:
        promised = [promise.facts() for promise in found.of(row)]
        if row.promises != promised:
            row.promises = promised
            changed.append(row)
    WorksheetRow.objects.bulk_update(changed, ["promises"])


def left_promises(cycle: MeasurementCycle) -> list[tuple[WorksheetRow, Promise]]:
    """What was promised before a cycle in rows of indicators that it has no more, with the row of each; nobody would be asked about it there."""
    before = cycle_before(cycle)
    return PastPromises(before).left_by(cycle.rows.select_related("node")) if before else []


def reach_next_cycle(archived: MeasurementCycle) -> list[MeasurementCycle]:
    """A cycle that is archived after the methodology of the next one was fixed still tells it what was promised; answers stay as they are.
    Returns the cycles that it reached."""
    under_way = archived.unit.cycles.under_way()
    later = [c for c in under_way if c.first_day > archived.last_day and cycle_before(c) == archived]
    with_worksheet = [cycle for cycle in later if cycle.rows.exists()]
    for cycle in with_worksheet:
        give_promises(cycle, cycle.rows.select_related("node").filter(promise_progress=""))
    return with_worksheet


class PastPromises:
    """The promises of one archived cycle, to look them up in by what a later row is about."""

    def __init__(self, cycle: MeasurementCycle):
        self.cycle = cycle
        self.by_indicator: dict[int, list[Promise]] = {}
        self.by_place: dict[tuple, list[Promise]] = {}
        self.made: list[tuple[WorksheetRow, Promise]] = []
        for row in cycle.rows.select_related("node", "owner"):
            if promises := open_promises(row, cycle):
                self.made += [(row, promise) for promise in promises]
                self.by_indicator[row.indicator_id] = promises
                self.by_place[_place(row)] = promises

    def of(self, row: WorksheetRow) -> list[Promise]:
        return self.by_indicator.get(row.indicator_id) or self.by_place.get(_place(row), [])

    def left_by(self, rows: Iterable[WorksheetRow]) -> list[tuple[WorksheetRow, Promise]]:
        """Those that none of these rows takes over."""
        taken = {promise for row in rows for promise in self.of(row)}
        return [(row, promise) for row, promise in self.made if promise not in taken]


def open_promises(row: WorksheetRow, cycle: MeasurementCycle) -> list[Promise]:
    """What a row of an archived cycle leaves to the next period: what it took over and did not settle, and what it promises itself."""
    taken = [] if row.promise_progress in CLOSING else [Promise.kept(facts) for facts in row.promises]
    text = row.follow_up.strip()
    own = [Promise(row.pk, cycle.period, text, next_last_day(cycle))]
    return taken + own if text and row.state not in NO_PROMISE else taken


def next_last_day(cycle: MeasurementCycle):
    """The end of the period after the cycle's: until then its owner has time for what was promised."""
    period = cycle.period_of_year
    if period.is_last:
        return period.at(1).last_day(cycle.year + 1)
    return period.at(period.number + 1).last_day(cycle.year)


def _place(row: WorksheetRow) -> tuple[str, str, str]:
    return row.node.code, row.node.sub_unit, " ".join(row.name.casefold().split())
