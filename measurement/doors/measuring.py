"""How rows of the worksheet move: save, send, accept, return, excuse; and the money and evidence that go with them.

Every function takes the lock on the cycle first, so that nothing is written after a step was closed, then writes all its rows by one UPDATE that is
conditional on (id, version, state, round) of each. Rows that changed meanwhile are reported, never overwritten.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from measurement.figures.rows import row_figures
from measurement.messages import notifications
from measurement.models import MeasurementCycle, Person, WorksheetNode, WorksheetRow
from measurement.models.conditional_update import SheetChange, write_each
from measurement.models.prepared import Prepared
from measurement.record import audit
from measurement.rules.permissions import may_move_row, may_perform
from measurement.rules.refusals import Incomplete, NotAtThisStep, Refusal, Stale
from measurement.rules.requirements import is_said, missing
from measurement.rules.row_gaps import row_gaps
from measurement.rules.sop import MEASURE, OPEN_ROWS, ROW_MOVES, RowState, State

from . import workflow
from .answering import answer_returns, keep_reason
from .movable_rows import OWN_MOVES, movable, movable_keys, open_money
from .movable_rows import is_fillable as is_fillable  # pages ask here
from .movable_rows import is_movable as is_movable
from .on_behalf import record_on_behalf, written_values

BEGUN = "CASE WHEN state = %s THEN %s ELSE state END"  # an empty row becomes a draft
STALE_MONEY = (
    "Realisasi anggaran sudah berubah sejak halaman ini dibuka. Periksa nilai yang baru lalu simpan lagi."
)
CHANGED_MEANWHILE = "Baris “{name}” sudah berubah sejak halaman ini dibuka. Isian Anda tetap tampil; periksa nilai yang baru lalu simpan lagi."


@dataclass
class Outcome:
    """What came of it: ids that were written, ids that somebody else had changed, and sentences on rows that were not ready."""

    done: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    stale_money: list[int] = field(default_factory=list)
    gaps: dict[int, list[str]] = field(default_factory=dict)


OPEN = Prepared(
    lambda cycle: WorksheetRow.objects.order_by().filter(cycle=cycle, state__in=OPEN_ROWS).only("pk")[:1]
)


def save(
    cycle_id: int,
    actor: Person,
    rows: Sequence[SheetChange],
    money: Sequence[SheetChange] = (),
    move: str = "save",
    all_or_none: str = "",
) -> Outcome:
    """Write the changed values; an empty row becomes a draft. Rows changed by others are reported as stale, or refuse the whole with the words of
    `all_or_none`; stale money always does.

    The move "fill_for" is Tim SAKIP's writing on behalf of owners: recorded, and never sending, which the SOP leaves to the owner.
    """
    with transaction.atomic():
        outcome = save_into(_hold_for(cycle_id, move, actor), actor, rows, money, move)
        if outcome.stale and all_or_none:
            raise Stale(all_or_none)
    complete_measurement(cycle_id, actor)
    return outcome


def save_into(
    cycle: MeasurementCycle,
    actor: Person,
    rows: Sequence[SheetChange],
    money: Sequence[SheetChange],
    move: str,
) -> Outcome:
    """The same within the transaction of another door, which holds the cycle and completes the measurement when it has let go of it."""
    outcome = _save(cycle, actor, rows, money, move)
    if outcome.stale_money:
        raise Stale(STALE_MONEY)
    return outcome


@transaction.atomic
def save_while_typing(
    cycle_id: int, actor: Person, rows: Sequence[SheetChange], money: Sequence[SheetChange]
) -> Outcome:
    """What a page saves while its owner is typing: everything that still fits is written, and no step ends by it, for "1" may become "1.500"."""
    return _save(_hold_for(cycle_id, "save", actor), actor, rows, money, "save")


def _save(
    cycle: MeasurementCycle,
    actor: Person,
    rows: Sequence[SheetChange],
    money: Sequence[SheetChange],
    move: str,
) -> Outcome:
    # version and permission are conditions of the write itself: nobody can come between a look and the write
    among = movable_keys(move, cycle.round).sql(cycle.pk, actor.pk)
    now = timezone.now()
    dated = [replace(change, values=change.values | {"saved_at": now}) for change in rows]
    written = write_each(WorksheetRow, dated, among, {"state": (BEGUN, [RowState.KOSONG, RowState.DRAF])})
    outcome = Outcome(
        [change.pk for change in rows if change.pk in written],
        [change.pk for change in rows if change.pk not in written],
        _save_money(cycle, actor, money, move),
    )
    if move not in OWN_MOVES:
        record_on_behalf(cycle, actor, move, outcome.done, [change.pk for change in money])
    return outcome


def _save_money(cycle: MeasurementCycle, actor: Person, money: Sequence[SheetChange], move: str) -> list[int]:
    """Write the amounts; the ids of those that somebody else had changed."""
    # Step 5, which asks for every amount, is over: nothing would ask again for one that was emptied.
    if cycle.state == State.EVALUASI and any(
        "spent" in change.values and change.values["spent"] is None for change in money
    ):
        raise Incomplete(
            "Realisasi anggaran yang sudah diisi tidak dapat dikosongkan lagi; perbaiki angkanya."
        )
    if not money:
        return []
    spendable = open_money(cycle, actor, move).order_by().values("pk").query.sql_with_params()
    written = write_each(WorksheetNode, money, spendable)
    return [change.pk for change in money if change.pk not in written]


def send(cycle_id: int, actor: Person) -> Outcome:
    """Send every row of this person that is complete; the others keep their sentences. The last row sent completes step 5."""
    outcome = _send(cycle_id, actor)
    complete_measurement(cycle_id, actor)
    return outcome


@transaction.atomic
def _send(cycle_id: int, actor: Person) -> Outcome:
    cycle = lock_for(cycle_id, "send", actor)
    outcome, ready = Outcome(), list[WorksheetRow]()
    for row in movable(cycle, "send", actor).annotate(evidence_count=Count("evidence")):
        capaian = row_figures(row, cycle.number, cycle.rules).capaian
        if gaps := row_gaps(row, capaian, row.evidence_count):
            outcome.gaps[row.pk] = gaps
        else:
            ready.append(row)
    if ready:
        before = _move_rows(cycle, actor, "send", ready)
        outcome.done = [row.pk for row in ready]
        sent = {str(row.pk): written_values(row) for row in ready}
        audit.record(cycle, actor, "row_send", rows=sent, before=before)
        answer_returns(cycle, actor, ready)
    return outcome


def complete_measurement(cycle_id: int, actor: Person) -> None:
    """Step 5 ends by itself with the last row sent and the last money entered: nobody has to wait for one more click.

    Asked when what was written is kept, and the cycle is let go of. Of two who wrote last at once, one finds nothing left to do; where it breaks off,
    the inbox asks to hand the measurement on (`CycleActions.all_filled_in`).
    """
    if OPEN.rows(cycle_id):
        return
    cycle = MeasurementCycle.objects.select_related("unit").get(pk=cycle_id)
    ends = cycle.state == State.PENGUKURAN and may_perform(MEASURE.key, actor, cycle)
    if ends and not missing(cycle, MEASURE.key):
        with suppress(Refusal):
            workflow.perform(cycle, MEASURE.key, actor)


@transaction.atomic
def accept(cycle_id: int, actor: Person, rows: dict[int, int]) -> Outcome:
    """Accept rows, given as id → version."""
    cycle = lock_for(cycle_id, "accept", actor)
    chosen = list(movable(cycle, "accept", actor).filter(pk__in=rows))
    ready = [row for row in chosen if row.version == rows[row.pk]]
    outcome = Outcome([row.pk for row in ready], [row.pk for row in chosen if row not in ready])
    if ready:
        before = _move_rows(cycle, actor, "accept", ready)
        audit.record(cycle, actor, "row_accept", rows=outcome.done, before=before)
    return outcome


@transaction.atomic
def give_back(cycle_id: int, actor: Person, row_id: int, version: int, reason: str) -> None:
    """Return one row to its owner with a reason."""
    cycle = _settle(cycle_id, actor, row_id, version, "return", reason)
    notifications.tell_returned(cycle, row_id, actor)


def excuse(cycle_id: int, actor: Person, row_id: int, version: int, reason: str) -> None:
    """Take a row out of this period's measurement with a reason; it may complete step 5."""
    with transaction.atomic():
        _settle(cycle_id, actor, row_id, version, "excuse", reason)
    complete_measurement(cycle_id, actor)


