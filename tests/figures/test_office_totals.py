"""The recap of many offices at once says of every office what its own recap says."""

from decimal import Decimal

import pytest

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange, send
from measurement.figures.calculation import calculate
from measurement.figures.office_totals import OfficeTotals, office_totals, sent_sheets
from measurement.models import MeasurementCycle, Unit
from tests.support.characters import add_indicator, fresh, office, open_cycle, row_values, walk


def all_cycles() -> list[MeasurementCycle]:
    return list(MeasurementCycle.objects.select_related("unit__predicate_scale").order_by("pk"))


def own_recaps() -> dict[int, OfficeTotals]:
    return {cycle.pk: OfficeTotals.of(calculate(cycle, sent_only=True)) for cycle in all_cycles()}


@pytest.fixture
def offices(db):
    """Offices that differ in how far they are, in what they measure and in their rules."""
    made = [office(f"900-{number}", indicators=number) for number in range(1, 5)]
    for number, one in enumerate(made):
        add_indicator(
            one,
            "Waktu layanan",
            20,
            method="minimum",
            accumulation="rata_rata",
            **({} if number else {"schedule": "2,4"}),
        )
        add_indicator(one, "Rentang", 22, method="rentang", low=2, high=4, accumulation="posisi_akhir")
        add_indicator(one, "Program", 23, one.sub.parent.parent)
    add_indicator(made[0], "Persentase", 21, accumulation="rasio")
    Unit.objects.filter(pk=made[1].unit.pk).update(
        mean_cap=Decimal(100), program_lead="di_bawah", zero_is_met=True
    )
    for one, step in zip(made, ("measure", "evaluate", None, "brief"), strict=True):
        walk(fresh_office(one), open_cycle(one, 1), step)
    walk(made[2], open_cycle(made[2], 2), "recapitulate")
    return made


def fresh_office(one):
    one.unit.refresh_from_db()
    return one


def test_the_totals_of_many_are_those_of_each(offices):
    many = office_totals(all_cycles())
    assert many == own_recaps()
    assert any(totals.capaian.value is not None for totals in many.values())


def test_every_branch_of_many_is_that_of_each(offices):
    for sheet in sent_sheets(all_cycles()):
        alone = calculate(fresh(sheet.cycle), sent_only=True)
        branches = [
            (b.capaian, b.predicate, b.pagu, b.spent_to_date, b.serapan, b.efficiency)
            for _, b in sheet.nodes()
        ]
        assert branches == [
            (b.capaian, b.predicate, b.pagu, b.spent_to_date, b.serapan, b.efficiency)
            for _, b in alone.nodes()
        ]


def values_of(row) -> dict:
    parts = {"realised": None, "numerator": Decimal(2), "denominator": Decimal(3)}
    return row_values(1) | (parts if row.is_ratio else {})


def test_a_draft_is_told_of_no_office(offices):
    made, cycle = offices[0], fresh(offices[0].unit.cycles.get())
    rows = [
        SheetChange(row.pk, row.version, values_of(row)) for row in measuring.movable(cycle, "save", made.asn)
    ]
    measuring.save(cycle.pk, made.asn, rows[:2])
    assert office_totals(all_cycles()) == own_recaps()
    send(cycle.pk, made.asn)
    assert office_totals(all_cycles()) == own_recaps()


@pytest.mark.parametrize("few", [True, False])
def test_the_number_of_queries_is_constant(offices, few, django_assert_num_queries):
    cycles = all_cycles()[:1] if few else all_cycles()
    with django_assert_num_queries(3):
        office_totals(cycles)


def test_offices_without_a_cycle_have_no_totals(db):
    assert office_totals([]) == {}
