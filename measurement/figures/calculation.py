"""The one calculation: worksheet rows through the formulas, up the tree. Screen, paper and Excel show what comes out of here.

Percentages are exact fractions; whoever shows them rounds. Money is in rupiah.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from measurement.models import Level, MeasurementCycle, WorksheetNode, WorksheetRow
from measurement.rules.accumulations import Accumulation, Quarter, ToDate, ratio, to_date, total
from measurement.rules.figure import Figure, Gap
from measurement.rules.formulas import Efficiency, Mean, Rules, absorption, efficiency, mean, predicate
from measurement.rules.methods import achievement
from measurement.rules.numbers import Number
from measurement.rules.sop import RowState

from .following import take_over


@dataclass(frozen=True, eq=False)
class RowFigures:
    """One indicator: this quarter, to date (s.d. triwulan) and against the year."""

    row: WorksheetRow
    quarters: list[Quarter]
    target: Number | None
    realised: Number | None
    to_date: ToDate
    before: Number | None
    capaian: Figure
    capaian_year: Figure
    predicate: str = ""


@dataclass(frozen=True, eq=False)
class BranchFigures:
    """The office as a whole, or a branch of its tree: what its indicators, the branches below it and the rules of the office make."""

    node: WorksheetNode | None
    rows: list[RowFigures]
    children: "list[NodeFigures]"
    rules: Rules

    def below(self, depth: int = 0) -> "Iterator[tuple[int, NodeFigures]]":
        """All branches below this one with their depth, parents first."""
        for child in self.children:
            yield depth, child
            yield from child.below(depth + 1)

    def all_rows(self) -> list[RowFigures]:
        """Its indicators and those of all branches below it."""
        return [*self.rows, *(figures for _, branch in self.below() for figures in branch.rows)]

    @cached_property
    def own(self) -> Mean:
        """The mean of its own indicators."""
        return mean((row.capaian for row in self.rows), self.rules.mean_cap)

    @cached_property
    def capaian(self) -> Mean:
        """A sub kegiatan has the mean of its indicators, a branch above it the mean of the branches below – or its own where these give none."""
        if not self.children:
            return self.own
        found = mean((child.capaian.figure for child in self.children), self.rules.mean_cap)
        fallback = found.figure.value is None and self.own.figure.value is not None
        return self.own if fallback else found

    @cached_property
    def predicate(self) -> str:
        return predicate(self.capaian.figure, self.rules.levels)

    @property
    def purse(self) -> WorksheetNode | None:
        """The sub kegiatan whose money this is; above it the money is the sum of what is below."""
        return self.node if self.node and self.node.level == Level.SUB_KEGIATAN else None

    @cached_property
    def pagu(self) -> Decimal:
        return self.purse.pagu if self.purse else sum((child.pagu for child in self.children), Decimal(0))

    @cached_property
    def spent(self) -> Decimal | None:
        return self.purse.spent if self.purse else total(child.spent for child in self.children)

    @cached_property
    def spent_to_date(self) -> Decimal | None:
        if self.purse is None:
            return total(child.spent_to_date for child in self.children)
        spent, before = self.purse.spent, self.purse.spent_before
        return None if spent is None and not before else before + (spent or 0)

    @cached_property
    def serapan(self) -> Figure:
        """A parent has the ratio of the sums."""
        return absorption(self.spent_to_date, self.pagu)

    @cached_property
    def efficiency(self) -> Efficiency | None:
        return efficiency(self.capaian.figure, self.serapan, self.rules.threshold)


@dataclass(frozen=True, eq=False)
class NodeFigures(BranchFigures):
    """A branch below the office: a sasaran, program, kegiatan or sub kegiatan of the worksheet."""

    node: WorksheetNode

    def walk(self) -> "Iterator[NodeFigures]":
        """This branch and all below it, parents first."""
        yield self
        yield from (branch for _, branch in self.below())


@dataclass(frozen=True)
class Sheet:
    """A cycle's whole calculation: the office on top of its sasaran, and every row by its id."""

    cycle: MeasurementCycle
    office: BranchFigures
    rows: dict[int, RowFigures]

    def nodes(self) -> Iterator[tuple[int, NodeFigures]]:
        """All branches below the office in the order of the plan."""
        return self.office.below()

    def of_level(self, level: Level) -> list[NodeFigures]:
        return [branch for _, branch in self.nodes() if branch.node.level == level]


def calculate(cycle: MeasurementCycle) -> Sheet:
    """A handful of queries, whatever the number of rows: tree, rows, evidence with its files, predicate scale."""
    cycle.load_worksheet()
    return sheet_of(cycle, list(cycle.nodes.all()), list(cycle.rows.all()))


def sheet_of(cycle: MeasurementCycle, nodes: list[WorksheetNode], all_rows: list[WorksheetRow]) -> Sheet:
    """The calculation of these branches and rows for the cycle's period, by its rules."""
    children: dict[int | None, list[WorksheetNode]] = defaultdict(list)
    for node in nodes:
        children[node.parent_id].append(node)
    rows, by_node = {}, defaultdict(list)
    take_over(all_rows)
    for row in all_rows:
        rows[row.pk] = row_figures(row, cycle.quarter, cycle.rules)
        by_node[row.node_id].append(rows[row.pk])

    def branch(node: WorksheetNode) -> NodeFigures:
        below = [branch(child) for child in children[node.pk]]
        return NodeFigures(node, by_node[node.pk], below, cycle.rules)

    office = BranchFigures(None, [], [branch(node) for node in children[None]], cycle.rules)
    return Sheet(cycle, office, rows)


def row_figures(row: WorksheetRow, quarter: int, rules: Rules) -> RowFigures:
    """One row's figures for the quarter of its cycle, by the rules of its office."""
    quarters = _quarters(row, quarter)
    accumulation = Accumulation(row.accumulation)
    so_far = to_date(accumulation, quarters)
    yardstick = row.yardstick(rules.zero_is_met)
    now = quarters[-1]
    gap = _excused(row) or (Gap.BLANK if now.realised is None else None)
    capaian = Figure(gap=gap) if gap else achievement(yardstick, so_far.target, so_far.realised)
    capaian_year = Figure(gap=gap) if gap else achievement(yardstick, row.target_year, so_far.realised)
    before = to_date(accumulation, quarters[:-1]).realised
    return RowFigures(
        row,
        quarters,
        now.target,
        now.realised,
        so_far,
        before,
        capaian,
        capaian_year,
        predicate(capaian, rules.levels),
    )


def _excused(row: WorksheetRow) -> Gap | None:
    if not row.planned:
        return Gap.NOT_PLANNED
    return Gap.EXCUSED if row.state == RowState.DIKECUALIKAN else row.followed_gap


def _quarters(row: WorksheetRow, quarter: int) -> list[Quarter]:
    targets = [_decimal(value) for value in row.targets]
    past: list[dict[str, Number | None]] = [
        {value: _decimal(values.get(value)) for value in WorksheetRow.VALUES} for values in row.earlier
    ]
    excused = row.state == RowState.DIKECUALIKAN  # what was typed before is no realisasi
    present: dict[str, Number | None] = {
        value: None if excused else row.now(value) for value in WorksheetRow.VALUES
    }
    quarters = []
    for number, values in enumerate([*past, present]):
        if row.is_ratio:
            values = {**values, "realised": ratio(values["numerator"], values["denominator"])}
        quarters.append(Quarter(target=targets[number], **values))
    return quarters[:quarter]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
