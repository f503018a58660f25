"""The schedule of an indicator in years that are not measured by quarter: in their own periods, on pages, papers and in the plan's file."""

import pytest
from django.urls import reverse

from measurement.figures.calculation import calculate
from measurement.figures.explain import row_workings
from measurement.models import Indicator, Target
from measurement.plan import table_import
from measurement.rules.periods import Frequency
from measurement.rules.schedules import parse_schedule, schedule_words
from tests.doors.test_frequencies import choose, measured, ordered
from tests.plan.test_measuring_times import HEADINGS, KEGIATAN, PROGRAM, SUB
from tests.plan.test_plan_reading import read, workbook
from tests.support.characters import YEAR, fresh, walk
from tests.support.pages import form_of, logged_in, words

MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]


@pytest.mark.parametrize(
    ("schedule", "frequency", "said"),
    [
        ("2,4", "bulanan", "semester (Juni dan Desember)"),
        ("4", "bulanan", "setahun sekali (Desember)"),
        ("1,2,3,4", "bulanan", "Maret, Juni, September dan Desember"),
        ("", "bulanan", "setiap periode"),
        ("1,3", "triwulan", "TW I dan III"),
        ("1,2,3,4", "triwulan", "setiap periode"),
        ("2,4", "semester", "setiap periode"),
        ("4", "semester", "setahun sekali (Smt II)"),
        ("4", "tahunan", "setiap periode"),
    ],
)
def test_a_schedule_is_said_in_the_periods_of_its_year(schedule, frequency, said):
    assert schedule_words(schedule, Frequency(frequency)) == said


@pytest.mark.parametrize(
    ("text", "schedule"),
    [
        ("Juni dan Desember", "2,4"),
        ("semester (Juni dan Desember)", "2,4"),
        ("Mar, Jun, Sep, Des", "1,2,3,4"),
        ("triwulanan", "1,2,3,4"),
        ("bulanan", ""),
        ("Semester I", "2"),
        ("semester I dan II", "2,4"),
        ("TW I, II dan IV", "1,2,4"),
    ],
)
def test_a_schedule_is_read_in_the_periods_of_any_year(text, schedule):
    assert parse_schedule(text) == schedule


def change(office, **values):
    client = logged_in(office.tim)
    url = f"{reverse('indicator', args=[office.indicators[0].pk])}?tahun={YEAR}"
    return client.post(url, form_of(client.get(url), f"?tahun={YEAR}") | values)


def test_a_monthly_office_may_measure_something_each_quarter(kecamatan):
    choose(kecamatan, "bulanan")
    page = words(logged_in(kecamatan.tim).get(f"{reverse('indicator', args=[kecamatan.indicators[0].pk])}"))
    assert (
        "Centang bulan saat indikator diukur: semester (Juni dan Desember), setahun sekali (Desember)."
        in page
    )
    assert "TW I" not in page

    change(kecamatan, schedule=["1", "2", "3", "4"])

    indicator = Indicator.objects.get(pk=kecamatan.indicators[0].pk)
    target = Target.objects.get(indicator=indicator)
    assert indicator.schedule == "1,2,3,4"
    assert [month for month, value in zip(MONTHS, target.of_periods(Frequency.MONTHLY), strict=True) if value] == [
        "Mar", "Jun", "Sep", "Des",
    ]  # fmt: skip
    cycle = walk(kecamatan, ordered(kecamatan, "jan"), "measure")
    row = cycle.rows.get(indicator=indicator)
    assert row.verdict_note == "Belum waktunya: diukur Maret, Juni, September dan Desember."


def test_all_quarters_ticked_stay_every_period_where_no_month_is_measured(kecamatan):
    change(kecamatan, schedule=["1", "2", "3", "4"])
    assert Indicator.objects.get(pk=kecamatan.indicators[0].pk).schedule == ""


def test_months_with_targets_show_a_schedule_of_each_quarter(empty, kecamatan):
    empty.chosen_frequencies = {"2027": "bulanan"}
    empty.save()
    months = ["", "", 5, "", "", 5, "", "", 5, "", "", 5]
    blank = [""] * 4
    rows = [
        [*HEADINGS, *(f"{month} 2027" for month in MONTHS)],
        [*PROGRAM, *blank, *([""] * 9)],
        [*KEGIATAN, *blank, *([""] * 9)],
        [*SUB[:4], 20, SUB[5], *months],
    ]

    table_import.apply(empty, read(workbook(rows)), kecamatan.tim)

    indicator = Indicator.objects.get(node__plan=empty, node__level="sub_kegiatan")
    assert indicator.schedule == "1,2,3,4"


def test_what_was_not_due_is_not_said_to_be_missing(kecamatan):
    """A sum of each half-year: TW I was not due, so its working says that, and no target of it is counted."""
    Indicator.objects.filter(pk=kecamatan.indicators[0].pk).update(schedule="2,4")
    Target.objects.filter(indicator=kecamatan.indicators[0]).update(p1=None, p2=6, p3=None, p4=6)
    walk(kecamatan, ordered(kecamatan, "tw1"))
    cycle = walk(kecamatan, ordered(kecamatan, "tw2"), "evaluate")

    figures = calculate(fresh(cycle)).rows[cycle.rows.get(name="Jumlah laporan 1").pk]
    told = {
        working.title: str(working) for working in row_workings(figures, cycle.period_of_year, cycle.rules)
    }

    assert told["Realisasi s.d. TW II"] == "3 = 3; jumlah; TW I belum waktunya"
    assert told["Target s.d. TW II"] == "6 = 6; jumlah"


def test_a_yearly_office_reads_until_the_end_of_the_year(kecamatan):
    choose(kecamatan, "tahunan")
    cycle = measured(kecamatan, "tahun", (10, 12), 1_000_000)
    client = logged_in(kecamatan.tim)
    for name, args in (("overview", [cycle.pk]), ("years", []), ("e81_xlsx", [cycle.pk])):
        page = client.get(reverse(name, args=args))
        assert "s.d. Tahun " not in words(page) if name != "e81_xlsx" else page.status_code == 200, name
    assert "Capaian s.d. akhir tahun" in words(client.get(reverse("overview", args=[cycle.pk])))
