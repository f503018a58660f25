"""The indicators by which a headline may mislead: far above their target, or enough by themselves to move it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from measurement.rules.figure import Figure, Gap

from .calculation import BranchFigures, NodeFigures, Sheet
from .hints import FAR_ABOVE
from .rows import RowFigures

MOVED = Decimal(5)  # percent points of the headline that one indicator may move before it is named
MOST_MOVING = 5
Branches = tuple[NodeFigures, ...]  # from below the office down to the branch of an indicator


@dataclass(frozen=True)
class Outlier:
    """One indicator with where it stands, and the headline without it and those named before it where that moves it by too much."""

    figures: RowFigures
    branch: NodeFigures
    headline_without: Decimal | None = None


def outliers(sheet: Sheet) -> list[Outlier]:
    """Those that move the headline first, then the highest capaian; none while there is no headline."""
    if sheet.told(sheet.office).shown is None:
        return []
    moving = _moving(sheet.office)
    named = {outlier.figures.row.pk for outlier in moving}
    high = [
        Outlier(figures, branches[-1])
        for branches, figures in _measured(sheet.office)
        if figures.row.pk not in named and (figures.counted.shown or 0) > FAR_ABOVE
    ]
    return [*moving, *sorted(high, key=lambda outlier: -(outlier.figures.counted.shown or 0))]


def _moving(office: BranchFigures) -> list[Outlier]:
    """One by one, each in the office without those before it: what one of them does to a mean makes all others look far away from it."""
    found: list[Outlier] = []
    while len(found) < MOST_MOVING and (left := _furthest(office, found)):
        office = left
    return found


def _furthest(office: BranchFigures, found: list[Outlier]) -> BranchFigures | None:
    """Notes the indicator that moves the headline most, if that is too much; returns the office without it."""
    headline, most, furthest = office.capaian.figure.shown, MOVED, None
    for branches, figures in _measured(office):
        left = _without(office, branches, figures)
        without = left.capaian.figure.shown
        moved = _distance(headline, without)
        if moved > most:
            most, furthest = moved, (Outlier(figures, branches[-1], without), left)
    if furthest is None:
        return None
    found.append(furthest[0])
    return furthest[1]


def _distance(one: Decimal | None, other: Decimal | None) -> Decimal:
    """Between two headlines; none where there is only one."""
    return Decimal(0) if one is None or other is None else abs(one - other)


def _measured(office: BranchFigures) -> Iterator[tuple[Branches, RowFigures]]:
    """Every indicator that has a figure in a mean, with the branches above it."""
    above: Branches = ()
    for depth, branch in office.below():
        above = (*above[:depth], branch)
        yield from ((above, figures) for figures in branch.rows if figures.counted.value is not None)


def _without(office: BranchFigures, branches: Branches, figures: RowFigures) -> BranchFigures:
    """The office as if this indicator had not been measured; the branches beside its way keep what they have computed."""
    *above, branch = branches
    unmeasured = replace(figures, capaian=Figure(gap=Gap.NOT_MEASURED))
    changed = replace(branch, rows=[unmeasured if row is figures else row for row in branch.rows])
    for parent in reversed(above):
        branch, changed = parent, replace(parent, children=_exchanged(parent, branch, changed))
    return replace(office, children=_exchanged(office, branch, changed))


def _exchanged(parent: BranchFigures, old: NodeFigures, new: NodeFigures) -> list[NodeFigures]:
    return [new if child is old else child for child in parent.children]
