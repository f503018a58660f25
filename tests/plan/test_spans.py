"""Targets that are a span: from the plan's table and from its page into the worksheet, closed quarters as they were."""

from datetime import date
from decimal import Decimal

import pytest

from measurement.figures.calculation import calculate
from measurement.models import Indicator, MeasurementCycle, Revision, Target, WorksheetRow
from measurement.plan import revising, table_import
from measurement.plan.table_import.export import plan_workbook
from measurement.rules.numbers import round_half_up
from measurement.rules.spans import Span
from tests.plan.test_plan_import import rows_table
from tests.spreadsheets.test_table_reading import table
from tests.support.budget_changes import measure
from tests.support.characters import YEAR, Office, walk
from tests.views.test_indicator_page import change

QUARTERS = [f"tw{number}_{YEAR}" for number in range(1, 5)]
HEADINGS = [
    "tingkat",
    "kode",
    "nomenklatur",
    "indikator",
    "satuan",
    "arah",
    "sifat",
    *QUARTERS,
    f"target_{YEAR}",
    f"pagu_{YEAR}",
]


@pytest.fixture
def approved(kecamatan):
    revising.approve(kecamatan.plan, YEAR, kecamatan.tim, "Perjanjian Kinerja", date(2026, 1, 5))
    return kecamatan


def span(low, high) -> Span:
    return Span(Decimal(low), Decimal(high))


def spanned(
    made: Office,
    *quarters: str,
    annual: str = "80–90",
    direction: str = "rentang",
    nature: str = "posisi_akhir",
):
    """The office's own table, its first indicator with these targets."""
    sub, name = made.sub, made.indicators[0].name
    row = [sub.level, sub.code, sub.name, name, "Laporan", direction, nature, *quarters]
    row += [""] * (len(HEADINGS) - 2 - len(row))
    return rows_table([[*row, annual, ""]], HEADINGS)


def take(made: Office, *quarters: str, **values) -> Target:
    table_import.apply(made.plan, spanned(made, *quarters, **values), made.tim)
    return Target.objects.get(indicator=made.indicators[0], year=YEAR)


def capaian(cycle: MeasurementCycle) -> tuple[Decimal | None, str]:
    """Of the first indicator: s.d. the period, and the target beside it."""
    figures = calculate(cycle).rows[WorksheetRow.objects.filter(cycle=cycle).order_by("position")[0].pk]
    value = figures.capaian.value
    return None if value is None else round_half_up(value), figures.shown_target_to_date


def test_a_span_in_the_cell_of_a_target_needs_no_other_columns(kecamatan):
    target = take(kecamatan)
    indicator = Indicator.objects.get(pk=kecamatan.indicators[0].pk)

    assert (indicator.span, target.span, target.spans) == (span(80, 90), span(80, 90), [])
    assert target.aims(kecamatan.plan.frequency_in(YEAR)) == [span(80, 90), *[Decimal(90)] * 4]


def test_a_span_is_refused_where_the_direction_is_none(kecamatan):
    preview = table_import.preview(kecamatan.plan, spanned(kecamatan, direction="maksimum"))

    [wrong] = preview.wrong
    assert (wrong.value, wrong.sentence) == (
        "80–90",
        "80–90 adalah rentang; tulis satu angka, atau pilih arah rentang.",
    )


def test_bounds_that_differ_by_quarter_are_those_of_the_last_quarter_filled(kecamatan):
    take(kecamatan, "2–3", "4–5", "6–7", "8–10", annual="8–10")

    first, second = measure(kecamatan, 1, realised=3), measure(kecamatan, 2, realised=3)

    assert capaian(first) == (100, "2–3")
    assert capaian(second) == (75, "4–5")  # 3 ÷ 4


def test_a_sum_adds_the_bounds_of_its_quarters(kecamatan):
    target = take(kecamatan, annual="8–12", nature="jumlah")

    first, second = measure(kecamatan, 1, realised=3), measure(kecamatan, 2, realised=4)

    assert target.spans == [["2", "3"]] * 4
    assert capaian(first) == (100, "2–3")
    assert capaian(second) == (Decimal("83.33"), "4–6")  # 7: (2 × 6 − 7) ÷ 6


