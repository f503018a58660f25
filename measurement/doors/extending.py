"""More time for a step: asked for by who is at work on it, given by whom it is owed to, with a reason, in the trail; told to those concerned.

The deadline is nobody's lock: what comes late is taken all the same, and shown as late.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from measurement.messages import notices
from measurement.messages.waited_for import OWN_PART, people_waited_for
from measurement.models import Extension, MeasurementCycle, Person, Stay
from measurement.record import audit
from measurement.rules.dates import long_date
from measurement.rules.permissions import PERFORM, may_extend
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.requirements import is_said
from measurement.rules.sop import Role, Step

from . import workflow

NO_REASON = "Tuliskan alasan perpanjangan, paling sedikit 10 huruf."
NO_ANSWER = "Tuliskan alasan penolakan, paling sedikit 10 huruf."
NO_DAY = "Pilih sampai tanggal berapa waktunya diperpanjang."
TOO_EARLY = "Tanggal baru harus sesudah batas sekarang, {day}."
PAST = "Tanggal baru tidak boleh sebelum hari ini."
TOO_FAR = "Tanggal baru paling lama setahun dari sekarang. Periksa tahunnya."
OWN = "Perpanjangan untuk diri sendiri diberikan orang lain."
ASKED_ALREADY = "Perpanjangan ini sudah diminta dan menunggu jawaban."
ANSWERED = "Permintaan ini sudah dijawab atau langkahnya sudah selesai. Muat ulang halaman."
NOT_WAITED_FOR = "Langkah ini tidak menunggu {person}, jadi tidak ada yang diperpanjang untuknya."
PASSED = "Langkah {number} sudah selesai; waktunya tidak dapat diperpanjang lagi."
LONGEST_DAYS = 366


@dataclass(frozen=True)
class MoreTime:
    """What is asked or given: until which day, and why."""

    until: date | None
    reason: str


def extendable_steps(cycle: MeasurementCycle, person: Person) -> list[Step]:
    """The steps to which this person may give more time: the present one, and those of the schedule that come after it."""
    here = cycle.current_step
    later = [step for step in cycle.sop.scheduled_steps if step.number > here.number]
    return [step for step in (here, *later) if may_extend(step, False, person, cycle)]


@transaction.atomic
def ask_extension(pk: int, actor: Person, more: MoreTime) -> Extension:
    """For one's own rows, or, whose role the step is, for the whole step."""
    cycle = _under_way(pk)
    person = _for_whom(cycle, actor)
    made = _made(cycle, cycle.current_step, person, actor, more)
    if cycle.extensions.waiting().filter(step=made.step, round=made.round, person=person).exists():
        raise NotAtThisStep(ASKED_ALREADY)
    made.save(force_insert=True)
    audit.record(cycle, actor, "extension_ask", **_facts(made))
    notices.tell_extension_asked(made, actor)
    return made


@transaction.atomic
def give_extension(pk: int, actor: Person, step_key: str, person: Person | None, more: MoreTime) -> Extension:
    """To one person at the present step, or to all who work on a step that is not over."""
    cycle = _under_way(pk)
    step = cycle.sop.step_by_key[step_key]
    if not may_extend(step if person is None else cycle.current_step, person is not None, actor, cycle):
        raise PermissionDenied
    if person == actor:
        raise Incomplete(OWN)
    if step.number < cycle.current_step.number:
        raise NotAtThisStep(PASSED.format(number=step.number))
    if person and person not in own_parts(cycle):
        raise Incomplete(NOT_WAITED_FOR.format(person=person))
    made = _made(cycle, step, person, actor, more)
    _answer(made, actor, granted=True)
    made.save(force_insert=True)
    _record_given(made, actor)
    return made


