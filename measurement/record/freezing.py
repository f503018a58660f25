"""How the plan comes into a cycle: at the end of step 4 the tree, the definitions, the targets and the earlier quarters are copied into the worksheet.

From then on a change of the plan never changes the cycle. Earlier quarters and years come from `past`.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from measurement.models import (
    Evidence,
    Indicator,
    IndicatorToMeasure,
    Level,
    MeasurementCycle,
    Pagu,
    PlanNode,
    Target,
    WorksheetNode,
    WorksheetRow,
)
from measurement.rules.accumulations import Accumulation
from measurement.rules.following import follow_words
from measurement.rules.methods import METHODS
from measurement.rules.plan_years import over_years
from measurement.rules.schedules import is_due, schedule_words
from measurement.rules.sop import RowState

from .followed import followed_entries
from .opening import missing_opening
from .past import Past, texts

LEVEL_ORDER = [Level.SASARAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN]
NOT_PLANNED = "Tidak direncanakan tahun {year}: target 0 dan pagu 0."
NOT_DUE = "Belum waktunya: diukur {schedule}."


def freeze(cycle: MeasurementCycle) -> int:
    """Write the cycle's worksheet; the number of rows."""
    cycle.freeze_rules()
    cycle.opening_missing = missing_opening(cycle)
    past = Past(cycle)
    rows = _freeze_rows(cycle, _freeze_nodes(cycle, past), past)
    if cycle.amends:
        _carry_over(cycle.amends, cycle, rows)
    return len(rows)


def _freeze_nodes(cycle: MeasurementCycle, past: Past) -> dict[int | None, WorksheetNode]:
    """Plan node id → its frozen copy, parents first."""
    money = {found.node_id: found for found in Pagu.objects.filter(node__plan=cycle.plan, year=cycle.year)}
    pagu = {node: found.amount for node, found in money.items()}
    of_plan = dict(
        Pagu.objects.filter(node__plan=cycle.plan).order_by().values_list("node").annotate(Sum("amount"))
    )
    frozen: dict[int | None, WorksheetNode] = {}
    plan_nodes = _living_nodes(cycle, pagu)
    for level in LEVEL_ORDER:
        copies = [
            WorksheetNode(
                cycle=cycle, plan_node=node, parent=frozen.get(node.parent_id), level=level, code=node.code, name=node.title,
                sub_unit=node.sub_unit.name if node.sub_unit else "",
                position=position, owner_id=node.owner_id, pagu=pagu.get(node.pk, 0), pagu_plan=of_plan.get(node.pk, 0),
                weight=node.weight, cash=texts(money[node.pk].cash) if node.pk in money else [],
                spent_before=sum(amount or 0 for amount in past.spent(node.pk)),
                spent_earlier=texts(past.spent(node.pk)),
                spent_years=past.spent_years(node.pk), opening=past.money_marks(node.pk),
            )
            for position, node in enumerate(plan_nodes) if node.level == level
        ]  # fmt: skip
        frozen |= {copy.plan_node_id: copy for copy in WorksheetNode.objects.bulk_create(copies)}
    return frozen


def _living_nodes(cycle: MeasurementCycle, pagu: dict[int, Decimal]) -> list[PlanNode]:
    """The plan's branches that have an indicator in use or money at or below them."""
    nodes = list(cycle.plan.nodes.select_related("sub_unit"))
    parents = {node.pk: node.parent_id for node in nodes}
    used = set(Indicator.objects.filter(node__plan=cycle.plan, retired=False).values_list("node", flat=True))
    living: set[int] = set()
    for below in used | {node for node, amount in pagu.items() if amount}:
        pk: int | None = below
        while pk and pk not in living:
            living.add(pk)
            pk = parents[pk]
    return [node for node in nodes if node.pk in living]


