"""More of data awal: what follows others, half-yearly and yearly indicators, ratios of years, a set that replaces another."""

import pytest
from django.urls import reverse

from measurement.figures.calculation import calculate
from measurement.figures.e81 import form_lines
from measurement.figures.opening_sheets import opening_sheets
from measurement.models import Pagu, Target
from measurement.rules.numbers import show
from tests.record.test_opening import figures_of
from tests.support.characters import add_indicator, fill, fresh, open_cycle, walk
from tests.support.opening import approved, late_office
from tests.support.pages import logged_in, words


@pytest.fixture
def late(db):
    made = late_office(2024)
    for year in (2024, 2025):
        Pagu.objects.create(node=made.sub, year=year, amount=10_000_000)
        Target.objects.create(indicator=made.indicator, year=year, annual=12, p1=3, p2=3, p3=3, p4=3)
    return made


def k_of(sheet, indicator):
    line = next(x for x in form_lines(sheet) if x.row and x.row.row.indicator_id == indicator.pk)
    return [show(line.k.get(n)) for n in range(6, 16)]


def cell(indicator, value):
    return {f"realised-{indicator.pk}": value}


def test_whoever_follows_has_the_years_and_quarters_of_what_it_follows(late):
    follower = add_indicator(late, "Ikut", 5, node=late.sub.parent, follow_rule="sama")
    follower.follows.set([late.indicator])
    for year in (2024, 2025):
        Target.objects.create(indicator=follower, year=year, annual=12, p1=3, p2=3, p3=3, p4=3)
    open_cycle(late, 2)
    approved(
        late,
        late.chair,
        {
            "2024": cell(late.indicator, "10"),
            "2025": cell(late.indicator, "11"),
            "2026-1": cell(late.indicator, "2"),
        },
    )
    cycle = walk(late, fresh(late.unit.cycles.get()), "measure")
    fill(late, cycle)
    sheet = calculate(fresh(cycle))
    want = ["36,00", "21,00", "12,00", "2,00", "3,00", "–", "–", "5,00", "26,00", "72,22"]
    assert k_of(sheet, late.indicator) == want
    assert k_of(sheet, follower) == want


def test_each_sifat_and_schedule_stands_in_its_columns(late):
    half = add_indicator(late, "Semester", 5, schedule="2,4")
    Target.objects.filter(indicator=half).update(annual=10, p1=None, p2=4, p3=None, p4=6)
    yearly = add_indicator(late, "Tahunan", 6, schedule="4", accumulation="posisi_akhir")
    Target.objects.filter(indicator=yearly).update(annual=90, p1=None, p2=None, p3=None, p4=90)
    Target.objects.create(indicator=yearly, year=2025, annual=80)
    share = add_indicator(late, "Rasio", 7, accumulation="rasio", measure="%")
    Target.objects.filter(indicator=share).update(annual=80, p1=80, p2=80, p3=80, p4=80)
    Target.objects.create(indicator=share, year=2025, annual=75)
    less = add_indicator(late, "Aduan", 8, method="minimum")
    open_cycle(late, 3)
    approved(
        late,
        late.chair,
        {
            "2025": cell(yearly, "84") | {f"numerator-{share.pk}": "2", f"denominator-{share.pk}": "3"},
            "2026-1": {f"numerator-{share.pk}": "6", f"denominator-{share.pk}": "10"} | cell(less, "1"),
            "2026-2": {f"numerator-{share.pk}": "9", f"denominator-{share.pk}": "10"}
            | cell(half, "5")
            | cell(less, "0"),
        },
    )
    cycle = walk(late, fresh(late.unit.cycles.get()), "measure")
    sheet = calculate(fresh(cycle))
    assert k_of(sheet, half) == ["10,00", "–", "10,00", "–", "5,00", "–", "–", "5,00", "5,00", "50,00"]
    assert k_of(sheet, yearly) == ["90,00", "84,00", "90,00", "–", "–", "–", "–", "–", "–", "–"]
    assert k_of(sheet, share) == [
        "80,00",
        "66,67",
        "80,00",
        "60,00",
        "90,00",
        "–",
        "–",
        "75,00",
        "75,00",
        "93,75",
    ]
    assert k_of(sheet, less)[3:9] == ["1,00", "0,00", "–", "–", "1,00", "1,00"]
    then = opening_sheets(sheet)
    row = {f.row.name: (show(f.capaian.value), f.capaian.gap) for f in then[2025, 4].rows.values()}
    assert (row["Tahunan"][0], row["Rasio"][0]) == ("105,00", "88,89"), row
    row = {f.row.name: (show(f.capaian.value), f.capaian.gap) for f in then[2026, 2].rows.values()}
    assert (row["Semester"][0], row["Rasio"][0]) == ("125,00", "93,75"), row
    # (2 × 6 − 1) / 6
    assert row["Aduan"][0] == "183,33"


def test_a_later_set_replaces_in_a_cycle_under_way(late):
    open_cycle(late, 3)
    values = cell(late.indicator, "3") | {f"spent-{late.sub.pk}": "2.000.000"}
    approved(late, late.chair, {"2025": cell(late.indicator, "12"), "2026-1": values, "2026-2": values})
    cycle = walk(late, fresh(late.unit.cycles.get()), "measure")
    fill(late, cycle)
    assert show(figures_of(calculate(fresh(cycle))).capaian.value) == "100,00"
    approved(
        late,
        late.chair,
        {
            "2026-1": cell(late.indicator, "0") | {f"spent-{late.sub.pk}": ""},
            "2025": cell(late.indicator, "6"),
        },
        document="Berita Acara 9",
    )
    sheet = calculate(fresh(cycle))
    assert show(figures_of(sheet).capaian.value) == "66,67"
    assert k_of(sheet, late.indicator)[1] == "6,00"
    assert sheet.office.spent_to_date == 4_000_000
    text = words(logged_in(late.asn).get(reverse("worksheet", args=[cycle.pk])))
    assert "Berita Acara 9" in text


def test_money_over_pagu_is_said(late):
    open_cycle(late, 3)
    money = f"spent-{late.sub.pk}"
    opening = approved(
        late,
        late.chair,
        {"2025": {money: "12.000.000"}, "2026-1": {money: "6.000.000"}, "2026-2": {money: "5.000.000"}},
    )
    text = words(logged_in(late.tim).get(reverse("opening_set", args=[opening.pk])))
    assert "melebihi pagu 2025" in text
    assert "melebihi pagu 2026" in text
