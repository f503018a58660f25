"""How rows of the worksheet move: save, send, accept, return, excuse; and the money and evidence that go with them.

Every function takes the lock on the cycle first, so that nothing is written after a step was closed, then writes with one conditional UPDATE
per row on (id, version, state, round). Rows that changed meanwhile are reported, never overwritten.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.utils import timezone

from measurement.figures.rows import row_figures
from measurement.messages import notifications
from measurement.models import MeasurementCycle, Person, WorksheetNode, WorksheetRow
from measurement.models.conditional_update import SheetChange, write_each
from measurement.models.prepared import PreparedByKeys
from measurement.models.worksheet import RowQuerySet
from measurement.record import audit
from measurement.rules.permissions import may_move_row, may_perform
from measurement.rules.refusals import Incomplete, NotAtThisStep, Stale
from measurement.rules.requirements import is_said, missing
from measurement.rules.row_gaps import row_gaps
from measurement.rules.sop import MEASURE, OPEN_ROWS, ROW_MOVES, RowState, State

from . import workflow
from .answering import answer_returns, keep_reason
from .on_behalf import record_on_behalf, written_values

OWN_MOVES = ("save", "send", "record")
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


def is_movable(row: WorksheetRow, cycle: MeasurementCycle, move: str, person: Person) -> bool:
    """Whether this person may move the row this way now; what pages ask of rows that they have. `movable` says the same in SQL."""
    rule = ROW_MOVES[move]
    open_now = (
        cycle.state in rule.during
        and row.state in rule.sources
        and row.round == cycle.round
        and (not (row.planned or row.stopped) if move == "record" else row.planned or row.is_outside_plan)
    )
    return (
        open_now
        and may_move_row(move, person, cycle)
        and (move not in OWN_MOVES or row.owner_id == person.pk)
    )


def movable(cycle: MeasurementCycle, move: str, person: Person) -> QuerySet[WorksheetRow]:
    """The rows that this person may move this way now; what the doors write to."""
    if cycle.state not in ROW_MOVES[move].during or not may_move_row(move, person, cycle):
        return cycle.rows.none()
    return _movable(cycle.rows.all(), move, cycle.round, person.pk)


def _movable(rows: RowQuerySet, move: str, round_number: int, owner: int) -> RowQuerySet:
    rows = rows.filter(state__in=ROW_MOVES[move].sources, round=round_number)
    rows = rows.filter(planned=False, stopped=False) if move == "record" else rows.measured()
    return rows.filter(owner=owner) if move in OWN_MOVES else rows


@cache
def _movable_keys(move: str, round_number: int) -> PreparedByKeys[WorksheetRow]:
    """The keys of those of a cycle in that round and of a person, as a condition of a write."""
    rows = WorksheetRow.objects.order_by().only("pk")
    return PreparedByKeys(lambda cycle, owner: _movable(rows.filter(cycle=cycle), move, round_number, owner))


OPEN = PreparedByKeys(
    lambda cycle: WorksheetRow.objects.order_by().filter(cycle=cycle, state__in=OPEN_ROWS).only("pk")[:1]
)


def open_money(cycle: MeasurementCycle, person: Person, move: str = "save") -> QuerySet[WorksheetNode]:
    """The sub kegiatan whose money this person may enter now: all while measuring, later those that an arahan named."""
    if cycle.state not in ROW_MOVES[move].during or not may_move_row(move, person, cycle):
        return cycle.nodes.none()
    nodes = cycle.nodes.filter(level="sub_kegiatan", stopped="")
    if move in OWN_MOVES:
        nodes = nodes.filter(owner=person)
    if cycle.state == State.PENGUKURAN:
        return nodes
    return nodes.filter(rows__round=cycle.round, rows__state=RowState.DIKEMBALIKAN).distinct()


def is_fillable(cycle: MeasurementCycle, person: Person, move: str) -> bool:
    """Whether there is any row or money that this person may fill in this way now."""
    rows = any(is_movable(row, cycle, move, person) for row in cycle.rows.all())
    return rows or any(node.carries_money for node in open_money(cycle, person, move))


@transaction.atomic
def save(
    cycle_id: int,
    actor: Person,
    rows: Sequence[SheetChange],
    money: Sequence[SheetChange] = (),
    move: str = "save",
) -> Outcome:
    """Write the changed values; an empty row becomes a draft. Rows changed by others are reported as stale, stale money refuses the whole.

    The move "fill_for" is Tim SAKIP's writing on behalf of owners: recorded, and never sending, which the SOP leaves to the owner.
    """
    cycle = lock_for(cycle_id, move, actor)
    outcome = _save(cycle, actor, rows, money, move)
    if outcome.stale_money:
        raise Stale(STALE_MONEY)
    complete_measurement(cycle, actor)
    return outcome


@transaction.atomic
def save_while_typing(
    cycle_id: int, actor: Person, rows: Sequence[SheetChange], money: Sequence[SheetChange]
) -> Outcome:
    """What a page saves while its owner is typing: everything that still fits is written, and no step ends by it, for "1" may become "1.500"."""
    return _save(lock_for(cycle_id, "save", actor), actor, rows, money, "save")


def _save(
    cycle: MeasurementCycle,
    actor: Person,
    rows: Sequence[SheetChange],
    money: Sequence[SheetChange],
    move: str,
) -> Outcome:
    # version and permission are conditions of the write itself: nobody can come between a look and the write
    among = _movable_keys(move, cycle.round).sql(cycle.pk, actor.pk)
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


@transaction.atomic
def send(cycle_id: int, actor: Person) -> Outcome:
    """Send every row of this person that is complete; the others keep their sentences. The last row sent completes step 5."""
    cycle = lock_for(cycle_id, "send", actor)
    outcome, before = Outcome(), dict[str, dict]()
    rows = list(movable(cycle, "send", actor).annotate(evidence_count=Count("evidence")))
    for row in rows:
        capaian = row_figures(row, cycle.number, cycle.rules).capaian
        gaps = row_gaps(row, capaian, row.evidence_count)
        if gaps:
            outcome.gaps[row.pk] = gaps
            continue
        move_row(cycle, row, "send", verdict_note="")
        before |= audit.state_before(row)
        outcome.done.append(row.pk)
    if outcome.done:
        sent = WorksheetRow.objects.filter(pk__in=outcome.done)
        audit.record(
            cycle, actor, "row_send", rows={str(row.pk): written_values(row) for row in sent}, before=before
        )
        answer_returns(cycle, actor, [row for row in rows if row.pk in outcome.done])
    complete_measurement(cycle, actor)
    return outcome


def complete_measurement(cycle: MeasurementCycle, actor: Person) -> None:
    """Step 5 ends by itself with the last row sent and the last money entered: nobody has to wait for one more click."""
    if (
        cycle.state == State.PENGUKURAN
        and may_perform(MEASURE.key, actor, cycle)
        and not OPEN.rows(cycle.pk)  # asked first, because most saves leave some
        and not missing(cycle, MEASURE.key)
    ):
        workflow.perform(cycle, MEASURE.key, actor)


@transaction.atomic
def accept(cycle_id: int, actor: Person, rows: dict[int, int]) -> Outcome:
    """Accept rows, given as id → version."""
    cycle = lock_for(cycle_id, "accept", actor)
    outcome, before = Outcome(), dict[str, dict]()
    for row in movable(cycle, "accept", actor).filter(pk__in=rows):
        if row.version != rows[row.pk]:
            outcome.stale.append(row.pk)
            continue
        move_row(cycle, row, "accept", verdict_note="")
        before |= audit.state_before(row)
        outcome.done.append(row.pk)
    if outcome.done:
        audit.record(cycle, actor, "row_accept", rows=outcome.done, before=before)
    return outcome


@transaction.atomic
def give_back(cycle_id: int, actor: Person, row_id: int, version: int, reason: str) -> None:
    """Return one row to its owner with a reason."""
    cycle = _settle(cycle_id, actor, row_id, version, "return", reason)
    notifications.tell_returned(cycle, row_id, actor)


@transaction.atomic
def excuse(cycle_id: int, actor: Person, row_id: int, version: int, reason: str) -> None:
    """Take a row out of this period's measurement with a reason; it may complete step 5."""
    cycle = _settle(cycle_id, actor, row_id, version, "excuse", reason)
    complete_measurement(cycle, actor)


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
    cycle = workflow.lock(cycle_id)
    if cycle.state not in ROW_MOVES[move].during:
        raise NotAtThisStep("Pengisian kertas kerja sudah ditutup pada langkah ini; tidak ada yang disimpan.")
    if not may_move_row(move, actor, cycle):
        raise PermissionDenied
    return cycle


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
