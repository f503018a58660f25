"""An indicator that follows the mean of three keeps its thirds over the periods and the years."""

from decimal import Decimal

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.figures.calculation import calculate
from measurement.models import Target
from measurement.rules.numbers import show_percent
from tests.support.characters import add_indicator, fresh, open_cycle, row_values, walk


def quarter(made, number, values, until=None):
    cycle = walk(made, open_cycle(made, number), "measure")
    rows = []
    for row in measuring.movable(cycle, "save", made.asn):
        rows.append(
            SheetChange(row.pk, row.version, row_values() | {"realised": values.get(row.name, Decimal(3))})
        )
    money = [
        SheetChange(n.pk, n.version, {"spent": Decimal(1_000_000)})
        for n in measuring.open_money(cycle, made.asn)
    ]
    measuring.save(cycle.pk, made.asn, rows, money)
    measuring.send(cycle.pk, made.asn)
    return walk(made, fresh(cycle), until)


def test_thirds_of_three_quarters_make_a_whole(kecamatan):
    sources = [add_indicator(kecamatan, f"Nilai {n}", 10 + n) for n in range(3)]
    follower = add_indicator(kecamatan, "Rata", 20, node=kecamatan.sub.parent, follow_rule="rata_rata")
    follower.follows.set(sources)
    Target.objects.filter(indicator__in=sources).update(annual=240, p1=60, p2=60, p3=60, p4=60)
    Target.objects.filter(indicator=follower).update(annual=300, p1=60, p2=60, p3=80, p4=100)
    values = {"Nilai 0": Decimal(60), "Nilai 1": Decimal(61), "Nilai 2": Decimal("60.99")}
    for n in (1, 2):
        quarter(kecamatan, n, values)
    third = quarter(kecamatan, 3, values, "recapitulate")
    row = next(f for f in calculate(fresh(third)).rows.values() if f.row.name == "Rata")
    # 3 × 181,99/3 = 181,99 of 200: 90,995, shown 91,00
    assert show_percent(row.capaian.value) == "91,00 %"
    assert row.predicate == "Sangat Tinggi"
