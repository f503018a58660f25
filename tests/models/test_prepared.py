"""Queries that are written once ask what they would ask if they were written each time."""

import inspect
import sys
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import measurement.urls  # noqa: F401 – so that all prepared queries are there
from measurement.doors import workflow
from measurement.models import (
    CorrectionEffect,
    FollowUp,
    MeasurementCycle,
    Message,
    Person,
    Prepared,
    Unit,
    WorksheetRow,
    appointments,
)
from measurement.record.office_facts import COUNTED as OFFICE_FACTS
from measurement.views.start import desk
from tests.support.characters import add_colleague, cycle_at

KEYS_OF_PEOPLE = (appointments.APPOINTMENTS, appointments.MANY_APPOINTMENTS)
DAYS = (date(2026, 3, 31), date(2031, 12, 1))


def asked(ask, *arguments) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        list(ask(*arguments))
    return [query["sql"] for query in captured]


def every_prepared() -> dict[str, Prepared]:
    """Those of all modules, by module and name."""
    return {
        f"{module}.{name}": value
        for module, loaded in list(sys.modules.items())
        if module.startswith("measurement.")
        for name, value in vars(loaded).items()
        if isinstance(value, Prepared) and value.build.__module__ == module
    }


def samples_of(prepared: Prepared, person: Person, cycle: MeasurementCycle, day: date):
    """What a query is asked with, read from what its writer takes."""
    now = timezone.now()
    known = {
        "person": person.pk if prepared in KEYS_OF_PEOPLE else person,
        "pk": cycle.pk,
        "cycle": cycle,
        "cycle_id": cycle.pk,
        "owner": person.pk,
        "unit": cycle.unit,
        "units": [cycle.unit_id],
        "office": cycle.unit_id,
        "cycles": [cycle.pk],
        "keys": [cycle.pk],
        "day": day,
        "today": day,
        "now": now,
        "year": str(day.year),
        "with_words": True,
        "of_others": False,
        "model": Unit,
        "first": cycle.unit_id,
    }
    return [known[name] for name in inspect.signature(prepared.build).parameters]


def facts_of(found) -> list:
    """Objects with all that was read of them, and what was read along with them."""
    return [one if isinstance(one, dict | tuple | str) else _facts(one) for one in found]


def _facts(thing, further: int = 2) -> dict:
    facts = {name: value for name, value in vars(thing).items() if not name.startswith("_")}
    known = thing._state.fields_cache.items() if further else ()
    return facts | {"along": {name: other and _facts(other, further - 1) for name, other in known}}


@pytest.mark.parametrize("name", every_prepared())
def test_a_prepared_query_asks_what_it_would_ask_if_it_were_written_anew(kecamatan, neighbour, name):
    prepared = every_prepared()[name]
    cycles = [cycle_at(kecamatan, "measure"), cycle_at(neighbour, "measure")]
    people_known = (
        (kecamatan.asn, False),
        (neighbour.camat, False),
        (kecamatan.sekcam, False),
        (kecamatan.tim, True),
    )
    for known, in_many in people_known:
        for cycle in cycles:
            for day in DAYS:
                person = Person.objects.get(pk=known.pk)
                person.serves_in_many = in_many
                given = samples_of(prepared, person, cycle, day)
                with transaction.atomic():  # some of them hold what they find
                    prepared.rows(*given)
                    assert asked(prepared.rows, *given) == asked(prepared.build, *given)
                    assert facts_of(prepared.rows(*given)) == facts_of(prepared.build(*given))


def test_lists_of_any_length_find_the_same(kecamatan):
    keys = list(cycle_at(kecamatan, "measure").rows.values_list("pk", flat=True))
    of_keys = Prepared(_rows)
    for number in (0, 1, 2, 3, 5):
        wanted = keys[:number]
        assert {row.pk for row in of_keys.rows(wanted)} == set(wanted)


def _rows(keys):
    return WorksheetRow.objects.filter(pk__in=keys)


@pytest.mark.parametrize(
    "build",
    [
        lambda person: MeasurementCycle.objects.filter(unit__in=person.managed_units),
        lambda person: Message.objects.filter(subject=person.name),
        lambda person: FollowUp.objects.filter(unit__in=person.appointments_in_force),
        lambda person: FollowUp.objects.visible_to(person),  # which takes today, if it is told no day
        lambda person: CorrectionEffect.objects.filter(pk=person.pk + 1),
    ],
)
def test_a_query_that_would_stay_somebody_elses_is_not_written(kecamatan, build):
    with pytest.raises((AttributeError, TypeError, ValueError)):
        Prepared(build).rows(kecamatan.asn)


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
        assert [stay.total for stay in desk.desk_of(person).stays.values()] == [
            kecamatan.unit.cycles.get().rows.to_fill_in().filter(owner=known).count()
        ]


def test_the_facts_of_offices_are_those_of_each(kecamatan, neighbour):
    now = timezone.now()
    units = [kecamatan.unit.pk, neighbour.unit.pk]
    both = OFFICE_FACTS.rows(units, now, timezone.localdate(now), "2026")
    each = [OFFICE_FACTS.rows([unit], now, timezone.localdate(now), "2026")[0] for unit in units]
    assert sorted(both, key=lambda row: row["pk"]) == sorted(each, key=lambda row: row["pk"])
