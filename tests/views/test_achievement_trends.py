"""Tren and Perbandingan tahun: each figure is that of its cycle, and a gap is said and never drawn."""

import re

import pytest
from django.urls import reverse

from measurement.figures.calculation import calculate
from measurement.models import Indicator, MeasurementCycle, PlanNode, WorksheetRow
from measurement.rules.numbers import show
from tests.support.characters import YEAR, Office, cycle_at
from tests.support.pages import logged_in, words
from tests.support.past_cycles import copied


@pytest.fixture
def first(kecamatan: Office) -> MeasurementCycle:
    """TW I to be recapitulated: both indicators at 3 of 3, 2 of 10 million spent."""
    return cycle_at(kecamatan, "recapitulate")


def trend(office: Office, query: str = "", person=None) -> str:
    return words(logged_in(person or office.camat).get(reverse("trends") + query))


def compared(office: Office, query: str = "") -> str:
    return words(logged_in(office.camat).get(reverse("years") + query))


def columns(text: str) -> list[int]:
    """The years whose capaian has a column in the table."""
    return [int(year) for year in re.findall(r"Capaian (\d{4}) \(%\)", text)]


def drawn(office: Office, query: str = "") -> str:
    return logged_in(office.camat).get(reverse("trends") + query).content.decode()


def test_each_quarter_shows_what_its_own_cycle_computes(kecamatan, first):
    second = copied(first, YEAR, 2, realised=2)
    text = trend(kecamatan)
    for cycle in (first, second):
        office = calculate(cycle).office
        assert (
            f"{cycle.period_of_year.short} {show(office.capaian.figure.shown)} {show(office.serapan.shown)}"
            in text
        )
    assert "TW I 100,00 20,00 TW II 33,33 20,00 TW III belum diukur – TW IV belum diukur –" in text
    assert text.count("TW II 33,33 20,00") == 2  # the office's table and that of the only program


def test_a_skipped_quarter_breaks_the_line_and_is_called_unmeasured(kecamatan, first):
    copied(first, YEAR, 3)
    page = drawn(kecamatan)
    assert page.count('<circle class="dot"') == 2 * 2  # the office's chart and that of the only program
    assert "L" not in page.partition('<path class="line" d="')[2].partition('"')[0]
    assert "TW II: belum diukur; TW III: capaian 33,33 %" in page


def test_the_archived_figures_stay_while_a_correction_is_under_way(kecamatan, first):
    copied(first, YEAR, 2, realised=6)
    copied(first, YEAR, 2, realised=1, state="evaluasi")
    text = trend(kecamatan)
    assert "TW I 100,00 20,00 TW II 100,00 20,00" in text
    assert "16,67" not in text


def test_provisional_figures_are_marked_so(kecamatan, first):
    copied(first, YEAR, 2, state="pengukuran")
    assert "sementara" in trend(kecamatan)
    assert "sementara" not in trend(kecamatan, person=kecamatan.asn)


def test_a_provisional_point_is_hollow_and_dashed_and_so_is_the_way_to_it(kecamatan, first):
    copied(first, YEAR, 2, state="pengukuran")
    page = drawn(kecamatan)
    assert page.count('class="dot hollow provisional"') == 2 * 2
    assert 'class="line provisional"' in page
    assert "Titik putus-putus masih sementara." in page
    assert "provisional" not in logged_in(kecamatan.asn).get(reverse("trends")).content.decode()


def test_years_can_be_compared_from_two_on(kecamatan, first):
    link = f'href="{reverse("years")}"'
    client = logged_in(kecamatan.camat)
    for name in ("achievement", "trends"):
        assert link not in client.get(reverse(name)).content.decode()
    copied(first, YEAR - 1, 1)
    for name in ("achievement", "trends"):
        assert link in client.get(reverse(name)).content.decode()


def test_a_quarter_whose_figures_are_not_open_yet_is_under_way_and_not_unmeasured(kecamatan, first):
    copied(first, YEAR, 2, state="pengukuran")
    assert "TW I 100,00 20,00 TW II sedang berjalan – TW III belum diukur –" in trend(
        kecamatan, person=kecamatan.asn
    )