def _freeze_rows(
    cycle: MeasurementCycle, nodes: dict[int | None, WorksheetNode], past: Past
) -> list[WorksheetRow]:
    targets, of_plan = _targets(cycle)
    with_money = _with_money(nodes.values())
    last_month, rows = 3 * cycle.quarter, []
    for position, indicator in enumerate(cycle.indicators_to_measure):
        node, target = nodes[indicator.node_id], targets[indicator.pk]
        if indicator.owner is None:
            raise ValueError(f"{indicator} has nobody to measure it")
        planned = _is_planned(indicator, target, node.pk in with_money)
        due = is_due(indicator.schedule, last_month)
        rows.append(
            WorksheetRow(
                **indicator.definition(),
                cycle=cycle, node=node, indicator=indicator, owner=indicator.owner, position=position, planned=planned,
                target_year=target.annual,
                target_plan=over_years(Accumulation(indicator.accumulation), of_plan[indicator.pk]),
                targets=texts((target.q1, target.q2, target.q3, target.q4)),
                earlier=past.earlier(indicator.pk),
                years_before=past.years_before(indicator.pk), opening=past.value_marks(indicator.pk),
                **_begins_as(indicator, planned, due, cycle.year),
            )
        )  # fmt: skip
    return WorksheetRow.objects.bulk_create(rows)


def _begins_as(indicator: IndicatorToMeasure, planned: bool, due: bool, year: int) -> dict:
    """The state of a new row, and what stands beside it: why it is not planned or not due, or what it follows."""
    if not planned:
        return {"state": RowState.DIKECUALIKAN, "verdict_note": NOT_PLANNED.format(year=year)}
    if not due:
        note = NOT_DUE.format(schedule=schedule_words(indicator.schedule))
        return {"state": RowState.BELUM_WAKTUNYA, "verdict_note": note}
    if not indicator.follow_rule:
        return {"state": RowState.KOSONG}
    follows = followed_entries(indicator, year)
    return {
        "state": RowState.MENGIKUTI,
        "follows": follows,
        "verdict_note": follow_words(indicator.follow_rule, follows),
    }


def _targets(cycle: MeasurementCycle) -> tuple[dict[int, Target], dict[int, list[Decimal]]]:
    """Indicator id → its target of the cycle's year, and its annual targets of all years in order."""
    now: dict[int, Target] = {}
    of_plan: dict[int, list[Decimal]] = {}
    for target in Target.objects.filter(indicator__node__plan=cycle.plan):
        of_plan.setdefault(target.indicator_id, []).append(target.annual)
        if target.year == cycle.year:
            now[target.indicator_id] = target
    return now, of_plan


def _with_money(nodes: Iterable[WorksheetNode]) -> set[int]:
    """The ids of the branches with pagu at or below them; money belongs to the sub kegiatan, parents have the sum."""
    by_id = {node.pk: node for node in nodes}
    found: set[int] = set()
    for node in by_id.values():
        pk = node.pk if node.pagu else None
        while pk and pk not in found:
            found.add(pk)
            pk = by_id[pk].parent_id
    return found


def _is_planned(indicator: Indicator, target: Target, has_money: bool) -> bool:
    """A target of 0 without any money means: not planned this year. Zero is a real target where lower is better."""
    return bool(target.annual or has_money) or METHODS[indicator.method].takes_zero_target


def _carry_over(archived: MeasurementCycle, cycle: MeasurementCycle, rows: list[WorksheetRow]) -> None:
    """A correction starts from what was archived: values, texts, evidence and money, all open to change."""
    old_rows = {row.indicator_id: row for row in archived.rows.prefetch_related("evidence")}
    evidence = []
    for row in rows:
        old = old_rows.get(row.indicator_id)
        if old is None or row.state != RowState.KOSONG:
            continue
        for field in (*WorksheetRow.VALUES, *WorksheetRow.TEXTS):
            setattr(row, field, getattr(old, field))
        row.state = RowState.DRAF
        evidence += [
            Evidence(
                row=row, file_id=e.file_id, name=e.name, page=e.page, dated=e.dated, uploaded_by_id=e.uploaded_by_id, uploaded_at=e.uploaded_at
            )
            for e in old.evidence.all()
        ]  # fmt: skip
    WorksheetRow.objects.bulk_update(rows, [*WorksheetRow.VALUES, *WorksheetRow.TEXTS, "state"])
    Evidence.objects.bulk_create(evidence)
    old_nodes = {node.plan_node_id: node for node in archived.nodes.all()}
    nodes = list(cycle.nodes.filter(plan_node__in=old_nodes))
    for node in nodes:
        node.spent, node.overspend_reason = (
            old_nodes[node.plan_node_id].spent,
            old_nodes[node.plan_node_id].overspend_reason,
        )
    WorksheetNode.objects.bulk_update(nodes, ["spent", "overspend_reason"])
