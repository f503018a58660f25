"""The one calculation: worksheet rows through the formulas, up the tree. Screen, paper and Excel show what comes out of here.

Percentages are exact fractions; whoever shows them rounds. Money is in rupiah.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from measurement.models import Level, MeasurementCycle, WorksheetNode, WorksheetRow
from measurement.rules.accumulations import (
    total,
)
from measurement.rules.figure import Figure, Gap
from measurement.rules.formulas import (
    FIRST_EDITION,
    Efficiency,
    Lead,
    Mean,
    Rules,
    absorption,
    efficiency,
    mean,
    predicate,
    weighted_mean,
)
from measurement.rules.sent_rows import SentRows, is_to_be_sent, sent_rows
from measurement.rules.sop import OPEN_ROWS

from .following import take_over
from .rows import UNPLANNED, RowFigures, row_figures


@dataclass(frozen=True, eq=False)
class BranchFigures:
    """The office as a whole, or a branch of its tree: what its indicators, the branches below it and the rules of the office make."""

    node: WorksheetNode | None
    rows: list[RowFigures]
    children: "list[NodeFigures]"
    rules: Rules
    ends_year: bool = False

    def below(self, depth: int = 0) -> "Iterator[tuple[int, NodeFigures]]":
        """All branches below this one with their depth, parents first."""
        for child in self.children:
            yield depth, child
            yield from child.below(depth + 1)

    def all_rows(self) -> list[RowFigures]:
        """Its indicators and those of all branches below it."""
        return [*self.rows, *(figures for _, branch in self.below() for figures in branch.rows)]

    @cached_property
    def to_date(self) -> "Reached":
        """What it reached s.d. the period, against the targets to date; rows that are still drafts are no part of it."""
        return _reached(self, lambda branch: branch.to_date, lambda row: row.counted)

    @cached_property
    def of_year(self) -> "Reached":
        """What it reached so far against the targets of the whole year."""
        return _reached(self, lambda branch: branch.of_year, lambda row: row.counted_year)

    @property
    def own(self) -> Mean:
        """The mean of its own indicators."""
        return self.to_date.own

    @property
    def capaian(self) -> Mean:
        """Capaian to date by what leads on its level."""
        return self.to_date.leading

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
    def pagu_first(self) -> Decimal:
        """Pagu murni: before the budget was changed."""
        if self.purse is None:
            return sum((child.pagu_first for child in self.children), Decimal(0))
        own: Decimal = self.purse.pagu if self.purse.pagu_first is None else self.purse.pagu_first
        return own

    @cached_property
    def spent(self) -> Decimal | None:
        return self.purse.spent if self.purse else total(child.spent for child in self.children)

    @cached_property
    def spent_before(self) -> Decimal | None:
        """In the earlier periods of the year."""
        return self.purse.spent_before if self.purse else total(child.spent_before for child in self.children)

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
    def cash_to_date(self) -> Decimal | None:
        """Anggaran kas up to the period; None unless it is known of every sub kegiatan that has money."""
        if self.purse:
            return self.purse.cash_to_date
        parts = [
            child.cash_to_date for child in self.children if child.pagu or child.cash_to_date is not None
        ]
        return None if None in parts else total(parts)

    @cached_property
    def serapan_of_cash(self) -> Figure:
        """Realisasi to date against the cash plan to date."""
        return absorption(self.spent_to_date, self.cash_to_date or Decimal(0))

    @cached_property
    def compared(self) -> tuple[Figure, Figure]:
        """Capaian and serapan on one base: to date where there is a cash plan, at the end of the year of the year, before that nothing."""
        if self.rules.edition == FIRST_EDITION:
            return self.capaian.figure, self.serapan
        if self.cash_to_date is not None:
            return self.capaian.figure, self.serapan_of_cash
        return (self.of_year.leading.figure, self.serapan) if self.ends_year else (Figure(), Figure())

    @cached_property
    def efficiency(self) -> Efficiency | None:
        return efficiency(*self.compared, self.rules.threshold)


@dataclass(frozen=True, eq=False)
class NodeFigures(BranchFigures):
    """A branch below the office: a sasaran, program, kegiatan or sub kegiatan of the worksheet."""

    node: WorksheetNode

    def walk(self) -> "Iterator[NodeFigures]":
        """This branch and all below it, parents first."""
        yield self
        yield from (branch for _, branch in self.below())


@dataclass(frozen=True)
class Reached:
    """What a branch reached against one base: by its own indicators, by the branches below it, and by the one of the two that leads."""

    own: Mean
    below: Mean | None
    leading: Mean


def _reached(
    branch: BranchFigures,
    of_branch: Callable[[BranchFigures], Reached],
    of_row: Callable[[RowFigures], Figure],
) -> Reached:
    cap = branch.rules.mean_cap
    lead = branch.rules.leads.get(branch.node.level if branch.node else "", Lead.BELOW)
    leads_itself = lead == Lead.OWN and bool(branch.children)
    own = mean(
        (of_row(row) for row in branch.rows), cap, Gap.NOT_MEASURED if leads_itself else Gap.NOTHING_BELOW
    )
    if not branch.children:
        return Reached(own, None, own)
    parts = [(of_branch(child).leading.figure, child.node.weight) for child in branch.children]
    below = weighted_mean(parts, cap) if lead == Lead.WEIGHTED else mean((part for part, _ in parts), cap)
    measured = any(of_row(row).gap not in UNPLANNED for row in branch.rows)
    alone = below.figure.value is None and own.figure.value is not None
    return Reached(own, below, own if (measured if leads_itself else alone) else below)


@dataclass(frozen=True)
class Sheet:
    """A cycle's whole calculation: the office on top of its sasaran, and every row by its id."""

    cycle: MeasurementCycle
    office: BranchFigures
    rows: dict[int, RowFigures]

    def nodes(self) -> Iterator[tuple[int, NodeFigures]]:
        """All branches below the office in the order of the plan."""
        return self.office.below()

    @cached_property
    def sent(self) -> SentRows:
        return sent_rows(figures.row for figures in self.rows.values())

    def told(self, branch: BranchFigures) -> Figure:
        """Capaian of a branch as leaders are told it: none of the whole office's while too few of its rows were sent."""
        return branch.capaian.figure if self.sent.is_enough else Figure(gap=Gap.TOO_FEW_SENT)

    def told_predicate(self, branch: BranchFigures) -> str:
        return branch.predicate if self.sent.is_enough else ""

    def of_level(self, level: Level) -> list[NodeFigures]:
        return [branch for _, branch in self.nodes() if branch.node.level == level]


