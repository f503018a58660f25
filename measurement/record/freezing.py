"""How the plan comes into a cycle: at the end of step 4 the tree, the definitions, the targets and the earlier periods are copied into the worksheet.

From then on a change of the plan never changes the cycle. Earlier periods and years come from `past`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from measurement.models import (
    Indicator,
    IndicatorDefinition,
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
from measurement.rules.periods import Period
from measurement.rules.plan_years import over_years
from measurement.rules.schedules import is_due, schedule_words
from measurement.rules.sop import RowState

from .carrying_over import carry_over, nodes_again
from .closed_targets import targets_in_force
from .followed import followed_entries
from .frozen_spans import frozen_spans, spans_again
from .opening import missing_opening
from .pagu_history import PaguHistory, pagu_history
from .past import Past, texts
from .promises import give_promises
from .stopping import STAYS, Stopped, closure, stopped_in

LEVEL_ORDER = [Level.SASARAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN]
NOT_PLANNED = "Tidak direncanakan tahun {year}: target 0 dan pagu 0."
NOT_DUE = "Belum waktunya: diukur {schedule}."
Frozen = dict[int | None, WorksheetNode]  # plan node id → its frozen copy


@dataclass
class YearOfPlan:
    """What the plan says now of the cycle's year: money by node, targets by indicator, and of all its years what the plan's end needs."""

    money: dict[int, Pagu]
    pagu_plan: dict[int, Decimal]
    targets: dict[int, Target]
    every_year: dict[int, list[Target]]
    history: PaguHistory
    with_money: set[int] = field(default_factory=set)  # the branches with pagu at or below them

    @classmethod
    def of(cls, cycle: MeasurementCycle) -> "YearOfPlan":
        pagu = Pagu.objects.filter(node__plan=cycle.plan)
        found = cls(
            {found.node_id: found for found in pagu.filter(year=cycle.year)},
            dict(pagu.order_by().values_list("node").annotate(Sum("amount"))),
            {}, {}, pagu_history(cycle.plan, cycle.year),
        )  # fmt: skip
        for target in Target.objects.filter(indicator__node__plan=cycle.plan):
            found.every_year.setdefault(target.indicator_id, []).append(target)
            if target.year == cycle.year:
                found.targets[target.indicator_id] = target
        return found

    @property
    def carrying(self) -> set[int]:
        """The branches with pagu of their own."""
        return {node for node, found in self.money.items() if found.amount}

    def pagu(self, node: int) -> Decimal:
        return self.money[node].amount if node in self.money else Decimal(0)

    def cash(self, node: int) -> list[str | None]:
        return texts(self.money[node].cash) if node in self.money else []

    def plans(self, indicator: Indicator) -> bool:
        """A target of 0 without any money at or below its branch means: not planned this year. Zero is a real target where lower is better."""
        planned = self.targets[indicator.pk].annual or indicator.node_id in self.with_money
        return bool(planned) or METHODS[indicator.method].takes_zero_target


def freeze(cycle: MeasurementCycle) -> int:
    """Write the cycle's worksheet; the number of rows."""
    cycle.freeze_rules()
    cycle.opening_missing = missing_opening(cycle)
    past, plan = Past(cycle), YearOfPlan.of(cycle)
    if cycle.amends:
        rows = _rows_again(cycle, cycle.amends, nodes_again(cycle, cycle.amends, past), plan, past)
        carry_over(cycle.amends, cycle, rows)
        cycle.pagu_documents = cycle.amends.pagu_documents
    else:
        rows = _freeze_plan(cycle, plan, past)
        cycle.pagu_documents = [plan.history.approved, *plan.history.documents]
    give_promises(cycle, rows)
    return len(rows)


def _freeze_plan(cycle: MeasurementCycle, plan: YearOfPlan, past: Past) -> list[WorksheetRow]:
    """The plan as it is now, and what it has no more but earlier cycles of the year have."""
    nodes = list(cycle.plan.nodes.select_related("sub_unit"))
    parents = {node.pk: node.parent_id for node in nodes}
    plan.with_money = closure(plan.carrying, parents)
    planned = {indicator.node_id for indicator in cycle.indicators_to_measure if plan.plans(indicator)}
    stopped = stopped_in(cycle, past, closure(planned, parents) | plan.with_money, nodes)
    in_use = set(
        Indicator.objects.filter(node__plan=cycle.plan, retired=False).values_list("node", flat=True)
    )
    living = closure(in_use | set(stopped.nodes), parents) | plan.with_money
    living |= closure((indicator.node_id for indicator in stopped.indicators.values()), parents)
    frozen = _freeze_nodes(cycle, [node for node in nodes if node.pk in living], plan, past, stopped)
    rows = [_row(cycle, indicator, frozen, plan, past, stopped) for indicator in cycle.indicators_to_measure]
    rows += [_stopped_row(cycle, gone, frozen, plan, past, stopped) for gone in stopped.indicators.values()]
    for position, row in enumerate(rows):
        row.position = position
    return WorksheetRow.objects.bulk_create(rows)


