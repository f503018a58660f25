"""Step 4: an indicator that is not SMART is measured only once Tim SAKIP's chair has decided on it, and comes back until it is."""

import json

import pytest

from measurement.archiving.records import as_json, records
from measurement.models import Indicator, SmartDecision
from measurement.papers.registry import KINDS
from measurement.papers.render import render_html
from measurement.rules.following import FollowRule
from measurement.rules.periods import Frequency
from measurement.rules.schedules import schedule_words
from measurement.rules.sop import Output, State
from tests.support.characters import add_indicator, fresh, open_cycle, walk
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.smart import REASON, WHY, at_the_gate, said, with_a_vague_indicator
from tests.support.step_pages import address, perform, snapshot

LATER = "2031-12-31"


def test_a_no_is_listed_apart_and_named_on_the_button(kecamatan):
    cycle, vague, chair = at_the_gate(kecamatan)
    text = words(logged_in(kecamatan.tim).get(address(cycle)))
    assert "1 indikator belum SMART 1 belum diputuskan" in text
    assert f"{vague.name} Belum diputuskan Tidak Spesifik (specific). {WHY}" in text
    assert "Tetapkan metodologi, 1 indikator belum SMART" in text
    assert f"{chair}, Ketua Tim SAKIP, yang memutuskan." in text


def test_step_4_waits_for_the_chair(kecamatan):
    cycle, vague, chair = at_the_gate(kecamatan)
    response = perform(kecamatan, cycle)
    assert (response.status_code, fresh(cycle).state) == (422, State.METODOLOGI)
    sentence = (
        f"Keputusan Ketua Tim SAKIP ({chair}) atas 1 indikator yang belum SMART belum ada: “{vague.name}”."
    )
    assert sentence in words(response)


def test_without_a_chair_the_page_says_what_to_do(kecamatan):
    cycle, _, chair = at_the_gate(kecamatan)
    chair.appointments.update(chairs=False)
    text = words(perform(kecamatan, cycle))
    assert "Minta administrator mencentang “Ketua Tim SAKIP”" in text
    assert "atau perbaiki indikatornya" in text


def test_an_indicator_that_became_smart_waits_for_nobody(kecamatan):
    cycle, vague, _ = at_the_gate(kecamatan)
    Indicator.objects.filter(pk=vague.pk).update(smart_specific=True, smart_reason="")
    assert perform(kecamatan, cycle).status_code == 302


def test_the_chair_can_take_it_as_it_is_and_set_the_methodology_at_once(kecamatan):
    cycle, vague, chair = at_the_gate(kecamatan)
    answer = submit(logged_in(chair), address(cycle), **said(vague), action="prepare_method")
    assert (answer.status_code, fresh(cycle).state) == (302, State.PENGUKURAN)
    kept = cycle.smart_decisions.get()
    assert (kept.verdict, kept.reason, kept.lacks) == ("diterima", REASON, ["smart_specific"])
    assert (kept.decided_by, kept.decided_as) == (chair, "Ketua Tim SAKIP")
    assert cycle.audit.get(action="smart_decision").data["reason"] == REASON


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reason": "pendek"}, "tuliskan alasannya, paling sedikit 10 huruf"),
        ({"verdict": ""}, "pilih dipakai apa adanya atau diperbaiki"),
        ({"verdict": "diperbaiki"}, "isi tanggal perbaikannya, paling awal"),
        ({"verdict": "diperbaiki", "day": "2020-01-01"}, "isi tanggal perbaikannya, paling awal"),
        ({"verdict": "entah"}, "entah"),
    ],
)
def test_half_a_decision_is_refused_and_stays_typed(kecamatan, values, sentence):
    cycle, vague, chair = at_the_gate(kecamatan)
    before = snapshot(cycle)
    response = submit(logged_in(chair), address(cycle), **said(vague, **values))
    assert response.status_code == 422
    assert sentence in words(response)
    assert form_of(response)[f"smart-{vague.pk}-reason"] == values.get("reason", REASON)
    assert snapshot(cycle) == before


def test_nobody_but_the_chair_decides_not_even_by_a_hand_made_post(kecamatan):
    cycle, vague, _ = at_the_gate(kecamatan)
    page = form_of(logged_in(kecamatan.tim).get(address(cycle)))
    assert not any(name.startswith("smart-") for name in page)
    response = logged_in(kecamatan.tim).post(address(cycle), page | said(vague) | {"action": "save"})
    assert (response.status_code, SmartDecision.objects.count()) == (403, 0)