def calculate(cycle: MeasurementCycle, sent_only: bool = False, whole: bool = True) -> Sheet:
    """A handful of queries, whatever the number of rows: tree, rows, evidence with its files, predicate scale.

    `sent_only`: as leaders are told it, without the money of which nothing was sent yet; a draft row is never part of a mean. `whole`: with
    everything that stands on the worksheet; without it two queries give what a recap takes.
    """
    if whole:
        cycle.load_worksheet()
    else:
        cycle.load_figures()
    nodes, rows = list(cycle.nodes.all()), list(cycle.rows.all())
    return sheet_of(cycle, without_draft_money(nodes, rows) if sent_only else nodes, rows)


def without_draft_money(nodes: list[WorksheetNode], rows: list[WorksheetRow]) -> list[WorksheetNode]:
    """Money goes with the rows of its sub kegiatan: while all that have to be sent are drafts, it is one, too."""
    states: dict[int, set[bool]] = defaultdict(set)
    for row in rows:
        if is_to_be_sent(row):
            states[row.node_id].add(row.state in OPEN_ROWS)
    return [_without_money(node) if states[node.pk] == {True} else node for node in nodes]


def _without_money(node: WorksheetNode) -> WorksheetNode:
    """A copy: what was typed stays on the worksheet."""
    found = copy(node)
    found.spent = None
    return found


def sheet_of(
    cycle: MeasurementCycle,
    nodes: list[WorksheetNode],
    rows: list[WorksheetRow],
    figures_of: Callable[[WorksheetRow, int, Rules], Any] = row_figures,
) -> Sheet:
    """The calculation of these branches and rows for the cycle's period, by its rules. `figures_of` works out a row: all of it, or what a recap counts."""
    take_over(rows)
    figures = [figures_of(row, cycle.number, cycle.rules) for row in rows]
    return Sheet(cycle, office_of(cycle, nodes, figures), {one.row.pk: one for one in figures})


def office_of(cycle: MeasurementCycle, nodes: list[WorksheetNode], rows: list[Any]) -> BranchFigures:
    """The tree of these branches with these rows. A branch whose own one is not among them stands on top."""
    known = {node.pk for node in nodes}
    children: dict[int | None, list[WorksheetNode]] = defaultdict(list)
    for node in nodes:
        children[node.parent_id if node.parent_id in known else None].append(node)
    by_node: dict[int, list[Any]] = defaultdict(list)
    for figures in rows:
        by_node[figures.row.node_id].append(figures)
    ends_year = cycle.period_of_year.is_last

    def branch(node: WorksheetNode) -> NodeFigures:
        below = [branch(child) for child in children[node.pk]]
        return NodeFigures(node, by_node[node.pk], below, cycle.rules, ends_year)

    return BranchFigures(None, [], [branch(node) for node in children[None]], cycle.rules, ends_year)
