"""Hints on figures that are probably mistyped, and on twins that disagree."""

from decimal import Decimal

import pytest

from measurement.figures.hints import HintKind
from measurement.models import MeasurementCycle
from measurement.rules.sop import RowState
from tests.support.characters import add_indicator, cycle_at
from tests.support.hints import every_hint

from .test_hints import RATIO, hints


@pytest.fixture
def cycle(kecamatan) -> MeasurementCycle:
    """A second quarter with two rows: target 3 each quarter and 12 in the year, pagu Rp10.000.000."""
    return cycle_at(kecamatan, "measure", 2)


PERCENT = {"measure": "%", "accumulation": "posisi_akhir", "targets": ["80"] * 4, "target_year": 80}


@pytest.mark.parametrize(("realised", "raised"), [("0.29", True), ("0.3", False), ("0", True), (None, False)])
def test_a_capaian_below_5_percent_is_looked_at_twice(cycle, realised, raised):
    value = None if realised is None else Decimal(realised)
    assert (HintKind.FAR_BELOW in hints(cycle, realised=value)) == raised


def test_a_capaian_below_5_percent_is_told_with_its_figure(cycle):
    assert hints(cycle, realised=Decimal("0.06"))[HintKind.FAR_BELOW] == "Capaian 1,00 % di bawah 5 %."


def test_a_no_is_not_next_to_nothing(cycle):
    assert HintKind.FAR_BELOW not in hints(cycle, method="ya_tidak", accumulation="posisi_akhir", realised=0)


@pytest.mark.parametrize(
    ("values", "raised"),
    [
        ({"realised": "0.95"}, True),
        ({"realised": "1"}, True),
        ({"realised": "1.01"}, False),
        ({"realised": "0"}, False),
        ({"realised": "0.95", "measure": "persen"}, True),
        ({"realised": "0.95", "measure": "Nilai"}, False),
        ({"realised": "0.95", "targets": ["1"] * 4}, False),
    ],
)
def test_a_fraction_may_have_been_typed_for_a_percentage(cycle, values, raised):
    found = hints(cycle, **PERCENT | values | {"realised": Decimal(values["realised"])})
    assert (HintKind.FRACTION in found) == raised
    assert not raised or HintKind.FAR_BELOW not in found


def test_a_possible_fraction_is_told_with_what_may_be_meant(cycle):
    found = hints(cycle, **PERCENT, realised=Decimal("0.95"))
    assert found[HintKind.FRACTION] == "Realisasi 0,95 % mungkin pecahan: maksudnya 95 %? Target 80 %."


def test_a_ratio_is_no_typed_fraction(cycle):
    values = {"measure": "%", **RATIO, "numerator": 1, "denominator": 200}
    assert HintKind.FRACTION not in hints(cycle, **values)


@pytest.mark.parametrize(
    ("values", "raised"),
    [
        ({"realised": 13}, True),
        ({"realised": 12}, False),
        ({"realised": 13, "targets": ["0", "3", "3", "6"]}, False),
        ({"realised": 13, "targets": ["0", None, "6", "6"]}, False),
    ],
)
def test_more_than_the_year_was_to_bring_in_a_quarter_that_was_to_bring_nothing(cycle, values, raised):
    found = hints(cycle, **{"targets": ["0", "0", "6", "6"], "target_year": 12} | values)
    assert (HintKind.UNSCHEDULED in found) == raised


def test_what_came_before_its_time_is_told_with_both_figures(cycle):
    found = hints(cycle, targets=["0", "0", "6", "6"], target_year=12, realised=13)
    assert found[HintKind.UNSCHEDULED] == (
        "Realisasi s.d. TW II 13 Laporan melebihi target setahun 12 Laporan, padahal target TW II 0."
    )


@pytest.fixture
def with_twin(kecamatan) -> MeasurementCycle:
    """The first indicator stands on the kegiatan, too."""
    add_indicator(
        kecamatan, " jumlah  LAPORAN 1", 9, kecamatan.plan.nodes.get(level="kegiatan"), measure="laporan"
    )
    return cycle_at(kecamatan, "measure")


def twins(cycle: MeasurementCycle, below: int | None, above: int | None) -> list[str]:
    cycle.rows.filter(name="Jumlah laporan 1").update(realised=below)
    cycle.rows.filter(name__startswith=" jumlah").update(realised=above)
    told = every_hint(cycle).values()
    return [hint.sentence for found in told for hint in found if hint.kind == HintKind.TWIN]


def test_twins_that_disagree_are_told_on_both(with_twin):
    assert twins(with_twin, below=3, above=4) == [
        "Realisasi s.d. TW I 4 laporan, sedangkan indikator yang sama pada 7.01.02.2.01.0001 3 laporan.",
        "Realisasi s.d. TW I 3 Laporan, sedangkan indikator yang sama pada 7.01.02.2.01 4 Laporan.",
    ]


@pytest.mark.parametrize(("below", "above"), [(3, 3), (3, None), (None, 3)])
def test_twins_that_agree_or_are_blank_raise_nothing(with_twin, below, above):
    assert twins(with_twin, below, above) == []


def test_a_twin_that_follows_raises_nothing(with_twin):
    with_twin.rows.filter(name__startswith=" jumlah").update(state=RowState.MENGIKUTI)
    assert twins(with_twin, below=3, above=4) == []


def test_the_sum_and_the_mean_of_what_is_below_agree(with_twin):
    with_twin.rows.filter(name="Jumlah laporan 2").update(name="Jumlah laporan 1")
    assert [twins(with_twin, below=3, above=above) for above in (3, 6)] == [[], []]
    assert twins(with_twin, below=3, above=5) != []
