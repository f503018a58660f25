"""A correction: it has the tree, targets and pagu of the cycle that it corrects, and starts from what was archived there, all open to change.

Definitions and owners are those that the plan has now, where it still has the indicator.
"""

from measurement.models import Evidence, Level, MeasurementCycle, WorksheetNode, WorksheetRow
from measurement.rules.sop import RowState

from .past import Past, texts

LEVELS = list(Level)
# also how its owner answered for what was promised before; the answer to a return belongs to the cycle in which it was returned
CARRIED = (*WorksheetRow.VALUES, *WorksheetRow.TEXTS, "promise_progress", "promise_note")


def nodes_again(
    cycle: MeasurementCycle, archived: MeasurementCycle, past: Past
) -> dict[int | None, WorksheetNode]:
    """Plan node id → its copy in the correction, parents first. What was spent before is asked of the archive once more."""
    frozen: dict[int | None, WorksheetNode] = {}
    copies = list(archived.nodes.select_related("plan_node", "parent"))
    for level in LEVELS:
        of_level = [_node_again(cycle, copy, frozen, past) for copy in copies if copy.level == level]
        frozen |= {copy.plan_node_id: copy for copy in WorksheetNode.objects.bulk_create(of_level)}
    return frozen


def _node_again(
    cycle: MeasurementCycle, copy: WorksheetNode, frozen: dict[int | None, WorksheetNode], past: Past
) -> WorksheetNode:
    key = copy.plan_node_id
    spent = past.spent(key)
    return WorksheetNode(
        cycle=cycle, plan_node_id=key, parent=frozen.get(copy.parent.plan_node_id) if copy.parent else None, level=copy.level,
        code=copy.code, name=copy.name, sub_unit=copy.sub_unit, position=copy.position,
        owner_id=copy.plan_node.owner_id or copy.owner_id, pagu=copy.pagu, pagu_plan=copy.pagu_plan, pagu_first=copy.pagu_first,
        weight=copy.weight, cash=copy.cash, stopped=copy.stopped, spent_before=sum(amount or 0 for amount in spent), spent_earlier=texts(spent),
        spent_years=past.spent_years(key), opening=past.money_marks(key),
    )  # fmt: skip


def carry_over(archived: MeasurementCycle, cycle: MeasurementCycle, rows: list[WorksheetRow]) -> None:
    """Values, texts, evidence and money of what was archived."""
    old_rows = {row.indicator_id: row for row in archived.rows.prefetch_related("evidence")}
    evidence = []
    for row in rows:
        old = old_rows.get(row.indicator_id)
        if old is None or row.state != RowState.KOSONG:
            continue
        for field in CARRIED:
            setattr(row, field, getattr(old, field))
        row.state = RowState.DRAF
        evidence += [
            Evidence(
                row=row, file_id=e.file_id, url=e.url, copied_from=e.copied_from, name=e.name, page=e.page, dated=e.dated,
                uploaded_by_id=e.uploaded_by_id, uploaded_at=e.uploaded_at
            )
            for e in old.evidence.all()
        ]  # fmt: skip
    WorksheetRow.objects.bulk_update(rows, [*CARRIED, "state"])
    Evidence.objects.bulk_create(evidence)
    old_nodes = {node.plan_node_id: node for node in archived.nodes.all()}
    nodes = list(cycle.nodes.filter(plan_node__in=old_nodes))
    for node in nodes:
        old_node = old_nodes[node.plan_node_id]
        node.spent, node.overspend_reason = old_node.spent, old_node.overspend_reason
    WorksheetNode.objects.bulk_update(nodes, ["spent", "overspend_reason"])
