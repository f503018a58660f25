"""The second year of the demonstration office, lived through the doors. Every figure here was worked out by hand from the plan's and the year's own:

indicator (accumulation)              targets TW I–IV   realisasi TW I–IV (TW I is data awal)
S1   IKM (rata-rata)                  80 80 80 80       76 84 84 76
02   pengaduan (rasio)                90 90 90 90       9/10 8/10 0/0 10/10
0001 laporan koordinasi (jumlah)      3 3 3 3           3 3, corrected to 3 1
     after APBD-P, 12 → 16            3 3 5 5           3 1 5 5
0002 laporan peningkatan (jumlah)     1 1 1 1           1 1, then dropped
S2   lembaga aktif (posisi akhir)     80 80 80 80       60 64 72 80
S2   nilai SAKIP (tahunan)            – – – 86          – – – 77,4
0003 kelompok, the office's           1 1 1 1           1 1 1 1
0003 kelompok, Kelurahan Contoh       2 2 2 2           2 1 1 2

millions of rupiah      pagu       TW I–IV
0001                    40 → 48    8 10 12 12
0002                    20 → 0     1 4
0003, the office's      30         6 6 6 9
0003, Kelurahan Contoh  10         2 1 2 4
"""

from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from measurement.figures import e81
from measurement.figures.calculation import calculate
from measurement.management.demo import office, second_year, walk
from measurement.management.demo.second_year_plan import KELURAHAN, MILLION
from measurement.models import MeasurementCycle, Person
from measurement.rules.figure import Gap
from tests.support.pages import logged_in, words
from tests.support.second_year import branch, k_of, line, quick_and_late, row, rp_of, shown

COORDINATION, DROPPED = "7.01.02.2.01.0001", "7.01.02.2.01.0002"
EMPOWERMENT = "7.01.03.2.02.0003"
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker, tmp_path_factory):
    """The year, with the calculation of each cycle as it was whenever something of it was finished."""
    place = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        with quick_and_late(place):
            unit = office.build()
            begins = datetime(*walk.FIRST_PERIOD_BEGINS, tzinfo=timezone.get_current_timezone())
            walk.Walk.ordered(unit, 1, begins)
            sheets = [calculate(cycle) for cycle in second_year.live_through(unit)]
        yield SimpleNamespace(place=place, sheets=sheets)
        transaction.set_rollback(True)


@pytest.fixture
def year(lived, db):
    """The sheets by name: TW II, TW III before the correction, the correction, TW III, TW IV."""
    names = ("second", "third_before", "correction", "third", "fourth")
    with quick_and_late(lived.place):
        yield SimpleNamespace(**dict(zip(names, lived.sheets, strict=True)))


def test_data_awal_stand_in_the_first_cycle(year):
    """IKM (76 + 84) / 2 = 80 of 80; pengaduan 17/20 = 85 of 90; kelurahan 3 of 4."""
    sheet = year.second

    assert sheet.cycle.opening_missing == []
    assert shown(row(sheet, "Indeks").capaian) == "100,00"
    assert shown(row(sheet, "Persentase pengaduan").capaian) == "94,44"
    assert shown(row(sheet, "Jumlah Laporan Koordinasi").capaian) == "100,00"
    assert shown(row(sheet, "Persentase lembaga").capaian) == "80,00"
    assert shown(row(sheet, "Jumlah Kelompok").capaian) == "100,00"
    assert shown(row(sheet, "Jumlah Kelompok", KELURAHAN).capaian) == "75,00"


def test_what_leads_in_tw_ii(year):
    """S1 by its IKM 100, not by its program's 94,44; S2 by lembaga alone, 80; the headline (100 + 80) / 2."""
    sheet = year.second

    assert shown(branch(sheet, "S1").capaian.figure) == "100,00"
    assert shown(branch(sheet, "S1").to_date.below.figure) == "94,44"
    assert shown(branch(sheet, "S2").capaian.figure) == "80,00"
    # no indicator of its own: the mean of the kegiatan below, (100 + 75) / 2
    assert shown(branch(sheet, "7.01.03").capaian.figure) == "87,50"
    assert shown(sheet.office.capaian.figure) == "90,00"
    assert sheet.office.predicate == "Tinggi"


