"""What was not planned this year and done all the same is recorded: its row is opened by its owner."""

from django.db import transaction

from measurement.models import Person
from measurement.record import audit
from measurement.rules.refusals import NotAtThisStep, Stale

from .measuring import CHANGED_MEANWHILE, lock_for, movable, move_row


@transaction.atomic
def record_unplanned(cycle_id: int, actor: Person, row_id: int, version: int) -> None:
    """Open a row that was not planned this year, for what its owner did all the same."""
    cycle = lock_for(cycle_id, "record", actor)
    row = movable(cycle, "record", actor).filter(pk=row_id).first()
    if row is None:
        raise NotAtThisStep("Baris ini tidak dapat dicatat di luar rencana pada langkah sekarang.")
    if row.version != version:
        raise Stale(CHANGED_MEANWHILE.format(name=row.name))
    move_row(cycle, row, "record", verdict_note="")
    audit.record(cycle, actor, "row_record", row=row.pk)
