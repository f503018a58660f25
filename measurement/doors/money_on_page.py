"""Which money is open to a person, asked of a worksheet that a page has already loaded; `measuring.open_money` says the same in SQL."""

from measurement.models import MeasurementCycle, Person, WorksheetNode
from measurement.rules.permissions import may_move_row
from measurement.rules.sop import ROW_MOVES, RowState, State


def own_open_money(cycle: MeasurementCycle, person: Person) -> list[WorksheetNode]:
    """The sub kegiatan whose money this person, their owner, may enter now."""
    if cycle.state not in ROW_MOVES["save"].during or not may_move_row("save", person, cycle):
        return []
    mine = [
        node
        for node in cycle.nodes.all()
        if node.level == "sub_kegiatan" and not node.stopped and node.owner_id == person.pk
    ]
    if cycle.state == State.PENGUKURAN:
        return mine
    named = {
        row.node_id
        for row in cycle.rows.all()
        if row.round == cycle.round and row.state == RowState.DIKEMBALIKAN
    }
    return [node for node in mine if node.pk in named]
