"""What an indicator means is changed in mid-year: what was measured before stays known in every later cycle, and in corrections."""

from decimal import Decimal

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.figures.calculation import calculate
from measurement.figures.e81 import form_lines
from measurement.models import Indicator, MeasurementCycle, Target
from measurement.rules.numbers import show
from tests.support.budget_changes import measure
from tests.support.characters import Office, add_indicator, fresh, open_cycle, row_values, walk


def row_of(cycle: MeasurementCycle, name: str):
    return next(f for f in calculate(fresh(cycle)).rows.values() if f.row.name == name)


def k_of(cycle: MeasurementCycle, name: str):
    line = next(x for x in form_lines(calculate(fresh(cycle))) if x.row and x.row.row.name == name)
    return [show(line.k.get(column)) for column in range(9, 15)]


NAME = "Persentase surat tepat waktu"


def in_percent(made: Office, accumulation: str) -> Indicator:
    found = add_indicator(made, NAME, 9, accumulation=accumulation, measure="%")
    Target.objects.filter(indicator=found).update(annual=80, p1=80, p2=80, p3=80, p4=80)
    return found


def enter(made, cycle, name, **values):
    row = cycle.rows.get(name=name)
    measuring.save(
        cycle.pk, made.asn, [SheetChange(row.pk, row.version, row_values() | {"realised": None} | values)]
    )


def quarter(made, number, until=None, **values):
    cycle = walk(made, open_cycle(made, number), "measure")
    others = [
        SheetChange(r.pk, r.version, row_values(3))
        for r in measuring.movable(cycle, "save", made.asn).exclude(name=NAME)
    ]
    money = [
        SheetChange(n.pk, n.version, {"spent": Decimal(1_000_000)})
        for n in measuring.open_money(cycle, made.asn)
    ]
    measuring.save(cycle.pk, made.asn, others, money)
    enter(made, cycle, NAME, **{k: Decimal(v) for k, v in values.items()})
    if until == "measure":
        return fresh(cycle)
    measuring.send(cycle.pk, made.asn)
    return walk(made, fresh(cycle), until)


def test_a_position_that_becomes_a_ratio_keeps_what_was_measured(kecamatan):
    found = in_percent(kecamatan, "posisi_akhir")
    quarter(kecamatan, 1, realised=70)
    Indicator.objects.filter(pk=found.pk).update(accumulation="rasio")
    second = quarter(kecamatan, 2, until="recapitulate", numerator=9, denominator=10)
    assert k_of(second, NAME)[:2] == ["70,00", "90,00"]


def test_a_ratio_that_becomes_a_mean_keeps_what_was_measured(kecamatan):
    found = in_percent(kecamatan, "rasio")
    quarter(kecamatan, 1, numerator=7, denominator=10)
    Indicator.objects.filter(pk=found.pk).update(accumulation="rata_rata")
    second = quarter(kecamatan, 2, until="recapitulate", realised=90)
    assert k_of(second, NAME) == ["70,00", "90,00", "–", "–", "80,00", "80,00"]


def test_a_correction_knows_what_is_measured_once_a_year_by_now(kecamatan):
    found = in_percent(kecamatan, "posisi_akhir")
    quarter(kecamatan, 1, realised=70)
    second = quarter(kecamatan, 2, until="recapitulate", realised=75)
    Indicator.objects.filter(pk=found.pk).update(schedule="4")
    measure(kecamatan, 1, realised=2)
    assert k_of(second, NAME)[:2] == ["2,00", "75,00"]


def test_a_correction_knows_what_is_a_ratio_by_now(kecamatan):
    found = in_percent(kecamatan, "posisi_akhir")
    quarter(kecamatan, 1, realised=70)
    Indicator.objects.filter(pk=found.pk).update(accumulation="rasio")
    correction = walk(kecamatan, open_cycle(kecamatan, 1), "measure")
    assert row_of(correction, NAME).realised == 70
    assert correction.rows.get(name=NAME).state == "draf"
