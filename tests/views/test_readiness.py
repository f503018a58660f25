"""Kesiapan kantor: what an office lacks, what keeps step 1 from being done, and where it is said."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from measurement.doors import workflow
from measurement.models import Appointment, Holiday, JobRun, Person, PlanApproval, Unit, WorkPattern, WorkSpan
from measurement.record.office_facts import facts_of
from measurement.rules.readiness import ROWS, Readiness, blocks_order
from measurement.rules.refusals import Incomplete
from measurement.rules.sop import Role
from tests.support.characters import YEAR, office
from tests.support.pages import form_of, logged_in, words

pytestmark = pytest.mark.django_db


def answers(unit: Unit) -> dict[str, Readiness]:
    facts = facts_of([unit], timezone.now())[unit.pk]
    return {row.key: row.answer(facts)[0] for row in ROWS}


@pytest.fixture
def bare(kecamatan) -> Unit:
    """An office of which nothing is known but what setting it up asks for."""
    made = Unit.objects.create(
        code="416-400",
        name="Kantor Contoh",
        short_name="Contoh",
        predicate_scale=kecamatan.unit.predicate_scale,
    )
    Appointment.objects.create(
        person=Person.objects.create_user("pengelola", name="ASN Contoh 03"),
        unit=made,
        role=Role.ADMINISTRATOR,
        title="Administrator Sistem",
        starts=date(2020, 1, 1),
    )
    return made


@pytest.fixture
def keeper(bare):
    return logged_in(Person.objects.get(username="pengelola"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_every_row_says_of_an_empty_office_how_far_it_is(bare, row):
    readiness, sentence = row.answer(facts_of([bare], timezone.now())[bare.pk])
    assert readiness in Readiness
    assert sentence.endswith(".")


def test_an_empty_office_has_nothing_ready_but_its_scale(bare):
    ready = {key for key, readiness in answers(bare).items() if readiness == Readiness.DONE}
    assert ready == {"predikat"}


def test_the_keys_of_the_rows_are_their_own():
    assert len({row.key for row in ROWS}) == len(ROWS)


def test_what_is_needed_is_what_blocks(bare):
    facts = facts_of([bare], timezone.now())[bare.pk]
    assert {row.key for row in ROWS if blocks_order(row, facts)} == {row.key for row in ROWS if row.needed}


def test_the_page_lists_every_row_and_what_comes_before_step_1(keeper):
    said = words(keeper.get(reverse("readiness")))
    assert all(row.title in said for row in ROWS)
    assert "1 dari 14 selesai" in said
    assert "Masih diperlukan: Jam kerja, Penugasan, Rencana." in said


def test_the_page_says_so_when_a_measurement_can_be_ordered(kecamatan):
    said = words(logged_in(kecamatan.administrator).get(reverse("readiness")))
    assert "Pengukuran sudah dapat diperintahkan." in said
    assert "diperlukan lebih dahulu" in said  # the chair is still missing


def test_an_office_that_did_everything_has_nothing_left(kecamatan):
    unit, now = kecamatan.unit, timezone.now()
    Unit.objects.filter(pk=unit.pk).update(division="Sub Bagian Perencanaan")
    Appointment.objects.filter(role=Role.TIM_SAKIP).update(chairs=True)
    add_days_off(unit, now.year, 10)
    PlanApproval.objects.create(
        plan=kecamatan.plan,
        year=YEAR,
        document="PK",
        dated=now.date(),
        recorded_by=kecamatan.tim,
        recorded_at=now,
    )
    for job in ("send_reminders", "backup", "mail_check"):
        JobRun.record(job)
    found = answers(Unit.objects.get(pk=unit.pk))
    assert {key for key, readiness in found.items() if readiness != Readiness.DONE} == {
        "tampilan", "aturan", "tautan", "retensi", "dokumen", "data-awal", "tanda-tangan",
    }  # fmt: skip


def add_days_off(unit: Unit, year: int, count: int) -> None:
    Holiday.objects.bulk_create(
        Holiday(unit=unit, date=date(year, 5, day), name="Libur") for day in range(1, count + 1)
    )


@pytest.mark.parametrize(("count", "ready"), [(9, False), (10, True)])
def test_a_year_needs_its_national_days(kecamatan, count, ready):
    add_days_off(kecamatan.unit, timezone.localdate().year, count)
    assert (answers(kecamatan.unit)["libur"] == Readiness.DONE) is ready


@pytest.mark.parametrize(("begins", "ends", "ready"), [(-9, -1, True), (-1, None, False), (-1, 1, False)])
def test_only_hours_in_force_are_hours(kecamatan, begins, ends, ready):
    """The first hours are entered; a pattern without an hour takes their place while it holds."""
    today = timezone.localdate()
    WorkPattern.objects.create(
        unit=kecamatan.unit,
        valid_from=today + timedelta(days=begins),
        valid_until=ends and today + timedelta(days=ends),
    )
    assert (answers(kecamatan.unit)["jam"] == Readiness.DONE) is ready


def test_the_list_leads_to_where_the_first_of_it_is_made(kecamatan, keeper):
    lacking, full = (
        client.get(reverse("readiness")).content.decode()
        for client in (keeper, logged_in(kecamatan.administrator))
    )
    for url in (reverse("people_import"), reverse("new_plan")):
        assert f'"{url}' in lacking
        assert f'"{url}' not in full


def test_pages_that_need_a_plan_lead_to_it(keeper):
    for page in ("planning_documents", "opening", "radar"):
        assert f'class="btn" href="{reverse("plan")}"' in main_of(keeper.get(reverse(page)))


@pytest.mark.parametrize(
    ("job", "key", "age"), [("send_reminders", "pengingat", 61), ("backup", "cadangan", 48 * 60 + 1)]
)
def test_a_job_that_stopped_is_seen(kecamatan, job, key, age):
    JobRun.record(job)
    assert answers(kecamatan.unit)[key] == Readiness.DONE
    JobRun.objects.update(succeeded_at=timezone.now() - timedelta(minutes=age))
    assert answers(kecamatan.unit)[key] == Readiness.INCOMPLETE


def test_a_job_that_fails_is_not_ready_however_lately_it_ran(kecamatan):
    JobRun.record("backup", succeeded=False)
    assert answers(kecamatan.unit)["cadangan"] == Readiness.MISSING


def test_nobody_but_the_administrator_sees_the_list(kecamatan):
    for person in (kecamatan.camat, kecamatan.sekcam, kecamatan.tim, kecamatan.asn):
        assert logged_in(person).get(reverse("readiness")).status_code == 403


def test_whoever_keeps_two_offices_chooses_one(kecamatan, bare):
    Appointment.objects.create(
        person=kecamatan.administrator,
        unit=bare,
        role=Role.ADMINISTRATOR,
        title="Administrator",
        starts=date(2020, 1, 1),
    )
    client = logged_in(Person.objects.get(pk=kecamatan.administrator.pk))
    said = words(client.get(reverse("readiness") + f"?unit={bare.pk}"))
    assert "Kantor Contoh: " in said
    assert client.get(reverse("readiness") + "?unit=999999").status_code == 404


def test_the_list_asks_the_database_twelve_times_at_most(kecamatan):
    client = logged_in(kecamatan.administrator)
    for url in (reverse("readiness"), reverse("inbox")):
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        assert len(asked) <= 12


# "Tugas saya" and step 1


def test_the_administrator_has_a_task_while_something_needed_is_missing(kecamatan, keeper):
    assert "Siapkan kantor" in words(keeper.get(reverse("inbox")))
    assert "Siapkan kantor" not in words(logged_in(kecamatan.administrator).get(reverse("inbox")))


def test_step_1_says_what_keeps_it_from_being_done(kecamatan):
    WorkSpan.objects.all().delete()
    Appointment.objects.filter(role=Role.SEKCAM).delete()
    said = words(logged_in(kecamatan.camat).get(reverse("open_cycle")))
    assert "Pengukuran belum dapat diperintahkan." in said
    assert "Jam kerja: Jam kerja belum diatur" in said
    assert "Penugasan: Belum ada yang ditugaskan" in said


def test_step_1_says_what_should_be_known_and_can_be_done_all_the_same(kecamatan):
    client = logged_in(kecamatan.camat)
    page = client.get(reverse("open_cycle"))
    assert "Sebaiknya dilengkapi juga" in words(page)
    assert "Pengukuran belum dapat diperintahkan." not in words(page)
    assert client.post(reverse("open_cycle"), form_of(page)).status_code == 302


def test_step_1_of_an_office_without_a_plan_is_a_page_that_says_so(bare, kecamatan):
    Appointment.objects.create(
        person=kecamatan.camat, unit=bare, role=Role.CAMAT, title="Lurah", starts=date(2020, 1, 1)
    )
    client = logged_in(Person.objects.get(pk=kecamatan.camat.pk))
    response = client.get(reverse("open_cycle") + f"?unit={bare.pk}")
    assert response.status_code == 200
    assert "Belum ada rencana yang memuat tahun" in words(response)


@pytest.mark.parametrize(
    ("take_away", "sentence"),
    [
        (lambda: WorkSpan.objects.all().delete(), "Jam kerja belum diatur"),
        (lambda: Appointment.objects.filter(role=Role.TIM_SAKIP).delete(), "Belum ada Tim SAKIP"),
    ],
)
def test_the_door_refuses_an_order_that_could_not_be_carried_out(kecamatan, take_away, sentence):
    take_away()
    unit = Unit.objects.get(pk=kecamatan.unit.pk)
    with pytest.raises(Incomplete, match=sentence):
        workflow.open_cycle(unit, kecamatan.plan, YEAR, 1, kecamatan.camat, "Laksanakan pengukuran.")
    assert not unit.cycles.exists()


def test_links_of_step_1_are_only_for_whoever_may_mend_it(kecamatan):
    Appointment.objects.filter(role=Role.TIM_SAKIP).delete()
    url = reverse("open_cycle")
    assert reverse("people") not in main_of(logged_in(kecamatan.camat).get(url))
    Appointment.objects.create(
        person=kecamatan.camat,
        unit=kecamatan.unit,
        role=Role.ADMINISTRATOR,
        title="Administrator",
        starts=date(2020, 1, 1),
    )
    assert reverse("people") in main_of(logged_in(Person.objects.get(pk=kecamatan.camat.pk)).get(url))


def main_of(response) -> str:
    return response.content.decode().partition("<main")[2]


def test_the_neighbour_counts_for_nothing(bare):
    office("416-500")
    assert answers(bare)["jam"] == Readiness.MISSING
    assert answers(bare)["pegawai"] == Readiness.MISSING


def test_who_waits_for_the_first_measurement_is_not_told_that_all_is_done(bare):
    person = Person.objects.create_user("tim", name="ASN Contoh 04")
    Appointment.objects.create(
        person=person, unit=bare, role=Role.TIM_SAKIP, title="Tim SAKIP", starts=date(2020, 1, 1)
    )
    page = words(logged_in(person).get("/"))
    assert "Belum ada pengukuran" in page
    assert "Semua selesai" not in page