def _freeze_nodes(
    cycle: MeasurementCycle, nodes: list[PlanNode], plan: YearOfPlan, past: Past, stopped: Stopped
) -> Frozen:
    """Parents first."""
    frozen: Frozen = {}
    for level in LEVEL_ORDER:
        copies = []
        for position, node in enumerate(nodes):
            if node.level != level:
                continue
            pagu, spent = plan.pagu(node.pk), past.spent(node.pk)
            copies.append(
                WorksheetNode(
                    cycle=cycle, plan_node=node, parent=frozen.get(node.parent_id), level=level, code=node.code, name=node.title,
                    sub_unit=node.sub_unit.name if node.sub_unit else "",
                    position=position, owner_id=node.owner_id, pagu=pagu, pagu_plan=plan.pagu_plan.get(node.pk, 0),
                    pagu_first=plan.history.first(node.pk, pagu), stopped=stopped.of_node(node.pk),
                    weight=node.weight, cash=past.closed_cash(node.pk) if stopped.of_node(node.pk) else plan.cash(node.pk),
                    spent_before=sum(amount or 0 for amount in spent), spent_earlier=texts(spent),
                    spent_years=past.spent_years(node.pk), opening=past.money_marks(node.pk),
                )
            )  # fmt: skip
        frozen |= {copy.plan_node_id: copy for copy in WorksheetNode.objects.bulk_create(copies)}
    return frozen


def _row(
    cycle: MeasurementCycle,
    indicator: IndicatorToMeasure,
    nodes: Frozen,
    plan: YearOfPlan,
    past: Past,
    stopped: Stopped,
) -> WorksheetRow:
    """An indicator that the plan has: with its own targets from now on, and those of the archive before."""
    if indicator.owner is None:
        raise ValueError(f"{indicator} has nobody to measure it")
    target, every_year, planned = (
        plan.targets[indicator.pk],
        plan.every_year[indicator.pk],
        plan.plans(indicator),
    )
    ended = not planned and indicator.pk in past.rows
    accumulation = Accumulation(indicator.accumulation)
    begins = (
        _ended(stopped.of_indicator(indicator.node_id)) if ended else _begins_as(indicator, planned, cycle)
    )
    closed, frequency = past.targets(indicator.pk), cycle.period_of_year.frequency
    spans = frozen_spans(indicator, every_year, cycle.year, frequency, closed, past.rows.get(indicator.pk))
    return WorksheetRow(
        **indicator.definition() | spans,
        cycle=cycle, node=nodes[indicator.node_id], indicator=indicator, owner=indicator.owner, planned=planned,
        target_year=past.rows[indicator.pk].target_year if ended else target.annual,
        target_plan=over_years(accumulation, [found.annual for found in every_year]),
        targets=texts(targets_in_force(accumulation, target, closed, frequency, indicator.schedule)),
        earlier=past.earlier(indicator.pk),
        years_before=past.years_before(indicator.pk), opening=past.value_marks(indicator.pk),
        **begins,
    )  # fmt: skip


def _stopped_row(
    cycle: MeasurementCycle,
    indicator: Indicator,
    nodes: Frozen,
    plan: YearOfPlan,
    past: Past,
    stopped: Stopped,
) -> WorksheetRow:
    """An indicator that the plan has no more, as the archive knew it."""
    then = past.rows.get(indicator.pk)
    known: WorksheetRow | Indicator = then or indicator
    owner = then.owner if then else indicator.owner
    if owner is None:
        raise ValueError(f"{indicator} has nobody who measured it")
    closed = past.targets(indicator.pk)
    return WorksheetRow(
        **known.definition(),
        cycle=cycle, node=nodes[indicator.node_id], indicator=indicator, owner=owner, planned=False,
        **_targets_then(indicator, then, plan, closed, cycle.period_of_year),
        earlier=past.earlier(indicator.pk),
        years_before=past.years_before(indicator.pk), opening=past.value_marks(indicator.pk),
        **_ended(stopped.of_indicator(indicator.node_id)),
    )  # fmt: skip


