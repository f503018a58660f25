"""What leads on each level, worked out by hand: a sasaran with an IKU of its own, a level that is weighed, and E.81's closing row."""

from decimal import Decimal

import pytest

from measurement.figures.calculation import calculate
from measurement.figures.e81 import closing_mean
from measurement.figures.recap import recap_line
from measurement.models import MeasurementCycle, PlanNode, Target, Unit, WorksheetRow
from measurement.rules.office_rules import rules_words
from tests.support.characters import Office, add_indicator, cycle_at, fresh


@pytest.fixture
def third(kecamatan) -> Office:
    """S1 has an IKU (12 a year) and, below its kegiatan, two sub kegiatan with one indicator each."""
    sasaran = kecamatan.plan.nodes.get(level="sasaran")
    add_indicator(kecamatan, "IKU sasaran", 5, sasaran, accumulation="posisi_akhir")
    second = PlanNode.objects.create(
        plan=kecamatan.plan, parent=kecamatan.sub.parent, level="sub_kegiatan", code="7.01.02.2.01.0002", name="Kedua",
        owner=kecamatan.asn, position=7,
    )  # fmt: skip
    kecamatan.indicators[1].node = second
    kecamatan.indicators[1].save()
    PlanNode.objects.filter(pk=kecamatan.sub.pk).update(weight=3)
    PlanNode.objects.filter(pk=second.pk).update(weight=1)
    Target.objects.filter(indicator__name="IKU sasaran").update(annual=12, p1=12, p2=12, p3=12, p4=12)
    return kecamatan


def measured(office: Office, **leads) -> MeasurementCycle:
    """TW IV: IKU 11 of 12, the first output 100 % and the second 50 % of its 12 a year, all accepted."""
    Unit.objects.filter(pk=office.unit.pk).update(**leads)
    office.unit.refresh_from_db()
    cycle = cycle_at(office, "measure", 4)
    values = {"IKU sasaran": 11, "Jumlah laporan 1": 12, "Jumlah laporan 2": 6}
    for name, value in values.items():
        WorksheetRow.objects.filter(cycle=cycle, name=name).update(realised=Decimal(value), state="diterima")
    return fresh(cycle)


def branch(cycle: MeasurementCycle, level: str):
    return calculate(cycle).of_level(level)[0]


def test_the_iku_of_a_sasaran_leads_and_the_mean_below_stands_beside_it(third):
    cycle = measured(third)

    sasaran = branch(cycle, "sasaran")
    line = recap_line(sasaran)
    # 11 / 12 = 91,67; below (100 + 50) / 2 = 75
    assert sasaran.capaian.figure.shown == Decimal("91.67")
    assert calculate(cycle).office.capaian.figure.shown == Decimal("91.67")
    assert (line["beside_name"], line["beside"]) == ("rata-rata program di bawahnya", "75,00 %")


def test_an_own_indicator_that_is_not_measured_is_not_replaced(third):
    cycle = measured(third)
    WorksheetRow.objects.filter(cycle=cycle, name="IKU sasaran").update(realised=None, state="kosong")

    assert branch(fresh(cycle), "sasaran").capaian.figure.value is None


def test_a_sasaran_may_take_the_mean_below(third):
    assert branch(measured(third, sasaran_lead="di_bawah"), "sasaran").capaian.figure.shown == 75


def test_a_weighed_kegiatan_counts_its_parts_by_bobot(third):
    cycle = measured(third, kegiatan_lead="berbobot")

    # (3 × 100 + 1 × 50) / 4 = 87,5
    assert branch(cycle, "kegiatan").capaian.figure.shown == Decimal("87.5")
    assert any(
        "kegiatan rata-rata bagian di bawahnya menurut bobot" in text for text in rules_words(cycle.rules)
    )


def test_the_closing_row_of_e81_is_the_mean_of_the_kegiatan_against_the_year(third):
    cycle = measured(third)
    found, counted = closing_mean(calculate(cycle))

    # column 13 ÷ 8: 12 of 12 and 6 of 12 → the kegiatan has 75 %
    assert found.figure.shown == 75
    assert counted == "1 dari 1 kegiatan dihitung"
