"""The one door: every step of every cycle goes through `perform` – lock, at this step?, allowed?, complete?, paper, move, record, tell.

The only caller of the transitions. State, stay, paper, audit entry and messages commit together; after it the files of papers are ordered and mails sent.
"""

from collections.abc import Callable, Iterable
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_fsm import can_proceed, has_transition_perm

from measurement import papers
from measurement.messages import notifications, report_messages
from measurement.models import (
    MeasurementCycle,
    Meeting,
    Person,
    Plan,
    ReferenceDocument,
    Stay,
    Unit,
    newest_archived,
)
from measurement.models.prepared import Prepared
from measurement.record import audit, follow_ups, freezing, promises, rounds
from measurement.record.report_receipts import put_before_head
from measurement.record.rounds import Arahan
from measurement.rules.permissions import PERFORM, may_perform
from measurement.rules.refusals import Incomplete, NotAtThisStep, Stale
from measurement.rules.requirements import is_said, missing
from measurement.rules.sop import PREPARE_METHOD, REPORT, REWORK, SEND_BACK, STEP_BY_STATE, STEPS, step_of

from .correcting import reach_later_cycles
from .long_work import order_papers
from .webhooks import tell_of_step

STALE = "Siklus ini sudah diubah orang lain sejak halaman dibuka. Isian Anda tetap tampil; bandingkan lalu simpan lagi."
WITHDRAWN_CYCLE = "Perintah siklus ini sudah dicabut, jadi tidak ada lagi yang dikerjakan di dalamnya. Tidak ada yang diubah."
EFFECTS: dict[str, Callable[[MeasurementCycle], object]] = {
    PREPARE_METHOD.key: freezing.freeze,
    REPORT.key: rounds.snapshot,
}


def _locked(cycle_id: int) -> QuerySet[MeasurementCycle]:
    """Only the cycle's own row is held: its unit and plan are joined for reading."""
    held = MeasurementCycle.objects.select_for_update(of=("self",))
    return held.select_related("unit__predicate_scale", "plan").filter(pk=cycle_id)


def _held(cycle_id: int) -> QuerySet[MeasurementCycle]:
    held = MeasurementCycle.objects.select_for_update(of=("self",))
    return held.filter(pk=cycle_id).only("unit", "state", "round", "version")


LOCKED, HELD = Prepared(_locked), Prepared(_held)


def lock(cycle_id: int) -> MeasurementCycle:
    """The cycle as it is now, held until the transaction ends (SQLite holds the whole database)."""
    return _only(LOCKED, cycle_id)


def hold(cycle_id: int) -> MeasurementCycle:
    """The same with no more than where it stands: for saves, of which there are thousands."""
    return _only(HELD, cycle_id)


def _only(prepared: Prepared[MeasurementCycle], cycle_id: int) -> MeasurementCycle:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a lock outside of a transaction holds nothing")
    found = prepared.rows(cycle_id)
    if not found:
        raise MeasurementCycle.DoesNotExist
    return found[0]


def perform(
    cycle: MeasurementCycle,
    action: str,
    actor: Person,
    note: str = "",
    arahan: Iterable[Arahan] = (),
    version: int | None = None,
) -> MeasurementCycle:
    """Carry out one action of the SOP. A refusal leaves everything as it was; Stale if a `version` is given and no longer the cycle's.

    The workbooks inside the step's paper are made before the cycle is held, and again if somebody wrote in between.
    """
    arahan = list(arahan)
    return papers.with_files(
        lambda: _ready_files(cycle.pk, action, actor, arahan),
        lambda ready: _perform(cycle.pk, action, actor, note, arahan, version, ready),
    )


def _ready_files(cycle_id: int, action: str, actor: Person, arahan: list[Arahan]) -> papers.ReadyFiles:
    """None are made for what the door will refuse."""
    output = step_of(action).output
    if not papers.has_files(output):
        return papers.ReadyFiles()
    cycle = MeasurementCycle.objects.only("state", "unit").get(pk=cycle_id)
    if not can_proceed(getattr(cycle, action)) or not may_perform(action, actor, cycle):
        return papers.ReadyFiles()
    foresee = partial(rounds.foresee_reopened, arahan=arahan) if action == SEND_BACK else None
    return papers.make_files(cycle_id, output, actor, foresee)