def _targets_then(
    indicator: Indicator,
    then: WorksheetRow | None,
    plan: YearOfPlan,
    closed: Mapping[int, Decimal | None],
    now: Period,
) -> dict:
    """The targets of something that was stopped: as its newest archived row has them, and where only data awal know it, as the plan still does."""
    numbers = now.frequency.numbers
    if then:
        return {
            "target_year": then.target_year, "target_plan": then.target_plan, "spans": then.spans, "span_plan": then.span_plan,
            "targets": texts(closed.get(number) for number in numbers),
        }  # fmt: skip
    target = plan.targets.get(indicator.pk)
    every_year = [found.annual for found in plan.every_year.get(indicator.pk, [])]
    return {
        "target_year": target.annual if target else None,
        "target_plan": over_years(Accumulation(indicator.accumulation), every_year),
        "targets": texts(target.in_period(n) if target and n < now.number else None for n in numbers),
    }


def _ended(why: str) -> dict:
    return {"state": RowState.DIKECUALIKAN, "stopped": True, "verdict_note": f"{why} {STAYS}"}


def _rows_again(
    cycle: MeasurementCycle, archived: MeasurementCycle, nodes: Frozen, plan: YearOfPlan, past: Past
) -> list[WorksheetRow]:
    """The rows of the cycle that is corrected: defined as the plan defines them now, with the targets that they had, and so that what was entered
    still fits."""
    now = {indicator.pk: indicator for indicator in cycle.indicators_to_measure}
    rows = []
    for old in archived.rows.select_related("owner", "node"):
        indicator = now.get(old.indicator_id)
        known: WorksheetRow | Indicator = indicator or old
        rows.append(
            WorksheetRow(
                **known.definition() | _kept_meaning(old, known) | spans_again(old, indicator, plan.targets.get(old.indicator_id)),
                cycle=cycle, node=nodes[old.node.plan_node_id], indicator_id=old.indicator_id, position=old.position,
                owner=indicator.owner if indicator and indicator.owner else old.owner, planned=old.planned,
                target_year=old.target_year, target_plan=old.target_plan, targets=old.targets,
                earlier=past.earlier(old.indicator_id),
                years_before=past.years_before(old.indicator_id), opening=past.value_marks(old.indicator_id),
                **_begins_again(old),
            )
        )  # fmt: skip
    return WorksheetRow.objects.bulk_create(rows)


def _kept_meaning(old: WorksheetRow, known: IndicatorDefinition) -> dict:
    """What decides whether and how the archived realisasi was entered: another schedule, unit or kind of number would make it disappear."""
    parts = {} if known.is_ratio == old.is_ratio else {"accumulation": old.accumulation}
    return {name: getattr(old, name) for name in ("measure", "schedule", "follow_rule")} | parts


def _begins_again(old: WorksheetRow) -> dict:
    if old.is_outside_plan:
        return {"state": RowState.KOSONG}
    if not old.planned:
        return {"state": RowState.DIKECUALIKAN, "stopped": old.stopped, "verdict_note": old.verdict_note}
    if old.is_follower:
        return {"state": RowState.MENGIKUTI, "follows": old.follows, "verdict_note": old.verdict_note}
    if not old.is_due:
        return {"state": old.state, "verdict_note": old.verdict_note}
    return {"state": RowState.KOSONG}


def _begins_as(indicator: IndicatorToMeasure, planned: bool, cycle: MeasurementCycle) -> dict:
    """The state of a new row, and what stands beside it: why it is not planned or not due, or what it follows."""
    if not planned:
        return {"state": RowState.DIKECUALIKAN, "verdict_note": NOT_PLANNED.format(year=cycle.year)}
    if not is_due(indicator.schedule, cycle.period_of_year.months):
        note = NOT_DUE.format(schedule=schedule_words(indicator.schedule, cycle.period_of_year.frequency))
        return {"state": RowState.BELUM_WAKTUNYA, "verdict_note": note}
    if not indicator.follow_rule:
        return {"state": RowState.KOSONG}
    follows = followed_entries(indicator, cycle.year)
    return {
        "state": RowState.MENGIKUTI,
        "follows": follows,
        "verdict_note": follow_words(indicator.follow_rule, follows),
    }
