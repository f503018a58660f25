"""Form E.81: its columns by hand-checked rows, money up the tree, the closing rows, and what it looks like as a workbook."""

from decimal import Decimal
from fractions import Fraction

import pytest

from measurement.figures import e81
from measurement.figures.calculation import calculate
from measurement.models import MeasurementCycle, PlanNode, WorksheetNode, WorksheetRow
from tests.support.characters import Office, cycle_at, fill, fresh
from tests.support.periods import quarter_of


def d(text) -> Decimal | None:
    return None if text is None else Decimal(text)


def third_quarter(made: Office) -> MeasurementCycle:
    """TW III with two filled rows and money on the one sub kegiatan."""
    cycle = cycle_at(made, "measure", quarter=3)
    fill(made, cycle)
    return cycle


@pytest.fixture
def cycle(kecamatan) -> MeasurementCycle:
    return kecamatan.once(third_quarter)


def the_row(cycle: MeasurementCycle, **values) -> WorksheetRow:
    """The cycle's first row with other values."""
    WorksheetRow.objects.filter(cycle=cycle, position=0).update(**values)
    return cycle.rows.get(position=0)


def k_of(cycle: MeasurementCycle, **values) -> list[Decimal | None]:
    """Columns 6 to 15 (K) of a row with these values."""
    row = the_row(cycle, **values)
    sheet = calculate(fresh(cycle))
    found = e81.performance(sheet.rows[row.pk], sheet.cycle.rules, sheet.cycle.period_of_year)
    return [found.get(number) for number in range(6, 16)]


def earlier(*realised) -> list[dict]:
    return [{"realised": value} for value in realised]


# Target of the plan and of the year, the years before, the quarters before and this one → columns 6 to 15.
ROWS = {
    "adds up": (
        {"accumulation": "jumlah", "target_plan": 60, "years_before": {"2025": "10", "2024": "8"}, "earlier": earlier("2", "3"), "realised": 4},
        ["60", "18", "12", "2", "3", "4", None, "9", "27", "45"],
    ),
    "a skipped quarter": (
        {"accumulation": "jumlah", "target_plan": 60, "years_before": {}, "earlier": [{}, *earlier("3")], "realised": 3},
        ["60", None, "12", None, "3", "3", None, "6", "6", "10"],
    ),
    "nothing this year": (
        {"accumulation": "jumlah", "target_plan": 60, "years_before": {"2025": "6"}, "earlier": [{}, {}], "realised": None},
        ["60", "6", "12", None, None, None, None, None, "6", "10"],
    ),
    "position": (
        {"accumulation": "posisi_akhir", "target_plan": 90, "years_before": {"2024": "70", "2025": "72"}, "earlier": earlier("73", "74"), "realised": 81},
        ["90", "72", "12", "73", "74", "81", None, "81", "81", "90"],
    ),
    "position without this year": (
        {"accumulation": "posisi_akhir", "target_plan": 90, "years_before": {"2025": "72"}, "earlier": [{}, {}], "realised": None},
        ["90", "72", "12", None, None, None, None, None, None, None],
    ),
    "mean": (
        {"accumulation": "rata_rata", "target_plan": 80, "years_before": {"2025": "60"}, "earlier": earlier("60", "70"), "realised": 80},
        ["80", "60", "12", "60", "70", "80", None, "70", "70", "87.5"],
    ),
    "lower is better": (
        {"accumulation": "posisi_akhir", "method": "minimum", "target_plan": 20, "years_before": {}, "earlier": earlier("30", "25"), "realised": 15},
        ["20", None, "12", "30", "25", "15", None, "15", "15", "125"],
    ),
    "target zero": (
        {"accumulation": "jumlah", "target_plan": 0, "years_before": {}, "earlier": earlier("1", "1"), "realised": 1},
        ["0", None, "12", "1", "1", "1", None, "3", "3", None],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS)
def test_columns_of_an_indicator_come_out_as_by_hand(cycle, case):
    values, expected = ROWS[case]
    assert k_of(cycle, **values) == [d(text) for text in expected]


def test_a_ratio_shows_percentages_of_each_quarter_and_the_ratio_of_the_sums(cycle):
    past = [{"numerator": "1", "denominator": "2"}, {"numerator": "9", "denominator": "10"}]
    now = {"realised": None, "numerator": 10, "denominator": 28}
    found = k_of(
        cycle, accumulation="rasio", target_plan=80, years_before={"2025": "40"}, earlier=past, **now
    )
    assert found == [d(t) for t in ("80", "40", "12", "50", "90")] + [
        Fraction(1000, 28),
        None,
        Decimal(50),
        Decimal(50),
        Decimal("62.5"),
    ]


def test_zero_findings_count_as_met_only_where_the_office_says_so(cycle):
    zero = {"method": "minimum", "target_plan": 0, "earlier": earlier("0", "0"), "realised": 0}
    assert k_of(cycle, **zero)[-1] is None
    MeasurementCycle.objects.filter(pk=cycle.pk).update(zero_is_met=True)
    assert k_of(cycle, **zero)[-1] == 100


def test_money_of_a_parent_is_the_sum_of_its_sub_kegiatan(cycle):
    sub = cycle.nodes.get(level="sub_kegiatan")
    values = {
        "pagu_plan": 50_000_000,
        "spent_years": {"2025": "9000000"},
        "spent_earlier": ["1000000", None],
        "spent_before": 1_000_000,
    }
    WorksheetNode.objects.filter(pk=sub.pk).update(**values)
    other = PlanNode.objects.create(plan=cycle.plan, level="sub_kegiatan", code="lain", name="Lain")
    WorksheetNode.objects.create(
        cycle=cycle, plan_node=other, parent=sub.parent, level="sub_kegiatan", code="lain", name="Lain", position=9,
        pagu=500, pagu_plan=1000, spent=200, spent_earlier=["100", "50"], spent_before=150,
    )  # fmt: skip
    office = e81.form_money(calculate(fresh(cycle)).office, quarter_of(3))
    assert [office.get(number) for number in range(6, 15)] == [
        50_001_000, 9_000_000, 10_000_500, 1_000_100, 50, 2_000_200, None, 3_000_350, 12_000_350,
    ]  # fmt: skip
    assert office[15] == Fraction(12_000_350 * 100, 50_001_000)


def test_nothing_differs_from_the_recap(cycle):
    sheet = calculate(fresh(cycle))
    lines = list(e81.form_lines(sheet))
    assert [line.row.row.pk for line in lines if line.row] == [
        row.row.pk for _, branch in sheet.nodes() for row in branch.rows
    ]
    assert all(line.k[13] == line.row.to_date.realised for line in lines if line.row)
    first = [line for line in lines if line.is_first]
    assert [(line.rp[8], line.rp[13]) for line in first] == [
        (branch.pagu, branch.spent_to_date) for _, branch in sheet.nodes()
    ]
