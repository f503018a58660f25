"""Directions that are followed up until they are closed: opened by the Sekcam or the Camat, reported on by whoever answers for them.

A direction belongs to the cycle in which it was given and outlives it: it is kept beside the cycle, append-only, so that it can also be given
and closed after the cycle was archived. While the cycle is under way, its trail says so, too.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from measurement.messages import follow_up_messages
from measurement.models import FollowUp, FollowUpNote, MeasurementCycle, Person
from measurement.record import audit
from measurement.record.follow_ups import direction, note_on
from measurement.rules.follow_ups import CLOSING, Progress
from measurement.rules.permissions import may_close_follow_up, may_direct, may_report_on
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.requirements import is_said
from measurement.rules.sop import Role

from . import workflow

NO_WORDS = "Tuliskan arahan, paling sedikit 10 huruf, supaya dapat ditindaklanjuti."
NOBODY = "Pilih pegawai atau peran yang menindaklanjuti."
NOT_SERVING = "Penanggung jawab tindak lanjut harus bertugas di {unit} hari ini."
PAST_DAY = "Batas tindak lanjut tidak boleh sebelum hari ini."
NO_REPORT = "Tuliskan apa yang sudah dilakukan atau alasannya, paling sedikit 10 huruf."
ALREADY_CLOSED = "Tindak lanjut ini sudah ditutup. Tidak ada yang disimpan."


@transaction.atomic
def open_follow_up(
    cycle: MeasurementCycle,
    actor: Person,
    text: str,
    due: date,
    responsible: Person | None = None,
    role: Role | None = None,
) -> FollowUp:
    """Register a direction of the Sekcam or the Camat, to be followed up by a person, or by whoever holds a role, until a day.

    Also for a cycle that is archived already. Incomplete where words, somebody who answers for it or a day to come are missing.
    """
    cycle = workflow.lock(cycle.pk)
    if not may_direct.test(actor, cycle):
        raise PermissionDenied
    gaps = [NO_WORDS] * (not is_said(text)) + [NOBODY] * (bool(responsible) == bool(role))
    if due < timezone.localdate():
        gaps.append(PAST_DAY)
    if responsible and not cycle.staff.filter(person=responsible).exists():
        gaps.append(NOT_SERVING.format(unit=cycle.unit))
    if gaps:
        raise Incomplete(*gaps)
    made = direction(cycle, actor, due, text=text.strip(), responsible=responsible, role=role)
    made.save(force_insert=True)
    _record(made, actor, "follow_up_open", text=made.text, due=due.isoformat())
    follow_up_messages.tell_opened([made], actor)
    return made


@transaction.atomic
def report_on(follow_up: FollowUp, actor: Person, text: str) -> FollowUpNote:
    """Whoever answers for a direction, or Tim SAKIP, says how far it is."""
    return _note(follow_up, actor, Progress.RUNNING, text)


@transaction.atomic
def close_follow_up(follow_up: FollowUp, actor: Person, progress: Progress, text: str) -> FollowUpNote:
    """Who gave it, who holds that post now, or the chair of Tim SAKIP closes it, with what was done or why it was dropped."""
    if progress not in CLOSING:
        raise ValueError(f"{progress} closes nothing")
    return _note(follow_up, actor, progress, text)


def _note(follow_up: FollowUp, actor: Person, progress: Progress, text: str) -> FollowUpNote:
    workflow.lock(follow_up.cycle_id)
    allowed = may_close_follow_up if progress in CLOSING else may_report_on
    if not allowed(actor, follow_up):
        raise PermissionDenied
    if follow_up.notes.closing().exists():
        raise NotAtThisStep(ALREADY_CLOSED)
    if not is_said(text):
        raise Incomplete(NO_REPORT)
    note = note_on(follow_up, actor, progress, text.strip())
    try:
        # the constraint decides between two who close at once
        with transaction.atomic():
            note.save(force_insert=True)
    except IntegrityError:
        raise NotAtThisStep(ALREADY_CLOSED) from None
    action = "follow_up_close" if progress in CLOSING else "follow_up_note"
    _record(follow_up, actor, action, progress=progress.value, text=note.text)
    follow_up_messages.tell_noted(note, actor)
    return note


def _record(follow_up: FollowUp, actor: Person, action: str, **facts: str) -> None:
    """In the trail of a cycle under way; that of an archived one is closed, and the direction's own rows say who and when."""
    cycle = MeasurementCycle.objects.get(pk=follow_up.cycle_id)
    if cycle.is_under_way:
        audit.record(cycle, actor, action, follow_up=follow_up.pk, **facts)
