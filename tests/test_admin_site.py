"""The admin site knows master data and nothing that a cycle writes."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from measurement.models import (
    Appointment,
    Holiday,
    Person,
    Plan,
    PredicateScale,
    Unit,
)
from measurement.sop import Role

from .pages import logged_in

MASTER_DATA = {Unit, Person, Appointment, Holiday, PredicateScale, Plan}


def test_the_admin_site_knows_only_master_data():
    assert set(admin.site._registry) - {Group} == MASTER_DATA


def test_the_admin_site_is_closed_to_everybody_without_a_staff_account(kecamatan):
    for role in Role:
        response = logged_in(kecamatan.actor(role)).get(reverse("admin:index"))
        assert (response.status_code, response.url.split("?")[0]) == (302, reverse("admin:login"))


@pytest.mark.parametrize("model", sorted(MASTER_DATA, key=lambda model: model.__name__), ids=lambda model: model.__name__)
def test_an_administrator_of_the_installation_can_open_master_data(kecamatan, model):
    client = logged_in(Person.objects.create_superuser("pusat", "", "sandi-pusat-2026", name="Pusat"))
    name = f"admin:measurement_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    assert client.get(reverse(f"{name}_add")).status_code == 200
    found = model.objects.first()
    if found:
        assert client.get(reverse(f"{name}_change", args=[found.pk])).status_code == 200


@pytest.mark.parametrize("model", ["measurementcycle", "worksheetrow", "auditentry", "stay", "paper", "paperfile", "archivepackage"])
def test_state_history_and_papers_have_no_admin_page(kecamatan, model):
    client = logged_in(Person.objects.create_superuser("pusat", "", "sandi-pusat-2026", name="Pusat"))
    assert client.get(f"/data-induk/measurement/{model}/").status_code == 404