def test_the_gate_can_not_be_gone_round_by_marking_many_as_smart(kecamatan):
    cycle, vague, _ = at_the_gate(kecamatan)
    submit(logged_in(kecamatan.tim), address(cycle), indicator=[str(vague.pk)], action="smart")
    assert Indicator.objects.get(pk=vague.pk).smart_specific is False


def test_a_decision_does_not_hold_for_what_is_found_lacking_later(kecamatan):
    cycle, vague, chair = at_the_gate(kecamatan)
    submit(logged_in(chair), address(cycle), **said(vague))
    Indicator.objects.filter(pk=vague.pk).update(smart_relevant=False)
    assert perform(kecamatan, cycle).status_code == 422
    assert "Sejak diputuskan ada unsur lain" in words(logged_in(chair).get(address(cycle)))


def test_an_indicator_of_another_office_can_not_be_decided_on(kecamatan, neighbour):
    cycle, _, chair = at_the_gate(kecamatan)
    foreign = with_a_vague_indicator(neighbour)
    page = form_of(logged_in(chair).get(address(cycle)))
    response = logged_in(chair).post(address(cycle), page | said(foreign) | {"action": "save"})
    assert (response.status_code, SmartDecision.objects.count()) == (422, 0)


def test_one_that_is_not_due_is_decided_on_too_and_says_when_it_is_measured(kecamatan):
    cycle, vague, _ = at_the_gate(kecamatan, schedule="4")
    assert perform(kecamatan, cycle).status_code == 422
    assert f"Diukur {schedule_words('4', Frequency.QUARTERLY)}." in words(
        logged_in(kecamatan.tim).get(address(cycle))
    )


def test_what_is_the_same_is_decided_with_it(kecamatan):
    vague = with_a_vague_indicator(kecamatan)
    twin = add_indicator(
        kecamatan,
        "Jumlah laporan kembar",
        5,
        follow_rule=FollowRule.SAME,
        smart_specific=False,
        smart_reason=WHY,
    )
    twin.follows.add(vague)
    cycle, vague, chair = at_the_gate(kecamatan)
    assert "Berlaku juga bagi yang sama dengannya" in words(logged_in(chair).get(address(cycle)))
    submit(logged_in(chair), address(cycle), **said(vague), action="prepare_method")
    assert fresh(cycle).state == State.PENGUKURAN
    assert {kept.indicator_id for kept in cycle.smart_decisions.all()} == {vague.pk, twin.pk}


def test_it_comes_back_next_quarter_with_what_was_decided_and_counts_as_it_is_shown(kecamatan):
    cycle, vague, chair = at_the_gate(kecamatan)
    submit(logged_in(chair), address(cycle), **said(vague, "diperbaiki", day=LATER), action="prepare_method")
    walk(kecamatan, fresh(cycle))
    later = walk(kecamatan, open_cycle(kecamatan, 2), "prepare_method")
    assert perform(kecamatan, later).status_code == 422
    page = logged_in(chair).get(address(later))
    assert (
        f"Keputusan TW I 2026: Dipakai, dan diperbaiki paling lambat 31 Desember 2031, oleh {chair}"
        in words(page)
    )
    assert form_of(page)[f"smart-{vague.pk}-reason"] == REASON
    answer = logged_in(chair).post(address(later), form_of(page) | {"action": "prepare_method"})
    assert (answer.status_code, later.smart_decisions.get().verdict) == (302, "diperbaiki")


def test_papers_and_archive_tell_of_it(kecamatan):
    cycle, vague, chair = at_the_gate(kecamatan)
    submit(logged_in(chair), address(cycle), **said(vague, "diperbaiki", day=LATER), action="prepare_method")
    cycle = walk(kecamatan, fresh(cycle))
    for output in (Output.METODOLOGI, Output.LAPORAN):
        paper = cycle.papers.get(kind=output)
        html = render_html(KINDS[output], paper.content)
        assert "Dipakai, dan diperbaiki paling lambat 31 Desember 2031" in html
        assert REASON in html
        assert f"{chair}, Ketua Tim SAKIP" in html
    kept = json.loads(as_json(records(cycle)["data/keputusan-smart.json"]))
    assert [line["reason"] for line in kept] == [REASON]


def test_the_gate_costs_two_queries_however_many_wait(kecamatan, django_assert_max_num_queries):
    for number in range(4):
        add_indicator(kecamatan, f"Indikator {number}", 10 + number, smart_specific=False, smart_reason=WHY)
    cycle, _, chair = at_the_gate(kecamatan)
    client = logged_in(chair)
    client.get(address(cycle))
    with django_assert_max_num_queries(14):
        assert "5 indikator belum SMART" in words(client.get(address(cycle)))
