"""What the administrator of a government does for its offices: who looks after them, their days off; and that no role comes of it."""

from datetime import date

import pytest
from django.urls import reverse

from measurement.models import Appointment, Holiday, Person, PredicateScale, SettingChange, Unit
from measurement.rules.government_posts import GovernmentRole
from measurement.rules.sop import Role
from tests.support.characters import office
from tests.support.governments import government_over
from tests.support.pages import form_of, logged_in, submit, words

ADMINISTRATORS, DAYS_OFF, SCALE = "office_administrators", "holidays_of_offices", "scale_of_offices"
OTHERS = sorted(set(GovernmentRole) - {GovernmentRole.ADMIN})


@pytest.fixture
def above(kecamatan, neighbour):
    return government_over(kecamatan.unit, neighbour.unit)


def appointed(above, unit: Unit, account: str, name: str = ""):
    client = logged_in(above[GovernmentRole.ADMIN])
    values = {"office": unit.pk, "account": account, "name": name, "decree": "821/7"}
    return client.post(reverse(ADMINISTRATORS), values, follow=True)


def test_the_administrator_of_an_office_is_appointed_with_a_new_account(above, kecamatan):
    page = appointed(above, kecamatan.unit, "admin.baru", "Admin Baru")
    made = Person.objects.get(username="admin.baru")
    assert f"{made} menjadi administrator {kecamatan.unit}" in words(page)
    post = made.appointments.get()
    assert (post.unit, post.role, post.decree) == (kecamatan.unit, Role.ADMINISTRATOR, "821/7")
    assert made.must_change_password

    seen = words(logged_in(kecamatan.administrator).get(reverse("person", args=[made.pk])))
    assert f"dicatat oleh {above[GovernmentRole.ADMIN]}" in seen


def test_somebody_of_the_office_looks_after_it_from_now_on(above, neighbour):
    appointed(above, neighbour.unit, neighbour.asn.username)
    assert Role.ADMINISTRATOR in Person.objects.get(pk=neighbour.asn.pk).roles_in(neighbour.unit.pk)
    assert "sudah menjadi administrator" in words(appointed(above, neighbour.unit, neighbour.asn.username))


def test_an_office_without_administrator_is_named_first(above, kecamatan, neighbour):
    Appointment.objects.filter(unit=neighbour.unit, role=Role.ADMINISTRATOR).update(ends=date(2020, 1, 2))
    page = logged_in(above[GovernmentRole.ADMIN]).get(reverse(ADMINISTRATORS))
    assert [line["name"] for line in page.context["offices"]] == [neighbour.unit.name, kecamatan.unit.name]
    assert "belum ada administrator" in words(page)


def test_nobody_above_makes_oneself_administrator(above, kecamatan):
    page = words(appointed(above, kecamatan.unit, above[GovernmentRole.ADMIN].username))
    assert "Anda tidak dapat menjadi administrator kantor" in page
    assert above[GovernmentRole.ADMIN].roles_in(kecamatan.unit.pk) == set()


def test_nobody_of_another_government_is_appointed(above, kecamatan):
    stranger = office("999-1").asn
    assert "di luar" in words(appointed(above, kecamatan.unit, stranger.username))
    assert not stranger.appointments.filter(unit=kecamatan.unit).exists()


def test_the_office_of_another_government_is_no_choice(above):
    foreign = office("999-1").unit
    assert appointed(above, foreign, "admin.baru", "Admin Baru").status_code == 422
    assert not Person.objects.filter(username="admin.baru").exists()


def test_who_founded_an_office_is_told_there(above):
    client, url = logged_in(above[GovernmentRole.ADMIN]), reverse("new_office")
    filled = form_of(client.get(url)) | {
        "kantor-kind": "kecamatan", "kantor-name": "Kecamatan Baru", "kantor-short_name": "Baru", "kantor-code": "900-9",
        "kantor-address": "Jalan Baru 1", "kantor-town": "Baru", "name": "Admin Kantor", "username": "admin.baru",
    }  # fmt: skip
    assert client.post(url, filled).status_code == 302
    assert Appointment.objects.get(unit__code="900-9").recorded_by == above[GovernmentRole.ADMIN]


@pytest.mark.parametrize("page", [ADMINISTRATORS, DAYS_OFF, SCALE])
@pytest.mark.parametrize("role", OTHERS)
def test_only_the_administrator_of_the_government_may(above, page, role):
    client = logged_in(above[role])
    assert client.get(reverse(page)).status_code == 403
    assert (
        client.post(reverse(page), {"action": "add", "day": "07/04/2027", "name": "Hari Jadi"}).status_code
        == 403
    )
    assert not Holiday.objects.filter(name="Hari Jadi").exists()


