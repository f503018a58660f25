"""Which indicators need the leader first: one rule, of how far below target they are, on which level, and whether their owner said why."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from measurement.models import Level
from measurement.rules.figure import HUNDRED
from measurement.rules.numbers import show_short
from measurement.rules.requirements import is_said
from measurement.rules.row_fields import REASONS

from .calculation import NodeFigures, Sheet
from .rows import RowFigures

MOST_NEEDED = 5
LEVEL_WEIGHTS = {Level.SASARAN: 4, Level.PROGRAM: 3, Level.KEGIATAN: 2, Level.SUB_KEGIATAN: 1}
UNEXPLAINED_WEIGHT = Fraction(3, 2)
_WEIGHTS = ", ".join(f"{level.label.lower()} {weight}" for level, weight in LEVEL_WEIGHTS.items())
Sameness = tuple[str, str, int, Decimal | None]  # name and unit, owner, figure
ATTENTION_RULE = (
    f"Urutan: jarak ke target (poin) × bobot tingkat ({_WEIGHTS}); × {show_short(UNEXPLAINED_WEIGHT)} bila sebabnya belum "
    "dituliskan. Indikator yang berulang atau mengikuti yang lain tampil sekali."
)


@dataclass(frozen=True)
class NeededRow:
    """An indicator below its target, with where it stands."""

    figures: RowFigures
    branch: NodeFigures
    also: tuple[str, ...] = ()  # where else the plan repeats it

    @property
    def distance(self) -> Decimal:
        """Points below target, of capaian as it is shown."""
        return Decimal(HUNDRED.numerator) - (self.figures.counted.shown or Decimal(0))

    @property
    def is_explained(self) -> bool:
        """Whether its owner wrote why; what will be done about it is another matter."""
        return any(is_said(getattr(self.figures.row, key), 1) for key in REASONS)

    @property
    def need(self) -> Fraction:
        """How much it needs the leader."""
        weight = Fraction(LEVEL_WEIGHTS[Level(self.branch.node.level)])
        return Fraction(self.distance) * weight * (1 if self.is_explained else UNEXPLAINED_WEIGHT)


def rows_in_need(sheet: Sheet) -> list[NeededRow]:
    """The sent indicators below target by that rule, those of equal need in the order of the plan. What follows others is told by what it follows,
    and what the plan repeats on another level stands once."""
    found = [
        NeededRow(figures, branch)
        for _, branch in sheet.nodes()
        for figures in branch.rows
        if figures.counted.is_missed and not figures.row.is_follower
    ]
    found.sort(key=lambda row: -row.need)
    same: dict[Sameness, list[NeededRow]] = {}
    for row in found:
        same.setdefault(_sameness(row), []).append(row)
    return [
        replace(first, also=tuple(row.branch.node.place for row in rest)) for first, *rest in same.values()
    ]


def _sameness(need: NeededRow) -> Sameness:
    """What is the same for people: name and unit, owner, and figure."""
    row = need.figures.row
    return " ".join(row.name.casefold().split()), row.measure, row.owner_id, need.figures.counted.shown