@transaction.atomic
def answer_extension(
    pk: int, key: int, actor: Person, granted: bool, until: date | None = None, answer: str = ""
) -> Extension:
    """Granted until the day that was asked for, or another; or refused with a reason."""
    cycle = _under_way(pk)
    asked = cycle.extensions.waiting().select_related("person", "asked_by").filter(pk=key).first()
    step = cycle.current_step
    if asked is None or (asked.step, asked.round) != (step.key, cycle.round):
        raise NotAtThisStep(ANSWERED)
    asked.cycle = cycle
    if not may_extend(step, asked.person_id is not None, actor, cycle):
        raise PermissionDenied
    if asked.asked_by == actor:
        raise Incomplete(OWN)
    if not granted and not is_said(answer):
        raise Incomplete(NO_ANSWER)
    if granted:
        asked.until = _checked_day(_stay_of(cycle, step), asked.person, until or asked.until)
    _answer(asked, actor, granted, answer.strip())
    asked.save()
    if granted:
        _record_given(asked, actor)
    else:
        facts = _facts(asked) | {"answer": asked.answer, "title": asked.answered_as}
        audit.record(cycle, actor, "extension_refuse", **facts)
        notices.tell_extension_refused(asked, actor)
    return asked


def own_parts(cycle: MeasurementCycle) -> list[Person]:
    """Those of whom rows or money are asked at the present step."""
    return [to.person for to in people_waited_for(cycle) if to.part == OWN_PART and to.serves]


def holds_step(cycle: MeasurementCycle, person: Person) -> bool:
    """Whether the present step is this person's by their role; the measurement is everybody's, the order is over at once."""
    step = cycle.current_step
    return step.actor not in (Role.ASN, Role.CAMAT) and PERFORM[step.key].test(person, cycle)


def _for_whom(cycle: MeasurementCycle, actor: Person) -> Person | None:
    """The asker's own rows come first; the step of their role is asked for as a whole."""
    if actor in own_parts(cycle):
        return actor
    if not holds_step(cycle, actor):
        raise PermissionDenied
    return None


def _under_way(pk: int) -> MeasurementCycle:
    cycle = workflow.lock(pk)
    if not cycle.is_under_way:
        raise NotAtThisStep(workflow.closed_sentence(cycle))
    return cycle


def _made(
    cycle: MeasurementCycle, step: Step, person: Person | None, actor: Person, more: MoreTime
) -> Extension:
    if not is_said(more.reason):
        raise Incomplete(NO_REASON)
    stay = _stay_of(cycle, step)
    terms = stay.terms(person)
    return Extension(
        cycle=cycle,
        step=step.key,
        round=cycle.round,
        person=person,
        before=stay.deadline(cycle.unit.calendar, terms).at,
        until=_checked_day(stay, person, more.until),
        reason=more.reason.strip(),
        asked_by=actor,
        asked_as=actor.leading_title_in(cycle.unit_id),
        asked_at=timezone.now(),
    )


def _stay_of(cycle: MeasurementCycle, step: Step) -> Stay:
    """The open stay; for a step that is still to come a stay that begins now, so that only its schedule speaks."""
    if step == cycle.current_step:
        stay = cycle.stays.get(left_at=None)
        stay.cycle = cycle
        return stay
    return Stay(cycle=cycle, step=step.key, round=cycle.round, arrived_at=timezone.now())


def _checked_day(stay: Stay, person: Person | None, until: date | None) -> date:
    """After the deadline as it is, and not in the past."""
    if until is None:
        raise Incomplete(NO_DAY)
    today, cycle = timezone.localdate(), stay.cycle
    if until < today:
        raise Incomplete(PAST)
    if (until - today).days > LONGEST_DAYS:
        raise Incomplete(TOO_FAR)
    now = stay.deadline(cycle.unit.calendar, stay.terms(person)).at
    if now and until <= timezone.localtime(now).date():
        raise Incomplete(TOO_EARLY.format(day=long_date(timezone.localtime(now).date())))
    return until


def _answer(made: Extension, actor: Person, granted: bool, answer: str = "") -> None:
    made.granted, made.answer = granted, answer
    made.answered_by, made.answered_at = actor, timezone.now()
    made.answered_as = actor.leading_title_in(made.cycle.unit_id)


def _record_given(made: Extension, actor: Person) -> None:
    audit.record(made.cycle, actor, "extension_give", title=made.answered_as, **_facts(made))
    made.cycle.__dict__.pop("extended_days", None)
    notices.tell_extension_given(made, actor)


def _facts(made: Extension) -> dict:
    return {
        "step": made.step,
        "round": made.round,
        "person": made.person_id,
        "whom": made.whom,
        "until": made.until,
        "reason": made.reason,
    }