def test_the_annual_indicator_is_not_due_before_tw_iv(year):
    """TW IV: 77,4 / 86 = 90; S2 (100 + 90) / 2 = 95; the headline (100 + 95) / 2."""
    for sheet in (year.second, year.third):
        assert row(sheet, "Nilai SAKIP").capaian.gap == Gap.NOT_DUE
    assert shown(row(year.fourth, "Nilai SAKIP").capaian) == "90,00"
    assert shown(branch(year.fourth, "S2").capaian.figure) == "95,00"
    assert shown(year.fourth.office.capaian.figure) == "97,50"


def test_each_kind_of_row_in_tw_iii_and_iv(year):
    """IKM 244/3 = 81,33 of 80, then 320/4; pengaduan 17/20 with a quarter without cases, then 27/30 = 90; kelurahan 4 of 6, then 6 of 8."""
    kinds = [("Indeks", ""), ("Persentase pengaduan", ""), ("Persentase lembaga", "")]
    kinds += [("Jumlah Kelompok", ""), ("Jumlah Kelompok", KELURAHAN)]
    third, fourth = (
        [shown(row(sheet, *kind).capaian) for kind in kinds] for sheet in (year.third, year.fourth)
    )

    assert third == ["101,67", "94,44", "90,00", "100,00", "66,67"]
    assert fourth == ["100,00", "100,00", "100,00", "100,00", "75,00"]


def test_the_follower_has_what_it_follows(year):
    for sheet in vars(year).values():
        [kegiatan] = branch(sheet, "7.01.02.2.01").rows
        assert kegiatan.row.is_follower
        assert kegiatan.to_date == row(sheet, "Jumlah Laporan Koordinasi").to_date


def test_efficiency_is_on_one_base(year):
    """TW II: 100 − 18/20 of the cash plan = 10; where no cash plan is, nothing is said before TW IV: kelurahan 75 − 9/10 = −15 then."""
    sub = branch(year.second, COORDINATION)

    assert (shown(sub.serapan_of_cash), str(sub.efficiency)) == ("90,00", "efisien")
    assert branch(year.second, EMPOWERMENT).efficiency is None
    assert branch(year.third, EMPOWERMENT, KELURAHAN).efficiency is None
    assert branch(year.fourth, EMPOWERMENT, KELURAHAN).efficiency == "tidak efisien"


def test_money_of_tw_ii(year):
    """18 + 5 + 12 + 3 = 38 of 100 million."""
    money = year.second.office
    assert (money.spent_to_date, money.pagu, shown(money.serapan)) == (38 * MILLION, 100 * MILLION, "38,00")


def test_form_e81_of_tw_ii(year):
    """0001 over 2026 to 2028: 36 planned, 11 in 2026; 17 / 36 = 47,22 %; money 120 planned, 38 in 2026; 56 / 120."""
    sheet = year.second
    form = line(sheet, COORDINATION)

    assert k_of(form) == ["11,00", "12,00", "3,00", "3,00", "–", "–", "6,00", "17,00", "47,22"]
    assert rp_of(form) == ["38,00", "40,00", "8,00", "10,00", "–", "–", "18,00", "56,00", "46,67"]
    assert k_of(line(sheet, "S1")) == [
        "78,00",
        "80,00",
        "76,00",
        "84,00",
        "–",
        "–",
        "80,00",
        "80,00",
        "100,00",
    ]
    assert k_of(line(sheet, EMPOWERMENT, KELURAHAN))[:3] == ["–", "8,00", "2,00"]
    # kegiatan against the year: (6/12 + 2/4) / 2 = 50 and (2/4 + 3/8) / 2 = 43,75
    assert shown(e81.closing_mean(sheet)[0].figure) == "46,88"


