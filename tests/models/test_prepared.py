"""Queries that are written once ask what they would ask if they were written each time."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from measurement.doors import workflow
from measurement.models import Person, people
from measurement.models.prepared import PreparedByKeys
from measurement.views import fetch
from measurement.views.start import tasks
from tests.support.characters import add_colleague, cycle_at

DAYS = (date(2026, 3, 31), date(2031, 12, 1))
PREPARED = {"appointments": people.APPOINTMENTS, "stays": tasks.STAYS, "counts": tasks.COUNTED}


def asked(ask, *arguments) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        list(ask(*arguments))
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("name", PREPARED)
def test_a_prepared_query_asks_what_it_would_ask_if_it_were_written_anew(kecamatan, neighbour, name):
    prepared = PREPARED[name]
    for person in (kecamatan.asn, neighbour.camat, kecamatan.sekcam):
        for units in ([neighbour.unit.pk], sorted((kecamatan.unit.pk, neighbour.unit.pk))):
            for day in DAYS:
                person.__dict__["unit_ids"] = units
                anew = asked(prepared.build, person, day)
                assert asked(prepared.rows, person, day, units) == anew


def test_a_page_looks_for_its_cycle_as_if_the_query_were_written_anew(kecamatan, neighbour):
    cycle, day = cycle_at(kecamatan, "measure"), DAYS[0]
    for person, units in ((kecamatan.asn, [kecamatan.unit.pk]), (neighbour.asn, [neighbour.unit.pk])):
        person.__dict__["unit_ids"] = units
        anew = asked(fetch.CYCLE.build, person, day, cycle.pk)
        assert asked(fetch.CYCLE.rows, person, day, units, cycle.pk) == anew
        assert bool(fetch.CYCLE.rows(person, day, units, cycle.pk)) == (person == kecamatan.asn)


def test_more_keys_than_a_few_are_asked_for_anew(kecamatan):
    rows = PreparedByKeys(lambda *keys: Person.objects.filter(pk__in=keys))
    keys = list(Person.objects.values_list("pk", flat=True)) * 3
    assert len(keys) > PreparedByKeys.FEW
    assert {person.pk for person in rows.rows(*keys)} == set(keys)
    assert rows.written == {}


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_of_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        workflow.lock(1)


def test_two_people_one_after_the_other_get_their_own(kecamatan):
    add_colleague(kecamatan)
    cycle_at(kecamatan, "measure")
    for known in (kecamatan.asn, kecamatan.colleague, kecamatan.asn):
        person = Person.objects.get(pk=known.pk)
        assert {a.person for a in person.appointments_in_force} == {known}
        assert [waiting.stay.total for waiting in tasks.open_cycles(person)] == [
            kecamatan.unit.cycles.get().rows.to_fill_in().filter(owner=known).count()
        ]
