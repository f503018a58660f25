"""Tim SAKIP answers each arahan with which a round was sent back."""

from django.db import transaction
from django.utils import timezone

from measurement.models import Directive, Person
from measurement.record import audit
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.requirements import is_said

from .measuring import lock_for


@transaction.atomic
def answer(cycle_id: int, actor: Person, directive_id: int, text: str) -> None:
    """Answer one arahan of the Sekcam."""
    cycle = lock_for(cycle_id, "accept", actor)
    if not is_said(text):
        raise Incomplete("Jawaban arahan memerlukan paling sedikit 10 huruf.")
    directives = Directive.objects.filter(cycle=cycle, pk=directive_id, round=cycle.round)
    if not directives.update(answer=text.strip(), answered_by=actor, answered_at=timezone.now()):
        raise NotAtThisStep("Arahan ini bukan arahan putaran sekarang.")
    audit.record(cycle, actor, "directive_answer", directive=directive_id, answer=text.strip())
