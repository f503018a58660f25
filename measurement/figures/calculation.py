"""The one calculation: worksheet rows through the formulas, up the tree. Screen, paper and Excel show what comes out of here.

Percentages are exact Decimals; whoever shows them rounds. Money is in rupiah.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from measurement.models import Level, MeasurementCycle, WorksheetNode, WorksheetRow
from measurement.rules.formulas import (
    Accumulation,
    Efficiency,
    Figure,
    Gap,
    Mean,
    Quarter,
    Rules,
    ToDate,
    Yardstick,
    absorption,
    achievement,
    efficiency,
    mean,
    predicate,
    ratio,
    to_date,
    total,
)
from measurement.rules.sop import RowState


@dataclass
class RowFigures:
    """One indicator: this quarter, to date (s.d. triwulan) and against the year."""

    row: WorksheetRow
    quarters: list[Quarter]
    target: Decimal | None
    realised: Decimal | None
    to_date: ToDate
    before: Decimal | None
    capaian: Figure
    capaian_year: Figure
    predicate: str = ""


@dataclass
class NodeFigures:
    """A branch of the tree: its own indicators, the mean of what is below it, and the money of its sub kegiatan.

    `capaian` is the figure of the branch: of a sub kegiatan the mean of its indicators, above it the mean of the branches below –
    or of its own indicators where nothing below can be computed.
    """

    node: WorksheetNode | None
    rows: list[RowFigures] = field(default_factory=list)
    children: list["NodeFigures"] = field(default_factory=list)
    own: Mean | None = None
    capaian: Mean | None = None
    predicate: str = ""
    pagu: Decimal = Decimal(0)
    spent: Decimal | None = None
    spent_to_date: Decimal | None = None
    serapan: Figure = field(default_factory=Figure)
    efficiency: Efficiency | None = None

    def walk(self, depth: int = 0):
        """This branch and all below it with their depth, parents first."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


@dataclass
class Sheet:
    """A cycle's whole calculation: the office on top of its sasaran, and every row by its id."""

    cycle: MeasurementCycle
    office: NodeFigures
    rows: dict[int, RowFigures]

    def nodes(self):
        """All branches below the office in the order of the plan."""
        for depth, branch in self.office.walk():
            if branch.node:
                yield depth - 1, branch

    def of_level(self, level: Level) -> list[NodeFigures]:
        return [branch for _, branch in self.nodes() if branch.node.level == level]


def calculate(cycle: MeasurementCycle) -> Sheet:
    """A handful of queries, whatever the number of rows: tree, rows, evidence with its files, predicate scale."""
    cycle.load_worksheet()
    branches = {node.pk: NodeFigures(node) for node in cycle.nodes.all()}
    office = NodeFigures(None)
    for branch in branches.values():
        (branches[branch.node.parent_id] if branch.node.parent_id else office).children.append(branch)
    rows = {}
    for row in cycle.rows.all():
        rows[row.pk] = row_figures(row, cycle.quarter, cycle.rules)
        branches[row.node_id].rows.append(rows[row.pk])
    _add_up(office, cycle.rules)
    return Sheet(cycle, office, rows)


def row_figures(row: WorksheetRow, quarter: int, rules: Rules) -> RowFigures:
    """One row's figures for the quarter of its cycle, by the rules of its office."""
    quarters = _quarters(row, quarter)
    so_far = to_date(row.accumulation, quarters)
    yardstick = Yardstick(row.method, row.low, row.high, rules.zero_is_met)
    now = quarters[-1]
    gap = _excused(row) or (Gap.BLANK if now.realised is None else None)
    capaian = Figure(gap=gap) if gap else achievement(yardstick, so_far.target, so_far.realised)
    capaian_year = Figure(gap=gap) if gap else achievement(yardstick, row.target_year, so_far.realised)
    before = to_date(row.accumulation, quarters[:-1]).realised
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
    return Gap.EXCUSED if row.state == RowState.DIKECUALIKAN else None


def _quarters(row: WorksheetRow, quarter: int) -> list[Quarter]:
    targets = [_decimal(value) for value in row.targets]
    past = [{value: _decimal(values.get(value)) for value in WorksheetRow.VALUES} for values in row.earlier]
    excused = row.state == RowState.DIKECUALIKAN  # what was typed before is no realisasi
    present = {value: None if excused else getattr(row, value) for value in WorksheetRow.VALUES}
    quarters = []
    for number, values in enumerate([*past, present]):
        if row.accumulation == Accumulation.RATIO:
            values = {**values, "realised": ratio(values["numerator"], values["denominator"])}
        quarters.append(Quarter(target=targets[number], **values))
    return quarters[:quarter]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _add_up(branch: NodeFigures, rules: Rules) -> None:
    for child in branch.children:
        _add_up(child, rules)
    branch.own = mean((row.capaian for row in branch.rows), rules.mean_cap)
    branch.capaian = (
        mean((child.capaian.figure for child in branch.children), rules.mean_cap)
        if branch.children
        else branch.own
    )
    if branch.capaian.figure.value is None and branch.own.figure.value is not None:
        branch.capaian = branch.own
    branch.predicate = predicate(branch.capaian.figure, rules.levels)
    _add_up_money(branch)
    branch.efficiency = efficiency(branch.capaian.figure, branch.serapan, rules.threshold)


def _add_up_money(branch: NodeFigures) -> None:
    """Parent = sum of children; serapan of a parent = the ratio of the sums."""
    node = branch.node
    if node and node.level == Level.SUB_KEGIATAN:
        branch.pagu, branch.spent = node.pagu, node.spent
        blank = node.spent is None and not node.spent_before
        branch.spent_to_date = None if blank else node.spent_before + (node.spent or 0)
    else:
        branch.pagu = sum((child.pagu for child in branch.children), Decimal(0))
        branch.spent = total(child.spent for child in branch.children)
        branch.spent_to_date = total(child.spent_to_date for child in branch.children)
    branch.serapan = absorption(branch.spent_to_date, branch.pagu)
