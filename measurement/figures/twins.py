"""Twins of a worksheet: the same indicator on a branch and on one above it, each typed for itself, that tell different figures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

from measurement.models import WorksheetRow
from measurement.rules.figure import Gap
from measurement.rules.methods import METHODS

from .calculation import NodeFigures, Sheet
from .rows import RowFigures

Placed = tuple[RowFigures, NodeFigures]
Likeness = tuple[str, str]


def disagreeing_twins(sheet: Sheet) -> dict[int, list[Placed]]:
    """Row id → its twins that tell something else; of what several branches share, the sum or the mean agrees, too."""
    found: dict[int, list[Placed]] = defaultdict(list)
    for branch in sheet.office.children:
        _compare(branch, found)
    return found


def twin_rows(sheet: Sheet, row: WorksheetRow) -> list[Placed]:
    """The same indicator on the branches above and below that of a row, each typed for itself; whether it tells the same or not."""
    own = next((figures for figures in sheet.rows.values() if figures.row.pk == row.pk), None)
    return [] if own is None else list(_alike(own, sheet.office.children, within=False))


def _alike(own: RowFigures, branches: Iterable[NodeFigures], within: bool) -> Iterator[Placed]:
    """Those in these branches and below; `within`: the row's own branch lies above."""
    for branch in branches:
        of_row = branch.node.pk == own.row.node_id
        if within or of_row or _holds(branch, own.row):
            for figures in branch.rows:
                if (
                    figures.row.pk != own.row.pk
                    and not figures.row.is_follower
                    and twin_key(figures.row) == twin_key(own.row)
                ):
                    yield figures, branch
            yield from _alike(own, branch.children, within or of_row)


def _holds(branch: NodeFigures, row: WorksheetRow) -> bool:
    return any(child.node.pk == row.node_id or _holds(child, row) for child in branch.children)


def _compare(branch: NodeFigures, found: dict[int, list[Placed]]) -> dict[Likeness, list[Placed]]:
    """Notes the twins of a branch's rows; returns what is typed on it and below it, the nearest of each branch."""
    below: dict[Likeness, list[Placed]] = defaultdict(list)
    for child in branch.children:
        for alike, placed in _compare(child, found).items():
            below[alike].extend(placed)
    own: dict[Likeness, list[Placed]] = defaultdict(list)
    for figures in filter(is_typed, branch.rows):
        alike = twin_key(figures.row)
        own[alike].append((figures, branch))
        for twin, place in _others(figures, below[alike]):
            found[figures.row.pk].append((twin, place))
            found[twin.row.pk].append((figures, branch))
    return {**below, **own}


def _others(figures: RowFigures, below: list[Placed]) -> Iterator[Placed]:
    """Those below that a row disagrees with: none where it tells the same as one of them, or their sum or mean."""
    values = [Fraction(twin.to_date.realised or 0) for twin, _ in below]
    if not values:
        return
    whole = sum(values, Fraction(0))
    if Fraction(figures.to_date.realised or 0) not in {*values, whole, whole / len(values)}:
        yield from below


def is_typed(figures: RowFigures) -> bool:
    """Whether a row has a figure of its own that varies: one that follows or was not measured agrees with everything."""
    measured = figures.capaian.gap not in (Gap.NOT_PLANNED, Gap.EXCUSED, Gap.NOT_DUE)
    typed = measured and not figures.row.is_follower and figures.realised is not None
    return typed and METHODS[figures.row.method].varies


def twin_key(row: WorksheetRow) -> Likeness:
    """By what the same indicator is known in several places."""
    return " ".join(row.name.casefold().split()), " ".join(row.measure.casefold().split())
