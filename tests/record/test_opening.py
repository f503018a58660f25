"""What data awal do to a cycle that is frozen after their approval: the issue's case and its kind, walked through the doors."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from measurement.doors import workflow
from measurement.doors.opening import told_already
from measurement.figures.calculation import calculate
from measurement.figures.e81 import form_lines
from measurement.figures.opening_notes import opening_notes, thing_note
from measurement.figures.opening_sheets import opening_sheets
from measurement.models import Indicator, Pagu, Plan, Revision, Target
from measurement.plan.revising import approve
from measurement.record.audit import trail_faults
from measurement.record.opening import missing_opening, opening_places
from measurement.record.realised import Realised
from measurement.rules.numbers import show
from tests.support.budget_changes import add_branch
from tests.support.characters import add_indicator, cycle_at, fill, fresh, open_cycle, walk
from tests.support.opening import DOCUMENT, approved, begun, fill_in, late_office

SOURCE = f"{DOCUMENT}, 5 Januari 2026"


@pytest.fixture
def late(db):
    """An office that begins in TW III of the plan's second year and reaches its target of 3 every quarter."""
    return late_office(2025)


def measured(made, quarter: int = 3):
    """The worksheet of a cycle of which every row was filled in with 3, as it is calculated."""
    cycle = walk(made, open_cycle(made, quarter), "measure")
    fill(made, cycle)
    return calculate(fresh(cycle))


def figures_of(sheet, indicator=None):
    return next(figures for figures in sheet.rows.values() if indicator in (None, figures.row.indicator))


def cells(indicator, value: str) -> dict:
    return {f"realised-{indicator.pk}": value}


def both(values: dict) -> dict:
    return {"2026-1": values, "2026-2": values}


def test_a_later_year_that_begins_in_tw_ii_takes_its_earlier_periods(late):
    """What is said to be missing can be entered, not only in the office's first year."""
    Plan.objects.filter(pk=late.plan.pk).update(end_year=2027)
    late.plan.refresh_from_db()
    Target.objects.create(indicator=late.indicator, year=2027, annual=12, p1=3, p2=3, p3=3, p4=3)
    open_cycle(late, 3)
    workflow.open_cycle(late.unit, late.plan, 2027, 2, late.camat, "Laksanakan pengukuran kinerja.")

    names = [place.name for place in opening_places(late.plan)]

    assert names == ["Tahun 2025", "Tahun 2026", "TW I 2026", "TW II 2026", "TW I 2027"]


def test_an_office_at_100_percent_that_begins_in_tw_iii_shows_100_percent(late):
    open_cycle(late, 3)
    approved(late, late.chair, both(cells(late.indicator, "3")))
    cycle = walk(late, late.unit.cycles.get(), "measure")
    fill(late, cycle)
    sheet = calculate(fresh(cycle))
    assert show(figures_of(sheet).capaian.value) == "100,00"
    assert thing_note(figures_of(sheet).row) == f"Data awal, menurut {SOURCE}: TW I 2026 dan TW II 2026."
    assert opening_notes(sheet) == [f"Data awal, menurut {SOURCE}: TW I 2026 dan TW II 2026."]


def test_what_is_not_approved_is_in_no_figure_and_is_said_to_be_missing(late):
    open_cycle(late, 3)
    fill_in(late, begun(late), "2026-1", cells(late.indicator, "3"))
    cycle = walk(late, late.unit.cycles.get(), "measure")
    fill(late, cycle)
    sheet = calculate(fresh(cycle))
    assert show(figures_of(sheet).capaian.value) == "33,33"
    assert sheet.cycle.opening_gap == (
        "Data awal belum lengkap: TW I 2026 dan TW II 2026 (masing-masing 1 indikator, 1 anggaran sub kegiatan). "
        "Angka s.d. periode ini dan realisasi rencana belum memuatnya."
    )


def test_a_position_takes_the_last_quarter_and_data_awal_only_where_it_is_blank(late):
    Indicator.objects.update(accumulation="posisi_akhir")
    open_cycle(late, 2)
    approved(late, late.chair, {"2026-1": cells(late.indicator, "2")})
    cycle = walk(late, late.unit.cycles.get(), "measure")
    fill(late, cycle)
    figures = figures_of(calculate(fresh(cycle)))
    assert (figures.before, figures.to_date.realised) == (2, 3)


