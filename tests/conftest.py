import gc
import json
import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck
from playwright.sync_api import sync_playwright

from measurement.archiving import building
from measurement.doors import measuring
from measurement.doors.long_work_kinds import LONG_WORK_KINDS, WorkKind
from measurement.doors.long_work_results import MadeFile
from measurement.doors.measuring import SheetChange
from measurement.models import MeasurementCycle, Person, Plan, WorksheetRow
from measurement.papers import petikan, render
from measurement.signing import inspect_worker, inspection
from tests.support.access_samples import everything_of
from tests.support.browser import CHROMIUM, CHROMIUM_ARGS, Server, Visitor, demonstration
from tests.support.characters import Office, add_colleague, cycle_at, office, row_values
from tests.support.pages import NIP, logged_in
from tests.support.paper_contents import contents_of
from tests.support.queue import QUEUED
from tests.support.signing_office import one_stamp
from tests.support.snapshots import World, usual
from tests.support.template_database import load_template

# Thousands of tests are collected and stay: looking through them for rubbish again and again would take a third of the collection's time.
gc.disable()
NEW_OBJECTS, LOOKS = 20_000, 10  # between two looks, and between those at what is older

# how long an example takes says how busy the machine is, and nothing about the code
hypothesis.settings.register_profile("sakip", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.settings.load_profile("sakip")


def pytest_unconfigure():
    """The throwaway place for files goes with the process that made it."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The longest files come first, so that none is left for one worker alone at the end. The first that needs the demonstration builds it, while
    another worker does something else that is long; those who need it come after."""
    browsing = [item.path for item in items if item.get_closest_marker("browser")]

    def turn(item) -> int:
        if item.path in browsing:
            return 0 if item.path == browsing[0] else 2
        return 1 if item.get_closest_marker("long") else 3

    items.sort(key=turn)


def pytest_collection_finish():
    """What was collected lasts until the end: from here on only what comes later is looked through."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, LOOKS, LOOKS)
    gc.enable()


def pytest_terminal_summary(terminalreporter):
    """What tests measured, as a table at the end."""
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome)]
    measured = [
        words
        for report in reports
        if report.when == "call"
        for name, words in report.user_properties
        if name == "measured"
    ]
    if measured:
        terminalreporter.section("measured")
        terminalreporter.write("".join(f"{words}\n" for words in measured))


if connection.vendor == "sqlite":

    @pytest.fixture(scope="session")
    def django_db_setup(django_db_blocker):
        """The empty database is copied from a template; on PostgreSQL the migrations make it, as pytest-django does."""
        with django_db_blocker.unblock():
            connection.close()
            load_template()
        yield
        with django_db_blocker.unblock():
            connection.close()


@pytest.fixture(scope="session")
def worlds() -> dict[tuple, World]:
    """The worlds that were built in this run, by what belongs to them."""
    return {}


@pytest.fixture
def kecamatan(db, request, worlds) -> Office:
    """The office that most tests are about, from the start with the colleague and the neighbour that the test asks for."""
    parts = ("measuring_office" in request.fixturenames, "neighbour" in request.fixturenames)
    if changes_code(request.node) or not usual():
        return office_with(*parts)
    if parts not in worlds:
        worlds[parts] = World(partial(office_with, *parts), until="measure" if parts[0] else None)
    return worlds[parts].office_again()


def changes_code(test: pytest.Function) -> bool:
    """Whether the test itself, or a fixture of ours that it asks for, takes monkeypatch (as some of Django's own fixtures always do)."""
    fixtures = [definitions[-1] for definitions in test._fixtureinfo.name2fixturedefs.values()]
    ours = [fixture.argnames for fixture in fixtures if fixture.func.__module__.startswith("tests.")]
    return any("monkeypatch" in names for names in (test._fixtureinfo.argnames, *ours))


def office_with(colleague: bool, neighbour: bool) -> Office:
    made = office()
    if colleague:
        add_colleague(made)
    if neighbour:
        made.neighbour = office("416-318")
    return made


@pytest.fixture
def neighbour(kecamatan) -> Office:
    """Another office in the same installation, whose people are strangers here."""
    return kecamatan.neighbour


@pytest.fixture
def everything(kecamatan) -> Iterator[SimpleNamespace]:
    """The office with something behind every address of the site; its papers and packages are not made anew."""
    made = everything_of(kecamatan)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(petikan, "pdf", lambda content: b"%PDF-1.7")
        patch.setattr(building, "is_current", lambda package: True)
        yield made


@pytest.fixture
def empty(kecamatan) -> Plan:
    """A second plan of the office, with nothing in it."""
    return Plan.objects.create(unit=kecamatan.unit, name="Rencana", start_year=2025, end_year=2030)


@pytest.fixture
def official(kecamatan) -> Person:
    Person.objects.filter(pk=kecamatan.sekcam.pk).update(nip=NIP)
    return Person.objects.get(pk=kecamatan.sekcam.pk)


@pytest.fixture
def measuring_office(kecamatan) -> Office:
    """The office with one row for a second ASN, whose cycle waits for step 5."""
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


@pytest.fixture
def filled(measuring_office) -> Office:
    """That office with the ASN's first row filled in, its analysis a text that looks like a formula."""
    row = WorksheetRow.objects.filter(owner=measuring_office.asn).earliest("position")
    change = SheetChange(row.pk, row.version, row_values() | {"analysis": "=2+2"})
    measuring.save(measuring_office.cycle.pk, measuring_office.asn, [change])
    return measuring_office


@pytest.fixture
def round_trip(measuring_office) -> str:
    """The address where the filled-in workbook of that cycle is uploaded."""
    return reverse("round_trip", args=[measuring_office.cycle.pk])


@pytest.fixture(scope="session")
def paper_contents(django_db_setup, django_db_blocker) -> dict:
    """The content of every kind of paper, from one cycle that was walked into the archive and left no trace."""
    with django_db_blocker.unblock(), transaction.atomic():
        contents = contents_of(office())
        transaction.set_rollback(True)
    return contents


@pytest.fixture
def one_stamp_for_all() -> Iterator[None]:
    """Drawing the stamp of each signature would take most of a test's time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("measurement.signing.local.stamp_page", lambda *args: one_stamp())
        yield


@pytest.fixture
def read_here() -> Iterator[None]:
    """Files are looked into by this process: starting a worker for each would take most of a test's time."""

    def run(pdfs: list[bytes], head: dict) -> list[str]:
        judge = inspect_worker.Judge(**head)
        return [json.dumps(inspect_worker.inspect_pdf(pdf, judge)) for pdf in pdfs]

    # and not the fixture, with which nothing would be put back from a snapshot
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inspection, "_run", run)
        yield


@pytest.fixture
def queue(settings) -> None:
    """Long work waits for a worker, as beside a served office; `tests.support.queue.do_waiting` is one."""
    settings.TASKS = QUEUED


@pytest.fixture
def kind(monkeypatch, queue):
    """A kind of long work that does what the test says; at first it makes a file."""

    def put(make, **more):
        made = WorkKind("Uji", "Menguji", make, lambda person, work: True, **more)
        monkeypatch.setitem(LONG_WORK_KINDS, "uji", made)

    put(lambda work, tell: MadeFile(b"isi", "uji.csv", "csv"))
    return put


@pytest.fixture
def quick_papers(settings, tmp_path) -> Iterator[None]:
    """Papers are made of a few bytes that nobody else has, and everything is stored in an empty place."""
    settings.MEDIA_ROOT = tmp_path / "media"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "render_pdf", lambda kind, content: f"%PDF-1.7 {content['number']}".encode())
        yield


@pytest.fixture(scope="session")
def demonstration_files(tmp_path_factory) -> Path:
    """The loaded demonstration office, one for all workers."""
    own = tmp_path_factory.getbasetemp()
    return demonstration(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="module")
def served(tmp_path_factory, demonstration_files):
    """A served copy of the demonstration office, fresh for each module, which its tests may take along in their order."""
    with Server(tmp_path_factory.mktemp("server"), demonstration_files) as server:
        yield server


@pytest.fixture(scope="module")
def address(served):
    return served.address


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def login(browser, address, request):
    """Each actor logs in once and stays; a file's CONTEXT says what their browsers are like."""
    context = getattr(request.module, "CONTEXT", {})
    visitors: dict[str, Visitor] = {}

    def enter(username: str) -> Visitor:
        if username not in visitors:
            visitors[username] = Visitor(browser, address, username, **context)
        return visitors[username]

    yield enter
    for visitor in visitors.values():
        visitor.leave()
