"""How the plan comes into a cycle: at the end of step 4 the tree, the definitions, the targets and the earlier quarters are copied into the worksheet.

From then on a change of the plan never changes the cycle. Earlier quarters and years come from the archive, the newest correction first.
"""

from decimal import Decimal

from django.db.models import Sum

from measurement.figures.calculation import row_figures
from measurement.figures.following import take_over
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
    newest_archived,
)
from measurement.rules.accumulations import Accumulation
from measurement.rules.following import follow_words
from measurement.rules.methods import METHODS
from measurement.rules.plan_years import over_years
from measurement.rules.sop import RowState

from .followed import followed_entries
from .opening import INDICATOR, MONEY, missing_opening
from .opening_past import OpeningPast, opening_past

LEVEL_ORDER = [Level.SASARAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN]
NOT_PLANNED = "Tidak direncanakan tahun {year}: target 0 dan pagu 0."


def freeze(cycle: MeasurementCycle) -> int:
    """Write the cycle's worksheet; the number of rows."""
    cycle.freeze_rules()
    earlier, years = _earlier_cycles(cycle), _earlier_years(cycle)
    opening = opening_past(cycle)
    cycle.opening_missing = missing_opening(cycle)
    nodes = _freeze_nodes(cycle, earlier, years, opening)
    rows = _freeze_rows(cycle, nodes, earlier, years, opening)
    if cycle.amends:
        _carry_over(cycle.amends, cycle, rows)
    return len(rows)


def _earlier_cycles(cycle: MeasurementCycle) -> dict[int, int]:
    """Quarter → id of its newest archived cycle, for the quarters before this one."""
    past = cycle.unit.cycles.archived().filter(year=cycle.year, quarter__lt=cycle.quarter)
    return {quarter: found.pk for (_, quarter), found in newest_archived(past).items()}


def _earlier_years(cycle: MeasurementCycle) -> dict[str, MeasurementCycle]:
    """Year → the newest archived cycle of its last quarter, for the years of the plan before this one."""
    past = cycle.unit.cycles.archived().filter(plan=cycle.plan_id, year__lt=cycle.year, quarter=4)
    return {str(year): found for (year, _), found in newest_archived(past).items()}


def _freeze_nodes(
    cycle: MeasurementCycle, earlier: dict[int, int], years: dict, opening: OpeningPast
) -> dict[int | None, WorksheetNode]:
    """Plan node id → its frozen copy, parents first."""
    pagu = dict(Pagu.objects.filter(node__plan=cycle.plan, year=cycle.year).values_list("node", "amount"))
    of_plan = dict(
        Pagu.objects.filter(node__plan=cycle.plan).order_by().values_list("node").annotate(Sum("amount"))
    )
    spent = _past_money(earlier) | opening.period_money()
    spent_years = _with_opening(_past_years_money(years), opening.year_money())
    frozen: dict[int | None, WorksheetNode] = {}
    plan_nodes = _living_nodes(cycle, pagu)
    for level in LEVEL_ORDER:
        copies = [
            WorksheetNode(
                cycle=cycle, plan_node=node, parent=frozen.get(node.parent_id), level=level, code=node.code, name=node.title,
                sub_unit=node.sub_unit.name if node.sub_unit else "",
                position=position, owner_id=node.owner_id, pagu=pagu.get(node.pk, 0), pagu_plan=of_plan.get(node.pk, 0),
                spent_before=sum(spent.get((node.pk, quarter), 0) for quarter in range(1, cycle.quarter)),
                spent_earlier=[_text_or_none(spent.get((node.pk, quarter))) for quarter in range(1, cycle.quarter)],
                spent_years=spent_years.get(node.pk, {}), opening=opening.marks((MONEY, node.pk)),
            )
            for position, node in enumerate(plan_nodes) if node.level == level
        ]  # fmt: skip
        frozen |= {copy.plan_node_id: copy for copy in WorksheetNode.objects.bulk_create(copies)}
    return frozen


def _with_opening(archived: dict[int, dict[str, str]], opening: dict[int, dict[str, str]]) -> dict[int, dict]:
    """Years by thing, of the archive and of data awal; a year comes from one of them only."""
    return {pk: opening.get(pk, {}) | archived.get(pk, {}) for pk in {*archived, *opening}}


