"""Closed periods stay what they were: what a budget change drops, moves or begins in mid-year, and targets that change after a quarter was archived."""

from decimal import Decimal

import pytest

from measurement.doors import measuring
from measurement.figures.calculation import calculate
from measurement.figures.e81 import form_lines
from measurement.models import Indicator, MeasurementCycle, Pagu, PlanNode, Target
from measurement.plan import table_import
from measurement.rules.figure import Gap
from tests.plan.test_plan_import import rows_table
from tests.support.budget_changes import HEADINGS, SECOND, SUB, add_branch, measure, plan_rows
from tests.support.characters import Office, add_indicator, fresh


def row_of(cycle: MeasurementCycle, name: str):
    return next(f for f in calculate(fresh(cycle)).rows.values() if f.row.name == name)


def apply(made: Office, rows: list[list]):
    return table_import.apply(made.plan, rows_table(rows, HEADINGS), made.tim)


@pytest.fixture
def two_branches(kecamatan) -> Office:
    kecamatan.once(add_branch)
    return kecamatan


def test_a_dropped_branch_keeps_its_money_and_realisasi(two_branches):
    measure(two_branches, 1, spent={SUB: 2_000_000, SECOND: 1_000_000})
    apply(two_branches, plan_rows(two_branches, without=[SECOND]))

    second = measure(two_branches, 2, spent={SUB: 2_000_000})

    sheet = calculate(fresh(second))
    assert sheet.office.spent_to_date == 5_000_000
    dropped = row_of(second, "Jumlah rapat")
    assert (dropped.capaian.gap, dropped.to_date.realised) == (Gap.STOPPED, 3)
    assert dropped.row.targets == ["3.000000", None, None, None]
    assert sheet.office.children[0].serapan.value == Decimal(50)
    line = next(line for line in form_lines(sheet) if line.branch.node.code == SECOND)
    assert (line.k[9], line.rp[9], line.rp[13], line.rp[8]) == (3, 1_000_000, 1_000_000, 0)


def test_a_dropped_branch_takes_no_entry_and_says_why(two_branches):
    measure(two_branches, 1)
    apply(two_branches, plan_rows(two_branches, without=[SECOND]))

    second = measure(two_branches, 2, until="measure")

    node = second.nodes.get(code=SECOND)
    assert not node.carries_money
    assert "Dihentikan dengan perubahan anggaran" in node.stopped
    row = second.rows.get(name="Jumlah rapat")
    assert (row.planned, row.state) == (False, "dikecualikan")
    assert "Dihentikan" in row.verdict_note


def test_what_was_dropped_is_left_out_of_the_mean_out_loud(two_branches):
    measure(two_branches, 1)
    apply(two_branches, plan_rows(two_branches, without=[SECOND]))

    branch = calculate(measure(two_branches, 2)).of_level("kegiatan")[0]

    assert (branch.capaian.counted, branch.capaian.total) == (1, 2)


def test_it_still_counts_in_the_quarters_after(two_branches):
    measure(two_branches, 1)
    apply(two_branches, plan_rows(two_branches, without=[SECOND]))
    measure(two_branches, 2)
    assert calculate(measure(two_branches, 3)).office.spent_to_date == 4_000_000


def test_a_retired_indicator_keeps_its_row(two_branches):
    measure(two_branches, 1)
    Indicator.objects.filter(name="Jumlah rapat").update(retired=True)

    second = measure(two_branches, 2)

    assert row_of(second, "Jumlah rapat").capaian.gap == Gap.STOPPED
    assert calculate(fresh(second)).office.spent_to_date == 4_000_000


def test_a_branch_set_to_zero_is_stopped_too(two_branches):
    measure(two_branches, 1)
    Pagu.objects.filter(node__code=SECOND).update(amount=0)
    Target.objects.filter(indicator__name="Jumlah rapat").update(annual=0, p1=0, p2=0, p3=0, p4=0)

    second = measure(two_branches, 2)

    assert row_of(second, "Jumlah rapat").capaian.gap == Gap.STOPPED
    assert calculate(fresh(second)).office.spent_to_date == 3_000_000


def test_a_moved_branch_takes_its_money_along(two_branches):
    measure(two_branches, 1)
    other = PlanNode.objects.create(
        plan=two_branches.plan, parent=two_branches.sub.parent.parent, level="kegiatan", code="7.01.02.2.02", name="Lain", position=9,
    )  # fmt: skip
    PlanNode.objects.filter(code=SECOND).update(parent=other)

    second = calculate(measure(two_branches, 2))

    assert {b.node.code: b.spent_to_date for b in second.of_level("kegiatan")} == {
        "7.01.02.2.01": 2_000_000,
        "7.01.02.2.02": 2_000_000,
    }


def test_a_correction_of_an_earlier_quarter_knows_the_dropped_branch(two_branches):
    first = measure(two_branches, 1)
    apply(two_branches, plan_rows(two_branches, without=[SECOND]))

    correction = measure(two_branches, 1, until="measure")

    row = correction.rows.get(name="Jumlah rapat")
    assert (row.planned, row.state, row.realised, row.targets) == (
        True,
        "draf",
        3,
        first.rows.get(name="Jumlah rapat").targets,
    )
    assert correction.nodes.get(code=SECOND).pagu == 5_000_000


