"""How rows of the worksheet move: save, send, accept, return, excuse; and the money and evidence that go with them.

Every function takes the lock on the cycle first, so that nothing is written after a step was closed, then writes with one conditional UPDATE
per row on (id, version, state, round). Rows that changed meanwhile are reported, never overwritten.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.utils import timezone

from measurement.figures.rows import row_figures
from measurement.messages import notifications
from measurement.models import MeasurementCycle, Person, WorksheetNode, WorksheetRow
from measurement.record import audit
from measurement.rules.permissions import may_move_row, may_perform
from measurement.rules.refusals import Incomplete, NotAtThisStep, Stale
from measurement.rules.requirements import is_said, missing
from measurement.rules.row_gaps import row_gaps
from measurement.rules.sop import MEASURE, OPEN_ROWS, ROW_MOVES, RowState, State

from . import workflow
from .answering import answer_returns, keep_reason

OWN_MOVES = ("save", "send", "record")
CHANGED_MEANWHILE = "Baris “{name}” sudah berubah sejak halaman ini dibuka. Isian Anda tetap tampil; periksa nilai yang baru lalu simpan lagi."


@dataclass
class SheetChange:
    """New values for one row or one node, and the version on which they were based."""

    pk: int
    version: int
    values: dict


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
    rule = ROW_MOVES[move]
    if cycle.state not in rule.during or not may_move_row(move, person, cycle):
        return cycle.rows.none()
    rows = cycle.rows.filter(state__in=rule.sources, round=cycle.round)
    rows = rows.filter(planned=False, stopped=False) if move == "record" else rows.measured()
    return rows.owned_by(person) if move in OWN_MOVES else rows


def open_money(cycle: MeasurementCycle, person: Person, move: str = "save") -> QuerySet[WorksheetNode]:
    """The sub kegiatan whose money this person may enter now: all while measuring, later those that an arahan named."""
    if cycle.state not in ROW_MOVES[move].during or not may_move_row(move, person, cycle):
        return cycle.nodes.none()
    nodes = cycle.nodes.filter(level="sub_kegiatan", stopped="")
    if move in OWN_MOVES:
        nodes = nodes.filter(owner=person)
    return (
        nodes
        if cycle.state == State.PENGUKURAN
        else nodes.filter(rows__round=cycle.round, rows__state=RowState.DIKEMBALIKAN).distinct()
    )


def is_fillable(cycle: MeasurementCycle, person: Person, move: str) -> bool:
    """Whether there is any row or money that this person may fill in this way now."""
    rows = any(is_movable(row, cycle, move, person) for row in cycle.rows.all())
    return rows or any(node.carries_money for node in open_money(cycle, person, move))


@transaction.atomic
def save(
    cycle_id: int,
    actor: Person,
    rows: list[SheetChange],
    money: Sequence[SheetChange] = (),
    move: str = "save",
) -> Outcome:
    """Write the changed values; an empty row becomes a draft. Rows changed by others are reported as stale, stale money refuses the whole.

    The move "fill_for" is Tim SAKIP's writing on behalf of owners: recorded, and never sending, which the SOP leaves to the owner.
    """
    cycle = lock_for(cycle_id, move, actor)
    outcome = _save(cycle, actor, rows, money, move)
    if outcome.stale_money:
        raise Stale(
            "Realisasi anggaran sudah berubah sejak halaman ini dibuka. Periksa nilai yang baru lalu simpan lagi."
        )
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
    outcome = Outcome()
    allowed = movable(cycle, move, actor)
    now = timezone.now()
    for change in rows:
        # version and permission are conditions of the write itself: nobody can come between a look and the write
        target = allowed.filter(pk=change.pk, version=change.version)
        written = target.update(**change.values, version=F("version") + 1, saved_at=now)
        (outcome.done if written else outcome.stale).append(change.pk)
    allowed.filter(pk__in=outcome.done, state=RowState.KOSONG).update(state=RowState.DRAF)
    outcome.stale_money = _save_money(cycle, actor, money, move)
    if move not in OWN_MOVES:
        _record_on_behalf(cycle, actor, move, outcome.done, [change.pk for change in money])
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
    spendable = set(open_money(cycle, actor, move).values_list("pk", flat=True))
    stale = []
    for change in money:
        target = cycle.nodes.filter(pk=change.pk, version=change.version)
        if change.pk not in spendable or not target.update(**change.values, version=F("version") + 1):
            stale.append(change.pk)
    return stale


def _record_on_behalf(
    cycle: MeasurementCycle, actor: Person, move: str, row_ids: list[int], node_ids: list[int]
) -> None:
    """One entry per owner for whom somebody else wrote, with the rows and the money as they are now."""
    touched: dict[int | None, dict] = {}
    for row in cycle.rows.filter(pk__in=row_ids).exclude(owner=actor):
        touched.setdefault(row.owner_id, {"rows": {}, "money": {}})["rows"][str(row.pk)] = _values(row)
    for node in cycle.nodes.filter(pk__in=node_ids).exclude(owner=actor):
        values = {
            "spent": "" if node.spent is None else str(node.spent),
            "overspend_reason": node.overspend_reason,
        }
        touched.setdefault(node.owner_id, {"rows": {}, "money": {}})["money"][str(node.pk)] = values
    for owner, what in touched.items():
        audit.record(cycle, actor, f"row_{move}", owner=owner, **what)


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
            cycle, actor, "row_send", rows={str(row.pk): _values(row) for row in sent}, before=before
        )
        answer_returns(cycle, actor, [row for row in rows if row.pk in outcome.done])
    complete_measurement(cycle, actor)
    return outcome


def complete_measurement(cycle: MeasurementCycle, actor: Person) -> None:
    """Step 5 ends by itself with the last row sent and the last money entered: nobody has to wait for one more click."""
    if (
        cycle.state == State.PENGUKURAN
        and may_perform(MEASURE.key, actor, cycle)
        and not missing(cycle, MEASURE.key)
    ):
        workflow.perform(cycle, MEASURE.key, actor)


def _values(row: WorksheetRow) -> dict:
    return {
        name: str(getattr(row, name))
        for name in (*WorksheetRow.VALUES, *WorksheetRow.TEXTS, *WorksheetRow.ANSWERS)
        if getattr(row, name) not in (None, "")
    }


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
