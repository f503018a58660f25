"""The figures of branches beside those of a second calculator, written from the domain alone: thousands of trees, exactly equal, in every order."""

import random
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from types import SimpleNamespace

import pytest

from measurement.figures.calculation import BranchFigures, NodeFigures
from measurement.figures.rows import RowFigures
from measurement.rules.accumulations import ToDate
from measurement.rules.figure import Figure, Gap
from measurement.rules.formulas import Lead, Rules, absorption, efficiency, mean, predicate
from measurement.rules.numbers import round_half_up
from tests.rules.test_against_independent_calculator import PARTS, SCALE, fraction
from tests.support import independent_calculator as independent

pytestmark = pytest.mark.long

TREES = 2_400
LEVELS = ("sasaran", "program", "kegiatan", "sub_kegiatan")
VALUELESS = (Gap.BLANK, Gap.ZERO_TARGET, Gap.EXCUSED, Gap.NOT_DUE)


class DrawnTree:
    """An office of some sasaran, with what its indicators reached to date and of the year."""

    def __init__(self, draw: random.Random):
        self.draw = draw
        self.leads = {level: draw.choice(list(Lead)) for level in LEVELS[:-1]}
        self.cap = draw.choice((None, None, Decimal(100), Decimal(120)))
        self.has_cash, self.ends_year = draw.random() < 0.4, draw.random() < 0.5
        self.rules = Rules(levels=SCALE, mean_cap=self.cap, leads=self.leads)
        self.ours, self.to_date, self.of_year = self._office()
        self.cash = self._cash(self.ours)

    def _office(self):
        parts = [self._branch(0) for _ in range(self.draw.randint(1, 3))]
        office = BranchFigures(None, [], [ours for ours, *_ in parts], self.rules, self.ends_year)
        theirs = [independent.Branch(below=[part[place] for part in parts]) for place in (1, 2)]
        return office, *theirs

    def _branch(self, depth: int):
        draw, level = self.draw, LEVELS[depth]
        is_sub = depth == len(LEVELS) - 1
        below = (
            [] if is_sub else [self._branch(depth + 1) for _ in range(draw.randint(0 if depth > 1 else 1, 3))]
        )
        rows = [self._row() for _ in range(draw.randint(0, 3))]
        node = SimpleNamespace(
            level=level,
            weight=draw.choice((None, Decimal(1), Decimal("2.5"), Decimal(30))),
            pagu=Decimal(draw.choice((0, 1000, 3_000_000)) if is_sub else 0),
            spent=draw.choice((None, Decimal(0), Decimal(700))) if is_sub else None,
            spent_before=Decimal(0),
            cash_to_date=Decimal(draw.choice((300, 7_000))) if self.has_cash and is_sub else None,
        )
        ours = NodeFigures(
            node, [row for row, *_ in rows], [part[0] for part in below], self.rules, self.ends_year
        )
        theirs = [
            independent.Branch(
                own=[row[place] for row in rows],
                below=[part[place] for part in below],
                lead=self.leads.get(level, Lead.BELOW),
                weight=fraction(node.weight),
                pagu=Fraction(node.pagu),
                spent=fraction(node.spent),
            )
            for place in (1, 2)
        ]
        return ours, *theirs

    def _row(self):
        kind = self.draw.random()
        if kind < 0.1:
            return self._figures(Figure(gap=Gap.NOT_PLANNED)), independent.UNPLANNED, independent.UNPLANNED
        if kind < 0.3:
            return self._figures(Figure(gap=self.draw.choice(VALUELESS))), None, None
        value, of_year = (
            Fraction(self.draw.randint(0, 900), self.draw.choice((3, 6, 7, 8))) for _ in range(2)
        )
        return self._figures(Figure(value), Figure(of_year)), value, of_year

    def _figures(self, to_date: Figure, of_year: Figure | None = None) -> RowFigures:
        return RowFigures(SimpleNamespace(), [], None, None, ToDate(None, None), to_date, of_year or to_date)

    def _cash(self, branch) -> Fraction | None:
        """Of every sub kegiatan that has a cash plan: one without pagu was dropped and keeps that of its closed periods."""
        plans = [one.node.cash_to_date for one in self._nodes(branch) if one.node.level == LEVELS[-1]]
        return sum(map(Fraction, plans), Fraction(0)) if self.has_cash and plans else None

    def disagreement(self) -> str:
        pairs = zip(
            [self.ours, *self._nodes(self.ours)],
            self._every(self.to_date),
            self._every(self.of_year),
            strict=True,
        )
        for ours, to_date, of_year in pairs:
            said = (
                ours.capaian.figure.value,
                ours.capaian.counted,
                ours.of_year.leading.figure.value,
                ours.serapan.value,
                ours.predicate,
            )
            value, counted = independent.branch(to_date, fraction(self.cap))
            pagu, spent = independent.money(to_date)
            expected = (
                value,
                counted,
                independent.branch(of_year, fraction(self.cap))[0],
                independent.serapan(pagu, spent),
                independent.predicate(value, SCALE),
            )
            if said != expected:
                return f"{said} ≠ {expected}: leads {self.leads}, cap {self.cap}, {to_date}"
        return self._efficiency_disagreement()

    def _efficiency_disagreement(self) -> str:
        """Of the office: to date against the cash plan, at the end of the year against the pagu, before that nothing."""
        pagu, spent = independent.money(self.to_date)
        cap = fraction(self.cap)
        expected = None
        if self.cash is not None:
            reached = independent.branch(self.to_date, cap)[0]
            expected = independent.efficiency(reached, independent.serapan(self.cash, spent))
        elif self.ends_year:
            expected = independent.efficiency(
                independent.branch(self.of_year, cap)[0], independent.serapan(pagu, spent)
            )
        return (
            ""
            if self.ours.efficiency == expected
            else f"{self.ours.efficiency} ≠ {expected}: {self.to_date}, cash {self.cash}"
        )

    def _nodes(self, branch):
        return [one for _, one in branch.below()]

    def _every(self, branch: independent.Branch) -> list[independent.Branch]:
        return [branch, *(one for child in branch.below for one in self._every(child))]


