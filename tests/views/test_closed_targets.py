"""The page of an indicator after a quarter was archived: closed quarters keep their targets, only open ones share a new annual target."""

import pytest
from django.urls import reverse

from measurement.models import Indicator, Target
from measurement.rules.periods import Frequency
from tests.support.budget_changes import measure
from tests.support.characters import YEAR
from tests.support.pages import logged_in


@pytest.fixture
def measured(kecamatan) -> Indicator:
    """An indicator of 12 with 3 a quarter, of which two are archived."""
    measure(kecamatan, 1)
    measure(kecamatan, 2)
    return Indicator.objects.filter(node__plan=kecamatan.plan).earliest("position")


def save(kecamatan, indicator: Indicator, **typed):
    fields = ("name", "measure", "method", "accumulation", "formula", "source", "evidence_wanted")
    smart = dict.fromkeys(Indicator.SMART, "true")
    values = (
        {name: getattr(indicator, name) for name in fields}
        | smart
        | {"owner": indicator.owner_id, "version": indicator.version}
    )
    url = f"{reverse('indicator', args=[indicator.pk])}?tahun={YEAR}"
    return logged_in(kecamatan.tim).post(url, values | typed)


def targets(indicator: Indicator) -> list:
    return [
        int(value) if value is not None else None
        for value in Target.objects.get(indicator=indicator).of_periods(Frequency.QUARTERLY)
    ]


def test_a_new_annual_target_is_shared_by_open_quarters(kecamatan, measured):
    assert save(kecamatan, measured, annual="16").status_code == 302
    assert targets(measured) == [3, 3, 5, 5]


def test_quarters_left_as_they_were_follow_the_annual_target(kecamatan, measured):
    save(kecamatan, measured, annual="16", p1="3", p2="3", p3="3", p4="3")
    assert targets(measured) == [3, 3, 5, 5]


def test_closed_quarters_take_nothing_else(kecamatan, measured):
    save(kecamatan, measured, annual="16", p1="1", p2="1", p3="4", p4="6")
    assert targets(measured) == [3, 3, 4, 6]


def test_the_page_shows_closed_quarters_closed(kecamatan, measured):
    page = (
        logged_in(kecamatan.tim)
        .get(f"{reverse('indicator', args=[measured.pk])}?tahun={YEAR}")
        .content.decode()
    )
    assert page.count("Sudah ditetapkan pada kertas kerja") == 2


def test_an_indicator_may_begin_later(kecamatan):
    indicator = Indicator.objects.filter(node__plan=kecamatan.plan).earliest("position")
    assert save(kecamatan, indicator, annual="12", p3="6", p4="6").status_code == 302
    assert targets(indicator) == [None, None, 6, 6]
