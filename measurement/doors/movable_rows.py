"""Which rows and which money a person may move now, told in SQL for the doors and of rows that a page has."""

from functools import cache

from django.db.models import QuerySet

from measurement.models import MeasurementCycle, Person, WorksheetNode, WorksheetRow
from measurement.models.prepared import Prepared
from measurement.models.worksheet import RowQuerySet
from measurement.rules.permissions import may_move_row
from measurement.rules.sop import ROW_MOVES, RowState, State

OWN_MOVES = ("save", "send", "record")


def is_movable(row: WorksheetRow, cycle: MeasurementCycle, move: str, person: Person) -> bool:
    """Whether this person may move the row this way now; what pages ask of rows that they have. `movable` says the same in SQL."""
    rule = ROW_MOVES[move]
    open_now = (
        cycle.state in rule.during
        and row.state in rule.sources
        and row.round == cycle.round
        and (not (row.planned or row.stopped) if move == "record" else row.planned or row.is_outside_plan)
    )
    return (
        open_now
        and may_move_row(move, person, cycle)
        and (move not in OWN_MOVES or row.owner_id == person.pk)
    )


def movable(cycle: MeasurementCycle, move: str, person: Person) -> QuerySet[WorksheetRow]:
    """The rows that this person may move this way now; what the doors write to."""
    if cycle.state not in ROW_MOVES[move].during or not may_move_row(move, person, cycle):
        return cycle.rows.none()
    return _movable(cycle.rows.all(), move, cycle.round, person.pk)


def _movable(rows: RowQuerySet, move: str, round_number: int, owner: int) -> RowQuerySet:
    rows = rows.filter(state__in=ROW_MOVES[move].sources, round=round_number)
    rows = rows.filter(planned=False, stopped=False) if move == "record" else rows.measured()
    return rows.filter(owner=owner) if move in OWN_MOVES else rows


@cache
def movable_keys(move: str, round_number: int) -> Prepared[WorksheetRow]:
    """The keys of those of a cycle in that round and of a person, as a condition of a write."""
    rows = WorksheetRow.objects.order_by().only("pk")
    return Prepared(lambda cycle, owner: _movable(rows.filter(cycle=cycle), move, round_number, owner))


def open_money(cycle: MeasurementCycle, person: Person, move: str = "save") -> QuerySet[WorksheetNode]:
    """The sub kegiatan whose money this person may enter now: all while measuring, later those that an arahan named."""
    if cycle.state not in ROW_MOVES[move].during or not may_move_row(move, person, cycle):
        return cycle.nodes.none()
    nodes = cycle.nodes.filter(level="sub_kegiatan", stopped="")
    if move in OWN_MOVES:
        nodes = nodes.filter(owner=person)
    if cycle.state == State.PENGUKURAN:
        return nodes
    return nodes.filter(rows__round=cycle.round, rows__state=RowState.DIKEMBALIKAN).distinct()


def is_fillable(cycle: MeasurementCycle, person: Person, move: str) -> bool:
    """Whether there is any row or money that this person may fill in this way now."""
    rows = any(is_movable(row, cycle, move, person) for row in cycle.rows.all())
    return rows or any(node.carries_money for node in open_money(cycle, person, move))
