"""What somebody has just done can be taken back for some minutes, as long as nobody has acted on it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from measurement.archiving.trail_check import trail_disagreements
from measurement.doors import follow_ups, measuring, undoing, workflow
from measurement.doors.undo_table import KEPT_ACTIONS, STEP_UNDOS, UNDO_MINUTES
from measurement.models import AuditEntry, FollowUp, MeasurementCycle, Message
from measurement.papers.numbering import number_faults
from measurement.record import audit
from measurement.record.rounds import Arahan
from measurement.record.row_threads import rows_sent_again, threads_of
from measurement.rules import sop
from measurement.rules.refusals import NotAtThisStep
from measurement.rules.sop import APPROVE, EVALUATE, MEASURE, SEND_BACK, RowState, State
from tests.support.characters import Office, cycle_at, fill, fresh, prepare

REASON = "Bukti tidak terbaca."


def last(cycle: MeasurementCycle, action: str) -> AuditEntry:
    return cycle.audit.filter(action=action).latest("sequence")


def take_back(cycle: MeasurementCycle, actor, action: str) -> str:
    return undoing.undo(cycle.pk, actor, last(cycle, action).pk).sentence


def versions(cycle: MeasurementCycle) -> dict[int, int]:
    return dict(cycle.rows.values_list("pk", "version"))


def states(cycle: MeasurementCycle) -> set[str]:
    return set(cycle.rows.values_list("state", flat=True))


def faults(cycle: MeasurementCycle) -> list[str]:
    return [*audit.trail_faults(cycle), *trail_disagreements(cycle), *number_faults(cycle.unit)]


def later(monkeypatch, minutes: int) -> None:
    now = timezone.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(timezone, "now", lambda: now)


def sent(kecamatan: Office) -> MeasurementCycle:
    """Every row sent by their owner, so that step 5 ended by it."""
    cycle = cycle_at(kecamatan, "measure")
    fill(kecamatan, cycle)
    measuring.send(cycle.pk, kecamatan.asn)
    return fresh(cycle)


def test_every_act_is_either_undoable_or_says_why_not():
    assert STEP_UNDOS | set(KEPT_ACTIONS) == set(sop.ACTIONS)
    assert not STEP_UNDOS & set(KEPT_ACTIONS)


def test_asn_can_take_back_rows_though_the_last_one_ended_step_5(kecamatan):
    cycle = sent(kecamatan)
    number = cycle.papers.get(kind=MEASURE.output).number
    assert number in take_back(cycle, kecamatan.asn, "row_send")
    now = fresh(cycle)
    assert (now.state, states(now)) == (State.PENGUKURAN, {RowState.DRAF})
    assert now.papers.get(number=number).void.voided_by == kecamatan.asn
    assert not Message.objects.filter(person=kecamatan.tim, key__startswith="giliran:", read_at=None)
    measuring.send(cycle.pk, kecamatan.asn)
    assert (fresh(cycle).state, faults(cycle)) == (State.EVALUASI, [])


def test_asn_cannot_take_back_what_tim_sakip_has_judged(kecamatan):
    cycle = sent(kecamatan)
    measuring.accept(cycle.pk, kecamatan.tim, versions(cycle))
    with pytest.raises(NotAtThisStep, match="menindaklanjuti"):
        take_back(cycle, kecamatan.asn, "row_send")
    assert states(cycle) == {RowState.DITERIMA}


def test_tim_sakip_can_take_back_what_they_accepted(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    measuring.accept(cycle.pk, kecamatan.tim, versions(cycle))
    assert "2 baris kembali menunggu penilaian" in take_back(cycle, kecamatan.tim, "row_accept")
    assert (states(cycle), faults(cycle)) == ({RowState.TERKIRIM}, [])


def test_what_a_colleague_returned_since_stays_returned(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    measuring.accept(cycle.pk, kecamatan.tim, versions(cycle))
    row = cycle.rows.first()
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, REASON)
    sentence = take_back(cycle, kecamatan.tim, "row_accept")
    assert "1 baris sudah ditindaklanjuti" in sentence
    assert states(cycle) == {RowState.TERKIRIM, RowState.DIKEMBALIKAN}


def test_a_return_that_is_taken_back_leaves_no_message_and_no_trace_on_the_paper(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, REASON)
    take_back(cycle, kecamatan.tim, "row_return")
    row.refresh_from_db()
    assert (row.state, row.verdict_note) == (RowState.TERKIRIM, "")
    assert not kecamatan.asn.messages.filter(key__startswith="dikembalikan:")
    measuring.accept(cycle.pk, kecamatan.tim, versions(cycle))
    workflow.perform(fresh(cycle), EVALUATE.key, kecamatan.tim)
    assert cycle.papers.get(kind=EVALUATE.output).content["returns"] == []


def test_who_has_read_the_message_is_told_that_it_no_longer_holds(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, REASON)
    kecamatan.asn.messages.filter(key__startswith="dikembalikan:").mark_read()
    take_back(cycle, kecamatan.tim, "row_return")
    told = kecamatan.asn.messages.unread().get(key__startswith="ditarik-kabar:")
    assert "tidak berlaku lagi" in told.text


def test_a_returned_row_on_which_its_owner_works_stays_returned(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, REASON)
    fill(kecamatan, fresh(cycle))
    with pytest.raises(NotAtThisStep, match="menindaklanjuti"):
        take_back(cycle, kecamatan.tim, "row_return")


def test_sekcam_can_take_back_a_sending_back(kecamatan, to_decide):
    row = to_decide.rows.first()
    before = to_decide.rows.values("pk", "state", "round", "verdict_note").order_by("pk")
    stood = list(before)
    arahan = [Arahan("Periksa kembali bukti."), Arahan("Jelaskan capaiannya.", row.pk)]
    workflow.perform(to_decide, SEND_BACK, kecamatan.sekcam, arahan=arahan)
    take_back(to_decide, kecamatan.sekcam, SEND_BACK)
    now = fresh(to_decide)
    assert (now.state, now.round, now.directives.count()) == (State.KEPUTUSAN, 1, 0)
    assert (list(before.all()), now.stays.get(left_at=None).round) == (stood, 1)
    assert not kecamatan.asn.messages.filter(key__startswith="arahan:")
    workflow.perform(now, SEND_BACK, kecamatan.sekcam, arahan=arahan)
    assert kecamatan.asn.messages.unread().filter(key__startswith="arahan:").exists()
    assert (fresh(to_decide).round, faults(to_decide)) == (2, [])


def test_sekcam_cannot_take_back_what_the_owner_has_begun_to_mend(kecamatan, to_decide):
    arahan = [Arahan("Jelaskan capaiannya.", to_decide.rows.first().pk)]
    workflow.perform(to_decide, SEND_BACK, kecamatan.sekcam, arahan=arahan)
    fill(kecamatan, fresh(to_decide))
    with pytest.raises(NotAtThisStep):
        take_back(to_decide, kecamatan.sekcam, SEND_BACK)
    assert fresh(to_decide).state == State.EVALUASI


@pytest.mark.parametrize("key", sorted(STEP_UNDOS - {SEND_BACK, MEASURE.key}))
def test_a_step_that_nobody_acted_on_can_be_taken_back_and_taken_again(kecamatan, key):
    cycle, step = cycle_at(kecamatan, key), sop.STEP_BY_KEY[key]
    actor = kecamatan.actor(step.actor)
    prepare(kecamatan, cycle)
    workflow.perform(fresh(cycle), key, actor)
    take_back(cycle, actor, key)
    assert (fresh(cycle).state, faults(cycle)) == (step.source, [])
    workflow.perform(fresh(cycle), key, actor)
    assert (fresh(cycle).state, cycle.papers.valid().filter(kind=step.output).count()) == (step.target, 1)


def test_a_step_stays_done_once_somebody_writes_at_the_next_one(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    measuring.accept(cycle.pk, kecamatan.tim, versions(cycle))
    done = workflow.perform(fresh(cycle), EVALUATE.key, kecamatan.tim)
    workflow.save_step(
        done, kecamatan.tim, done.version, lambda cycle: setattr(cycle, "recap_note", "Serapan.")
    )
    with pytest.raises(NotAtThisStep, match="menindaklanjuti"):
        take_back(cycle, kecamatan.tim, EVALUATE.key)
    assert fresh(cycle).state == State.REKAPITULASI


def test_an_undo_comes_too_late_after_some_minutes(kecamatan, monkeypatch):
    cycle = cycle_at(kecamatan, "evaluate")
    measuring.accept(cycle.pk, kecamatan.tim, versions(cycle))
    later(monkeypatch, UNDO_MINUTES + 1)
    assert undoing.offers(cycle, kecamatan.tim) == []
    with pytest.raises(NotAtThisStep, match="sudah lewat"):
        take_back(cycle, kecamatan.tim, "row_accept")


def test_the_same_undo_twice_is_done_once(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    measuring.accept(cycle.pk, kecamatan.tim, versions(cycle))
    take_back(cycle, kecamatan.tim, "row_accept")
    assert "tidak ada yang dikerjakan dua kali" in take_back(cycle, kecamatan.tim, "row_accept")
    assert cycle.audit.filter(action=audit.UNDO).count() == 1


def test_nobody_takes_back_what_another_did(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    measuring.accept(cycle.pk, kecamatan.tim, versions(cycle))
    with pytest.raises(PermissionDenied):
        take_back(cycle, kecamatan.asn, "row_accept")


def test_a_thread_tells_that_a_return_was_taken_back(kecamatan):
    cycle = sent(kecamatan)
    row = cycle.rows.earliest("position")
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, REASON)
    take_back(cycle, kecamatan.tim, "row_return")
    assert list(row.remarks.order_by("pk").values_list("kind", flat=True)) == ["dikembalikan", "dibatalkan"]
    assert rows_sent_again(fresh(cycle), threads_of(cycle), ()) == {}


def test_directions_to_follow_up_go_with_the_return_that_is_taken_back(kecamatan):
    cycle = cycle_at(kecamatan, APPROVE.key)
    workflow.perform(cycle, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Jelaskan hambatannya.")])
    assert FollowUp.objects.count() == 1
    take_back(cycle, kecamatan.sekcam, SEND_BACK)
    assert (FollowUp.objects.count(), fresh(cycle).directives.count()) == (0, 0)


def test_a_return_on_whose_directions_somebody_reported_stays(kecamatan):
    cycle = cycle_at(kecamatan, APPROVE.key)
    workflow.perform(cycle, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Jelaskan hambatannya.")])
    follow_ups.report_on(
        FollowUp.objects.get(), kecamatan.tim, "Sedang dibahas dengan para penanggung jawab."
    )
    with pytest.raises(NotAtThisStep):
        take_back(cycle, kecamatan.sekcam, SEND_BACK)
    assert fresh(cycle).directives.count() == 1
