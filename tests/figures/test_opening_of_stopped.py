"""Data awal of what a budget change stopped later: the periods and years that only data awal know stay what they were."""

from decimal import Decimal

import pytest

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.figures.calculation import calculate
from measurement.figures.e81 import form_lines
from measurement.figures.opening_sheets import opening_sheets
from measurement.models import Indicator, Pagu, Plan, Target
from measurement.rules.figure import Gap
from measurement.rules.numbers import show
from tests.support.budget_changes import SECOND, add_branch, measure
from tests.support.characters import YEAR, add_indicator, fresh, office, open_cycle, row_values, walk
from tests.support.opening import approved, chair_of

GONE = "Jumlah rapat"


@pytest.fixture
def late(db):
    """It begins in TW II with data awal: one indicator at 100 %, one of a second branch at 1 of 3; so was the year before."""
    made = office(indicators=1)
    Plan.objects.filter(pk=made.plan.pk).update(start_year=YEAR - 1)
    made.plan.refresh_from_db()
    made.second = add_branch(made, SECOND, 5_000_000, GONE)
    made.kept, made.gone = made.indicators[0], Indicator.objects.get(name=GONE)
    for indicator in (made.kept, made.gone):
        Target.objects.create(indicator=indicator, year=YEAR - 1, annual=12, p1=3, p2=3, p3=3, p4=3)
    for node in (made.sub, made.second):
        Pagu.objects.create(node=node, year=YEAR - 1, amount=10_000_000)
    made.cycle = open_cycle(made, 2)
    made.chair = chair_of(made.unit)
    approved(made, made.chair, {
        str(YEAR - 1): values(made, 12, 4, "5.000.000"),
        f"{YEAR}-1": values(made, 3, 1, "1.000.000"),
    })  # fmt: skip
    return made


def values(made, kept: int, gone: int, money: str) -> dict[str, str]:
    return {
        f"realised-{made.kept.pk}": str(kept), f"realised-{made.gone.pk}": str(gone),
        f"spent-{made.sub.pk}": money, f"spent-{made.second.pk}": money,
    }  # fmt: skip


def finish(made, cycle, spent=1_000_000):
    cycle = walk(made, fresh(cycle), "measure")
    rows = [SheetChange(r.pk, r.version, row_values(3)) for r in measuring.movable(cycle, "save", made.asn)]
    money = [
        SheetChange(n.pk, n.version, {"spent": Decimal(spent)}) for n in measuring.open_money(cycle, made.asn)
    ]
    measuring.save(cycle.pk, made.asn, rows, money)
    measuring.send(cycle.pk, made.asn)
    return walk(made, fresh(cycle))


def drop(made):
    Indicator.objects.filter(pk=made.gone.pk).update(retired=True)
    Pagu.objects.filter(node=made.second, year=YEAR).delete()


def told(sheet):
    return {
        key: (show(s.office.capaian.figure.value), show(s.office.serapan.value))
        for key, s in opening_sheets(sheet).items()
    }


def test_a_later_budget_change_leaves_quarter_and_year_of_data_awal_alone(late):
    second = finish(late, late.cycle)
    before = told(calculate(fresh(second)))
    assert before == {(YEAR, 1): ("66,67", "13,33"), (YEAR - 1, 4): ("66,67", "50,00")}
    drop(late)
    third = measure(late, 3)
    assert told(calculate(fresh(third))) == before


def test_what_was_dropped_before_the_first_cycle_keeps_its_targets(late):
    drop(late)
    second = finish(late, late.cycle)
    sheet = calculate(fresh(second))
    line = next(x for x in form_lines(sheet) if x.row and x.row.row.name == GONE)
    assert [show(line.k.get(n)) for n in range(6, 16)] == [
        "24,00",
        "4,00",
        "12,00",
        "1,00",
        "–",
        "–",
        "–",
        "1,00",
        "5,00",
        "20,83",
    ]
    assert line.row.capaian.gap == Gap.STOPPED
    assert told(sheet)[YEAR, 1][0] == "66,67"
    assert sheet.office.spent_to_date == 3_000_000


def test_what_is_not_planned_this_year_was_last_year(late):
    Target.objects.filter(indicator=late.gone, year=YEAR).update(annual=0, p1=0, p2=0, p3=0, p4=0)
    Pagu.objects.filter(node=late.second, year=YEAR).delete()
    second = finish(late, late.cycle)
    assert told(calculate(fresh(second)))[YEAR - 1, 4] == ("66,67", "50,00")


def test_an_annual_indicator_was_not_due_in_a_quarter_of_data_awal(late):
    yearly = add_indicator(late, "Nilai setahun", 30, schedule="4")
    second = finish(late, late.cycle)
    then = opening_sheets(calculate(fresh(second)))[YEAR, 1]
    row = next(f for f in then.rows.values() if f.row.indicator_id == yearly.pk)
    assert row.capaian.gap == Gap.NOT_DUE