@transaction.atomic
def _perform(
    cycle_id: int,
    action: str,
    actor: Person,
    note: str,
    arahan: list[Arahan],
    version: int | None,
    ready: papers.ReadyFiles,
) -> MeasurementCycle:
    cycle = lock(cycle_id)
    step, source, reopened = step_of(action), cycle.state, dict[str, dict]()
    move = getattr(cycle, action)
    # asked first: whoever was slower than somebody else is told so, not turned away
    if not can_proceed(move):
        raise NotAtThisStep(who_was_faster(cycle, action))
    if not has_transition_perm(move, actor):
        raise PermissionDenied
    if version not in (None, cycle.version):
        raise Stale(STALE)
    files = papers.confirmed_files(ready, cycle, step.output)
    if action == SEND_BACK:
        rounds.check_arahan(cycle, arahan)
        note = "\n".join(item.text.strip() for item in arahan)
        # before the paper is issued: the draft prints the arahan
        reopened = rounds.reopen(cycle, arahan, actor)
        follow_ups.follow_directives(cycle, cycle.round + 1, actor)
    elif gaps := missing(cycle, action):
        raise Incomplete(*gaps)
    # before the paper, too, which prints what the step freezes
    EFFECTS.get(action, lambda _: None)(cycle)
    if action == PREPARE_METHOD.key:
        follow_ups.follow_left_promises(cycle, actor)
    paper = papers.issue(cycle, step.output, actor, action != SEND_BACK, files)
    put_before_head(paper, actor, actor.title_in(cycle.unit_id, step.actor))
    _leave(cycle, actor, action, note.strip(), **papers.issued_facts(paper), **reopened)
    # changes the state on this instance only; `write_state` writes it, if nobody was faster
    move()
    write_state(cycle, source)
    if cycle.is_archived and cycle.amends_id:
        reach_later_cycles(cycle, actor)
    if cycle.is_archived:
        for later in promises.reach_next_cycle(cycle):
            follow_ups.follow_left_promises(lock(later.pk), actor)
    notifications.tell(cycle, action, actor)
    report_messages.tell_report(paper, actor)
    tell_of_step(cycle, action, paper)
    transaction.on_commit(partial(order_papers, cycle, actor))
    return cycle


def _leave(cycle: MeasurementCycle, actor: Person, action: str, note: str, **facts) -> None:
    """Close the stay, open the next one, write the audit entry: before the state moves, because an archived cycle takes nothing more."""
    step, now = step_of(action), timezone.now()
    title = actor.title_in(cycle.unit_id, step.actor)
    cycle.stays.filter(left_at=None).update(
        left_at=now, left_by=actor, left_as=title, action=action, note=note
    )
    next_step = REWORK if action == SEND_BACK else STEP_BY_STATE.get(step.target)
    if next_step:
        Stay.objects.create(
            cycle=cycle, step=next_step.key, round=cycle.round + (action == SEND_BACK), arrived_at=now
        )
    # the version is the one that the cycle has after the move: by it an undo knows whether anybody wrote since
    audit.record(
        cycle, actor, action, note=note, title=title, round=cycle.round, version=cycle.version + 1, **facts
    )


def write_state(cycle: MeasurementCycle, source: str) -> None:
    """One conditional update on (id, state, version): of two opposite decisions only one can find the old state."""
    unchanged = MeasurementCycle.objects.filter(pk=cycle.pk, state=source, version=cycle.version)
    moved = {name: getattr(cycle, name) for name in ("state", "round", *MeasurementCycle.FROZEN)}
    if not unchanged.update(**moved, version=F("version") + 1):
        raise NotAtThisStep("Siklus ini baru saja diubah orang lain. Muat ulang halaman.")
    cycle.version += 1


