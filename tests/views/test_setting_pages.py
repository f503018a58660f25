"""What all pages of an office's settings share: few queries, the office that the address names, a history that nobody can change."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from measurement.models import Appointment, Person, SettingChange
from measurement.record.presets import load_presets
from measurement.record.setting_changes import record_setting
from measurement.rules.sop import Role
from tests.support.characters import open_cycle
from tests.support.pages import logged_in, words

PAGES = ("working_hours", "holidays", "predicate_scales", "calculation_rules", "retention", "new_plan")


def changed_often(office) -> None:
    for part in SettingChange.Part:
        for number in range(5):
            record_setting(office.unit, office.administrator, part, {}, {"Uji": str(number)})


@pytest.mark.parametrize("name", PAGES)
def test_a_page_takes_at_most_twelve_queries(kecamatan, django_assert_max_num_queries, name):
    load_presets()
    open_cycle(kecamatan)
    changed_often(kecamatan)
    client = logged_in(kecamatan.administrator)
    client.get(reverse(name))
    with django_assert_max_num_queries(12):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_who_keeps_two_offices_chooses_one(kecamatan, neighbour, name):
    values = {"role": Role.ADMINISTRATOR, "title": "Pengelola", "starts": "2020-01-01"}
    Appointment.objects.create(person=kecamatan.administrator, unit=neighbour.unit, **values)
    client = logged_in(Person.objects.get(pk=kecamatan.administrator.pk))
    assert neighbour.unit.name in words(client.get(reverse(name), {"unit": neighbour.unit.pk}))
    assert client.get(reverse(name), {"unit": "999999"}).status_code == 404


def test_the_history_of_another_office_is_not_shown(kecamatan, neighbour):
    record_setting(
        neighbour.unit, neighbour.administrator, SettingChange.Part.HOURS, {}, {"Senin": "rahasia"}
    )
    assert "rahasia" not in words(logged_in(kecamatan.administrator).get(reverse("working_hours")))


def test_the_history_cannot_be_changed_or_deleted(kecamatan):
    changed_often(kecamatan)
    for change in (lambda: SettingChange.objects.update(after={}), SettingChange.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_what_stays_the_same_is_no_change(kecamatan):
    same = {"Ambang": "5"}
    assert not record_setting(kecamatan.unit, kecamatan.administrator, SettingChange.Part.RULES, same, same)
