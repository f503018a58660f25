"""An indicator's page: targets of a predicate may be written as words of its scale."""

from datetime import date

import pytest
from django.urls import reverse

from measurement import revising
from measurement.models import Indicator, Revision

from .characters import YEAR, add_indicator
from .pages import form_of, logged_in, words

SCALE = "AA=7, A=6, BB=5, B=4, CC=3, C=2, D=1"
BASIS = {"reason": "Hasil evaluasi tahun lalu.", "document": "Perjanjian Kinerja Perubahan", "dated": "2026-09-01"}


@pytest.fixture
def graded(kecamatan) -> Indicator:
    """An indicator that is measured by a predicate."""
    return add_indicator(kecamatan, "Nilai AKIP", 5, measure="Predikat", method="predikat", accumulation="posisi_akhir", score_scale=SCALE)


def page(indicator: Indicator) -> str:
    return f"{reverse('indicator', args=[indicator.pk])}?tahun={YEAR}"


def change(office, indicator: Indicator, **values):
    client = logged_in(office.tim)
    return client.post(page(indicator), form_of(client.get(page(indicator)), f"?tahun={YEAR}") | values)


def test_a_target_may_be_a_word_of_the_scale(kecamatan, graded):
    change(kecamatan, graded, annual="bb", q1="CC", q2="CC", q3="4", q4="BB")
    target = graded.targets.get()
    assert (target.annual, target.q1, target.q3, target.q4) == (5, 3, 4, 5)
    assert "sekarang BB (5)" in words(logged_in(kecamatan.tim).get(page(graded)))


def test_a_word_of_a_new_scale_counts_at_once(kecamatan):
    indicator = kecamatan.indicators[0]
    change(kecamatan, indicator, method="predikat", score_scale="WTP=4, WDP=3", annual="WTP", q1="", q2="", q3="", q4="")
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
    change(kecamatan, indicator, annual="0,000001", q1="", q2="", q3="", q4="")
    revising.approve(kecamatan.plan, YEAR, kecamatan.tim, "Perjanjian Kinerja", date(2026, 1, 5))
    assert change(kecamatan, indicator, q1="", q2="", q3="", q4="").status_code == 302
    assert not Revision.objects.exists()
