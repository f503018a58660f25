"""Which indicators are named beside the headline: far above their target, or enough alone to move it."""

from decimal import Decimal

import pytest

from measurement.figures.calculation import calculate
from measurement.figures.outliers import outliers
from measurement.models import WorksheetRow
from tests.support.characters import add_indicator, cycle_at, fresh


@pytest.fixture
def cycle(kecamatan):
    """Twenty sent indicators of one sub kegiatan, each at 3 of 3."""
    for number in range(3, 21):
        add_indicator(kecamatan, f"Jumlah laporan {number}", number)
    return cycle_at(kecamatan, "recapitulate")


def found(cycle, **values) -> dict[str, Decimal | None]:
    first = cycle.rows.first()
    WorksheetRow.objects.filter(pk=first.pk).update(**values)
    named = outliers(calculate(fresh(cycle)))
    return {outlier.figures.row.name: outlier.headline_without for outlier in named}


def test_ordinary_figures_are_not_named(cycle):
    assert found(cycle, realised=5) == {}


def test_exactly_200_percent_is_ordinary_and_more_is_named(cycle):
    assert found(cycle, realised=6) == {}
    WorksheetRow.objects.exclude(pk=cycle.rows.first().pk).update(realised=4)
    assert found(cycle, realised=Decimal("6.01")) == {"Jumlah laporan 1": None}


def test_the_effect_of_one_on_the_mean_does_not_make_others_stand_out(cycle):
    WorksheetRow.objects.filter(name="Jumlah laporan 2").update(realised=600)
    assert list(found(cycle, realised=1157)) == ["Jumlah laporan 1", "Jumlah laporan 2"]


def test_one_that_moves_the_headline_by_more_than_5_points_is_named_with_the_headline_without_it(cycle):
    assert found(cycle, realised=1157) == {"Jumlah laporan 1": Decimal(100)}


def test_a_failure_that_drags_the_headline_down_is_named_too(cycle):
    WorksheetRow.objects.exclude(pk=cycle.rows.first().pk).update(realised=4)
    assert found(cycle, realised=0) == {"Jumlah laporan 1": Decimal("133.33")}


def test_a_draft_moves_nothing(cycle):
    assert found(cycle, realised=1157, state="draf") == {}


def test_without_a_headline_nothing_stands_beside_it(cycle):
    WorksheetRow.objects.exclude(pk=cycle.rows.first().pk).update(state="draf")
    assert found(cycle, realised=1157) == {}