def test_a_revised_annual_target_is_spread_over_open_quarters(kecamatan):
    measure(kecamatan, 1)
    measure(kecamatan, 2)
    rows = plan_rows(kecamatan)
    for row in rows:
        row[5] = "16" if row[3] else ""

    apply(kecamatan, rows)

    target = Target.objects.filter(indicator__node__plan=kecamatan.plan).first()
    assert [target.p1, target.p2, target.p3, target.p4] == [3, 3, 5, 5]
    third = measure(kecamatan, 3, realised=5)
    assert {f.capaian.value for f in calculate(third).rows.values()} == {Decimal(100)}


def test_a_cycle_keeps_the_archived_targets_whatever_the_plan_says(kecamatan):
    measure(kecamatan, 1)
    Target.objects.filter(indicator__node__plan=kecamatan.plan).update(annual=16, p1=4, p2=4, p3=4, p4=4)
    second = measure(kecamatan, 2, until="measure")
    assert second.rows.first().targets == ["3.000000", "4.000000", "4.000000", "5.000000"]


def test_a_position_keeps_the_targets_of_closed_quarters(kecamatan):
    Indicator.objects.filter(node__plan=kecamatan.plan).update(accumulation="posisi_akhir")
    Target.objects.filter(indicator__node__plan=kecamatan.plan).update(annual=80, p1=80, p2=80, p3=80, p4=80)
    measure(kecamatan, 1)
    rows = plan_rows(kecamatan)
    for row in rows:
        row[5] = "90" if row[3] else ""
    apply(kecamatan, rows)

    target = Target.objects.filter(indicator__node__plan=kecamatan.plan).first()

    assert [target.p1, target.p2, target.p3, target.p4] == [80, 90, 90, 90]


def test_an_indicator_that_begins_in_the_third_quarter_has_no_targets_before(kecamatan):
    measure(kecamatan, 1)
    measure(kecamatan, 2)
    rows = [*plan_rows(kecamatan), ["sub_kegiatan", SECOND, "Baru", "Jumlah rapat", "Rapat", "12", 5_000_000]]
    apply(kecamatan, rows)
    Indicator.objects.filter(name="Jumlah rapat").update(owner=kecamatan.asn, **DEFINED)

    PlanNode.objects.filter(code=SECOND).update(owner=kecamatan.asn)
    third = measure(kecamatan, 3, realised=6)

    figures = row_of(third, "Jumlah rapat")
    assert figures.row.targets == [None, None, "6.000000", "6.000000"]
    assert (figures.to_date.target, figures.capaian.value) == (6, 100)


def test_what_was_not_planned_before_has_no_targets_before(kecamatan):
    added = add_indicator(
        kecamatan, "Nilai baru", 30, node=add_branch(kecamatan, pagu=0), accumulation="rata_rata"
    )
    Target.objects.filter(indicator=added).update(annual=0, p1=0, p2=0, p3=0, p4=0)
    measure(kecamatan, 1)
    Target.objects.filter(indicator=added).update(annual=80, p1=80, p2=80, p3=80, p4=80)

    second = measure(kecamatan, 2, until="measure")

    assert second.rows.get(indicator=added).targets == [None, "80.000000", "80.000000", "80.000000"]


DEFINED = {
    "formula": "Jumlah rapat.", "source": "Notulen", "evidence_wanted": "Notulen", "smart_specific": True,
    "smart_measurable": True, "smart_achievable": True, "smart_relevant": True, "smart_time_bound": True,
}  # fmt: skip


def test_an_own_indicator_that_was_stopped_does_not_lead(two_branches):
    program = PlanNode.objects.get(level="program")
    own = add_indicator(two_branches, "Indeks program", 40, node=program, accumulation="posisi_akhir")
    measure(two_branches, 1)
    Indicator.objects.filter(pk=own.pk).update(retired=True)

    second = calculate(measure(two_branches, 2)).of_level("program")[0]

    assert second.capaian.figure.value == 100


def test_what_was_stopped_is_not_opened_as_done_outside_the_plan(two_branches):
    measure(two_branches, 1)
    apply(two_branches, plan_rows(two_branches, without=[SECOND]))
    second = measure(two_branches, 2, until="measure")
    row = second.rows.get(name="Jumlah rapat")
    assert not measuring.is_movable(row, second, "record", two_branches.asn)
    assert row not in measuring.movable(second, "record", two_branches.asn)


def test_a_branch_that_comes_back_goes_on(two_branches):
    measure(two_branches, 1, spent={SECOND: 1_000_000})
    rows = plan_rows(two_branches)
    apply(two_branches, plan_rows(two_branches, without=[SECOND]))
    measure(two_branches, 2)
    apply(two_branches, rows)

    third = measure(two_branches, 3, spent={SECOND: 500_000})

    branch = next(b for _, b in calculate(third).nodes() if b.node.code == SECOND)
    assert (branch.node.stopped, branch.spent_to_date) == ("", 1_500_000)
    row = row_of(third, "Jumlah rapat")
    assert row.row.targets == ["3.000000", None, "4.000000", "5.000000"]
