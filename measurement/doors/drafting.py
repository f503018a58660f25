"""The paper of a step as it would be issued now with what is typed: carried out as far as its content, then taken back.

Nothing is written, no number is used up; the file is made after the transaction, because it takes its time.
"""

from collections.abc import Callable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_fsm import can_proceed, has_transition_perm

from measurement.models import MeasurementCycle, Person
from measurement.papers.draft import NOT_ISSUED, draft_content
from measurement.record import rounds
from measurement.record.rounds import Arahan
from measurement.rules.draft_requirements import missing_for_draft
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.sop import SEND_BACK, step_of

from .workflow import EFFECTS, lock, who_was_faster


def draft(
    cycle: MeasurementCycle,
    action: str,
    actor: Person,
    write: Callable[[MeasurementCycle], object] = lambda cycle: None,
    arahan: Sequence[Arahan] = (),
) -> dict:
    """The content of the paper that the action would issue; `write` sets what is typed on the locked cycle, as for saving."""
    with transaction.atomic():
        now = lock(cycle.pk)
        move = getattr(now, action)
        if not can_proceed(move):
            raise NotAtThisStep(who_was_faster(now, action))
        if not has_transition_perm(move, actor):
            raise PermissionDenied
        write(now)
        now.save()
        content = _content(lock(cycle.pk), action, actor, arahan)
        transaction.set_rollback(True)
    return content


def _content(cycle: MeasurementCycle, action: str, actor: Person, arahan: Sequence[Arahan]) -> dict:
    if gaps := missing_for_draft(cycle, action):
        raise Incomplete(*gaps)
    if action == SEND_BACK:
        rounds.check_arahan(cycle, list(arahan))
        rounds.reopen(cycle, list(arahan), actor)
    EFFECTS.get(action, lambda _: None)(cycle)
    return draft_content(cycle, step_of(action).output, actor, approved=action != SEND_BACK)


def draft_order(order: Callable[[], MeasurementCycle]) -> dict:
    """The content of the order's paper: the cycle that `order` opens is taken back, and with it the number that it got."""
    with transaction.atomic():
        content = order().papers.latest("pk").content | NOT_ISSUED
        transaction.set_rollback(True)
    return content
