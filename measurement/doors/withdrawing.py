"""How an order is taken back, and the cycle with it: by who orders until the worksheets are opened, later with the Sekcam's consent.

A withdrawn cycle keeps everything that it had, changes no more and counts nowhere; the numbers of its papers are void, and the period can be
ordered anew. What is archived is never withdrawn: a correction speaks for it instead.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from measurement.messages import notices
from measurement.models import MeasurementCycle, Person, VoidNumber, Withdrawal
from measurement.record import audit
from measurement.rules.dates import dated_moment
from measurement.rules.permissions import may_consent, may_withdraw
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.requirements import is_said
from measurement.rules.sop import WITHDRAW, WITHDRAWN, WITHDRAWN_ALONE, Role

from . import workflow

ARCHIVED = "Siklus ini sudah diarsipkan, jadi perintahnya tidak dapat dicabut lagi. Kesalahan diperbaiki dengan siklus koreksi."
ALREADY = "Perintah ini sudah dicabut. Tidak ada yang diubah."
OPENED = "Kertas kerja sudah dibuka, jadi pencabutan memerlukan persetujuan {sekcam}. Kirim permintaannya."
NOT_OPENED = "Kertas kerja belum dibuka: perintah dapat dicabut langsung, tanpa persetujuan {sekcam}."
ASKED_ALREADY = "Pencabutan sudah diminta oleh {who}, {when}, dan menunggu jawaban {sekcam}."
NOTHING_ASKED = (
    "Tidak ada permintaan pencabutan yang menunggu; mungkin sudah dijawab atau ditarik. Muat ulang halaman."
)
PAPER_REASON = f"{WITHDRAWN}: {{reason}}"


@transaction.atomic
def withdraw_order(pk: int, actor: Person, reason: str) -> MeasurementCycle:
    """Take the order back alone, as long as nobody measures."""
    cycle = _under_way(pk)
    if not may_withdraw.test(actor, cycle):
        raise PermissionDenied
    if cycle.state not in WITHDRAWN_ALONE:
        raise NotAtThisStep(cycle.sop.say(OPENED))
    asked = _asked(cycle, actor, reason)
    return _close(cycle, _answered(asked, actor, Role.CAMAT, granted=True), actor)


@transaction.atomic
def ask_withdrawal(pk: int, actor: Person, reason: str) -> Withdrawal:
    """Once people have measured, what they did is not thrown away by one alone: the Sekcam is asked."""
    cycle = _under_way(pk)
    if not may_withdraw.test(actor, cycle):
        raise PermissionDenied
    if cycle.state in WITHDRAWN_ALONE:
        raise NotAtThisStep(cycle.sop.say(NOT_OPENED))
    if open_one := cycle.withdrawals.filter(answered_at=None).select_related("asked_by").first():
        facts = {"who": open_one.asked_by, "when": dated_moment(open_one.asked_at)}
        raise NotAtThisStep(ASKED_ALREADY.format(**facts, **cycle.sop.words))
    asked = _asked(cycle, actor, reason)
    asked.save(force_insert=True)
    audit.record(cycle, actor, "withdrawal_ask", reason=asked.reason, title=asked.asked_as)
    notices.tell_withdrawal_asked(cycle, asked, actor)
    return asked


@transaction.atomic
def take_back(pk: int, actor: Person) -> Withdrawal:
    """Whoever orders thinks better of it: the cycle goes on."""
    cycle = _under_way(pk)
    if not may_withdraw.test(actor, cycle):
        raise PermissionDenied
    asked = _answered(_waiting(cycle), actor, Role.CAMAT, granted=False)
    asked.save()
    audit.record(cycle, actor, "withdrawal_take_back", title=asked.answered_as)
    notices.tell_withdrawal_taken_back(cycle, asked, actor)
    return asked


@transaction.atomic
def answer_withdrawal(pk: int, actor: Person, granted: bool, answer: str = "") -> MeasurementCycle:
    """The Sekcam consents, and the cycle is withdrawn, or refuses with a reason, and it goes on."""
    cycle = _under_way(pk)
    if not may_consent.test(actor, cycle):
        raise PermissionDenied
    asked = _answered(_waiting(cycle), actor, Role.SEKCAM, granted, answer.strip())
    if granted:
        return _close(cycle, asked, actor)
    if not is_said(asked.answer):
        raise Incomplete("Tuliskan alasan penolakan, paling sedikit 10 huruf.")
    asked.save()
    audit.record(cycle, actor, "withdrawal_refuse", answer=asked.answer, title=asked.answered_as)
    notices.tell_withdrawal_refused(cycle, asked, actor)
    return cycle


def _under_way(pk: int) -> MeasurementCycle:
    """The cycle as it is now, held until the transaction ends. One that is closed is refused."""
    cycle = workflow.lock(pk)
    if not cycle.is_under_way:
        raise NotAtThisStep(ARCHIVED if cycle.is_archived else ALREADY)
    return cycle


def _asked(cycle: MeasurementCycle, actor: Person, reason: str) -> Withdrawal:
    if not is_said(reason):
        raise Incomplete("Tuliskan alasan pencabutan, paling sedikit 10 huruf.")
    title = actor.title_in(cycle.unit_id, Role.CAMAT)
    return Withdrawal(
        cycle=cycle, reason=reason.strip(), asked_by=actor, asked_as=title, asked_at=timezone.now()
    )


def _waiting(cycle: MeasurementCycle) -> Withdrawal:
    asked = cycle.withdrawals.filter(answered_at=None).select_related("asked_by").first()
    if asked is None:
        raise NotAtThisStep(NOTHING_ASKED)
    asked.cycle = cycle
    return asked


def _answered(asked: Withdrawal, actor: Person, role: Role, granted: bool, answer: str = "") -> Withdrawal:
    asked.granted, asked.answer = granted, answer
    asked.answered_by, asked.answered_at = actor, timezone.now()
    asked.answered_as = actor.title_in(asked.cycle.unit_id, role)
    return asked


def _close(cycle: MeasurementCycle, asked: Withdrawal, actor: Person) -> MeasurementCycle:
    """Numbers, clock and trail first: a withdrawn cycle takes nothing more."""
    asked.save()
    source, reason = cycle.state, asked.reason
    voided = _void_papers(cycle, actor, reason)
    cycle.stays.filter(left_at=None).update(
        left_at=asked.answered_at, left_by=actor, left_as=asked.answered_as, action=WITHDRAW, note=reason
    )
    facts = {
        "asked_by": asked.asked_by_id,
        "answer": asked.answer,
        "one_person": asked.asked_by_id == actor.pk,
        "voided": voided,
    }
    audit.record(cycle, actor, WITHDRAW, reason=reason, title=asked.answered_as, round=cycle.round, **facts)
    cycle.withdraw()
    workflow.write_state(cycle, source)
    notices.tell_withdrawn(cycle, asked, actor)
    return cycle


def _void_papers(cycle: MeasurementCycle, actor: Person, reason: str) -> list[str]:
    """The numbers of all valid papers are void from now on; the papers stay readable."""
    why, now, voided = PAPER_REASON.format(reason=reason), timezone.now(), []
    for paper in cycle.papers.valid().defer("content", "words"):
        number = {
            "unit_id": paper.unit_id,
            "year": paper.year,
            "kind": paper.kind,
            "sequence": paper.sequence,
        }
        VoidNumber.objects.create(paper=paper, **number, reason=why, voided_at=now, voided_by=actor)
        audit.record(cycle, actor, "void_paper", paper=paper.number, reason=why)
        voided.append(paper.number)
    return voided
