"""An indicator that is measured by a word: WTP, BB. People choose the word, the score is stored, and both are shown."""

from fractions import Fraction

import pytest

from measurement.figures.calculation import calculate
from measurement.models import Target
from tests.support.characters import YEAR, Office, add_indicator, cycle_at, fresh
from tests.support.pages import logged_in

SAKIP = "AA=7, A=6, BB=5, B=4, CC=3, C=2, D=1"


@pytest.fixture
def judged(kecamatan: Office) -> Office:
    """The office with one more indicator, whose target of the year is an A."""
    indicator = add_indicator(
        kecamatan,
        "Predikat SAKIP",
        9,
        method="predikat",
        accumulation="posisi_akhir",
        measure="Predikat",
        score_scale=SAKIP,
    )
    Target.objects.filter(indicator=indicator, year=YEAR).update(annual=6, p1=6, p2=6, p3=6, p4=6)
    return kecamatan


def test_the_worksheet_offers_the_words_of_the_scale(judged):
    cycle = cycle_at(judged, "measure")
    row = cycle.rows.get(name="Predikat SAKIP")
    page = logged_in(judged.asn).get(f"/siklus/{cycle.pk}/kertas-kerja/").content.decode()
    assert f'<select id="realised-{row.pk}"' in page
    assert '<option value="5">BB (5)</option>' in page
    assert "A (6)" in page


def test_the_chosen_word_is_stored_as_its_score_and_shown_as_word(judged):
    cycle = cycle_at(judged, "measure")
    row = cycle.rows.get(name="Predikat SAKIP")
    client = logged_in(judged.asn)
    client.post(
        f"/siklus/{cycle.pk}/kertas-kerja/",
        {f"version-{row.pk}": "1", f"realised-{row.pk}": "5", "action": "save"},
    )
    page = client.get(f"/siklus/{cycle.pk}/kertas-kerja/").content.decode()
    assert '<option value="5" selected>BB (5)</option>' in page
    assert calculate(fresh(cycle)).rows[row.pk].capaian.value == Fraction(500, 6)


def test_the_scale_is_frozen_with_the_definition(judged):
    cycle = cycle_at(judged, "measure")
    judged.plan.nodes.get(pk=judged.sub.pk).indicators.filter(name="Predikat SAKIP").update(
        score_scale="BB=1, A=2"
    )
    assert cycle.rows.get(name="Predikat SAKIP").scores["BB"] == 5
