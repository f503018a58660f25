"""Taking an order back: by who ordered until the worksheets are opened, later with consent; numbers void, everybody told, nothing blocked."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from measurement.archiving.trail_check import trail_disagreements
from measurement.doors import measuring, voiding, withdrawing, workflow
from measurement.messages.reminders import remind
from measurement.models import MeasurementCycle, Message, Stay, WorksheetRow
from measurement.record.audit import trail_faults
from measurement.record.closed_targets import ClosedTargets
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.requirements import missing
from measurement.rules.sop import ARCHIVE, PREPARE_METHOD, State
from measurement.views.start.desk import desk_of
from tests.support.characters import YEAR, cycle_at, fresh, open_cycle, store_papers

WRONG = "Tahun yang dipilih keliru."
NEEDED = "Hasilnya sudah dipakai dalam rapat."


@pytest.fixture
def withdrawn(kecamatan) -> MeasurementCycle:
    return withdrawing.withdraw_order(cycle_at(kecamatan, "prepare_method").pk, kecamatan.camat, WRONG)


@pytest.fixture
def asked(kecamatan) -> MeasurementCycle:
    """A cycle that is being measured, of which the Camat wants to be rid."""
    cycle = cycle_at(kecamatan, "evaluate")
    withdrawing.ask_withdrawal(cycle.pk, kecamatan.camat, WRONG)
    return fresh(cycle)


def told(person) -> list[str]:
    return list(person.messages.filter(kind=Message.Kind.WITHDRAWAL).values_list("subject", flat=True))


def test_camat_can_withdraw_an_order_before_the_sheets_are_opened(kecamatan, withdrawn):
    assert withdrawn.state == State.DICABUT
    assert not Stay.objects.filter(cycle=withdrawn, left_at=None).exists()
    assert withdrawn.audit.get(action="withdraw").data["reason"] == WRONG
    assert withdrawn.withdrawals.get().words.startswith(f"Dicabut oleh {kecamatan.camat}")


@pytest.mark.parametrize("who", ["sekcam", "tim", "asn", "administrator"])
def test_nobody_else_can(kecamatan, who):
    cycle = cycle_at(kecamatan, "brief")
    with pytest.raises(PermissionDenied):
        withdrawing.withdraw_order(cycle.pk, getattr(kecamatan, who), WRONG)


@pytest.mark.parametrize("reason", ["", "keliru", "​​​​​​​​​​​​"])
def test_a_reason_is_asked(kecamatan, reason):
    cycle = cycle_at(kecamatan, "brief")
    with pytest.raises(Incomplete, match="alasan pencabutan"):
        withdrawing.withdraw_order(cycle.pk, kecamatan.camat, reason)
    assert fresh(cycle).state == State.ARAHAN


def test_the_numbers_of_its_papers_are_void_and_the_register_says_why(kecamatan, withdrawn):
    store_papers(withdrawn)
    assert {paper.void.reason for paper in withdrawn.papers.all()} == {
        f"Perintah pengukuran dicabut: {WRONG}"
    }
    assert (trail_faults(withdrawn), list(trail_disagreements(withdrawn))) == ([], [])
    with pytest.raises(NotAtThisStep):
        voiding.issue_again(withdrawn.papers.last(), kecamatan.tim)


def test_everybody_concerned_is_told_but_not_who_did_it(kecamatan, withdrawn):
    assert told(kecamatan.camat) == []
    for person in (kecamatan.sekcam, kecamatan.tim):
        assert told(person) == [f"{withdrawn}: perintah dicabut"]
    assert not withdrawn.messages.filter(kind=Message.Kind.TURN, read_at=None).exists()


def test_nothing_waits_for_anybody_and_nobody_is_reminded(kecamatan, withdrawn):
    before = Message.objects.count()
    remind(withdrawn.stays.last().left_at + timedelta(days=30))
    assert Message.objects.count() == before
    assert desk_of(kecamatan.sekcam).stays == {}


def test_the_same_period_can_be_ordered_anew(kecamatan, withdrawn):
    again = open_cycle(kecamatan)
    assert (again.state, again.amends) == (State.ARAHAN, None)
    assert set(again.papers.values_list("sequence", flat=True)) == {2}


def test_orders_of_one_period_may_be_withdrawn_again_and_again_but_only_one_is_open(kecamatan, withdrawn):
    withdrawing.withdraw_order(open_cycle(kecamatan).pk, kecamatan.camat, WRONG)
    open_cycle(kecamatan)
    with pytest.raises(Incomplete, match="sudah berjalan"):
        open_cycle(kecamatan)


def test_a_withdrawn_cycle_never_changes(kecamatan, withdrawn):
    for write in (
        lambda: MeasurementCycle.objects.filter(pk=withdrawn.pk).update(state=State.METODOLOGI),
        lambda: withdrawn.withdrawals.update(reason="Lain sama sekali."),
        lambda: withdrawn.stays.update(note="Lain."),
    ):
        with pytest.raises(DatabaseError, match="dicabut"), transaction.atomic():
            write()
    with pytest.raises(NotAtThisStep, match="dicabut"):
        workflow.perform(withdrawn, PREPARE_METHOD.key, kecamatan.tim)
    with pytest.raises(NotAtThisStep, match="sudah dicabut"):
        withdrawing.withdraw_order(withdrawn.pk, kecamatan.camat, WRONG)


def test_once_the_sheets_are_open_the_sekcam_is_asked(kecamatan, asked):
    assert asked.state == State.EVALUASI
    assert told(kecamatan.sekcam) == [f"{asked}: pencabutan menunggu persetujuan Anda"]
    with pytest.raises(NotAtThisStep, match="memerlukan persetujuan"):
        withdrawing.withdraw_order(asked.pk, kecamatan.camat, WRONG)
    with pytest.raises(NotAtThisStep, match="sudah diminta"):
        withdrawing.ask_withdrawal(asked.pk, kecamatan.camat, WRONG)


def test_sekcam_can_consent(kecamatan, asked):
    cycle = withdrawing.answer_withdrawal(asked.pk, kecamatan.sekcam, granted=True)
    assert cycle.state == State.DICABUT
    assert f"dengan persetujuan {kecamatan.sekcam}" in cycle.withdrawals.get().words
    assert told(kecamatan.asn) == [f"{cycle}: perintah dicabut"]
    assert WorksheetRow.objects.filter(cycle=cycle).exists()


def test_sekcam_can_refuse_with_a_reason_and_it_goes_on(kecamatan, asked):
    with pytest.raises(Incomplete, match="alasan penolakan"):
        withdrawing.answer_withdrawal(asked.pk, kecamatan.sekcam, granted=False)
    cycle = withdrawing.answer_withdrawal(asked.pk, kecamatan.sekcam, granted=False, answer=NEEDED)
    assert cycle.state == State.EVALUASI
    assert told(kecamatan.camat) == [f"{cycle}: pencabutan tidak disetujui"]
    assert cycle.audit.get(action="withdrawal_refuse").data["answer"] == NEEDED
    withdrawing.ask_withdrawal(cycle.pk, kecamatan.camat, "Ada alasan yang lebih kuat.")


def test_camat_can_take_the_question_back(kecamatan, asked):
    withdrawing.take_back(asked.pk, kecamatan.camat)
    with pytest.raises(NotAtThisStep, match="Tidak ada permintaan"):
        withdrawing.answer_withdrawal(asked.pk, kecamatan.sekcam, granted=True)


@pytest.mark.parametrize("who", ["camat", "tim", "asn"])
def test_nobody_but_the_sekcam_consents(kecamatan, asked, who):
    with pytest.raises(PermissionDenied):
        withdrawing.answer_withdrawal(asked.pk, getattr(kecamatan, who), granted=True)


def test_an_archived_cycle_is_never_withdrawn(kecamatan):
    cycle = cycle_at(kecamatan, None)
    for act in (withdrawing.withdraw_order, withdrawing.ask_withdrawal):
        with pytest.raises(NotAtThisStep, match="siklus koreksi"):
            act(cycle.pk, kecamatan.camat, WRONG)


def test_a_question_is_answered_before_the_archive(kecamatan):
    cycle = cycle_at(kecamatan, "archive")
    withdrawing.ask_withdrawal(cycle.pk, kecamatan.camat, WRONG)
    assert any("menjawab permintaannya dahulu" in sentence for sentence in missing(fresh(cycle), ARCHIVE.key))


def test_its_targets_bind_nothing(kecamatan, asked):
    withdrawing.answer_withdrawal(asked.pk, kecamatan.sekcam, granted=True)
    assert ClosedTargets.of_year(kecamatan.plan, YEAR).of(kecamatan.indicators[0].pk) == {}


def test_a_worksheet_that_is_still_open_in_a_browser_is_refused(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    withdrawing.ask_withdrawal(cycle.pk, kecamatan.camat, WRONG)
    withdrawing.answer_withdrawal(cycle.pk, kecamatan.sekcam, granted=True)
    with pytest.raises((NotAtThisStep, PermissionDenied)):
        measuring.send(cycle.pk, kecamatan.asn)