def test_a_raised_target_is_spread_over_open_periods(year):
    """12 → 16 after 3/3: TW III and IV share the 10 that are left."""
    assert [Decimal(target) for target in row(year.third, "Jumlah Laporan Koordinasi").row.targets] == [
        3,
        3,
        5,
        5,
    ]


def test_the_correction_reaches_the_quarter_under_way(year):
    """Before: (3 + 3 + 5) / (3 + 3 + 5) = 100; after: 9 / 11. The corrected TW II: 4 / 6, its kegiatan (66,67 + 100) / 2."""
    before, after = (
        shown(row(sheet, "Jumlah Laporan Koordinasi").capaian) for sheet in (year.third_before, year.third)
    )

    assert (before, after) == ("100,00", "81,82")
    assert shown(row(year.correction, "Jumlah Laporan Koordinasi").capaian) == "66,67"
    assert shown(branch(year.correction, "7.01.02.2.01").capaian.figure) == "83,33"
    assert year.third.cycle.audit.filter(action="correction_taken_over").count() == 1


def test_a_page_of_the_quarter_says_that_it_was_corrected(year):
    client = logged_in(Person.objects.get(username="tim1"))
    text = words(client.get(reverse("cycle", args=[year.third.cycle.pk])))

    assert "dihitung lagi menurut koreksi Pengukuran TW II 2027" in text


def test_what_was_dropped_keeps_money_and_realisasi_and_leads_nothing(year):
    """5 million and 2 reports in every later quarter; TW III 30 + 5 + 18 + 5 = 58 of 88 million; TW IV 42 + 5 + 27 + 9 = 83."""
    for sheet in (year.third_before, year.third, year.fourth):
        dropped = branch(sheet, DROPPED)
        assert (dropped.pagu, dropped.spent_to_date) == (0, 5 * MILLION)
        assert (dropped.rows[0].capaian.gap, dropped.rows[0].to_date.realised) == (Gap.STOPPED, 2)
        kegiatan = branch(sheet, "7.01.02.2.01").capaian
        assert (kegiatan.counted, kegiatan.total) == (1, 2)
    assert (year.third.office.spent_to_date, year.third.office.pagu) == (58 * MILLION, 88 * MILLION)
    # its cash plan of closed quarters stays, too: (30 + 5) of (34 + 10)
    assert shown(branch(year.third, "7.01.02.2.01").serapan_of_cash) == "79,55"
    assert [shown(sheet.office.serapan) for sheet in (year.third, year.fourth)] == ["65,91", "94,32"]


def test_the_headlines(year):
    """TW III (101,67 + 90) / 2; TW IV (100 + 95) / 2. The correction moves no sasaran, because their IKU lead."""
    sheets = (year.second, year.third_before, year.correction, year.third, year.fourth)

    assert [shown(sheet.office.capaian.figure) for sheet in sheets] == [
        "90,00",
        "95,83",
        "90,00",
        "95,83",
        "97,50",
    ]
    # setahun 97,50 − 94,32 = 3,18
    assert year.fourth.office.efficiency == "cukup efisien"