def test_a_closed_quarter_keeps_the_bounds_that_it_was_measured_with(kecamatan):
    take(kecamatan, annual="8–12", nature="jumlah")
    first = measure(kecamatan, 1, realised=3)
    walk(kecamatan, first)

    target = take(kecamatan, annual="14–18", nature="jumlah")
    second = measure(kecamatan, 2, realised=4)

    assert target.spans == [["2", "3"], ["4", "5"], ["4", "5"], ["4", "5"]]
    assert capaian(first) == (100, "2–3")
    assert capaian(second) == (100, "6–8")


def test_the_bounds_of_an_earlier_quarter_stay_when_only_those_of_the_indicator_change(kecamatan):
    Indicator.objects.filter(pk=kecamatan.indicators[0].pk).update(
        method="rentang", accumulation="rata_rata", low=2, high=4
    )
    walk(kecamatan, measure(kecamatan, 1, realised=3))
    Indicator.objects.filter(pk=kecamatan.indicators[0].pk).update(low=4, high=8)

    second = measure(kecamatan, 2, realised=3)

    assert capaian(second) == (100, "3–6")  # the means of 2 and 4, and of 4 and 8


def test_the_end_of_the_plan_has_its_own_bounds(kecamatan):
    take(kecamatan, annual="2–4")
    type(kecamatan.plan).objects.filter(pk=kecamatan.plan.pk).update(end_year=YEAR + 1)
    Target.objects.create(indicator=kecamatan.indicators[0], year=YEAR + 1, annual=10, low=6, high=10)

    cycle = measure(kecamatan, 1, realised=3)

    row = WorksheetRow.objects.filter(cycle=cycle).order_by("position")[0]
    assert (row.span, row.plan_span) == (span(2, 4), span(6, 10))


def test_what_is_exported_comes_back_as_it_was(kecamatan):
    take(kecamatan, "2–3", "4–5", "6–7", "8–10", annual="8–10")

    file = table(plan_workbook(kecamatan.plan, YEAR, filled=True), "rencana.xlsx")

    preview = table_import.preview(kecamatan.plan, file)
    assert preview.wrong == []
    assert preview.changes_nothing


def test_the_page_of_an_indicator_takes_spans(kecamatan):
    indicator = kecamatan.indicators[0]
    values = {"method": "rentang", "accumulation": "posisi_akhir", "annual": "8 s.d. 10"}

    change(kecamatan, indicator, **values, p1="", p2="", p3="", p4="")
    alike = Target.objects.get(indicator=indicator)
    change(kecamatan, indicator, p1="2–3", p4="8–9")
    apart = Target.objects.get(indicator=indicator)
    change(kecamatan, indicator, annual="80")
    number = Target.objects.get(indicator=indicator)

    assert (alike.span, alike.spans, alike.annual) == (span(8, 10), [], 10)
    assert apart.spans == [["2", "3"], None, None, ["8", "9"]]
    assert (number.span, number.annual) == (None, 80)


def test_a_year_changed_on_the_page_carries_its_shares_along(kecamatan):
    indicator = kecamatan.indicators[0]
    change(kecamatan, indicator, method="rentang", annual="8–12", p1="", p2="", p3="", p4="")
    change(kecamatan, indicator, annual="16–20")

    target = Target.objects.get(indicator=indicator)
    assert (target.span, target.spans) == (span(16, 20), [["4", "5"]] * 4)


def test_a_span_on_the_page_is_refused_where_the_direction_is_no_range(kecamatan):
    assert change(kecamatan, kecamatan.indicators[0], annual="8–10").status_code == 422
    assert change(kecamatan, kecamatan.indicators[0], method="rentang", annual="10–8").status_code == 422


def test_a_change_of_bounds_is_a_revision(approved):
    indicator = approved.indicators[0]
    Indicator.objects.filter(pk=indicator.pk).update(method="rentang", low=8, high=12)
    basis = {"reason": "Hasil evaluasi.", "document": "Perjanjian Kinerja Perubahan", "dated": "2026-09-01"}

    assert change(approved, indicator, annual="8–10").status_code == 422
    assert change(approved, indicator, annual="8–10", **basis).status_code == 302

    said = {(found.label, found.old, found.new) for found in Revision.objects.all()}
    assert ("target setahun", "12", "8–10") in said