def _settle(
    cycle_id: int, actor: Person, row_id: int, version: int, move: str, reason: str
) -> MeasurementCycle:
    cycle = lock_for(cycle_id, move, actor)
    row = movable(cycle, move, actor).filter(pk=row_id).first()
    if row is None:
        raise NotAtThisStep("Baris ini tidak dapat diubah lagi pada langkah sekarang.")
    if not is_said(reason):
        raise Incomplete(
            f"Tuliskan alasan untuk “{row.name}”, paling sedikit 10 huruf, supaya penanggung jawab tahu apa yang harus dilakukan."
        )
    if row.version != version:
        raise Stale(CHANGED_MEANWHILE.format(name=row.name))
    move_row(cycle, row, move, verdict_note=reason.strip(), reply="")
    keep_reason(cycle, row, move, actor, reason)
    before = audit.state_before(row)
    audit.record(cycle, actor, f"row_{move}", row=row.pk, reason=reason.strip(), before=before)
    return cycle


def lock_for(cycle_id: int, move: str, actor: Person) -> MeasurementCycle:
    """The cycle, locked. NotAtThisStep where its turn is past, PermissionDenied where the role is missing."""
    return _in_turn(workflow.lock(cycle_id), move, actor)


def _hold_for(cycle_id: int, move: str, actor: Person) -> MeasurementCycle:
    return _in_turn(workflow.hold(cycle_id), move, actor)