def test_the_programs_of_an_earlier_year_are_a_click_away(kecamatan, first):
    copied(first, YEAR - 1, 4, realised=12)
    assert f'href="{reverse("trends")}?tahun={YEAR - 1}"' in drawn(kecamatan)
    assert f"Tiap program, tahun {YEAR - 1}" in trend(kecamatan, f"?tahun={YEAR - 1}")
    assert "TW III belum diukur – TW IV 100,00 20,00" in trend(kecamatan, f"?tahun={YEAR - 1}")


def test_the_same_quarter_of_several_years_stands_side_by_side(kecamatan, first):
    copied(first, YEAR - 1, 1, realised=1)
    text = compared(kecamatan)
    heads = " ".join(f"Capaian {year} (%) Serapan {year} (%)" for year in (YEAR - 1, YEAR))
    assert f"Program {heads} 7.01.02 program uji 33,33 20,00 100,00 20,00" in text
    assert f"program uji: tahun {YEAR} 100,00 %, tahun {YEAR - 1} 33,33 %" in text
    assert "Jumlah laporan 1 Laporan 1 33,33 % 3 100,00 %" in text


def test_a_year_between_without_a_cycle_is_called_unmeasured(kecamatan, first):
    copied(first, YEAR - 2, 1, realised=1)
    text = compared(kecamatan)
    assert columns(text) == [YEAR - 2, YEAR - 1, YEAR]
    assert "7.01.02 program uji 33,33 20,00 belum diukur – 100,00 20,00" in text


def test_at_most_four_years_stand_side_by_side(kecamatan, first):
    copied(first, YEAR - 6, 1)
    assert columns(compared(kecamatan)) == [YEAR - 3, YEAR - 2, YEAR - 1, YEAR]


def test_one_year_alone_says_that_there_is_nothing_to_compare_yet(kecamatan, first):
    assert f"Baru tahun {YEAR} yang memiliki angka s.d. Triwulan I." in compared(kecamatan)


def test_another_quarter_can_be_compared(kecamatan, first):
    copied(first, YEAR - 1, 4, realised=12)
    assert columns(compared(kecamatan, "?bulan=12")) == [YEAR - 1]
    assert "7.01.02 program uji 100,00 20,00" in compared(kecamatan, "?bulan=12")


def test_an_indicator_that_is_new_says_that_it_was_not_there(kecamatan, first):
    old = copied(first, YEAR - 1, 1, state="evaluasi")
    WorksheetRow.objects.filter(cycle=old, name="Jumlah laporan 1").delete()
    assert "Jumlah laporan 1 Laporan belum ada 3 100,00 %" in compared(kecamatan)


def test_a_program_that_is_new_says_that_it_was_not_there(kecamatan, first):
    old = copied(first, YEAR - 1, 1, state="evaluasi")
    other = PlanNode.objects.create(
        plan=kecamatan.plan, level="program", code="7.01.06", name="Program lama", position=9
    )
    old.nodes.filter(level="program").update(code=other.code, plan_node=other)
    assert "7.01.02 program uji belum ada – 100,00 20,00" in compared(kecamatan)


def test_indicators_that_are_gone_are_named(kecamatan, first):
    copied(first, YEAR - 1, 1)
    WorksheetRow.objects.filter(cycle=first, name="Jumlah laporan 2").delete()
    assert f"1 indikator tahun {YEAR - 1} tidak lagi diukur: Jumlah laporan 2." in compared(kecamatan)


def test_the_baseline_of_the_plan_stands_before_the_years(kecamatan, first):
    Indicator.objects.filter(name="Jumlah laporan 1").update(baseline=7)
    text = compared(kecamatan)
    assert "Kondisi awal rencana" in text
    assert "Jumlah laporan 1 Laporan 7 3 100,00 %" in text
    assert "Jumlah laporan 2 Laporan – 3 100,00 %" in text


def test_without_any_baseline_there_is_no_column_for_it(kecamatan, first):
    assert "Kondisi awal" not in compared(kecamatan)