def who_was_faster(cycle: MeasurementCycle, action: str) -> str:
    """A kind sentence for a page that came too late or too early."""
    if cycle.is_withdrawn:
        return closed_sentence(cycle)
    step = step_of(action)
    last = (
        cycle.stays.filter(step=step.key, round=cycle.round)
        .exclude(left_at=None)
        .select_related("left_by")
        .last()
    )
    if last is None:
        now = f"Siklus sekarang pada langkah {cycle.step.number}" if cycle.step else "Siklus sudah diarsipkan"
        return f"Langkah {step.number} belum atau tidak lagi dapat dikerjakan. {now}; muat ulang halaman."
    done = timezone.localtime(last.left_at)
    what = "Keputusan sudah dibuat" if step.returns_to else f"Langkah {step.number} sudah diselesaikan"
    return f"{what} oleh {last.left_by} pada {done:%d-%m-%Y} pukul {done:%H.%M}. Tidak ada yang diubah."


def closed_sentence(cycle: MeasurementCycle) -> str:
    """Why nothing can be done to a cycle any more."""
    return WITHDRAWN_CYCLE if cycle.is_withdrawn else "Siklus sudah diarsipkan dan tidak dapat diubah."


@transaction.atomic
def open_cycle(
    unit: Unit, plan: Plan, year: int, number: int, actor: Person, instruction: str, reason: str = ""
) -> MeasurementCycle:
    """Step 1: the Camat's order opens the cycle of a period of the year, as often as the plan measures in it. After an archived cycle of the
    same period it is its correction, and says why."""
    now = timezone.now()
    past = newest_archived(unit.cycles.archived().filter(year=year, number=number)).get((year, number))
    cycle = MeasurementCycle(
        unit=unit, plan=plan, year=year, frequency=plan.frequency_in(year), number=number, instruction=instruction, opened_at=now, amends=past,
        sop_facts=unit.sop.facts(),
    )  # fmt: skip
    if not may_perform(STEPS[0].key, actor, cycle):
        raise PermissionDenied
    if other := unit.cycles.standing().filter(year=year).exclude(frequency=cycle.frequency).first():
        raise Incomplete(
            f"{other} sudah diperintahkan tiap {other.period_of_year.noun}; satu tahun diukur dengan satu cara."
        )
    if unit.cycles.under_way().filter(year=year, number=number).exists():
        raise Incomplete(f"{cycle} sudah berjalan; lanjutkan siklus itu.")
    if past and not is_said(reason):
        raise Incomplete(f"{cycle} sudah diarsipkan. Tuliskan alasan koreksi, atau pilih periode lain.")
    try:
        # The constraint decides between two who open at once. The savepoint keeps the transaction usable after its
        # refusal: PostgreSQL takes nothing more in a transaction in which a statement failed.
        with transaction.atomic():
            cycle.save(force_insert=True)
    except IntegrityError:
        raise Incomplete(f"{cycle} baru saja dibuka; lanjutkan siklus itu.") from None
    Meeting.objects.create(cycle=cycle)
    Stay.objects.create(cycle=cycle, step=STEPS[0].key, round=1, arrived_at=now)
    _reuse_references(cycle)
    return perform(cycle, STEPS[0].key, actor, note=reason if past else "")


def _reuse_references(cycle: MeasurementCycle) -> None:
    """The reference documents of the same year's last cycle serve again, until they are replaced."""
    last = cycle.unit.cycles.filter(year=cycle.year).exclude(pk=cycle.pk).order_by("-pk").first()
    if last:
        ReferenceDocument.objects.bulk_create(
            ReferenceDocument(
                cycle=cycle, kind=d.kind, file_id=d.file_id, name=d.name, explanation=d.explanation
            )
            for d in last.reference_documents.all()
        )


@transaction.atomic
def save_step(
    cycle: MeasurementCycle, actor: Person, version: int, write: Callable[[MeasurementCycle], object]
) -> MeasurementCycle:
    """Keep what the step's actor has written so far. `write` gets the locked cycle. NotAtThisStep where the step was left meanwhile,
    Stale where the page was older than the cycle."""
    step, cycle = cycle.step, lock(cycle.pk)
    if step is None or cycle.step != step:
        raise NotAtThisStep(who_was_faster(cycle, step.key) if step else closed_sentence(cycle))
    if not PERFORM[step.key].test(actor, cycle):
        raise PermissionDenied
    if cycle.version != version:
        raise Stale(STALE)
    write(cycle)
    cycle.version += 1
    cycle.save()
    return cycle
