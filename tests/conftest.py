import pytest
from django.urls import reverse

from measurement.models import Indicator, MeasurementCycle, Person

from .characters import Office, add_indicator, cycle_at, office, person
from .pages import NIP, logged_in


@pytest.fixture
def kecamatan(db) -> Office:
    """The office that most tests are about."""
    return office()


@pytest.fixture
def neighbour(kecamatan) -> Office:
    """Another office in the same installation, whose people are strangers here."""
    return office("416-318")


@pytest.fixture
def official(kecamatan) -> Person:
    Person.objects.filter(pk=kecamatan.sekcam.pk).update(nip=NIP)
    return Person.objects.get(pk=kecamatan.sekcam.pk)


@pytest.fixture
def measuring_office(kecamatan) -> Office:
    """The office with one row for a second ASN, whose cycle waits for step 5."""
    kecamatan.colleague = person("rekan", kecamatan.unit)
    add_indicator(kecamatan, "Jumlah kunjungan rekan", 9)
    Indicator.objects.filter(name="Jumlah kunjungan rekan").update(owner=kecamatan.colleague)
    kecamatan.cycle = cycle_at(kecamatan, "measure")
    return kecamatan


@pytest.fixture
def sheet(measuring_office):
    """The address of the worksheet of that cycle."""
    return reverse("worksheet", args=[measuring_office.cycle.pk])


@pytest.fixture
def asn(measuring_office):
    return logged_in(measuring_office.asn)


@pytest.fixture
def to_decide(kecamatan) -> MeasurementCycle:
    return cycle_at(kecamatan, "approve")