def _in_turn(cycle: MeasurementCycle, move: str, actor: Person) -> MeasurementCycle:
    if cycle.state not in ROW_MOVES[move].during:
        raise NotAtThisStep("Pengisian kertas kerja sudah ditutup pada langkah ini; tidak ada yang disimpan.")
    if not may_move_row(move, actor, cycle):
        raise PermissionDenied
    return cycle


def _move_rows(
    cycle: MeasurementCycle, actor: Person, move: str, rows: Sequence[WorksheetRow]
) -> dict[str, dict]:
    """Move rows of a locked cycle, all or none, and say how they stood before; their notes go."""
    values = {"state": ROW_MOVES[move].target, "verdict_note": ""}
    changes = [SheetChange(row.pk, row.version, values) for row in rows]
    written = write_each(WorksheetRow, changes, movable_keys(move, cycle.round).sql(cycle.pk, actor.pk))
    for row in rows:
        if row.pk not in written:
            raise Stale(CHANGED_MEANWHILE.format(name=row.name))
    return {key: stood for row in rows for key, stood in audit.state_before(row).items()}


def move_row(cycle: MeasurementCycle, row: WorksheetRow, move: str, **values) -> None:
    """Move one row of a locked cycle. What a later round has reopened is not moved by a page of an earlier one: Stale."""
    rule = ROW_MOVES[move]
    current = cycle.rows.filter(pk=row.pk, version=row.version, state__in=rule.sources, round=cycle.round)
    if not current.update(state=rule.target, version=F("version") + 1, **values):
        raise Stale(CHANGED_MEANWHILE.format(name=row.name))


def progress(cycle: MeasurementCycle) -> tuple[int, int]:
    """Rows that need nothing more from their owners, and all that they have to fill in."""
    states = dict(cycle.rows.to_fill_in().order_by().values_list("state").annotate(Count("pk")))
    total = sum(states.values())
    return total - sum(states.get(state, 0) for state in OPEN_ROWS), total