@pytest.mark.parametrize("part", range(PARTS))
def test_trees_agree(part):
    draw = random.Random(f"trees {part}")

    found = [said for _ in range(TREES // PARTS) if (said := DrawnTree(draw).disagreement())]

    assert not found, f"{len(found)} of {TREES // PARTS}:\n" + "\n".join(found[:5])


def test_the_order_of_rows_never_changes_a_figure():
    draw = random.Random("order")
    for _ in range(400):
        values = [
            Fraction(draw.randint(0, 2000), draw.choice((3, 7, 8, 9, 12))) for _ in range(draw.randint(2, 4))
        ]
        means = {mean(map(Figure, order)).figure.value for order in permutations(values)}

        assert means == {independent.average(values, None)[0]}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((Fraction(100, 3), Fraction(1200, 9), Fraction(500, 6), Fraction(700, 8)), "84.38"),
        (tuple(Fraction(*pair) * 100 for pair in ((728, 625), (17, 24), (14, 24), (14, 24))), "76.00"),
    ],
)
def test_thirds_come_out_alike_in_every_order(values, said):
    shown = {str(round_half_up(mean(map(Figure, order)).figure.value)) for order in permutations(values)}

    assert shown == {said} == {independent.shown(independent.average(values, None)[0])}


def test_money_and_thresholds_agree():
    draw = random.Random("money")
    for _ in range(3000):
        pagu, spent, reached = (Fraction(draw.randint(0, 400), draw.choice((1, 3, 7))) for _ in range(3))
        absorbed = absorption(spent, pagu)

        assert absorbed.value == independent.serapan(pagu, spent)
        assert efficiency(Figure(reached), absorbed) == independent.efficiency(reached, absorbed.value)
        assert predicate(Figure(reached), SCALE) == independent.predicate(reached, SCALE)
