"""A jump is compared as it is shown: 50,00 % is not more than 50 %."""

from decimal import Decimal

from measurement.figures.calculation import calculate
from measurement.figures.hints import HintKind, hints_of
from measurement.models import Indicator, Target
from tests.support.budget_changes import measured_by
from tests.support.characters import fresh


def test_a_jump_of_fifty_percent_is_none(kecamatan):
    name = kecamatan.indicators[0].name
    Indicator.objects.filter(name=name).update(accumulation="posisi_akhir")
    Target.objects.filter(indicator__name=name).update(annual=100, p1=100, p2=100, p3=100, p4=100)
    measured_by(kecamatan, 1, lambda row: 60 if row.name == name else 3, {})
    second = measured_by(
        kecamatan, 2, lambda row: Decimal("90.001") if row.name == name else 3, {}, "recapitulate"
    )

    hints = hints_of(calculate(fresh(second)))

    assert HintKind.JUMP not in {hint.kind for found in hints.values() for hint in found}