def added(above, name: str = "Hari Jadi Kabupaten", day: str = "07/04/2027"):
    client = logged_in(above[GovernmentRole.ADMIN])
    return client.post(reverse(DAYS_OFF), {"action": "add", "day": day, "name": name}, follow=True)


def test_a_day_off_is_written_into_every_office_with_who_did(above, kecamatan, neighbour):
    foreign = office("999-1").unit
    page = words(added(above))
    assert "ditulis pada 2 kantor" in page
    assert "semua kantor" in page
    assert set(Holiday.objects.filter(date=date(2027, 4, 7)).values_list("unit", flat=True)) == {
        kecamatan.unit.pk,
        neighbour.unit.pk,
    }
    assert date(2027, 4, 7) in kecamatan.unit.calendar.holidays
    assert not SettingChange.objects.filter(unit=foreign).exists()
    trail = words(logged_in(kecamatan.administrator).get(reverse("holidays") + "?tahun=2027"))
    assert str(above[GovernmentRole.ADMIN]) in trail


def test_what_an_office_decided_itself_stays(above, kecamatan, neighbour):
    Holiday.objects.create(unit=neighbour.unit, date=date(2027, 4, 7), name="Tetap melayani", works=True)
    page = words(added(above))
    assert "ditulis pada 1 kantor" in page
    assert "1 tetap masuk" in page
    assert Holiday.objects.get(unit=neighbour.unit).name == "Tetap melayani"
    assert "ditulis pada 0 kantor" in words(added(above))


def test_the_published_calendar_is_offered_until_every_office_has_it(above):
    client, url = logged_in(above[GovernmentRole.ADMIN]), reverse(DAYS_OFF) + "?tahun=2026"
    offered = [day["value"] for day in client.get(url).context["offered"]]
    assert "2026-08-17" in offered
    client.post(url, {"action": "take", "day": ["2026-08-17"]})
    assert Holiday.objects.filter(date=date(2026, 8, 17)).count() == 2
    assert "2026-08-17" not in [day["value"] for day in client.get(url).context["offered"]]
    assert "tidak dikenal" in words(client.post(url, {"action": "take", "day": ["2026-02-31"]}, follow=True))


def offered(above, **values):
    facts = {"name": "Skala daerah", "source": "Peraturan Bupati", "valid_from": "01/01/2026"}
    return submit(logged_in(above[GovernmentRole.ADMIN]), reverse(SCALE), **(facts | values))


def test_a_scale_is_written_into_every_office_and_put_in_force_by_none(above, kecamatan, neighbour):
    before = {unit.pk: unit.predicate_scale_id for unit in Unit.objects.all()}
    assert offered(above, label0="Istimewa").status_code == 302
    made = PredicateScale.objects.filter(name="Skala daerah")
    assert {scale.unit_id for scale in made} == {kecamatan.unit.pk, neighbour.unit.pk}
    assert {scale.bounds()[0][1] for scale in made} == {"Istimewa"}
    assert {unit.pk: unit.predicate_scale_id for unit in Unit.objects.all()} == before
    page = words(logged_in(kecamatan.administrator).get(reverse("predicate_scales")))
    assert "Skala daerah" in page
    assert str(above[GovernmentRole.ADMIN]) in page


def test_an_office_that_has_a_scale_of_this_name_keeps_its_own(above, kecamatan, neighbour):
    own = PredicateScale.objects.create(
        unit=neighbour.unit, name="Skala daerah", source="Keputusan", valid_from=date(2020, 1, 1)
    )
    offered(above)
    own.refresh_from_db()
    assert (own.source, own.levels.count()) == ("Keputusan", 0)
    page = words(logged_in(above[GovernmentRole.ADMIN]).get(reverse(SCALE)))
    assert "ada pada 2 kantor, dipakai 0" in page


def test_a_scale_with_a_gap_is_written_nowhere(above):
    assert offered(above, label4="", lower3="50", label3="Rendah").status_code == 422
    assert not PredicateScale.objects.filter(name="Skala daerah").exists()


def test_a_preset_keeps_its_name_to_itself(above, kecamatan):
    refused = offered(above, name=kecamatan.unit.predicate_scale.name)
    assert refused.status_code == 422
    assert "sudah dipakai skala lain" in words(refused)
