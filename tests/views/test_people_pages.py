"""The administrator of an office keeps its accounts and appointments, and has no power beyond."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from measurement.models import Appointment, Person
from measurement.rules.sop import Role
from tests.support.characters import Office, person
from tests.support.pages import NIP, form_of, log_in, logged_in, words

NEW = {
    "name": "Budi Santoso, S.E.", "username": "budi", "nip": "198001012005011001", "grade": "Penata, III/c", "email": "budi@example.org",
    "is_active": "on", "role": "asn", "kind": "definitif", "title": "Pengelola Data", "starts": "2026-01-01",
}  # fmt: skip


def shown_password(response) -> str:
    return words(response).split("Kata sandi sementara")[1].split()[0]


def add_person(office: Office, **changes):
    client = logged_in(office.administrator)
    return client.post(
        reverse("add_person"), form_of(client.get(reverse("add_person"))) | NEW | changes, follow=True
    )


def test_the_administrator_can_add_a_person_who_can_log_in(kecamatan):
    response = add_person(kecamatan)
    made = Person.objects.get(username="budi")
    assert (made.nip, made.roles_in(kecamatan.unit.pk)) == ("198001012005011001", {Role.ASN})
    assert log_in(NEW["nip"], shown_password(response)).status_code == 302


def test_a_nip_may_be_typed_with_its_spaces(kecamatan):
    add_person(kecamatan, nip="19800101 200501 1 001")
    assert Person.objects.get(username="budi").nip == NEW["nip"]


def test_a_temporary_password_is_shown_once(kecamatan):
    password = shown_password(add_person(kecamatan))
    page = logged_in(kecamatan.administrator).get(
        reverse("person", args=[Person.objects.get(username="budi").pk])
    )
    assert password not in words(page)


@pytest.mark.parametrize(
    "changes",
    [
        {"nip": "123"},
        {"username": "asn416-317"},
        {"name": ""},
        {"kind": "plt"},
        {"starts": "besok"},
        {"ends": "2025-01-01"},
        {"role": "raja"},
    ],
)
def test_a_person_who_cannot_be_is_refused_and_the_form_kept(kecamatan, changes):
    response = add_person(kecamatan, **changes)
    assert response.status_code == 422
    assert form_of(response)["title"] == "Pengelola Data"
    assert not Person.objects.filter(username="budi").exists()


def test_a_nip_belongs_to_one_person(kecamatan, official):
    assert add_person(kecamatan, nip=NIP).status_code == 422


def test_posted_privileges_have_no_effect(kecamatan):
    add_person(kecamatan, is_staff="on", is_superuser="on", unit="999", person="1", groups="1")
    made = Person.objects.get(username="budi")
    assert (made.is_staff, made.is_superuser, made.unit_ids) == (False, False, {kecamatan.unit.pk})


def appoint(office: Office, who: Person, **changes):
    values = {
        "role": "sekcam",
        "kind": "plh",
        "title": "Sekretaris Kecamatan",
        "starts": str(timezone.localdate()),
    } | changes
    url = reverse("appoint", args=[who.pk])
    return logged_in(office.administrator).post(
        url, {f"tugas-{name}": value for name, value in values.items()}
    )


def test_the_administrator_can_appoint_a_plh(kecamatan):
    assert appoint(kecamatan, kecamatan.asn).status_code == 302
    assert (
        Person.objects.get(pk=kecamatan.asn.pk).title_in(kecamatan.unit.pk, Role.SEKCAM)
        == "Plh. Sekretaris Kecamatan"
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "definitif"}, "sudah dipegang pejabat definitif"),
        ({"role": "tim_sakip"}, "Plt. dan Plh. hanya untuk pimpinan dan sekretaris"),
        ({"ends": "2020-01-01"}, "tidak boleh sebelum tanggal mulai"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused_with_a_sentence(kecamatan, changes, sentence):
    response = appoint(kecamatan, kecamatan.asn, **changes)
    assert response.status_code == 422
    assert sentence in words(response)


def test_an_ended_appointment_holds_today_and_not_tomorrow(kecamatan):
    appointment = kecamatan.sekcam.appointments.get(role=Role.SEKCAM)
    logged_in(kecamatan.administrator).post(reverse("end_appointment", args=[appointment.pk]))
    assert Role.SEKCAM in Person.objects.get(pk=kecamatan.sekcam.pk).roles_in(kecamatan.unit.pk)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert Role.SEKCAM not in Person.objects.get(pk=kecamatan.sekcam.pk).roles_in(kecamatan.unit.pk)


def test_an_administrator_cannot_end_their_own_appointment(kecamatan):
    appointment = kecamatan.administrator.appointments.get(role=Role.ADMINISTRATOR)
    logged_in(kecamatan.administrator).post(reverse("end_appointment", args=[appointment.pk]))
    appointment.refresh_from_db()
    assert appointment.ends is None


def reset(office: Office, who: Person):
    return logged_in(office.administrator).post(reverse("reset_password", args=[who.pk]), follow=True)


def test_a_reset_password_replaces_the_old_one_and_ends_its_sessions(kecamatan):
    session = logged_in(kecamatan.asn)
    password = shown_password(reset(kecamatan, kecamatan.asn))
    assert log_in("asn416-317", "sandi-asn416-317-2026").status_code == 200
    assert log_in("asn416-317", password).status_code == 302
    assert session.get(reverse("inbox")).status_code == 302


def test_an_administrator_can_change_and_disable_an_account(kecamatan):
    client, url = logged_in(kecamatan.administrator), reverse("person", args=[kecamatan.asn.pk])
    values = form_of(client.get(url), url)
    del values["is_active"]
    assert client.post(url, values | {"name": "Nama Baru"}).status_code == 302
    changed = Person.objects.get(pk=kecamatan.asn.pk)
    assert (changed.name, changed.is_active) == ("Nama Baru", False)


def test_a_nip_is_masked_in_the_list(kecamatan, official):
    text = words(logged_in(kecamatan.administrator).get(reverse("people")))
    assert "1970**********1006" in text
    assert NIP not in text


def test_the_administrator_of_a_former_office_has_no_power_over_who_moved_on(kecamatan, neighbour):
    """Whoever was here once and is the Camat of another office now: this office's administrator could log in as them."""
    moved = person("pindah", neighbour.unit)
    Appointment.objects.create(
        person=moved,
        unit=kecamatan.unit,
        role=Role.ASN,
        title="Staf",
        starts=date(2020, 1, 1),
        ends=date(2021, 1, 1),
    )
    before = Person.objects.get(pk=moved.pk).password
    assert reset(kecamatan, moved).status_code == 404
    assert Person.objects.get(pk=moved.pk).password == before


def test_an_offices_administrator_cannot_take_over_an_account_of_the_installation(kecamatan):
    chief = person("pusat", kecamatan.unit)
    Person.objects.filter(pk=chief.pk).update(is_superuser=True, is_staff=True)
    before = Person.objects.get(pk=chief.pk).password
    reset(kecamatan, chief)
    assert Person.objects.get(pk=chief.pk).password == before
