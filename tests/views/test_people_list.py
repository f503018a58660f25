"""The list of people: found by what one knows of them, a page at a time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement.models import Appointment, Person
from measurement.rules.sop import Role
from tests.support.pages import logged_in


def names(made, **asked) -> list[str]:
    page = logged_in(made.administrator).get(reverse("people"), asked)
    return [line["name"] for line in page.context["people"]]


@pytest.mark.parametrize("wanted", ["Asn416", "asn416-317", "19850115", "19850115 201001"])
def test_a_person_is_found_by_name_user_name_or_number(kecamatan, wanted):
    Person.objects.filter(pk=kecamatan.asn.pk).update(nip="198501152010011003")
    assert names(kecamatan, cari=wanted) == [kecamatan.asn.name]


def test_a_person_is_found_by_their_post(kecamatan):
    assert names(kecamatan, cari="sekretaris kec") == [kecamatan.sekcam.name]


def test_a_long_list_comes_in_pages(kecamatan):
    today = timezone.localdate()
    made = Person.objects.bulk_create(Person(username=f"p{n}", name=f"Pegawai {n:03}") for n in range(60))
    Appointment.objects.bulk_create(
        Appointment(person=p, unit=kecamatan.unit, role=Role.ASN, title="Staf", starts=today) for p in made
    )
    assert len(names(kecamatan)) == 50
    assert len(names(kecamatan, halaman="2")) == 15


def test_those_who_serve_no_more_can_be_left_out(kecamatan):
    yesterday = timezone.localdate() - timedelta(days=1)
    kecamatan.asn.appointments.update(ends=yesterday)
    assert kecamatan.asn.name in names(kecamatan)
    assert kecamatan.asn.name not in names(kecamatan, akun="bertugas")
