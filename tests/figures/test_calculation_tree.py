"""Whatever the tree: money of a parent is the sum of its children, a branch's mean lies between its parts and counts them all. No database."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import count
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from measurement.figures import e81
from measurement.figures.calculation import BranchFigures, Sheet, calculate
from measurement.models import WorksheetNode, WorksheetRow
from measurement.rules.accumulations import total
from measurement.rules.formulas import Rules
from measurement.rules.periods import Period
from measurement.rules.sop import RowState
from tests.support.periods import quarter_of

LEVELS = ["sasaran", "program", "kegiatan", "sub_kegiatan"]

money = st.integers(0, 10**12)
number = st.decimals(min_value=0, max_value=10**6, places=2)
row = st.fixed_dictionaries(
    {
        "target": number,
        "realised": st.none() | number,
        "method": st.sampled_from(["maksimum", "minimum", "minimum_rasio", "stabil", "ya_tidak"]),
        "state": st.sampled_from([RowState.TERKIRIM, RowState.DIKECUALIKAN]),
    }
)
rows = st.lists(row, max_size=3)
tree = st.fixed_dictionaries(
    {"pagu": money, "spent": st.none() | money, "rows": rows, "children": st.just([])}
)
for _ in LEVELS[1:]:
    tree = st.fixed_dictionaries({"rows": rows, "children": st.lists(tree, max_size=3)})
forests = st.lists(tree, min_size=1, max_size=3)


@dataclass
class Case:
    """What `calculate` needs of a cycle, without a database."""

    nodes: SimpleNamespace
    rows: SimpleNamespace
    rules: Rules
    number: int = 1
    period_of_year: Period = quarter_of(1)

    def load_worksheet(self):
        """Everything is there already."""


@dataclass
class Planted:
    nodes: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    keys: count = field(default_factory=lambda: count(1))


def plant(planted: Planted, given_tree: dict, depth: int = 0, parent: int | None = None) -> None:
    pagu = Decimal(given_tree.get("pagu", 0))
    spent = given_tree.get("spent")
    key = next(planted.keys)
    planted.nodes.append(
        WorksheetNode(
            pk=key, parent_id=parent, level=LEVELS[depth], code=str(key), pagu=pagu, pagu_plan=3 * pagu, spent_before=Decimal(0),
            spent=None if spent is None else Decimal(spent),
        )
    )  # fmt: skip
    for values in given_tree["rows"]:
        target = values["target"]
        fixed = {
            "accumulation": "jumlah",
            "targets": [str(target)] * 4,
            "target_year": 4 * target,
            "target_plan": 8 * target,
        }
        others = {name: values[name] for name in ("realised", "method", "state")}
        planted.rows.append(WorksheetRow(pk=next(planted.keys), node_id=key, **fixed, **others))
    for child in given_tree["children"]:
        plant(planted, child, depth + 1, key)


def calculated(forest: list[dict], cap: Decimal | None = None) -> Sheet:
    planted = Planted()
    for one in forest:
        plant(planted, one)
    nodes, found = (SimpleNamespace(all=lambda kept=kept: kept) for kept in (planted.nodes, planted.rows))
    return calculate(Case(nodes, found, Rules(mean_cap=cap)))


def walk(sheet: Sheet) -> list[BranchFigures]:
    return [sheet.office, *(branch for _, branch in sheet.nodes())]


def parents(sheet: Sheet) -> list[BranchFigures]:
    return [branch for branch in walk(sheet) if branch.node is None or branch.node.level != "sub_kegiatan"]


@given(forests)
def test_money_of_a_parent_is_the_sum_of_its_children(forest):
    sheet = calculated(forest)
    for branch in parents(sheet):
        assert branch.pagu == sum(child.pagu for child in branch.children)
        assert branch.spent == total(child.spent for child in branch.children)
        assert branch.spent_to_date == total(child.spent_to_date for child in branch.children)
        if branch.serapan.value is not None:
            assert branch.serapan.value == Fraction(branch.spent_to_date) / Fraction(branch.pagu) * 100


@given(forests)
def test_money_of_the_office_is_that_of_all_sub_kegiatan(forest):
    sheet = calculated(forest)
    subs = [branch.node for branch in sheet.of_level("sub_kegiatan")]
    assert sheet.office.pagu == sum(node.pagu for node in subs)
    assert sheet.office.spent == total(node.spent for node in subs)


@given(forests, st.none() | st.just(Decimal(120)))
def test_a_branch_lies_between_its_counted_parts_and_counts_them_all(forest, cap):
    for branch in walk(calculated(forest, cap)):
        own = branch.capaian is branch.own
        figures = (
            [row.capaian for row in branch.rows]
            if own
            else [child.capaian.figure for child in branch.children]
        )
        values = [
            figure.value if cap is None else min(figure.value, cap)
            for figure in figures
            if figure.value is not None
        ]
        mean = branch.capaian
        assert (mean.counted, mean.total) == (len(values), len(figures))
        assert sum(mean.left_out.values()) == len(figures) - len(values)
        assert bool(values) == (mean.figure.value is not None)
        if values:
            assert min(values) <= mean.figure.value <= max(values)


@given(forests)
def test_an_excused_row_never_moves_a_branch(forest):
    def without(one: dict) -> dict:
        kept = [values for values in one["rows"] if values["state"] != RowState.DIKECUALIKAN]
        return one | {"rows": kept, "children": [without(child) for child in one["children"]]}

    with_them, left = calculated(forest).office, calculated([without(one) for one in forest]).office
    assert with_them.capaian.figure.value == left.capaian.figure.value


@given(forests)
def test_form_e81_has_the_money_of_the_recap(forest):
    sheet = calculated(forest)
    for branch in walk(sheet):
        found = e81.form_money(branch, quarter_of(1))
        assert (found[8], found[9], found[13]) == (branch.pagu, branch.spent, branch.spent_to_date)
        assert (found[6] or 0) == 3 * branch.pagu
