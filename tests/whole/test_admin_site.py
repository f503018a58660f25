"""The admin site knows master data and nothing that a cycle writes."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from measurement.admin import UnitAdmin
from measurement.models import (
    Appointment,
    Holiday,
    Person,
    Plan,
    PredicateScale,
    RetentionClass,
    SubUnit,
    Unit,
)
from measurement.rules.sop import Role
from tests.support.pages import logged_in, words

MASTER_DATA = {Unit, Person, Appointment, Holiday, PredicateScale, Plan, RetentionClass, SubUnit}


def test_the_admin_site_knows_only_master_data():
    assert set(admin.site._registry) - {Group} == MASTER_DATA


def test_the_admin_site_is_closed_to_everybody_without_a_staff_account(kecamatan):
    for role in Role:
        response = logged_in(kecamatan.actor(role)).get(reverse("admin:index"))
        assert (response.status_code, response.url.split("?")[0]) == (302, reverse("admin:login"))


@pytest.mark.parametrize(
    "model", sorted(MASTER_DATA, key=lambda model: model.__name__), ids=lambda model: model.__name__
)
def test_an_administrator_of_the_installation_can_open_master_data(kecamatan, model):
    client = logged_in(Person.objects.create_superuser("pusat", "", "sandi-pusat-2026", name="Pusat"))
    name = f"admin:measurement_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    assert client.get(reverse(f"{name}_add")).status_code == 200
    found = model.objects.first()
    if found:
        assert client.get(reverse(f"{name}_change", args=[found.pk])).status_code == 200


@pytest.mark.parametrize(
    "model",
    [
        "measurementcycle",
        "worksheetrow",
        "auditentry",
        "stay",
        "paper",
        "paperfile",
        "archivepackage",
        "planapproval",
        "revision",
    ],
)
def test_state_history_and_papers_have_no_admin_page(kecamatan, model):
    client = logged_in(Person.objects.create_superuser("pusat", "", "sandi-pusat-2026", name="Pusat"))
    assert client.get(f"/data-induk/measurement/{model}/").status_code == 404


@pytest.fixture
def installation(kecamatan):
    """Who keeps the installation, with the address of the office's scale."""
    client = logged_in(Person.objects.create_superuser("pusat", "", "sandi-pusat-2026", name="Pusat"))
    return client, reverse(
        "admin:measurement_predicatescale_change", args=[kecamatan.unit.predicate_scale_id]
    )


def scale_form(scale: PredicateScale, **changes) -> dict:
    """What the admin's page of a scale posts: its levels, numbered from the highest down."""
    levels = list(scale.levels.all())
    posted = {"name": scale.name, "source": scale.source, "valid_from": "2017-01-01", "valid_until": ""}
    posted |= {"levels-TOTAL_FORMS": len(levels), "levels-INITIAL_FORMS": len(levels)}
    for number, level in enumerate(levels):
        lower = "" if level.lower is None else str(level.lower)
        posted |= {
            f"levels-{number}-{name}": value
            for name, value in (("id", level.pk), ("label", level.label), ("lower", lower))
        }
        posted[f"levels-{number}-scale"] = scale.pk
    return posted | changes


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"levels-4-lower": "10"}, "Tingkat terendah harus tanpa batas bawah"),
        ({"levels-4-DELETE": "on"}, "Tingkat terendah harus tanpa batas bawah"),
        ({f"levels-{number}-DELETE": "on" for number in range(4)}, "paling sedikit dua tingkat"),
    ],
)
def test_a_scale_with_a_gap_is_not_saved(kecamatan, installation, changes, sentence):
    client, url = installation
    scale = kecamatan.unit.predicate_scale
    before = scale.bounds()
    response = client.post(url, scale_form(scale, **changes))
    assert sentence in words(response)
    assert scale.bounds() == before


def test_a_scale_that_covers_every_value_is_saved(kecamatan, installation):
    client, url = installation
    scale = kecamatan.unit.predicate_scale
    assert (
        client.post(url, scale_form(scale, **{"levels-0-lower": "95", "levels-1-DELETE": "on"})).status_code
        == 302
    )
    assert [lower for lower, _ in scale.bounds()] == [95, 66, 51, None]


def test_every_setting_of_a_unit_stands_on_its_page():
    shown = {name for _, options in UnitAdmin.fieldsets for name in options["fields"]}
    settings = {field.name for field in Unit._meta.fields if field.editable and not field.primary_key}
    assert shown == settings - {
        "emblem",
        "evidence_hosts",
        "belongs_to",
    }  # each checked and kept by a page of its own
