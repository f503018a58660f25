"""What a government keeps for its offices: a new office begins with it, an office that decided otherwise keeps its own and is named."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement.models import (
    GovernmentStandard,
    Holiday,
    Person,
    RetentionClass,
    SettingChange,
    Unit,
)
from measurement.rules.government_posts import GovernmentRole
from tests.support.characters import office
from tests.support.governments import government_over
from tests.support.pages import form_of, logged_in, submit, words

CLASSES, SCALE, DAYS_OFF = "retention_of_offices", "scale_of_offices", "holidays_of_offices"
NEXT = timezone.localdate().year + 1
LINE = {"code": "000.8.6.3", "name": "Laporan kinerja", "active_years": "2", "inactive_years": "3", "fate": "Musnah", "source": "Perbup JRA"}  # fmt: skip


@pytest.fixture
def above(kecamatan, neighbour):
    return government_over(kecamatan.unit, neighbour.unit)


def admin(above):
    return logged_in(above[GovernmentRole.ADMIN])


def saved(above, **values):
    return submit(admin(above), reverse(CLASSES), action="save", **(LINE | values))


def founded(above, name: str = "Kecamatan Baru", code: str = "900-9") -> Unit:
    client, url = admin(above), reverse("new_office")
    filled = form_of(client.get(url)) | {
        "kantor-kind": "kecamatan", "kantor-name": name, "kantor-short_name": name.split()[-1], "kantor-code": code,
        "kantor-address": "Jalan Baru 1", "kantor-town": "Baru", "kantor-government": "Pemerintah Kabupaten Uji", "name": "Admin Kantor", "username": f"admin.{code}",
    }  # fmt: skip
    assert client.post(url, filled).status_code == 302
    return Unit.objects.get(code=code)


def classes_of(code: str = LINE["code"]) -> dict[str, str]:
    return {
        rule.unit.short_name: rule.name
        for rule in RetentionClass.objects.filter(code=code, unit__isnull=False)
    }


def test_a_classification_is_written_into_every_office_with_who_did(above, kecamatan, neighbour):
    foreign = office("999-1").unit
    assert saved(above).status_code == 302
    assert set(classes_of()) == {kecamatan.unit.short_name, neighbour.unit.short_name}
    assert not RetentionClass.objects.filter(unit=foreign).exists()
    page = words(logged_in(kecamatan.administrator).get(reverse("retention")))
    assert str(above[GovernmentRole.ADMIN]) in page


def test_an_office_that_decided_otherwise_keeps_its_own_and_is_named(above, neighbour):
    RetentionClass.objects.create(unit=neighbour.unit, code=LINE["code"], name="Laporan kami")
    saved(above)
    assert classes_of()[neighbour.unit.short_name] == "Laporan kami"
    page = words(admin(above).get(reverse(CLASSES)))
    assert "Sama pada 1 kantor." in page
    assert f"{neighbour.unit.short_name}: Laporan kami" in page


def test_what_is_changed_above_changes_no_office(above, kecamatan, neighbour):
    saved(above)
    saved(above, name="Laporan kinerja instansi")
    assert set(classes_of().values()) == {"Laporan kinerja"}
    assert "Berbeda pada 2 kantor" in words(admin(above).get(reverse(CLASSES)))


def test_a_new_office_begins_with_all_that_is_kept(above):
    saved(above)
    submit(admin(above), reverse(SCALE), name="Skala daerah", source="Perbup", valid_from="01/01/2026")
    admin(above).post(reverse(DAYS_OFF), {"action": "add", "day": f"07/04/{NEXT}", "name": "Hari Jadi"})
    made = founded(above)
    assert made.retention_classes.get().name == LINE["name"]
    assert [scale.name for scale in made.own_scales.all()] == ["Skala daerah"]
    assert made.own_scales.get().levels.exists()
    assert Holiday.objects.get(unit=made).date == date(NEXT, 4, 7)
    assert made.predicate_scale.unit is None
    trail = SettingChange.objects.filter(unit=made)
    assert {change.by for change in trail} == {above[GovernmentRole.ADMIN]}


def test_a_new_office_gets_no_day_of_a_year_that_is_over(above):
    admin(above).post(reverse(DAYS_OFF), {"action": "add", "day": "07/04/2021", "name": "Hari Jadi"})
    assert not Holiday.objects.filter(unit=founded(above)).exists()


def test_an_office_of_nobody_gets_nothing(above):
    saved(above)
    Person.objects.filter(pk=above[GovernmentRole.ADMIN].pk).update(is_superuser=True)
    above.government.posts.all().delete()
    assert not founded(above).retention_classes.exists()


def test_what_is_withdrawn_stays_where_it_is_and_goes_to_no_new_office(above):
    saved(above)
    admin(above).post(reverse(CLASSES), {"action": "withdraw", "key": LINE["code"]})
    assert not GovernmentStandard.objects.exists()
    assert len(classes_of()) == 2
    assert not founded(above).retention_classes.exists()
    again = admin(above).post(reverse(CLASSES), {"action": "again", "key": LINE["code"]}, follow=True)
    assert "sudah dicabut" in words(again)


def test_an_office_that_came_later_gets_it_by_a_button(above):
    saved(above)
    late = office("417-1").unit
    Unit.objects.filter(pk=late.pk).update(belongs_to=above.government)
    assert f"Belum pada 1: {late.short_name}." in words(admin(above).get(reverse(CLASSES)))
    page = admin(above).post(reverse(CLASSES), {"action": "again", "key": LINE["code"]}, follow=True)
    assert "Ditulis pada 1 kantor" in words(page)
    assert late.retention_classes.get().name == LINE["name"]


@pytest.mark.parametrize("page", [CLASSES, SCALE, DAYS_OFF])
@pytest.mark.parametrize("role", sorted(set(GovernmentRole) - {GovernmentRole.ADMIN}))
def test_only_the_administrator_of_the_government_may(above, page, role):
    client = logged_in(above[role])
    assert client.get(reverse(page)).status_code == 403
    for values in (
        {"action": "save", **LINE},
        {"action": "again", "key": "x"},
        {"action": "withdraw", "key": "x"},
    ):
        assert client.post(reverse(page), values).status_code == 403
    assert not RetentionClass.objects.filter(name=LINE["name"]).exists()


@pytest.mark.parametrize("page", [CLASSES, SCALE, DAYS_OFF])
def test_many_offices_ask_no_more_often_than_few(above, page, django_assert_max_num_queries):
    saved(above)
    submit(admin(above), reverse(SCALE), name="Skala daerah", source="Perbup", valid_from="01/01/2026")
    admin(above).post(reverse(DAYS_OFF), {"action": "add", "day": "07/04/2027", "name": "Hari Jadi"})
    for number in range(8):
        made = office(f"70-{number}").unit
        Unit.objects.filter(pk=made.pk).update(belongs_to=above.government)
    client = admin(above)
    client.get(reverse(page))
    with django_assert_max_num_queries(12):
        client.get(reverse(page) + "?tahun=2027")
