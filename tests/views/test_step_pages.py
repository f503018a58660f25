"""One page for every step: its actor works there, the others read; a draft is kept, a refusal keeps what was typed, a late click does nothing."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from measurement.models import MeasurementCycle, Unit
from measurement.rules.sop import BRIEF, SEND_BACK, STEP_BY_KEY, STEPS, Role, State
from tests.support.characters import SOP, cycle_at, fresh, open_cycle, person
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.step_pages import (
    MEETING,
    SENTENCE,
    TEXT_OF,
    WORKED_ON,
    actor_of,
    address,
    perform,
    receipt_of,
    snapshot,
    typed,
)


@pytest.mark.parametrize("step", WORKED_ON)
def test_only_the_actor_gets_the_form_and_the_others_may_read(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    for role in Role:
        response = logged_in(kecamatan.actor(role)).get(address(cycle))
        assert response.status_code == 200, role
        assert (b'name="version"' in response.content) == (role == STEP_BY_KEY[step].actor), role


@pytest.mark.parametrize("step", WORKED_ON)
def test_the_actor_finds_the_words_of_the_step_on_its_page_and_a_button_for_it(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    page = actor_of(kecamatan, cycle).get(address(cycle))
    assert f'name="action" value="{step}"' in page.content.decode()
    assert SOP.action_label(step) in words(page)


@pytest.mark.parametrize("step", WORKED_ON)
def test_nobody_else_can_post_a_step(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    values, before = (
        form_of(actor_of(kecamatan, cycle).get(address(cycle))) | typed(kecamatan, cycle),
        snapshot(cycle),
    )
    for role in set(Role) - {STEP_BY_KEY[step].actor}:
        for action in (step, "save", SEND_BACK):
            response = logged_in(kecamatan.actor(role)).post(address(cycle), values | {"action": action})
            assert response.status_code == 403, (role, action)
    assert snapshot(cycle) == before


@pytest.mark.parametrize("step", WORKED_ON)
def test_another_office_cannot_find_a_step(kecamatan, neighbour, step):
    cycle = cycle_at(kecamatan, step)
    for role in Role:
        stranger = logged_in(neighbour.actor(role))
        assert stranger.get(address(cycle)).status_code == 404
        assert stranger.post(address(cycle), {"action": step}).status_code == 404


@pytest.mark.parametrize("number", [0, 12, 99])
def test_there_are_eleven_steps_and_no_more(kecamatan, number):
    cycle = open_cycle(kecamatan)
    assert logged_in(kecamatan.camat).get(f"/siklus/{cycle.pk}/langkah/{number}/").status_code == 404


def test_the_step_of_measuring_leads_to_the_worksheet(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    assert logged_in(kecamatan.asn).get(address(cycle)).url == reverse("worksheet", args=[cycle.pk])


@pytest.mark.parametrize("step", WORKED_ON)
def test_a_draft_is_kept_and_the_step_stays(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    response = submit(
        actor_of(kecamatan, cycle), address(cycle), **{TEXT_OF[step]: "Setengah jadi.", "action": "save"}
    )
    assert (response.status_code, response.url) == (302, address(cycle))
    assert form_of(actor_of(kecamatan, cycle).get(address(cycle)))[TEXT_OF[step]] == "Setengah jadi."
    assert fresh(cycle).state == cycle.state


def test_a_draft_of_the_meeting_shows_its_moment_again(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    submit(logged_in(kecamatan.sekcam), address(cycle), **MEETING, action="save")
    assert form_of(logged_in(kecamatan.sekcam).get(address(cycle)))["starts_at"] == "02/04/2026 09.00"


@pytest.mark.parametrize(
    "written", ["2 April 2026 pukul 9.00", "2/4/2026 09:00", "Kamis, 2 April 2026, 09.00 WIB"]
)
def test_a_meeting_is_dated_as_people_write_it(kecamatan, written):
    cycle = cycle_at(kecamatan, BRIEF.key)
    submit(logged_in(kecamatan.sekcam), address(cycle), **MEETING | {"starts_at": written}, action="save")
    assert fresh(cycle).meeting.starts_at == datetime.fromisoformat("2026-04-02T09:00+07:00")


def test_a_date_with_the_month_first_is_refused_and_stays_as_it_was_typed(kecamatan):
    cycle = cycle_at(kecamatan, BRIEF.key)
    refused = submit(
        logged_in(kecamatan.sekcam),
        address(cycle),
        **MEETING | {"starts_at": "04/13/2026 09.00"},
        action="save",
    )
    assert refused.status_code == 422
    assert "Tulis tanggal dan jam seperti 30/11/2026 09.00." in words(refused)
    assert form_of(refused)["starts_at"] == "04/13/2026 09.00"


def test_a_draft_from_a_stale_page_is_refused_and_stays_on_the_page(kecamatan):
    cycle, client = cycle_at(kecamatan, "recapitulate"), logged_in(kecamatan.tim)
    opened = form_of(client.get(address(cycle)))
    submit(client, address(cycle), recap_note="Yang pertama menyimpan.")
    response = client.post(address(cycle), opened | {"recap_note": "Yang kedua menyimpan."})
    assert response.status_code == 409
    assert form_of(response)["recap_note"] == "Yang kedua menyimpan."
    assert fresh(cycle).recap_note == "Yang pertama menyimpan."


def test_the_page_of_a_stale_draft_can_be_saved(kecamatan):
    cycle, client = cycle_at(kecamatan, "recapitulate"), logged_in(kecamatan.tim)
    opened = form_of(client.get(address(cycle)))
    submit(client, address(cycle), recap_note="Yang pertama menyimpan.")
    conflict = client.post(address(cycle), opened | {"recap_note": "Yang kedua menyimpan."})
    assert client.post(address(cycle), form_of(conflict)).status_code == 302
    assert fresh(cycle).recap_note == "Yang kedua menyimpan."


@pytest.mark.parametrize("version", ["", "abc", "0", "9" * 30, "9" * 5000])
def test_a_version_that_is_no_version_is_a_conflict(kecamatan, version):
    cycle = cycle_at(kecamatan, "recapitulate")
    response = submit(logged_in(kecamatan.tim), address(cycle), recap_note=SENTENCE, version=version)
    assert (response.status_code, fresh(cycle).recap_note) == (409, "")


def test_posted_fields_of_other_steps_have_no_effect(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    other = {
        "state": "arsip",
        "round": "9",
        "unit": "99",
        "conclusion": "x",
        "storage_location": "x",
        "instruction": "x",
        "period": "tw4",
    }
    submit(logged_in(kecamatan.tim), address(cycle), recap_note=SENTENCE, **other)
    after = fresh(cycle)
    assert (after.state, after.round, after.number, after.conclusion, after.storage_location) == (
        State.REKAPITULASI,
        1,
        1,
        "",
        "",
    )


@pytest.mark.parametrize("step", WORKED_ON)
def test_the_actor_can_leave_the_step_by_its_page(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    response = perform(kecamatan, cycle)
    assert (response.status_code, response.url) == (302, receipt_of(cycle))
    assert fresh(cycle).state == STEP_BY_KEY[step].target
    assert cycle.papers.filter(kind=STEP_BY_KEY[step].output).count() == 1


def test_the_receipt_says_whose_turn_it_is(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    client = actor_of(kecamatan, cycle)
    response = client.post(
        address(cycle), form_of(client.get(address(cycle))) | MEETING | {"action": "brief"}, follow=True
    )
    assert "Sekarang langkah 3, giliran Tim SAKIP" in words(response)


@pytest.mark.parametrize("step", [key for key in WORKED_ON if key not in ("approve",)])
def test_an_incomplete_step_is_refused_with_sentences_and_keeps_what_was_typed(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    before = snapshot(cycle)
    short = {TEXT_OF[step]: "Pendek."} if step != "archive" else {}
    response = submit(actor_of(kecamatan, cycle), address(cycle), **short, action=step)
    assert response.status_code == 422
    assert "Belum dapat dilanjutkan. Yang sudah diketik tetap ada." in words(response)
    assert short.items() <= form_of(response).items()
    assert snapshot(cycle) == before


def test_a_refused_step_keeps_what_was_typed_as_a_draft(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    client = actor_of(kecamatan, cycle)
    submit(client, address(cycle), recap_note="Pendek.", action="recapitulate")
    assert form_of(client.get(address(cycle)))["recap_note"] == "Pendek."


def test_what_is_missing_stands_on_the_page_before_anybody_clicks(kecamatan):
    cycle = cycle_at(kecamatan, "plan_activities")
    text = words(logged_in(kecamatan.tim).get(address(cycle)))
    assert "Belum bisa dilanjutkan: Tuliskan pembahasan rapat pada notulen." in text
    assert "Catat peserta rapat." not in text


@pytest.mark.parametrize("step", WORKED_ON)
def test_a_double_click_does_the_step_once(kecamatan, step):
    cycle, client = cycle_at(kecamatan, step), logged_in(kecamatan.actor(STEP_BY_KEY[step].actor))
    values = form_of(client.get(address(cycle))) | typed(kecamatan, cycle) | {"action": step}
    first = client.post(address(cycle), values)
    again = client.post(address(cycle), values)
    assert (first.status_code, again.status_code, again.url) == (302, 302, first.url)
    assert cycle.audit.filter(action=step).count() == 1
    assert cycle.papers.filter(kind=STEP_BY_KEY[step].output).count() == 1


@pytest.mark.parametrize("step", ["plan_activities", "recapitulate", "report"])
def test_whoever_comes_second_is_told_who_was_faster(kecamatan, step):
    cycle, second = cycle_at(kecamatan, step), logged_in(person("kedua", kecamatan.unit, Role.TIM_SAKIP))
    values = form_of(second.get(address(cycle))) | typed(kecamatan, cycle) | {"action": step}
    perform(kecamatan, cycle)
    before = snapshot(cycle)
    late = second.post(address(cycle), values)
    assert late.status_code == 409
    assert f"sudah diselesaikan oleh {kecamatan.tim}" in words(late)
    assert snapshot(cycle) == before


@pytest.mark.parametrize("ahead", ["evaluate", "report", "archive"])
def test_a_step_cannot_be_skipped_by_hand(kecamatan, ahead):
    cycle = cycle_at(kecamatan, "plan_activities")
    before = snapshot(cycle)
    response = logged_in(kecamatan.tim).post(
        address(cycle, ahead), {"action": ahead, "version": str(cycle.version)}
    )
    assert (response.status_code, snapshot(cycle)) == (409, before)


def test_an_action_of_another_step_only_saves(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    for action in ("report", "approve", SEND_BACK, "archive"):
        submit(logged_in(kecamatan.tim), address(cycle), recap_note=SENTENCE, action=action)
    assert fresh(cycle).state == State.REKAPITULASI


@pytest.mark.parametrize("step", [step.key for step in STEPS])
def test_a_finished_cycle_can_be_read_step_by_step(kecamatan, step):
    cycle = cycle_at(kecamatan, None)
    for role in Role:
        response = logged_in(kecamatan.actor(role)).get(address(cycle, step))
        assert response.status_code == 200
        assert b'name="version"' not in response.content


def test_an_archived_step_takes_no_more_posts(kecamatan):
    cycle = cycle_at(kecamatan, None)
    before = snapshot(cycle)
    response = logged_in(kecamatan.tim).post(
        address(cycle, "recapitulate"), {"recap_note": "Diubah.", "action": "save"}
    )
    assert (response.status_code, snapshot(cycle)) == (409, before)


def test_a_late_step_says_so(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    cycle.stays.filter(left_at=None).update(arrived_at=timezone.now() - timedelta(days=14))
    assert "Terlambat" in words(logged_in(kecamatan.sekcam).get(reverse("inbox")))
    assert "Terlambat" in words(logged_in(kecamatan.sekcam).get(reverse("cycle", args=[cycle.pk])))


@pytest.mark.parametrize("division", ["Sekretariat Kelurahan", ""])
def test_the_place_that_is_proposed_for_the_file_is_that_of_the_office(kecamatan, division):
    cycle = cycle_at(kecamatan, "archive")
    Unit.objects.filter(pk=kecamatan.unit.pk).update(division=division)
    MeasurementCycle.objects.filter(pk=cycle.pk).update(storage_location="")
    page = logged_in(kecamatan.tim).get(address(cycle))
    assert form_of(page)["storage_location"] == f"Lemari arsip {division or kecamatan.unit.name}"
