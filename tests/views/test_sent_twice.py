"""The same form twice: a double press, sending again after a lost answer, Back and the button once more. One thing is done, and the second says so."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from measurement.doors import sent_forms
from measurement.form_middleware import AT_WORK, MARK
from measurement.models import Appointment, Holiday, MeasurementCycle, OpeningSet, Person, SentForm, SubUnit
from measurement.rules.sop import RECAPITULATE
from tests.support.characters import YEAR, cycle_at
from tests.support.pages import form_of, logged_in, words
from tests.views.test_people_pages import NEW

TWICE = "tidak ada yang dikerjakan dua kali"


@pytest.fixture
def client(kecamatan):
    return logged_in(kecamatan.administrator)


def twice(client, url: str, changes: dict, form: str | None = None) -> str:
    """What the person reads who presses the button of one page two times; the two answers lead to the same page."""
    values = form_of(client.get(url), form) | changes
    address = url if form is None or form.startswith("#") else form
    first, second = (client.post(address, dict(values)) for _ in range(2))
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    return words(client.get(second.url))


def test_one_sub_unit(client, kecamatan):
    assert TWICE in twice(client, reverse("sub_units"), {"name": "Kelurahan Uji"})
    assert SubUnit.objects.filter(unit=kecamatan.unit, name="Kelurahan Uji").count() == 1


def test_one_person(client):
    """The sheet with the password is shown once; the second answer leads to the person, where another one can be made."""
    values = form_of(client.get(reverse("add_person"))) | NEW
    first, second = (client.post(reverse("add_person"), dict(values)) for _ in range(2))
    made = Person.objects.get(username="budi")
    assert "Kata sandi sementara" in words(first)
    assert second.url == reverse("person", args=[made.pk])
    assert "X-Led-To" not in first


def test_one_appointment(client, kecamatan):
    url = reverse("person", args=[kecamatan.asn.pk])
    before = Appointment.objects.count()
    changes = {
        "tugas-role": "tim_sakip",
        "tugas-kind": "definitif",
        "tugas-title": "Anggota",
        "tugas-starts": f"{YEAR}-01-01",
    }
    assert TWICE in twice(client, url, changes, reverse("appoint", args=[kecamatan.asn.pk]))
    assert Appointment.objects.count() == before + 1


def test_one_day_off(client, kecamatan):
    before = Holiday.objects.count()
    twice(
        client,
        reverse("holidays"),
        {"date": f"{YEAR}-03-02", "name": "Cuti bersama daerah", "action": "add"},
        "#tambah",
    )
    assert Holiday.objects.count() == before + 1


def test_one_cycle(kecamatan):
    twice(logged_in(kecamatan.camat), reverse("open_cycle"), {})
    assert MeasurementCycle.objects.count() == 1


def test_a_step_is_left_once(kecamatan):
    cycle = cycle_at(kecamatan, RECAPITULATE.key)
    page = reverse("step", args=[cycle.pk, 7])
    changes = {"recap_note": "Catatan rekap yang cukup panjang.", "action": RECAPITULATE.key}
    said = twice(logged_in(kecamatan.tim), page, changes)
    assert TWICE in said
    assert cycle.stays.exclude(left_at=None).filter(step=RECAPITULATE.key).count() == 1


def test_what_was_refused_may_be_sent_again(client, kecamatan):
    values = form_of(client.get(reverse("sub_units"))) | {"name": ""}
    assert [client.post(reverse("sub_units"), values).status_code for _ in range(2)] == [422, 422]
    assert not SentForm.objects.exists()


def test_something_else_from_the_same_page_is_something_else(client, kecamatan):
    values = form_of(client.get(reverse("sub_units")))
    for name in ("Kelurahan Satu", "Kelurahan Dua"):
        client.post(reverse("sub_units"), values | {"name": name})
    assert SubUnit.objects.filter(unit=kecamatan.unit, name__startswith="Kelurahan ").count() >= 2


def test_the_same_words_from_a_fresh_page_are_judged_by_the_form_itself(client):
    url = reverse("sub_units")
    client.post(url, form_of(client.get(url)) | {"name": "Kelurahan Uji"})
    again = client.post(url, form_of(client.get(url)) | {"name": "Kelurahan Uji"})
    assert TWICE not in words(again)


def waiting(client, url: str, **changes) -> tuple[dict, SentForm]:
    """A form that another request is at, as after a double press."""
    values = form_of(client.get(url)) | changes
    client.post(url, values)
    SentForm.objects.update(done_at=None, led_to="")
    SubUnit.objects.all().delete()
    return values, SentForm.objects.get(mark=values["csrfmiddlewaretoken"][:MARK])


def test_the_second_waits_for_the_first_and_says_so(client, monkeypatch):
    monkeypatch.setattr(sent_forms, "PATIENCE", 0.2)
    values, _ = waiting(client, reverse("sub_units"), name="Kelurahan Uji")
    response = client.post(reverse("sub_units"), values)
    assert (response.status_code, SubUnit.objects.count()) == (409, 0)
    assert AT_WORK in words(response)


def test_a_form_whose_process_died_can_be_sent_again(client):
    values, sent = waiting(client, reverse("sub_units"), name="Kelurahan Uji")
    SentForm.objects.filter(pk=sent.pk).update(sent_at=timezone.now() - timedelta(minutes=6))
    assert client.post(reverse("sub_units"), values).status_code == 302
    assert SubUnit.objects.count() == 1


def test_the_same_name_with_other_bytes_is_another_file(kecamatan):
    client, url = logged_in(kecamatan.tim), reverse("opening")
    page = client.get(url)
    given = form_of(page, f"?rencana={kecamatan.plan.pk}") if b"?rencana=" in page.content else {}
    assert given, "the page of data awal has its form"
    keys = []
    for content in (b"%PDF-1.7 a", b"%PDF-1.7 b", b"%PDF-1.7 a"):
        file = SimpleUploadedFile("laporan.pdf", content)
        client.post(f"{url}?rencana={kecamatan.plan.pk}", given | {"file": file})
        keys.append(OpeningSet.objects.count())
    assert keys[2] == keys[1]


def test_the_browser_is_told_which_form_arrived(client):
    values = form_of(client.get(reverse("sub_units"))) | {"name": "Kelurahan Uji"}
    response = client.post(reverse("sub_units"), values)
    mark = values["csrfmiddlewaretoken"][:MARK]
    assert response.cookies["sakip_terkirim"].value == mark
    asked = client.get(reverse("session_state"), {"tanda": f"{mark}.unbekannt"}).json()
    assert asked["done"] == [mark]


def test_nobody_learns_what_another_person_sent(client, kecamatan):
    values = form_of(client.get(reverse("sub_units"))) | {"name": "Kelurahan Uji"}
    client.post(reverse("sub_units"), values)
    asked = logged_in(kecamatan.sekcam).get(
        reverse("session_state"), {"tanda": values["csrfmiddlewaretoken"][:MARK]}
    )
    assert asked.json()["done"] == []
