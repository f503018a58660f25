"""Offices that measure every month, every half-year and once a year, through the doors: figures to date worked out by hand, Form E.81 by quarters."""

from decimal import Decimal

import pytest
from django.urls import reverse

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.figures import e81
from measurement.figures.calculation import Sheet, calculate
from measurement.models import MeasurementCycle, Pagu, Plan, Target
from measurement.rules.numbers import show_percent
from tests.support.characters import YEAR, Office, fresh, row_values, walk
from tests.support.pages import logged_in, words

MILLION = 1_000_000
ORDER = {"instruction": "Laksanakan pengukuran data kinerja.", "correction_reason": ""}


def choose(office: Office, frequency: str, year: int = YEAR):
    return logged_in(office.tim).post(
        f"{reverse('plan_frequency')}?rencana={office.plan.pk}&tahun={year}", {"frequency": frequency}
    )


def ordered(office: Office, period: str, year: int = YEAR) -> MeasurementCycle:
    response = logged_in(office.camat).post(
        reverse("open_cycle"), {"year": str(year), "period": period, "confirmed": f"{year}-{period}", **ORDER}
    )
    assert response.status_code == 302, words(response)
    return MeasurementCycle.objects.order_by("pk").last()


def measured(
    office: Office, period: str, realised: tuple[int, int], spent: int, year: int = YEAR
) -> MeasurementCycle:
    """A cycle of the period from its order to the archive, with these values of the two indicators and this money."""
    cycle = walk(office, ordered(office, period, year), "measure")
    rows = list(cycle.rows.order_by("position"))
    values = [row_values(value) | {"hint_answer": "Sesuai register kegiatan."} for value in realised]
    changes = [SheetChange(row.pk, row.version, found) for row, found in zip(rows, values, strict=True)]
    money = [
        SheetChange(node.pk, node.version, {"spent": Decimal(spent)})
        for node in measuring.open_money(cycle, office.asn)
    ]
    measuring.save(cycle.pk, office.asn, changes, money)
    measuring.send(cycle.pk, office.asn)
    return walk(office, fresh(cycle))


def of_sheet(cycle: MeasurementCycle) -> tuple[Sheet, list]:
    sheet = calculate(fresh(cycle))
    rows = sorted(sheet.rows.values(), key=lambda figures: figures.row.position)
    return sheet, rows


def k_of(sheet: Sheet, figures) -> list:
    """Columns 9 to 15 (K) of Form E.81."""
    found = e81.performance(figures, sheet.cycle.rules, sheet.cycle.period_of_year)
    return [found.get(column) for column in range(9, 16)]


def capaian(figures) -> tuple[str, str]:
    return show_percent(figures.capaian.shown), show_percent(figures.capaian_year.shown)


@pytest.fixture
def two(kecamatan) -> Office:
    """An office with a sum and a position."""
    kecamatan.indicators[1].accumulation = "posisi_akhir"
    kecamatan.indicators[1].save()
    return kecamatan


def test_a_monthly_office(two):
    assert choose(two, "bulanan").status_code == 302
    target = Target.objects.get(indicator=two.indicators[0])
    assert [getattr(target, f"p{number}") for number in range(1, 13)] == [1] * 12
    for period, values, spent in (("jan", (1, 12), 1), ("feb", (2, 6), 2), ("mar", (1, 9), 1)):
        measured(two, period, values, spent * MILLION)
    cycle = measured(two, "apr", (2, 12), MILLION)

    sheet, (added, position) = of_sheet(cycle)

    assert str(cycle) == f"Pengukuran Apr {YEAR}"
    assert cycle.period == f"Bulan April {YEAR}"
    # s.d. April: 1 + 2 + 1 + 2 = 6 of 1 + 1 + 1 + 1 = 4; of the year 6 of 12
    assert (added.to_date.target, added.to_date.realised, capaian(added)) == (4, 6, ("150,00 %", "50,00 %"))
    assert (position.to_date.target, position.to_date.realised, position.before) == (12, 12, 9)
    # E.81: TW I = 1 + 2 + 1, TW II so far 2; a position's quarter is its last month
    assert k_of(sheet, added) == [4, 2, None, None, 6, 6, 50]
    assert k_of(sheet, position)[:5] == [9, 12, None, None, 12]
    money = e81.form_money(sheet.office, sheet.cycle.period_of_year)
    assert [money.get(column) for column in (9, 10, 11, 13)] == [4 * MILLION, MILLION, None, 5 * MILLION]


def test_a_half_yearly_office(two):
    assert choose(two, "semester").status_code == 302
    measured(two, "smt1", (4, 8), 4 * MILLION)
    cycle = measured(two, "smt2", (9, 12), 5 * MILLION)

    sheet, (added, position) = of_sheet(cycle)

    assert cycle.period == f"Semester II {YEAR}"
    # 4 + 9 = 13 of 6 + 6 = 12
    assert (added.to_date.target, added.to_date.realised, capaian(added)[0]) == (12, 13, "108,33 %")
    assert [k_of(sheet, figures)[:5] for figures in (added, position)] == [
        [None, 4, None, 9, 13],
        [None, 8, None, 12, 12],
    ]
    money = e81.form_money(sheet.office, sheet.cycle.period_of_year)
    assert [money.get(column) for column in (9, 10, 12, 13)] == [None, 4 * MILLION, 5 * MILLION, 9 * MILLION]


def test_a_yearly_office(two):
    two.plan.end_year = YEAR + 1
    two.plan.save()
    for indicator in two.indicators:
        Target.objects.create(indicator=indicator, year=YEAR + 1, annual=12, p1=3, p2=3, p3=3, p4=3)
    Pagu.objects.create(node=two.sub, year=YEAR + 1, amount=10 * MILLION)
    for year in (YEAR, YEAR + 1):
        assert choose(two, "tahunan", year).status_code == 302
    first = measured(two, "tahun", (10, 12), 9 * MILLION)
    sheet, (added, _) = of_sheet(first)
    assert (first.period, capaian(added)) == (f"Tahun {YEAR}", ("83,33 %", "83,33 %"))
    assert k_of(sheet, added)[:5] == [None, None, None, 10, 10]

    second = measured(two, "tahun", (12, 12), 8 * MILLION, YEAR + 1)

    sheet, (added, _) = of_sheet(second)
    found = e81.performance(added, sheet.cycle.rules, sheet.cycle.period_of_year)
    # 10 before + 12 now = 22 of 24
    assert [found[column] for column in (6, 7, 12, 13, 14)] == [24, 10, 12, 12, 22]
    assert show_percent(found[15]) == "91,67 %"


def test_only_periods_of_the_year_can_be_ordered(two):
    choose(two, "semester")
    form = logged_in(two.camat).get(reverse("open_cycle"))
    assert "Semester I" in words(form)
    assert "Triwulan I" not in words(form)
    refused = logged_in(two.camat).post(reverse("open_cycle"), {"year": str(YEAR), "period": "tw1", **ORDER})
    assert (refused.status_code, MeasurementCycle.objects.count()) == (422, 0)


def test_the_frequency_stays_once_a_cycle_was_ordered(two):
    ordered(two, "tw1")
    response = choose(two, "bulanan")
    assert response.status_code == 422
    assert "sudah diperintahkan" in words(response)
    assert Plan.objects.get().chosen_frequencies == {}


def test_who_does_not_keep_the_plan_chooses_nothing(two):
    url = f"{reverse('plan_frequency')}?rencana={two.plan.pk}&tahun={YEAR}"
    assert logged_in(two.asn).post(url, {"frequency": "bulanan"}).status_code == 403
    assert Plan.objects.get().chosen_frequencies == {}
