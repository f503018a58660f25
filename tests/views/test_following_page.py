"""The field "mengikuti" on an indicator's page."""

import pytest
from django.urls import reverse

from measurement.models import Indicator
from tests.support.characters import YEAR, add_indicator
from tests.support.pages import form_of, logged_in, words


@pytest.fixture
def twin(kecamatan) -> Indicator:
    """The kegiatan's indicator, named as the first one of its sub kegiatan."""
    return add_indicator(kecamatan, "Jumlah laporan 1", node=kecamatan.sub.parent)


def change(office, indicator: Indicator, **values):
    client, url = logged_in(office.tim), f"{reverse('indicator', args=[indicator.pk])}?tahun={YEAR}"
    return client.post(url, form_of(client.get(url), f"?tahun={YEAR}") | values)


def test_tim_lets_an_indicator_follow_another(kecamatan, twin):
    change(kecamatan, twin, follow_rule="sama", follows=[kecamatan.indicators[0].pk])

    twin.refresh_from_db()
    assert (twin.follow_rule, list(twin.follows.all())) == ("sama", [kecamatan.indicators[0]])


def test_a_circle_is_refused_with_a_sentence(kecamatan, twin):
    change(kecamatan, twin, follow_rule="sama", follows=[kecamatan.indicators[0].pk])

    refused = change(kecamatan, kecamatan.indicators[0], follow_rule="sama", follows=[twin.pk])

    assert refused.status_code == 422
    assert "Melingkar: “Jumlah laporan 1” → “Jumlah laporan 1” → “Jumlah laporan 1”" in words(refused)


@pytest.mark.parametrize(
    ("rule", "count", "sentence"),
    [
        ("sama", 0, "Pilih indikator yang diikuti"),
        ("", 1, "Pilih cara mengikutinya"),
        ("sama", 2, "hanya untuk satu indikator"),
    ],
)
def test_what_does_not_fit_is_refused(kecamatan, twin, rule, count, sentence):
    chosen = [indicator.pk for indicator in kecamatan.indicators[:count]]

    assert sentence in words(change(kecamatan, twin, follow_rule=rule, follows=chosen))


def test_an_indicator_of_another_plan_cannot_be_followed(kecamatan, twin, neighbour):
    refused = change(kecamatan, twin, follow_rule="sama", follows=[neighbour.indicators[0].pk])

    assert refused.status_code == 422
    assert not twin.follows.exists()
