"""How the plan comes into a cycle: at the end of step 4 tree, definitions, targets and earlier quarters are copied into the worksheet.

From then on a change of the plan never changes the cycle. Earlier quarters come from the archive, the newest correction first.
"""

from decimal import Decimal

from .formulas import Method
from .models import Evidence, Indicator, Level, MeasurementCycle, Pagu, Target, WorksheetNode, WorksheetRow
from .sop import RowState

LEVEL_ORDER = [Level.SASARAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN]
NOT_PLANNED = "Tidak direncanakan tahun {year}: target 0 dan pagu 0."


def freeze(cycle: MeasurementCycle) -> int:
    """Write the cycle's worksheet; the number of rows."""
    cycle.predicate_bounds = [
        [None if lower is None else format(lower, "f"), label] for lower, label in cycle.unit.predicate_scale.bounds()
    ]
    earlier = _earlier_cycles(cycle)
    nodes = _freeze_nodes(cycle, earlier)
    rows = _freeze_rows(cycle, nodes, earlier)
    if cycle.amends:
        _carry_over(cycle, rows)
    return len(rows)


def _earlier_cycles(cycle: MeasurementCycle) -> dict[int, int]:
    """Quarter → id of its newest archived cycle, for the quarters before this one."""
    found = cycle.unit.cycles.archived().filter(year=cycle.year, quarter__lt=cycle.quarter).order_by("pk")
    return dict(found.values_list("quarter", "pk"))


def _freeze_nodes(cycle: MeasurementCycle, earlier: dict[int, int]) -> dict[int, WorksheetNode]:
    """Plan node id → its frozen copy, parents first."""
    pagu = dict(Pagu.objects.filter(node__plan=cycle.plan, year=cycle.year).values_list("node", "amount"))
    spent_before: dict[int, Decimal] = {}
    past = WorksheetNode.objects.filter(cycle__in=earlier.values()).exclude(spent=None)
    for plan_node, spent in past.values_list("plan_node", "spent"):
        spent_before[plan_node] = spent_before.get(plan_node, Decimal(0)) + spent
    frozen: dict[int, WorksheetNode] = {}
    plan_nodes = _living_nodes(cycle, pagu)
    for level in LEVEL_ORDER:
        copies = [
            WorksheetNode(
                cycle=cycle, plan_node=node, parent=frozen.get(node.parent_id), level=level, code=node.code, name=node.name,
                position=position, owner_id=node.owner_id, pagu=pagu.get(node.pk, 0), spent_before=spent_before.get(node.pk, 0),
            )
            for position, node in enumerate(plan_nodes) if node.level == level
        ]  # fmt: skip
        frozen |= {copy.plan_node_id: copy for copy in WorksheetNode.objects.bulk_create(copies)}
    return frozen


def _living_nodes(cycle: MeasurementCycle, pagu: dict[int, Decimal]) -> list:
    """The plan's branches that have an indicator in use or money at or below them."""
    nodes = list(cycle.plan.nodes.all())
    parents = {node.pk: node.parent_id for node in nodes}
    used = set(Indicator.objects.filter(node__plan=cycle.plan, retired=False).values_list("node", flat=True))
    living = set()
    for pk in used | {node for node, amount in pagu.items() if amount}:
        while pk and pk not in living:
            living.add(pk)
            pk = parents[pk]
    return [node for node in nodes if node.pk in living]


def _freeze_rows(cycle: MeasurementCycle, nodes: dict[int, WorksheetNode], earlier: dict[int, int]) -> list[WorksheetRow]:
    targets = {t.indicator_id: t for t in Target.objects.filter(indicator__node__plan=cycle.plan, year=cycle.year)}
    past = _past_values(earlier)
    rows = []
    for position, indicator in enumerate(cycle.indicators_to_measure):
        node, target = nodes[indicator.node_id], targets[indicator.pk]
        planned = _is_planned(indicator, target, node)
        rows.append(
            WorksheetRow(
                **indicator.definition(),
                cycle=cycle, node=node, indicator=indicator, owner_id=indicator.owner_id, position=position, planned=planned,
                target_year=target.annual,
                targets=[_text(value) for value in (target.q1, target.q2, target.q3, target.q4)],
                earlier=[past.get((indicator.pk, quarter), {}) for quarter in range(1, cycle.quarter)],
                state=RowState.KOSONG if planned else RowState.DIKECUALIKAN,
                verdict_note="" if planned else NOT_PLANNED.format(year=cycle.year),
            )
        )  # fmt: skip
    return WorksheetRow.objects.bulk_create(rows)


def _is_planned(indicator: Indicator, target: Target, node: WorksheetNode) -> bool:
    """A target of 0 without money of its own means: not planned this year. Zero is a real target where lower is better."""
    return bool(target.annual or node.pagu) or indicator.method in (Method.MINIMIZE, Method.MINIMIZE_RATIO, Method.YES_NO, Method.RANGE)


def _past_values(earlier: dict[int, int]) -> dict[tuple[int, int], dict]:
    """(Indicator id, quarter) → what was measured then, as text."""
    quarter_of = {pk: quarter for quarter, pk in earlier.items()}
    rows = (
        WorksheetRow.objects.filter(cycle__in=earlier.values())
        .exclude(state=RowState.DIKECUALIKAN)
        .values("indicator", "cycle", *WorksheetRow.VALUES)
    )
    return {(row["indicator"], quarter_of[row["cycle"]]): {value: _text(row[value]) for value in WorksheetRow.VALUES} for row in rows}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _carry_over(cycle: MeasurementCycle, rows: list[WorksheetRow]) -> None:
    """A correction starts from what was archived: values, texts, evidence and money, all open to change."""
    old_rows = {row.indicator_id: row for row in cycle.amends.rows.prefetch_related("evidence")}
    evidence = []
    for row in rows:
        old = old_rows.get(row.indicator_id)
        if old is None or not row.planned:
            continue
        for field in (*WorksheetRow.VALUES, *WorksheetRow.TEXTS):
            setattr(row, field, getattr(old, field))
        row.state = RowState.DRAF
        evidence += [
            Evidence(row=row, file_id=e.file_id, name=e.name, page=e.page, uploaded_by_id=e.uploaded_by_id, uploaded_at=e.uploaded_at)
            for e in old.evidence.all()
        ]
    WorksheetRow.objects.bulk_update(rows, [*WorksheetRow.VALUES, *WorksheetRow.TEXTS, "state"])
    Evidence.objects.bulk_create(evidence)
    old_nodes = {node.plan_node_id: node for node in cycle.amends.nodes.all()}
    nodes = list(cycle.nodes.filter(plan_node__in=old_nodes))
    for node in nodes:
        node.spent, node.overspend_reason = old_nodes[node.plan_node_id].spent, old_nodes[node.plan_node_id].overspend_reason
    WorksheetNode.objects.bulk_update(nodes, ["spent", "overspend_reason"])
