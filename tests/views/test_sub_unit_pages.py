"""Sub unit (kelurahan): kept by the administrator, seen by nobody else."""

import pytest
from django.urls import reverse

from measurement.models import PlanNode, SubUnit
from tests.support.pages import logged_in, words

CODE = "7.01.0.00.0.00.01.0001"


@pytest.fixture
def sukamaju(kecamatan) -> SubUnit:
    return SubUnit.objects.create(unit=kecamatan.unit, name="Kelurahan Sukamaju", code=CODE)


def page(kecamatan, place: str, *keys, **data):
    client, url = logged_in(kecamatan.administrator), reverse(place, args=keys)
    return client.post(url, data) if data else client.get(url)


def test_administrator_adds_a_kelurahan(kecamatan):
    page(kecamatan, "sub_units", name=" Kelurahan  Sukamaju ", code="7.01.0.00.0.00.01. 0001")

    made = SubUnit.objects.get()
    assert (made.unit, made.name, made.code) == (kecamatan.unit, "Kelurahan Sukamaju", CODE)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "KELURAHAN SUKAMAJU", "code": ""}, "Sub unit dengan nama ini sudah ada."),
        ({"name": "Kelurahan Sukasari", "code": CODE}, "Sub unit dengan kode ini sudah ada."),
    ],
)
def test_a_name_or_code_stands_once(kecamatan, sukamaju, values, sentence):
    refused = page(kecamatan, "sub_units", **values)

    assert refused.status_code == 422
    assert sentence in words(refused)


def test_a_kelurahan_is_renamed(kecamatan, sukamaju):
    page(kecamatan, "sub_unit", sukamaju.pk, name="Kelurahan Sukamaju Baru", code=CODE, action="save")

    sukamaju.refresh_from_db()
    assert sukamaju.name == "Kelurahan Sukamaju Baru"


def test_only_one_that_no_plan_names_is_deleted(kecamatan, sukamaju):
    node = PlanNode.objects.create(
        plan=kecamatan.plan, level="sub_kegiatan", code="7.01.02.2.01.0009", name="Sarana", sub_unit=sukamaju
    )
    kept = page(kecamatan, "sub_unit", sukamaju.pk, action="delete")
    node.delete()
    page(kecamatan, "sub_unit", sukamaju.pk, action="delete")

    assert kept.status_code == 302
    assert not SubUnit.objects.exists()


def test_the_kelurahan_of_another_office_is_not_found(kecamatan, neighbour, sukamaju):
    assert page(neighbour, "sub_unit", sukamaju.pk).status_code == 404