def test_a_mean_counts_the_quarters_of_data_awal(late):
    Indicator.objects.update(accumulation="rata_rata")
    open_cycle(late, 3)
    approved(late, late.chair, {"2026-1": cells(late.indicator, "1"), "2026-2": cells(late.indicator, "2")})
    cycle = walk(late, late.unit.cycles.get(), "measure")
    fill(late, cycle)
    assert figures_of(calculate(fresh(cycle))).to_date.realised == 2


def test_a_ratio_adds_up_its_parts(late):
    ratio = add_indicator(late, "Persentase selesai", 5, accumulation="rasio", measure="%")
    open_cycle(late, 2)
    parts = {f"numerator-{ratio.pk}": "8", f"denominator-{ratio.pk}": "10"}
    approved(late, late.chair, {"2026-1": parts})
    cycle = walk(late, late.unit.cycles.get(), "measure")
    cycle.rows.filter(indicator=ratio).update(numerator=1, denominator=10, realised=None)
    figures = figures_of(calculate(fresh(cycle)), ratio)
    assert figures.to_date.realised == 45


def test_money_of_earlier_quarters_counts_in_serapan(late):
    open_cycle(late, 3)
    money = {f"spent-{late.sub.pk}": "2.000.000"}
    approved(late, late.chair, both(cells(late.indicator, "3") | money))
    cycle = walk(late, late.unit.cycles.get(), "measure")
    fill(late, cycle)  # another 2.000.000 of 10.000.000
    sheet = calculate(fresh(cycle))
    assert (sheet.office.spent_to_date, show(sheet.office.serapan.value)) == (6_000_000, "60,00")
    assert sheet.cycle.opening_gap.startswith("Data awal") is False


def with_last_year(late) -> None:
    Target.objects.create(indicator=late.indicator, year=2025, annual=12, p1=3, p2=3, p3=3, p4=3)
    Pagu.objects.create(node=late.sub, year=2025, amount=10_000_000)


def test_earlier_years_stand_in_columns_7_14_and_15_of_e81(late):
    with_last_year(late)
    open_cycle(late, 1)
    values = cells(late.indicator, "12") | {f"spent-{late.sub.pk}": "9.000.000"}
    approved(late, late.chair, {"2025": values})
    cycle = walk(late, late.unit.cycles.get(), "measure")
    fill(late, cycle)
    lines = [line for line in form_lines(calculate(fresh(cycle))) if line.row]
    k, rp = lines[0].k, lines[0].rp
    assert (k[6], k[7], k[14], show(k[15])) == (24, 12, 15, "62,50")
    assert (rp[7], rp[14], show(rp[15])) == (9_000_000, 11_000_000, "55,00")


def test_a_year_without_data_awal_is_said_to_be_missing(late):
    with_last_year(late)
    sheet = measured(late, 1)
    assert "tahun 2025 (1 indikator, 1 anggaran sub kegiatan)" in sheet.cycle.opening_gap


def test_the_archive_of_a_quarter_wins_over_data_awal(late):
    open_cycle(late, 2)
    approved(late, late.chair, {"2026-1": cells(late.indicator, "1")})
    first = cycle_at(late, None, 1)
    assert first.is_archived
    cycle = walk(late, late.unit.cycles.get(number=2), "measure")
    row = cycle.rows.get()
    assert Decimal(row.earlier[0]["realised"]) == 3
    assert row.opening == {}


def test_a_correction_of_data_awal_is_in_the_next_cycle_that_is_frozen(late):
    open_cycle(late, 3)
    approved(late, late.chair, both(cells(late.indicator, "3")))
    approved(late, late.chair, {"2026-2": cells(late.indicator, "0")}, document="Berita acara 7")
    cycle = walk(late, late.unit.cycles.get(), "measure")
    fill(late, cycle)
    figures = figures_of(calculate(fresh(cycle)))
    assert show(figures.capaian.value) == "66,67"
    assert thing_note(figures.row) == (
        f"Data awal, menurut {SOURCE}: TW I 2026. Data awal, menurut Berita acara 7, 5 Januari 2026: TW II 2026."
    )


