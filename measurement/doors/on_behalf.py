"""What the trail keeps of rows: what stands in them, and who wrote for whom."""

from measurement.models import MeasurementCycle, Person, WorksheetRow
from measurement.record import audit


def written_values(row: WorksheetRow) -> dict:
    """What its owner filled in, for the trail."""
    return {
        name: str(getattr(row, name))
        for name in (*WorksheetRow.VALUES, *WorksheetRow.TEXTS, *WorksheetRow.ANSWERS)
        if getattr(row, name) not in (None, "")
    }


def record_on_behalf(
    cycle: MeasurementCycle, actor: Person, move: str, row_ids: list[int], node_ids: list[int]
) -> None:
    """One entry per owner for whom somebody else wrote, with the rows and the money as they are now."""
    touched: dict[int | None, dict] = {}
    for row in cycle.rows.filter(pk__in=row_ids).exclude(owner=actor):
        touched.setdefault(row.owner_id, {"rows": {}, "money": {}})["rows"][str(row.pk)] = written_values(row)
    for node in cycle.nodes.filter(pk__in=node_ids).exclude(owner=actor):
        values = {
            "spent": "" if node.spent is None else str(node.spent),
            "overspend_reason": node.overspend_reason,
        }
        touched.setdefault(node.owner_id, {"rows": {}, "money": {}})["money"][str(node.pk)] = values
    for owner, what in touched.items():
        audit.record(cycle, actor, f"row_{move}", owner=owner, **what)
