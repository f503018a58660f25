"""Queries that are written once ask what they would ask if they were written each time."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measurement.models import Person, people
from measurement.views.start import desk
from tests.support.characters import add_colleague, cycle_at

DAYS = (date(2026, 3, 31), date(2031, 12, 1))
PREPARED = {
    "appointments": people.APPOINTMENTS,
    "desk": desk.DESKS,
    "many appointments": people.MANY_APPOINTMENTS,
}


def asked(ask, *arguments) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        list(ask(*arguments))
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("name", PREPARED)
def test_a_prepared_query_asks_what_it_would_ask_if_it_were_written_anew(kecamatan, neighbour, name):
    prepared = PREPARED[name]
    for person in (kecamatan.asn, neighbour.camat, kecamatan.sekcam):
        for day in DAYS:
            assert asked(prepared.rows, person, day) == asked(prepared.anew, person, day)


def test_two_people_one_after_the_other_get_their_own(kecamatan):
    add_colleague(kecamatan)
    cycle_at(kecamatan, "measure")
    for known in (kecamatan.asn, kecamatan.colleague, kecamatan.asn):
        person = Person.objects.get(pk=known.pk)
        assert {a.person for a in person.appointments_in_force} == {known}
        assert [stay.total for stay in desk.desk_of(person).stays.values()] == [
            kecamatan.unit.cycles.get().rows.to_fill_in().filter(owner=known).count()
        ]
