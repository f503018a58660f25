"""Who has a post above the offices: what they may read in an office, that they write nothing there, and that another government's post sees nothing."""

from datetime import date

import pytest
from django.urls import reverse

from measurement.doors.actions import CycleActions
from measurement.models import FollowUp, MeasurementCycle, Paper, Person, Plan, Unit, WorksheetRow
from measurement.rules.government_posts import READING, GovernmentRole
from tests.support.characters import ALL_STEPS, cycle_at
from tests.support.governments import Above, government_over
from tests.support.pages import logged_in, words
from tests.whole.test_access import ANSWERS, GONE, MACHINES, PUBLIC, address, status, stored

pytestmark = pytest.mark.long
# what says nothing of one office, or asks for another key than a person's
FOR_ANYBODY = PUBLIC | set(MACHINES) | {"chart_data", "chart_picture", "plan_template"}

READ = (
    *("cycle", "round", "receipt", "report", "step", "extensions", "worksheet", "overview", "coverage"),
    *("recap", "recap_xlsx", "worksheet_xlsx", "e81_xlsx", "office_working", "branch_working", "row_working"),
    *("row_behind", "row_thread", "row_history", "evidence", "reference", "paper", "extract", "package"),
    *("follow_up", "money_file", "indicator", "branch", "opening_set", "opening_file"),
)
# what is never read from above: people and their accounts, keys, settings, and whatever is only there to be written
KEPT_IN_THE_OFFICE = (
    *("person", "people", "hand_over", "handovers", "sign", "change_pin", "revoke_key", "make_key", "work", "work_file"),
    *("sop_edition", "predicate_scale", "paper_setting", "office_export", "plan_import", "withdrawal", "assignment"),
    *("void_paper", "open_cycle", "my_message", "number_register", "signing_attempt", "money_import", "draft_paper"),
)  # fmt: skip


@pytest.fixture
def above(everything) -> Above:
    return government_over(everything.office.unit)


@pytest.mark.parametrize("role", READING)
def test_a_post_that_reads_gets_what_an_office_keeps_and_none_of_its_settings(everything, above, role):
    client = logged_in(above[role])
    given = {name: status(client, "get", address(everything, name)) for name in ANSWERS}
    assert {name: given[name] for name in READ} == dict.fromkeys(READ, 200)
    assert {name: given[name] for name in KEPT_IN_THE_OFFICE if given[name] not in (403, 404, 409)} == {}
    assert max(given.values()) < 500


def test_the_administrator_of_the_government_reads_nothing_in_an_office(everything, above):
    client = logged_in(above[GovernmentRole.ADMIN])
    for name in everything.keys.keys() - FOR_ANYBODY:
        assert status(client, "get", address(everything, name)) in (403, 404, 405), name
    assert client.get(reverse("government")).status_code == 200


@pytest.mark.parametrize("role", GovernmentRole)
def test_nobody_above_writes_anything_in_an_office(everything, above, role):
    client, before = logged_in(above[role]), stored()
    for name in set(ANSWERS) - {"logout", "government_file"} - GONE:  # a file is ordered for oneself
        assert status(client, "post", address(everything, name)) < 500, name
    assert stored() == before


@pytest.mark.parametrize("role", GovernmentRole)
def test_a_post_of_another_government_sees_nothing(everything, neighbour, role):
    client = logged_in(government_over(neighbour.unit)[role])
    for name in everything.keys.keys() - FOR_ANYBODY - {"sub_unit_recap"}:
        for method in ("get", "post"):
            assert status(client, method, address(everything, name)) in (403, 404, 405), (name, method)
    assert everything.office.unit.short_name not in words(client.get(reverse("government")))


@pytest.mark.parametrize("step", ALL_STEPS)
def test_no_step_of_the_sop_offers_an_action_to_who_reads(kecamatan, step):
    above = government_over(kecamatan.unit)
    cycle = cycle_at(kecamatan, step)
    for role in GovernmentRole:
        assert CycleActions(cycle, above[role]).sop_actions == (), role
        assert above[role].roles_in(kecamatan.unit.pk) == set()


def test_reading_is_looked_up_within_the_query(kecamatan, django_assert_num_queries):
    reader = government_over(kecamatan.unit)[GovernmentRole.PLANNING]
    assert (reader.read_governments, reader.unit_ids) == ({reader.posts_in_force[0].government_id}, set())
    for model in (MeasurementCycle, Paper, Plan, Unit, WorksheetRow, FollowUp):
        with django_assert_num_queries(1):
            list(model.objects.visible_to(reader))
        assert "belongs_to_id" in str(model.objects.visible_to(reader).query)


def test_who_has_no_post_asks_as_ever(kecamatan):
    asked = str(MeasurementCycle.objects.visible_to(Person.objects.get(pk=kecamatan.camat.pk)).query)
    assert "belongs_to_id" not in asked.partition("WHERE")[2]


def test_a_post_that_ended_reads_nothing_any_more(kecamatan):
    above = government_over(kecamatan.unit)
    cycle = cycle_at(kecamatan, "measure")
    client = logged_in(above[GovernmentRole.PLANNING])
    assert client.get(reverse("cycle", args=[cycle.pk])).status_code == 200
    above.government.posts.update(ends=date(2020, 1, 2))
    assert client.get(reverse("cycle", args=[cycle.pk])).status_code == 404
    assert client.get(reverse("government")).status_code == 403
