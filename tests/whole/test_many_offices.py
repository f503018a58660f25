"""Somebody who serves in many offices: no page asks the database more often for them than for anybody, and what they find is that of all."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from measurement.messages import reminders
from measurement.models import Appointment, MeasurementCycle, Message, Person, Unit
from measurement.rules.sop import Role
from tests.bench.copying import Copier
from tests.support.characters import TITLES, Office, cycle_at, open_cycle
from tests.support.pages import drained, logged_in, words

MOST = 12
FEWER, ALL = 25, 70  # offices; both more than a page names one beside the other
MONDAY = datetime(2026, 7, 6, 9, tzinfo=timezone.get_default_timezone())
ROLES = (Role.CAMAT, Role.TIM_SAKIP, Role.ADMINISTRATOR)
# they write a whole file, or end the session
SEARCHED = (
    "/cari/?q=kinerja",
    "/cari/?q=kinerja&jenis=indikator",
    "/arsip/?q=kinerja",
    "/arsip/?tahun=2026",
    "/arsip/?masa=lewat",
)
LEAST_PAGES = 60
NO_PAGES = ("logout", "office_export")


def with_others(made: Office) -> Office:
    """The office with an archived quarter and one under way, and 69 more like it."""
    cycle_at(made, None)
    open_cycle(made, 2)
    copies(ALL - 1)
    return made


@pytest.fixture(autouse=True)
def numbers(db):
    """PostgreSQL goes on counting from the copies that were taken back: a third test would run out of numbers."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL")
        before = cursor.fetchall()
        yield
        cursor.executemany("SELECT setval(%s, %s)", before)


def copies(count: int) -> None:
    names = ("name", "short_name")
    changes = {("measurement_unit", name): "{column} || ' ' || ({k} + 1)" for name in names}
    Copier(connection, {"measurement_unit": "1 = 1", "measurement_person": "1 = 1"}, changes).copy(count)
    if (
        connection.vendor == "postgresql"
    ):  # rows that came at once: its planner still takes the tables for empty
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def serving_in(count: int) -> Person:
    found = Person.objects.create_user(username=f"di-{count}", password="sandi-2026-uji", name=f"Di {count}")
    Appointment.objects.bulk_create(
        Appointment(
            person=found, unit=unit, role=role, kind="plt", title=TITLES[role], starts=date(2020, 1, 1)
        )
        for unit in Unit.objects.order_by("pk")[:count]
        for role in ROLES
    )
    return found


def addresses(made: Office) -> list[str]:
    """Every page without a key of its own, and those of a cycle under way and of an archived one."""
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    found = [_address(name) for name in sorted(names.difference(NO_PAGES))]
    keyed = ("cycle", "recap", "overview", "extensions", "withdrawal")
    cycles = MeasurementCycle.objects.filter(unit=made.unit)
    of_cycles = [reverse(name, args=[cycle.pk]) for name in keyed for cycle in cycles]
    return [*filter(None, found), *of_cycles, *SEARCHED]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def asked(who: Person, url: str) -> int | None:
    """How often a page asks; None for what shows this person no page."""
    client = logged_in(who)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    drained(response)
    return len(captured) if response.status_code == 200 else None


def test_no_page_asks_more_than_twelve_times_for_who_serves_in_many(kecamatan):
    made = with_others(kecamatan)
    fewer, many = serving_in(FEWER), serving_in(ALL)
    counts = {url: (asked(fewer, url), asked(many, url)) for url in addresses(made)}
    shown = {url: found for url, found in counts.items() if found != (None, None)}
    assert len(shown) > LEAST_PAGES
    assert {url: found for url, found in shown.items() if max(found) > MOST} == {}


def test_who_serves_in_many_turns_to_the_last_office_page_by_page(kecamatan):
    with_others(kecamatan)
    client, found = logged_in(serving_in(ALL)), set()
    for number in range(1, 5):
        response = client.get(f"{reverse('cycles')}?halaman={number}")
        found |= {line["cycle"] for line in response.context["under_way"]}
    assert len(found) == ALL  # each is named with its office
    last = MeasurementCycle.objects.under_way().latest("pk")
    assert any(last.unit.short_name in name for name in found)
    assert last.unit.name in words(client.get(f"{reverse('people')}?unit={last.unit_id}"))


def test_reminders_of_seventy_offices_are_found_by_as_many_queries_as_those_of_one(kecamatan):
    cycle = open_cycle(kecamatan)
    cycle.schedule.all().delete()
    Message.objects.all().delete()
    cycle.stays.filter(left_at=None).update(arrived_at=MONDAY)  # step 2 takes an hour
    nothing, due = MONDAY + timedelta(minutes=5), MONDAY + timedelta(minutes=50)
    of_one = _queries(nothing)
    copies(ALL - 1)
    assert _queries(nothing) == of_one
    assert reminders.remind(due) == ALL
    assert reminders.remind(due) == 0
    again = _queries(due)
    assert again <= MOST


def _queries(moment: datetime) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert reminders.remind(moment) == 0
    return len(captured)