def test_a_follower_has_what_it_follows_had(late):
    follower = add_indicator(late, "Jumlah laporan kegiatan", 7, follow_rule="sama")
    follower.follows.add(late.indicator)
    open_cycle(late, 2)
    approved(late, late.chair, {"2026-1": cells(late.indicator, "3")})
    cycle = walk(late, late.unit.cycles.get(), "measure")
    row = cycle.rows.get(indicator=follower)
    assert Decimal(row.earlier[0]["realised"]) == 3
    assert row.opening["1"]["source"] == SOURCE


def test_what_is_approved_later_reaches_the_worksheet_under_way_with_a_trail(late):
    cycle = walk(late, open_cycle(late, 3), "measure")
    fill(late, cycle)
    version = fresh(cycle).version
    approved(late, late.chair, both(cells(late.indicator, "3")))
    cycle = fresh(cycle)
    figures = figures_of(calculate(cycle))
    assert show(figures.capaian.value) == "100,00"
    assert figures.row.realised == 3
    assert cycle.version > version
    entry = cycle.audit.get(action="opening_reached")
    assert (entry.data["document"], entry.data["rows"]) == (SOURCE, [figures.row.pk])
    assert "TW I 2026 dan TW II 2026 (masing-masing 1 anggaran sub kegiatan)" in cycle.opening_gap
    assert trail_faults(cycle) == []


def test_a_cycle_whose_recap_was_made_stays_and_is_named(late):
    cycle = walk(late, open_cycle(late, 3), "report")
    opening = approved(late, late.chair, both(cells(late.indicator, "3")))
    row = fresh(cycle).rows.get()
    assert (row.earlier, row.opening) == ([{}, {}], {})
    assert told_already(opening) == ["Pengukuran TW III 2026"]


def test_a_quarter_in_which_nothing_is_due_is_not_missing(late):
    Indicator.objects.update(schedule="2,4")
    cycle = walk(late, open_cycle(late, 3), "prepare_method")
    [first, second] = missing_opening(cycle)
    assert (first["number"], first["indicators"], second["indicators"]) == (1, 0, 1)


def test_periods_of_data_awal_are_named_in_their_order(late):
    opened = open_cycle(late, 3)
    approved(late, late.chair, both(cells(late.indicator, "3")))
    walk(late, opened)
    assert Realised.of_plan(late.plan, [2026]).periods[late.indicator.pk, 2026] == [
        "TW I",
        "TW II",
        "TW III",
    ]


@pytest.mark.parametrize(("dated", "counts"), [(date(2026, 7, 20), (1, 1)), (date(2026, 5, 4), (1, 2))])
def test_money_of_a_branch_is_not_missing_before_a_change_gave_it_any(late, dated, counts):
    approve(late.plan, 2026, late.tim, "Perjanjian Kinerja Nomor 1", date(2026, 1, 5))
    branch = add_branch(late)
    branch.indicators.all().delete()
    Revision.objects.create(
        plan=late.plan, year=2026, node=branch, label="pagu", old="–", new="Rp5.000.000", reason="Perubahan APBD.",
        document="DPPA Nomor 2", dated=dated, made_by=late.tim, made_at=timezone.now(),
    )  # fmt: skip
    cycle = walk(late, open_cycle(late, 3), "prepare_method")
    assert tuple(part["branches"] for part in missing_opening(cycle)) == counts


def test_money_of_data_awal_is_held_against_pagu_murni(late):
    """2 of 10 million by TW I; that the budget became 8 million later changes nothing of it."""
    approve(late.plan, 2026, late.tim, "Perjanjian Kinerja Nomor 1", date(2026, 1, 5))
    open_cycle(late, 3)
    approved(late, late.chair, both({f"spent-{late.sub.pk}": "2000000"}))
    Pagu.objects.filter(node=late.sub).update(amount=8_000_000)
    Revision.objects.create(
        plan=late.plan, year=2026, node=late.sub, label="pagu", old="Rp10.000.000", new="Rp8.000.000", reason="Perubahan APBD.",
        document="DPPA Nomor 2", dated=date(2026, 8, 3), made_by=late.tim, made_at=timezone.now(),
    )  # fmt: skip
    cycle = walk(late, late.unit.cycles.get(), "measure")
    sheet = calculate(fresh(cycle))
    office_then = opening_sheets(sheet)[2026, 1].office
    assert (sheet.office.pagu, office_then.pagu) == (8_000_000, 10_000_000)
    assert show(office_then.serapan.value) == "20,00"
