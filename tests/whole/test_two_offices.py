"""Whoever keeps two offices chooses which one a page of settings is about, and stays with it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement.models import Appointment, PaperSetting, Person, Unit
from measurement.rules.sop import Output
from tests.support.pages import form_of, logged_in, submit, words

PAGES = ("people", "add_person", "paper_settings", "sop_editions", "office_look", "handovers")


@pytest.fixture
def both(kecamatan, neighbour):
    """The administrator of one office, who keeps the other as well."""
    today = timezone.localdate()
    Appointment.objects.create(
        person=kecamatan.administrator,
        unit=neighbour.unit,
        role="administrator",
        title="Pengelola",
        starts=today,
    )
    return logged_in(Person.objects.get(pk=kecamatan.administrator.pk))


def at(name: str, unit: Unit, *keys) -> str:
    return f"{reverse(name, args=keys)}?unit={unit.pk}"


@pytest.mark.parametrize("name", ["people", "paper_settings", "sop_editions", "office_look", "handovers"])
def test_a_page_is_about_the_chosen_office_and_leads_to_the_other(kecamatan, neighbour, both, name):
    for unit, other in ((kecamatan.unit, neighbour.unit), (neighbour.unit, kecamatan.unit)):
        response = both.get(at(name, unit))
        assert unit.name in words(response).split("Versi")[0]
        assert f'href="?unit={other.pk}"' in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_an_office_that_is_not_theirs_is_not_found(kecamatan, neighbour, name):
    client = logged_in(kecamatan.administrator)
    assert client.get(at(name, neighbour.unit)).status_code == 404
    for junk in ("999999", "x", ""):
        assert client.get(f"{reverse(name)}?unit={junk}").status_code == 404


def test_who_keeps_one_office_sees_no_choice(kecamatan):
    page = logged_in(kecamatan.administrator).get(reverse("people")).content.decode()
    assert "?unit=" not in page


def test_a_person_of_the_second_office_is_reached_and_kept_there(kecamatan, neighbour, both):
    url = at("person", neighbour.unit, neighbour.asn.pk)
    assert url in both.get(at("people", neighbour.unit)).content.decode()
    response = both.post(url, form_of(both.get(url), url) | {"name": "Nama Baru"})
    assert (response.status_code, response.url) == (302, url)
    assert Person.objects.get(pk=neighbour.asn.pk).name == "Nama Baru"


def test_a_new_person_belongs_to_the_chosen_office(kecamatan, neighbour, both):
    url = at("add_person", neighbour.unit)
    new = {
        "name": "Budi",
        "username": "budi",
        "is_active": "on",
        "role": "asn",
        "kind": "definitif",
        "title": "Staf",
        "starts": "2026-01-01",
    }
    assert "Budi" in words(both.post(url, form_of(both.get(url)) | new))
    assert Person.objects.get(username="budi").unit_ids == {neighbour.unit.pk}


def test_settings_of_the_chosen_office_are_written(kecamatan, neighbour, both):
    submit(both, at("paper_setting", neighbour.unit, Output.NOTULEN), method=["manual"], action="save")
    submit(both, at("office_look", neighbour.unit), accent=["ungu"])
    assert PaperSetting.objects.get().unit == neighbour.unit
    assert [Unit.objects.get(pk=made.unit.pk).accent for made in (kecamatan, neighbour)] == ["toska", "ungu"]


def test_a_handover_concerns_the_office_in_which_the_giver_is(kecamatan, neighbour, both):
    response = both.get(reverse("hand_over", args=[neighbour.asn.pk]))
    assert response.status_code == 200
    assert neighbour.asn.name in words(response)
    assert both.get(at("hand_over", kecamatan.unit, neighbour.asn.pk)).status_code == 404
