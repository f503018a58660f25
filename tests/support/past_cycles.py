"""Cycles of other quarters and years, copied from one that was measured: an archive without walking every step of every year."""

from decimal import Decimal

from measurement.models import MeasurementCycle, WorksheetNode, WorksheetRow
from measurement.rules.sop import State


def copied(
    cycle: MeasurementCycle, year: int, quarter: int, realised: int | None = None, state: State = State.ARSIP
) -> MeasurementCycle:
    """The cycle's worksheet in another quarter, if asked with another realisasi in every row."""
    fields = MeasurementCycle.objects.filter(pk=cycle.pk).values().get()
    made = MeasurementCycle.objects.create(
        **fields | {"id": None, "year": year, "number": quarter, "state": State.PENGUKURAN}
    )
    keys: dict[int, WorksheetNode] = {}
    for node in cycle.nodes.order_by("position"):
        old, node.pk, node.cycle, node.parent = node.pk, None, made, keys.get(node.parent_id)
        node.save(force_insert=True)
        keys[old] = node
    rows = list(WorksheetRow.objects.filter(cycle=cycle))
    for row in rows:
        row.pk, row.cycle, row.node, row.earlier = None, made, keys[row.node_id], [{}] * (quarter - 1)
        row.realised = row.realised if realised is None else Decimal(realised)
    WorksheetRow.objects.bulk_create(rows)
    MeasurementCycle.objects.filter(pk=made.pk).update(state=state)
    return MeasurementCycle.objects.get(pk=made.pk)