def _past_money(earlier: dict[int, int]) -> dict[tuple[int, int], Decimal]:
    """(Plan node id, quarter) → rupiah realised then."""
    quarter_of = {pk: quarter for quarter, pk in earlier.items()}
    past = WorksheetNode.objects.filter(cycle__in=earlier.values()).exclude(spent=None)
    return {
        (node, quarter_of[cycle]): spent
        for node, cycle, spent in past.values_list("plan_node", "cycle", "spent")
    }


def _past_years_money(years: dict[str, MeasurementCycle]) -> dict[int, dict[str, str]]:
    """Plan node id → year → rupiah realised in that year."""
    year_of = {cycle.pk: year for year, cycle in years.items()}
    found: dict[int, dict[str, str]] = {}
    for node in WorksheetNode.objects.filter(cycle__in=year_of, level=Level.SUB_KEGIATAN):
        if node.spent is not None or node.spent_before:
            found.setdefault(node.plan_node_id, {})[year_of[node.cycle_id]] = _text(
                node.spent_before + (node.spent or 0)
            )
    return found


def _past_years_values(years: dict[str, MeasurementCycle]) -> dict[int, dict[str, str]]:
    """Indicator id → year → realisasi of the whole year, as its last quarter was archived."""
    found: dict[int, dict[str, str]] = {}
    for year, cycle in years.items():
        rows = list(cycle.rows.all())
        take_over(rows)
        for row in rows:
            realised = row_figures(row, 4, cycle.rules).to_date.realised
            if realised is not None:
                found.setdefault(row.indicator_id, {})[year] = _text(realised)
    return found


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
    cycle: MeasurementCycle, nodes: dict[int | None, WorksheetNode], earlier: dict[int, int], years: dict,
    opening: OpeningPast,
) -> list[WorksheetRow]:  # fmt: skip
    targets, of_plan = _targets(cycle)
    past = _past_values(earlier) | opening.period_values()
    past_years = _with_opening(_past_years_values(years), opening.year_values())
    rows = []
    for position, indicator in enumerate(cycle.indicators_to_measure):
        node, target = nodes[indicator.node_id], targets[indicator.pk]
        if indicator.owner is None:
            raise ValueError(f"{indicator} has nobody to measure it")
        planned = _is_planned(indicator, target, node)
        rows.append(
            WorksheetRow(
                **indicator.definition(),
                cycle=cycle, node=node, indicator=indicator, owner=indicator.owner, position=position, planned=planned,
                target_year=target.annual,
                target_plan=over_years(Accumulation(indicator.accumulation), of_plan[indicator.pk]),
                targets=[_text_or_none(value) for value in (target.q1, target.q2, target.q3, target.q4)],
                earlier=[past.get((indicator.pk, quarter), {}) for quarter in range(1, cycle.quarter)],
                years_before=past_years.get(indicator.pk, {}), opening=opening.marks((INDICATOR, indicator.pk)),
                **_begins_as(indicator, planned, cycle.year),
            )
        )  # fmt: skip
    return WorksheetRow.objects.bulk_create(rows)


def _begins_as(indicator: IndicatorToMeasure, planned: bool, year: int) -> dict:
    """The state of a new row, and what stands beside it: why it is not planned, or what it follows."""
    if not planned:
        return {"state": RowState.DIKECUALIKAN, "verdict_note": NOT_PLANNED.format(year=year)}
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


def _is_planned(indicator: Indicator, target: Target, node: WorksheetNode) -> bool:
    """A target of 0 without money of its own means: not planned this year. Zero is a real target where lower is better."""
    return bool(target.annual or node.pagu) or METHODS[indicator.method].takes_zero_target


def _past_values(earlier: dict[int, int]) -> dict[tuple[int, int], dict]:
    """(Indicator id, quarter) → what was measured then, as text."""
    quarter_of = {pk: quarter for quarter, pk in earlier.items()}
    of_cycle: dict[int, list[WorksheetRow]] = {}
    for row in WorksheetRow.objects.filter(cycle__in=earlier.values()):
        of_cycle.setdefault(row.cycle_id, []).append(row)
    for rows in of_cycle.values():
        take_over(rows)
    return {
        (row.indicator_id, quarter_of[cycle]): {
            value: _text_or_none(getattr(row, value)) for value in WorksheetRow.VALUES
        }
        for cycle, rows in of_cycle.items()
        for row in rows
        if row.state != RowState.DIKECUALIKAN
    }


def _text(value: Decimal) -> str:
    return format(value, "f")


def _text_or_none(value: Decimal | None) -> str | None:
    return None if value is None else _text(value)


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
