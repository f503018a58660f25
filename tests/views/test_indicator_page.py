"""An indicator's page: targets of a predicate may be written as words of its scale."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from measurement.models import Indicator, Plan, Revision
from measurement.plan import revising
from tests.support.characters import YEAR, add_indicator
from tests.support.pages import form_of, logged_in, words

SCALE = "AA=7, A=6, BB=5, B=4, CC=3, C=2, D=1"
BASIS = {
    "reason": "Hasil evaluasi tahun lalu.",
    "document": "Perjanjian Kinerja Perubahan",
    "dated": "2026-09-01",
}


@pytest.fixture
def graded(kecamatan) -> Indicator:
    """An indicator that is measured by a predicate."""
    return add_indicator(
        kecamatan,
        "Nilai AKIP",
        5,
        measure="Predikat",
        method="predikat",
        accumulation="posisi_akhir",
        score_scale=SCALE,
    )


@pytest.fixture
def approved(kecamatan):
    """The office with a plan of two years, of which the first was approved."""
    Plan.objects.filter(pk=kecamatan.plan.pk).update(end_year=YEAR + 1)
    revising.approve(kecamatan.plan, YEAR, kecamatan.tim, "Perjanjian Kinerja", date(2026, 1, 5))
    return kecamatan


def page(indicator: Indicator, year: int = YEAR) -> str:
    return f"{reverse('indicator', args=[indicator.pk])}?tahun={year}"


def change(office, indicator: Indicator, year: int = YEAR, **values):
    client, url = logged_in(office.tim), page(indicator, year)
    return client.post(url, form_of(client.get(url), f"?tahun={year}") | values)


def test_a_target_may_be_a_word_of_the_scale(kecamatan, graded):
    change(kecamatan, graded, annual="bb", p1="CC", p2="CC", p3="4", p4="BB")
    target = graded.targets.get()
    assert (target.annual, target.p1, target.p3, target.p4) == (5, 3, 4, 5)
    assert "sekarang BB (5)" in words(logged_in(kecamatan.tim).get(page(graded)))


def test_a_word_of_a_new_scale_counts_at_once(kecamatan):
    indicator = kecamatan.indicators[0]
    change(
        kecamatan,
        indicator,
        method="predikat",
        score_scale="WTP=4, WDP=3",
        annual="WTP",
        p1="",
        p2="",
        p3="",
        p4="",
    )
    assert indicator.targets.get().annual == 4


def test_a_word_that_is_not_on_the_scale_is_no_target(kecamatan, graded):
    assert change(kecamatan, graded, annual="Baik").status_code == 422
    assert graded.targets.get().annual == 12


def test_a_scale_says_nothing_about_other_methods(kecamatan, graded):
    assert change(kecamatan, graded, method="maksimum", annual="BB").status_code == 422


def test_a_revised_word_is_recorded_as_a_word(kecamatan, graded):
    graded.targets.update(annual=4)
    revising.approve(kecamatan.plan, YEAR, kecamatan.tim, "Perjanjian Kinerja", date(2026, 1, 5))
    change(kecamatan, graded, annual="BB", **BASIS)
    revision = Revision.objects.get(label="target setahun")
    assert (revision.old, revision.new) == ("B (4)", "BB (5)")


def test_a_word_cannot_come_to_mean_another_score_without_a_revision(kecamatan, graded):
    graded.targets.update(annual=5)
    revising.approve(kecamatan.plan, YEAR, kecamatan.tim, "Perjanjian Kinerja", date(2026, 1, 5))
    assert change(kecamatan, graded, score_scale="BB=50, D=5").status_code == 422
    change(kecamatan, graded, score_scale="BB=50, D=5", annual="50", **BASIS)
    found = {revision.label: (revision.old, revision.new) for revision in Revision.objects.all()}
    assert found["skala skor"] == (SCALE, "BB=50, D=5")
    assert found["target setahun"] == ("BB (5)", "BB (50)")


def test_the_bounds_of_a_range_cannot_change_behind_another_direction(approved):
    Indicator.objects.filter(pk=approved.indicators[0].pk).update(method="rentang", low=10, high=14)
    assert change(approved, approved.indicators[0], method="maksimum").status_code == 422
    assert change(approved, approved.indicators[0], method="maksimum", high="1000").status_code == 422
    assert not Revision.objects.exists()


def test_the_meaning_of_an_approved_target_is_fixed_on_the_page_of_another_year(approved):
    values = {"annual": "10", "method": "minimum"}
    assert change(approved, approved.indicators[0], YEAR + 1, **values).status_code == 422
    assert change(approved, approved.indicators[0], YEAR + 1, **values, **BASIS).status_code == 302
    assert [(revision.year, revision.label) for revision in Revision.objects.all()] == [(YEAR, "arah")]


def test_an_indicator_without_an_approved_target_changes_freely(approved):
    approved.indicators[0].targets.update(year=YEAR + 1)
    assert change(approved, approved.indicators[0], YEAR + 1, method="minimum").status_code == 302
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("scale", "sentence"),
    [
        ("", "Arah predikat memerlukan skala skor"),
        ("AA: 7", "Tulis skala skor seperti"),
        ("AA=999999999999999999", "Angka terlalu panjang"),
    ],
)
def test_a_predicate_needs_a_scale_that_can_be_read(kecamatan, graded, scale, sentence):
    response = change(kecamatan, graded, score_scale=scale)
    assert response.status_code == 422
    assert sentence in words(response)


def test_derived_quarters_of_a_broken_target_stay_as_they_are_stored(kecamatan):
    indicator = kecamatan.indicators[0]
    change(kecamatan, indicator, annual="0,000001", p1="", p2="", p3="", p4="")
    revising.approve(kecamatan.plan, YEAR, kecamatan.tim, "Perjanjian Kinerja", date(2026, 1, 5))
    assert change(kecamatan, indicator, p1="", p2="", p3="", p4="").status_code == 302
    assert not Revision.objects.exists()


def test_the_money_of_a_sub_kegiatan_goes_along_with_its_indicator(kecamatan):
    indicator = kecamatan.indicators[0]
    change(kecamatan, indicator, owner=kecamatan.tim.pk)
    kecamatan.sub.refresh_from_db()
    assert kecamatan.sub.owner == kecamatan.tim


def test_a_target_that_is_no_score_of_the_scale_is_refused_by_its_words(kecamatan, graded):
    refused = change(kecamatan, graded, annual="72,5")

    assert refused.status_code == 422
    assert "Pilih salah satu predikat" in refused.content.decode()


@pytest.mark.parametrize(
    ("written", "measure", "offered", "kept"),
    [
        ("1.157", "Orang", ["annual=1157", "annual=1,1570"], 1157),
        ("1,157", "Nilai", ["annual=1157", "annual=1,1570"], 1157),
        ("0,95", "%", ["annual=0,95%", "annual=95"], "0.95"),
    ],
)
def test_a_doubtful_target_is_asked_with_a_button_for_each_reading(
    kecamatan, written, measure, offered, kept
):
    indicator = kecamatan.indicators[0]
    values = {"annual": written, "measure": measure, "p1": "", "p2": "", "p3": "", "p4": ""}

    asked = change(kecamatan, indicator, **values)
    buttons = re.findall(r'name="reading" value="([^"]+)"', asked.content.decode())
    change(kecamatan, indicator, **values, reading=offered[0])

    assert (asked.status_code, sorted(buttons)) == (422, sorted(offered))
    assert indicator.targets.get().annual == Decimal(kept)
