"""A paper that was issued by mistake is withdrawn with a reason, perhaps issued again; numbers used elsewhere are never given out."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from measurement.doors import voiding, workflow
from measurement.models import Appointment, NumberCounter, Paper, Person, Unit, VoidNumber
from measurement.papers.numbering import number_faults, register
from measurement.record import audit
from measurement.record.rounds import Arahan
from measurement.rules.permissions import may_void
from measurement.rules.refusals import Incomplete, NotAtThisStep, Stale
from measurement.rules.sop import SEND_BACK, STEPS, Output, Role
from tests.support.characters import cycle_at, fresh, open_cycle, person, walk

REASON = "Nama penanda tangan keliru."
ORDER, RECAP = Output.NOTA_DINAS_PERINTAH, Output.REKAP


def paper_of(cycle, kind: Output) -> Paper:
    return cycle.papers.filter(kind=kind).last()


@pytest.fixture
def recap(kecamatan) -> Paper:
    """The recap of step 7, which Tim SAKIP has just issued."""
    return paper_of(cycle_at(kecamatan, "report"), RECAP)


# Who may


@pytest.mark.parametrize("step", STEPS[:10], ids=lambda step: step.key)
def test_who_may_withdraw_which_paper(kecamatan, step):
    paper = Paper(kind=step.output, unit=kecamatan.unit, issued_by=kecamatan.actor(step.actor))
    leaders = {Role.CAMAT} if step.actor == Role.CAMAT else {Role.CAMAT, Role.SEKCAM}
    assert {role for role in Role if may_void(kecamatan.actor(role), paper, step.actor)} == leaders | {
        step.actor
    }


def test_a_colleague_of_the_issuer_may_not(kecamatan, recap):
    member = person("anggota", kecamatan.unit, Role.TIM_SAKIP)
    with pytest.raises(PermissionDenied):
        voiding.void(recap, member, REASON)


def test_an_issuer_who_lost_the_role_may_not(kecamatan, recap):
    Appointment.objects.filter(person=kecamatan.tim, role=Role.TIM_SAKIP).delete()
    with pytest.raises(PermissionDenied):
        voiding.void(recap, Person.objects.get(pk=kecamatan.tim.pk), REASON)


def test_people_of_another_office_may_not(neighbour, recap):
    for role in Role:
        with pytest.raises(PermissionDenied):
            voiding.void(recap, neighbour.actor(role), REASON)


# Withdrawing


def test_a_withdrawn_paper_keeps_its_number_and_the_step_stays_closed(kecamatan, recap):
    before = fresh(recap.cycle)
    voiding.void(recap, kecamatan.tim, f"  {REASON} ")
    kept = VoidNumber.objects.get()
    assert (kept.paper, kept.sequence, kept.reason, kept.voided_by) == (
        recap,
        recap.sequence,
        REASON,
        kecamatan.tim,
    )
    assert (fresh(recap.cycle).state, fresh(recap.cycle).version) == (before.state, before.version)
    assert number_faults(kecamatan.unit) == []


def test_it_stands_in_the_audit_trail(kecamatan, recap):
    voiding.void(recap, kecamatan.sekcam, REASON)
    entry = recap.cycle.audit.last()
    assert (entry.action, entry.actor, entry.data) == (
        "void_paper",
        kecamatan.sekcam,
        {"paper": recap.number, "reason": REASON},
    )
    assert audit.trail_faults(recap.cycle) == []


@pytest.mark.parametrize("reason", ["", "keliru", " \u200b" * 20])
def test_a_withdrawal_says_why(kecamatan, recap, reason):
    with pytest.raises(Incomplete, match="paling sedikit 10 huruf"):
        voiding.void(recap, kecamatan.tim, reason)
    assert not VoidNumber.objects.exists()


def test_a_paper_is_withdrawn_once(kecamatan, recap):
    voiding.void(recap, kecamatan.tim, REASON)
    with pytest.raises(NotAtThisStep, match=f"sudah dibatalkan oleh {kecamatan.tim}"):
        voiding.void(recap, kecamatan.sekcam, REASON)


def test_a_paper_that_was_replaced_is_not_withdrawn(kecamatan):
    cycle = cycle_at(kecamatan, "approve")
    first = paper_of(cycle, RECAP)
    workflow.perform(cycle, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Lengkapi bukti bulan Maret.")])
    second = paper_of(walk(kecamatan, fresh(cycle), "report"), RECAP)
    with pytest.raises(NotAtThisStep, match=f"sudah digantikan oleh {second.number}"):
        voiding.void(first, kecamatan.tim, REASON)


def test_nothing_is_withdrawn_from_the_archive(kecamatan):
    cycle = cycle_at(kecamatan, None)
    with pytest.raises(NotAtThisStep, match="sudah diarsipkan"):
        voiding.void(paper_of(cycle, RECAP), kecamatan.camat, REASON)


def test_a_cycle_with_a_withdrawn_paper_can_be_archived(kecamatan, recap):
    voiding.void(recap, kecamatan.tim, REASON)
    assert walk(kecamatan, fresh(recap.cycle)).is_archived
    assert number_faults(kecamatan.unit) == []


# Issuing again


def test_withdraw_and_issue_again_names_the_paper_replaced(kecamatan, recap):
    made = voiding.void(recap, kecamatan.tim, REASON, again=True)
    assert (made.replaces, made.content["replaces"], made.sequence) == (
        recap,
        recap.number,
        recap.sequence + 1,
    )
    assert [entry.action for entry in recap.cycle.audit.order_by("-sequence")[:2]] == [
        "issue_again",
        "void_paper",
    ]
    assert audit.trail_faults(recap.cycle) == number_faults(kecamatan.unit) == []


def test_it_says_the_same_figures_under_todays_letterhead(kecamatan, recap):
    Unit.objects.filter(pk=kecamatan.unit.pk).update(address="Jalan Baru 2")
    Person.objects.filter(pk=kecamatan.tim.pk).update(name="Nama yang Benar")
    made = voiding.void(recap, Person.objects.get(pk=kecamatan.tim.pk), REASON, again=True)
    assert made.content["letterhead"]["address"] == "Jalan Baru 2"
    assert made.content["signatory"]["name"] == "Nama yang Benar"
    assert made.content["recap"] == recap.content["recap"]


def test_who_acts_today_issues_again_what_the_wrong_person_signed(kecamatan):
    cycle = open_cycle(kecamatan)
    acting = person("pengganti", kecamatan.unit)
    Appointment.objects.create(
        person=acting,
        unit=kecamatan.unit,
        role=Role.CAMAT,
        kind="plh",
        title="Camat",
        starts=timezone.localdate(),
    )
    acting = Person.objects.get(pk=acting.pk)
    made = voiding.void(paper_of(cycle, ORDER), acting, REASON, again=True)
    assert made.content["signatory"]["title"] == "Plh. Camat"
    assert made.signers.get().person == acting


def test_the_sekcam_withdraws_and_the_team_issues_again(kecamatan, recap):
    with pytest.raises(PermissionDenied), transaction.atomic():
        voiding.void(recap, kecamatan.sekcam, REASON, again=True)
    voiding.void(recap, kecamatan.sekcam, REASON)
    assert voiding.issue_again(recap, kecamatan.tim).replaces == recap


def test_a_paper_is_issued_again_once(kecamatan, recap):
    voiding.void(recap, kecamatan.tim, REASON, again=True)
    with pytest.raises(NotAtThisStep, match="tidak dapat diterbitkan ulang"):
        voiding.issue_again(recap, kecamatan.tim)


def test_a_valid_paper_is_not_issued_again(kecamatan, recap):
    with pytest.raises(NotAtThisStep, match="masih berlaku"):
        voiding.issue_again(recap, kecamatan.tim)


@pytest.mark.parametrize(
    ("step", "repeatable"),
    [("brief", True), ("plan_activities", True), ("prepare_method", True), ("measure", False), ("evaluate", False), ("recapitulate", True),
     ("report", True), ("approve", True), ("report_to_camat", True), ("archive", True)],
)  # fmt: skip
def test_a_paper_is_repeatable_only_while_its_figures_stand_still(kecamatan, step, repeatable):
    last = cycle_at(kecamatan, step).papers.last()
    assert voiding.is_repeatable(last) is repeatable
    assert not any(voiding.is_repeatable(paper) for paper in last.cycle.papers.exclude(pk=last.pk))
    issuer = Person.objects.get(pk=last.issued_by_id)
    if repeatable:
        assert voiding.void(last, issuer, REASON, again=True).replaces == last
    else:
        with pytest.raises(NotAtThisStep, match="tidak dapat diterbitkan ulang"):
            voiding.void(last, issuer, REASON, again=True)


def test_the_draft_of_a_return_is_not_issued_again(kecamatan):
    cycle = cycle_at(kecamatan, "approve")
    cycle = workflow.perform(
        cycle, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Lengkapi bukti bulan Maret.")]
    )
    assert not voiding.is_repeatable(paper_of(cycle, Output.DRAFT_LAPORAN))


# Numbers used elsewhere


def last_number(made) -> int:
    return NumberCounter.objects.get(unit=made.unit, kind=ORDER).last


def test_numbers_used_outside_the_system_are_skipped(kecamatan):
    open_cycle(kecamatan)
    assert voiding.skip(kecamatan.unit, ORDER, 4, 1, kecamatan.administrator, f" {REASON}") == [2, 3, 4]
    assert paper_of(open_cycle(kecamatan, 2), ORDER).sequence == 5
    kept = VoidNumber.objects.order_by("sequence")
    assert [(v.sequence, v.paper, v.reason, v.voided_by) for v in kept] == [
        (n, None, REASON, kecamatan.administrator) for n in (2, 3, 4)
    ]
    assert number_faults(kecamatan.unit) == []


def test_numbers_used_before_the_first_paper_are_skipped(kecamatan):
    voiding.skip(kecamatan.unit, ORDER, 12, 0, kecamatan.tim, REASON)
    assert paper_of(open_cycle(kecamatan), ORDER).sequence == 13
    assert register(kecamatan.unit)[0].missing == []


@pytest.mark.parametrize("who", ["camat", "sekcam", "asn"])
def test_only_team_and_administrator_skip_numbers(kecamatan, who):
    with pytest.raises(PermissionDenied):
        voiding.skip(kecamatan.unit, ORDER, 1, 0, getattr(kecamatan, who), REASON)


def test_an_administrator_of_another_office_skips_nothing_here(kecamatan, neighbour):
    with pytest.raises(PermissionDenied):
        voiding.skip(kecamatan.unit, ORDER, 1, 0, neighbour.administrator, REASON)


@pytest.mark.parametrize(
    ("upto", "reason"),
    [(1, REASON), (0, REASON), (-3, REASON), (1002, REASON), (2, "singkat"), (2, "\u200b" * 30)],
)
def test_a_skip_goes_forward_not_too_far_and_says_why(kecamatan, upto, reason):
    open_cycle(kecamatan)
    with pytest.raises(Incomplete), transaction.atomic():
        voiding.skip(kecamatan.unit, ORDER, upto, 1, kecamatan.tim, reason)
    assert last_number(kecamatan) == 1


def test_a_skip_that_overlooked_a_new_paper_is_refused(kecamatan):
    open_cycle(kecamatan)
    with pytest.raises(Stale, match="Nomor urut terakhir sekarang 1, bukan 0"):
        voiding.skip(kecamatan.unit, ORDER, 5, 0, kecamatan.tim, REASON)


def test_a_number_of_a_paper_that_is_also_used_elsewhere_is_a_fault(kecamatan):
    paper = paper_of(open_cycle(kecamatan), ORDER)
    common = {
        "unit": paper.unit,
        "year": paper.year,
        "kind": ORDER,
        "voided_at": timezone.now(),
        "voided_by": kecamatan.tim,
    }
    VoidNumber.objects.create(sequence=1, reason=REASON, **common)
    assert "nomor urut 1 dipakai 2 kali" in number_faults(kecamatan.unit)[0]


def test_a_withdrawal_that_names_another_number_is_a_fault(kecamatan):
    paper = paper_of(open_cycle(kecamatan), ORDER)
    common = {
        "unit": paper.unit,
        "year": paper.year,
        "kind": ORDER,
        "voided_at": timezone.now(),
        "voided_by": kecamatan.tim,
    }
    VoidNumber.objects.create(sequence=9, reason=REASON, paper=paper, **common)
    assert f"pembatalan {paper.number} menyebut nomor lain" in number_faults(kecamatan.unit)[0]