def test_form_e81_of_tw_iv(year):
    """0001: 12 + 16 + 12 = 40 planned; 11 + 14 = 25 reached. Money 40 + 48 + 40 = 128; 38 + 42 = 80. What was dropped: 2 of 4."""
    sheet = year.fourth

    form = line(sheet, COORDINATION)
    assert k_of(form) == ["11,00", "16,00", "3,00", "1,00", "5,00", "5,00", "14,00", "25,00", "62,50"]
    assert rp_of(form) == ["38,00", "48,00", "8,00", "10,00", "12,00", "12,00", "42,00", "80,00", "62,50"]
    form = line(sheet, DROPPED)
    assert k_of(form) == ["–", "4,00", "1,00", "1,00", "–", "–", "2,00", "2,00", "50,00"]
    assert rp_of(form) == ["–", "0,00", "1,00", "4,00", "–", "–", "5,00", "5,00", "–"]
    form = line(sheet, EMPOWERMENT, KELURAHAN)
    assert k_of(form) == ["–", "8,00", "2,00", "1,00", "1,00", "2,00", "6,00", "6,00", "37,50"]
    assert rp_of(form) == ["–", "10,00", "2,00", "1,00", "2,00", "4,00", "9,00", "9,00", "45,00"]


def test_the_workbook_of_e81_closes_with_the_mean_of_the_year(year):
    """Kegiatan against the year: 14/16 = 87,5 and (4/4 + 6/8) / 2 = 87,5. Serapan 83 / 88. To date the sasaran lead: 97,50."""
    client = logged_in(Person.objects.get(username="tim1"))
    answer = client.get(reverse("e81_xlsx", args=[year.fourth.cycle.pk]))
    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    found = {
        line[0]: [round(value, 2) for value in line[1:] if isinstance(value, int | float)]
        for line in page.iter_rows(values_only=True)
    }

    [closing] = [
        numbers
        for label, numbers in found.items()
        if str(label).startswith("Rata-rata capaian kinerja (kolom 13")
    ]
    [to_date] = [
        numbers for label, numbers in found.items() if str(label).startswith("Capaian kinerja perangkat")
    ]
    assert (closing, to_date) == ([87.5, 94.32], [97.5, 94.32])


def test_the_paper_of_the_recap_in_tw_iii(year):
    """Kertas kerja rekap as it was issued: kegiatan 81,82 with 1 of 2, 35 of 48 million, of which 9 are data awal."""
    content = year.third.cycle.papers.get(kind="kertas_kerja_rekap").content
    kegiatan = next(line for line in content["recap"] if line["code"] == "7.01.02.2.01")

    assert kegiatan["capaian"] == "81,82 %"
    assert (kegiatan["pagu"], kegiatan["spent_to_date"]) == ("Rp48.000.000", "Rp35.000.000 †")


def test_the_recap_sums_the_code_and_lists_the_kelurahan(year):
    """TW IV: the code (100 + 75) / 2 = 87,50 %, 36 of 40 million; the kelurahan 75 %, 9 of 10."""
    client = logged_in(Person.objects.get(username="tim1"))
    text = words(client.get(reverse("recap", args=[year.fourth.cycle.pk])))

    shared = text[text.index("jumlah 2 sub unit") :]
    kelurahan = shared[shared.index(f"({KELURAHAN})") :]
    assert shared.index("87,50 %") < shared.index("Rp40.000.000") < shared.index("Rp36.000.000")
    assert kelurahan.index("75,00 %") < kelurahan.index("Rp10.000.000") < kelurahan.index("Rp9.000.000")


def test_the_recap_of_the_sub_units(year):
    """The kelurahan's own line: 75 %, 9 of 10 million = 90 %."""
    client = logged_in(Person.objects.get(username="tim1"))
    text = words(client.get(reverse("sub_unit_recap", args=[year.fourth.cycle.pk])))

    own = text[text.index(KELURAHAN) :]
    assert own.index("75,00 %") < own.index("90,00 %")


def test_the_archive_is_whole(year):
    out = StringIO()

    call_command("verify_archive", stdout=out)

    assert "Semuanya utuh." in out.getvalue()
    assert MeasurementCycle.objects.archived().filter(year=2027).count() == 4


def test_the_command_adds_the_year_only_once(year):
    out = StringIO()

    call_command("load_demo", "--second-year", stdout=out)

    assert "Tahun 2027 sudah ada" in out.getvalue()
    assert MeasurementCycle.objects.filter(year=2027).count() == 4
