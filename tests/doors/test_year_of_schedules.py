"""A year of an office whose indicators are not measured in every quarter, through the doors: what is due, skipped, blank and without cases."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.doors import attachments, measuring
from measurement.doors.measuring import SheetChange
from measurement.figures.calculation import calculate
from measurement.models import Indicator, MeasurementCycle, Pagu, Target, WorksheetRow
from measurement.rules.figure import Gap
from measurement.rules.refusals import NotAtThisStep
from measurement.rules.sop import RowState, State
from tests.support.characters import Office, cycle_at, fresh, row_values, walk
from tests.support.pages import logged_in, words

REASON = "Kegiatan dialihkan ke triwulan berikutnya."


@pytest.fixture
def yearly(kecamatan) -> Office:
    """The second indicator is a position that is measured at the end of the year: target 80."""
    kecamatan.once(at_the_end_of_the_year)
    return kecamatan


def at_the_end_of_the_year(made: Office) -> None:
    second = made.indicators[1]
    Indicator.objects.filter(pk=second.pk).update(schedule="4", accumulation="posisi_akhir", measure="Nilai")
    Target.objects.filter(indicator=second).update(annual=80, p1=None, p2=None, p3=None, p4=80)


def row_of(cycle: MeasurementCycle, number: int) -> WorksheetRow:
    return cycle.rows.get(name=f"Jumlah laporan {number}")


def figures_of(cycle: MeasurementCycle, number: int = 1):
    return calculate(fresh(cycle)).rows[row_of(cycle, number).pk]


def enter(office: Office, cycle: MeasurementCycle, number: int, **values) -> None:
    row = row_of(cycle, number)
    numbers = {name: None if value is None else Decimal(value) for name, value in values.items()}
    measuring.save(cycle.pk, office.asn, [SheetChange(row.pk, row.version, row_values() | numbers)])
    measuring.send(cycle.pk, office.asn)


def excuse(office: Office, cycle: MeasurementCycle, number: int = 1) -> None:
    row = row_of(cycle, number)
    measuring.excuse(cycle.pk, office.tim, row.pk, row.version, REASON)


def archived(office: Office, quarter: int, **values) -> MeasurementCycle:
    """A quarter whose first indicator got these values, walked into the archive."""
    cycle = cycle_at(office, "measure", quarter)
    enter(office, cycle, 1, **values)
    return walk(office, cycle)


def test_an_annual_indicator_waits_until_tw_iv_and_is_measured_there(yearly):
    for quarter in (1, 2, 3):
        cycle = cycle_at(yearly, "measure", quarter)
        row, figures = row_of(cycle, 2), figures_of(cycle, 2)
        assert (row.state, row.state_label) == (RowState.BELUM_WAKTUNYA, "Belum waktunya")
        assert (figures.capaian.gap, figures.target, figures.realised) == (Gap.NOT_DUE, None, None)
        assert measuring.progress(cycle) == (0, 1)
        sub = calculate(fresh(walk(yearly, cycle))).of_level("sub_kegiatan")[0].capaian
        assert (sub.counted, sub.left_out) == (1, {Gap.NOT_DUE: 1})
        assert sub.figure.shown == 100
    cycle = cycle_at(yearly, "measure", 4)
    assert row_of(cycle, 2).state == RowState.KOSONG
    enter(yearly, cycle, 2, realised="72")
    cycle = walk(yearly, cycle)
    # 72 / 80 = 90; the other indicator has 12 of 12: (100 + 90) / 2
    assert figures_of(cycle, 2).capaian.shown == 90
    assert calculate(fresh(cycle)).of_level("sub_kegiatan")[0].capaian.figure.shown == 95


def test_a_semester_indicator_sums_what_was_due(kecamatan):
    first = kecamatan.indicators[0]
    Indicator.objects.filter(pk=first.pk).update(schedule="2,4")
    Target.objects.filter(indicator=first).update(annual=12, p1=None, p2=6, p3=None, p4=6)

    walk(kecamatan, cycle_at(kecamatan, "measure", 1))
    second = archived(kecamatan, 2, realised="3")
    third = cycle_at(kecamatan, "measure", 3)

    figures = figures_of(second)
    # 3 of 6 that were due by then, 3 of the year's 12
    assert (figures.to_date.target, figures.capaian.shown, figures.capaian_year.shown) == (6, 50, 25)
    assert figures_of(third).capaian.gap == Gap.NOT_DUE


@pytest.mark.parametrize(
    ("accumulation", "before", "capaian"),
    [
        ("jumlah", {"realised": "3"}, 50),  # 3 of 3 + 3: the skipped quarter stays in the denominator
        ("rata_rata", {"realised": "3"}, 100),
        ("posisi_akhir", {"realised": "3"}, 100),
        ("rasio", {"realised": None, "numerator": "3", "denominator": "100"}, 100),  # 3 % against 3
    ],
)
def test_an_excused_quarter_keeps_the_figure_to_date(kecamatan, accumulation, before, capaian):
    Indicator.objects.filter(pk=kecamatan.indicators[0].pk).update(accumulation=accumulation)
    archived(kecamatan, 1, **before)
    cycle = cycle_at(kecamatan, "measure", 2)

    excuse(kecamatan, cycle)

    assert figures_of(cycle).capaian.shown == capaian


def test_a_blank_quarter_keeps_the_figure_until_it_is_filled(kecamatan):
    archived(kecamatan, 1, realised="3")
    cycle = cycle_at(kecamatan, "measure", 2)
    assert figures_of(cycle).capaian.shown == 50

    enter(kecamatan, cycle, 1, realised="3")

    assert figures_of(cycle).capaian.shown == 100


def test_a_first_quarter_that_was_excused_is_made_up_for(kecamatan):
    first = cycle_at(kecamatan, "measure", 1)
    excuse(kecamatan, first)
    assert figures_of(first).capaian.gap == Gap.EXCUSED
    walk(kecamatan, first)
    cycle = cycle_at(kecamatan, "measure", 2)

    enter(kecamatan, cycle, 1, realised="6")

    assert figures_of(cycle).capaian.shown == 100


def ratio_page(office: Office, quarter: int, numerator: str, denominator: str):
    """The ratio's parts typed on the worksheet's page, and its answer."""
    cycle = cycle_at(office, "measure", quarter)
    row = row_of(cycle, 1)
    texts = {f"{name}-{row.pk}": text for name, text in row_values().items() if name != "realised"}
    typed = {
        f"numerator-{row.pk}": numerator,
        f"denominator-{row.pk}": denominator,
        "action": "send",
        "checked": "ya",
    }
    page = logged_in(office.asn).post(
        reverse("worksheet", args=[cycle.pk]), {f"version-{row.pk}": row.version} | texts | typed, follow=True
    )
    return cycle, page


@pytest.fixture
def ratio(kecamatan) -> Office:
    Indicator.objects.filter(pk=kecamatan.indicators[0].pk).update(accumulation="rasio", measure="%")
    return kecamatan


def test_no_cases_are_an_entry_and_the_sum_goes_on(ratio):
    cycle, _ = ratio_page(ratio, 1, "0", "0")

    assert row_of(cycle, 1).state == RowState.TERKIRIM
    assert figures_of(cycle).capaian.gap == Gap.NO_CASES
    walk(ratio, cycle)
    later, _ = ratio_page(ratio, 2, "3", "100")
    assert figures_of(later).capaian.shown == 100


def test_cases_out_of_none_are_refused(ratio):
    cycle, page = ratio_page(ratio, 1, "2", "0")

    assert row_of(cycle, 1).state == RowState.DRAF
    assert "penyebut selain 0" in words(page)


def test_what_is_not_due_takes_no_entry_evidence_or_excuse(yearly):
    cycle = cycle_at(yearly, "measure", 1)
    row = row_of(cycle, 2)

    stale = measuring.save(cycle.pk, yearly.asn, [SheetChange(row.pk, row.version, row_values())]).stale
    assert stale == [row.pk]
    with pytest.raises(NotAtThisStep):
        measuring.excuse(cycle.pk, yearly.tim, row.pk, row.version, REASON)
    with pytest.raises(NotAtThisStep):
        attachments.attach(cycle.pk, yearly.asn, row.pk, SimpleUploadedFile("a.txt", b"abc"))
    answer = logged_in(yearly.asn).post(
        reverse("worksheet", args=[cycle.pk]),
        {f"version-{row.pk}": row.version, f"realised-{row.pk}": "80", "action": "save"},
    )
    assert answer.status_code == 409
    assert row_of(cycle, 2).realised is None


@pytest.fixture
def unplanned(kecamatan) -> Office:
    """Nothing is planned this year: target 0 and pagu 0 for the second indicator, on a sub kegiatan of its own."""
    second = kecamatan.indicators[1]
    bare = kecamatan.sub.parent.children.create(
        plan=kecamatan.plan, level="sub_kegiatan", code="7.01.02.2.01.0009", name="Tanpa pagu", owner=kecamatan.asn,
        position=9,
    )  # fmt: skip
    Indicator.objects.filter(pk=second.pk).update(node=bare)
    Target.objects.filter(indicator=second).update(annual=0, p1=0, p2=0, p3=0, p4=0)
    return kecamatan


def record(office: Office, cycle: MeasurementCycle, version: int | None = None):
    row = row_of(cycle, 2)
    seen = row.version if version is None else version
    return logged_in(office.asn).post(
        reverse("worksheet", args=[cycle.pk]), {"record": row.pk, f"seen-{row.pk}": seen}, follow=True
    )


def test_what_was_not_planned_is_recorded_and_stays_out_of_means(unplanned):
    cycle = cycle_at(unplanned, "measure", 1)
    page = logged_in(unplanned.asn).get(reverse("worksheet", args=[cycle.pk]))
    assert "Catat di luar rencana" in words(page)
    assert "Tidak direncanakan" in words(page)

    record(unplanned, cycle)
    enter(unplanned, cycle, 2, realised="5")
    cycle = walk(unplanned, cycle)

    row = row_of(cycle, 2)
    assert (row.state, row.realised, row.state_label) == (RowState.DITERIMA, 5, "Diterima, di luar rencana")
    assert figures_of(cycle, 2).capaian.gap == Gap.OUTSIDE_PLAN
    assert calculate(fresh(cycle)).office.capaian.figure.shown == 100
    assert cycle.audit.filter(action="row_record", data__row=row.pk).exists()


def test_a_stale_page_or_another_person_cannot_record(unplanned):
    cycle = cycle_at(unplanned, "measure", 1)
    row = row_of(cycle, 2)

    assert record(unplanned, cycle, version=row.version + 1).status_code == 409
    other = logged_in(unplanned.sekcam).post(
        reverse("worksheet", args=[cycle.pk]), {"record": row.pk, f"seen-{row.pk}": row.version}
    )
    assert other.status_code in (403, 409)
    assert row_of(cycle, 2).state == RowState.DIKECUALIKAN


def spent(cycle: MeasurementCycle) -> Decimal:
    return cycle.nodes.get(level="sub_kegiatan").spent


def test_efficiency_waits_for_the_end_of_the_year_without_a_cash_plan(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate", 1)
    page = logged_in(kecamatan.tim).get(reverse("recap", args=[walk(kecamatan, cycle, "report").pk]))

    assert calculate(fresh(cycle)).office.efficiency is None
    assert "inilai pada akhir tahun" in words(page)


def test_efficiency_is_held_against_the_cash_plan_to_date(kecamatan):
    Pagu.objects.update(cash_1=2_500_000, cash_2=2_500_000, cash_3=2_500_000, cash_4=2_500_000)
    cycle = cycle_at(kecamatan, "evaluate", 1)
    assert cycle.state == State.EVALUASI

    office = calculate(fresh(walk(kecamatan, cycle, "recapitulate"))).office

    # spent 2.000.000 of the 2.500.000 of TW I: 80 %; capaian 100 %
    assert (office.serapan_of_cash.shown, office.capaian.figure.shown) == (80, 100)
    assert office.efficiency == "efisien"
