"""What a new year's worksheet takes over from the years before: realisasi and money as their last quarter was archived."""

from decimal import Decimal

import pytest

from measurement.doors import workflow
from measurement.models import MeasurementCycle, Pagu, Plan, Target
from measurement.rules.sop import RowState
from tests.support.characters import YEAR, Office, cycle_at, walk

PAST = [{"realised": "3", "numerator": None, "denominator": None}] * 3


@pytest.fixture
def two_years(kecamatan: Office) -> Office:
    """The office with a plan of two years."""
    Plan.objects.filter(pk=kecamatan.plan.pk).update(end_year=YEAR + 1)
    kecamatan.plan.refresh_from_db()
    for indicator in kecamatan.indicators:
        Target.objects.create(indicator=indicator, year=YEAR + 1, annual=12, p1=3, p2=3, p3=3, p4=3)
    Pagu.objects.create(node=kecamatan.sub, year=YEAR + 1, amount=Decimal(20_000_000))
    return kecamatan


def next_year(office: Office) -> MeasurementCycle:
    opened = workflow.open_cycle(
        office.unit, office.plan, YEAR + 1, 1, office.camat, "Laksanakan pengukuran kinerja."
    )
    return walk(office, opened, "measure")


def test_the_new_year_takes_over_realisasi_money_and_targets_of_the_plan(two_years):
    last = cycle_at(two_years, "evaluate", quarter=4)
    last.rows.update(earlier=PAST)
    walk(two_years, last)
    cycle = next_year(two_years)
    row, node = cycle.rows.first(), cycle.nodes.get(level="sub_kegiatan")
    assert (row.years_before, row.target_plan) == ({str(YEAR): "12"}, 24)
    assert (node.spent_years, node.pagu_plan) == ({str(YEAR): "2000000"}, 30_000_000)


def test_a_year_whose_last_quarter_was_excused_keeps_its_other_quarters(two_years):
    last = cycle_at(two_years, "evaluate", quarter=4)
    first, second = last.rows.all()
    last.rows.filter(pk=first.pk).update(
        earlier=PAST, state=RowState.DIKECUALIKAN, verdict_note="Data belum terbit."
    )
    walk(two_years, last)
    years = dict(next_year(two_years).rows.values_list("indicator", "years_before"))
    assert years == {first.indicator_id: {str(YEAR): "9"}, second.indicator_id: {str(YEAR): "3"}}
