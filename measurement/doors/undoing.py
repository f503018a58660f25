"""Taking back what somebody has just done: the one door; what can be taken back and what can't stands in `undo_table`.

Only the one who acted, only for some minutes, and only as long as nobody has acted on it: rows have to be as the act left them, a step has to be
the last thing that happened to its cycle. The trail keeps both the act and the undo; a paper that came of a step is withdrawn, its number is void.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from measurement.messages import recall
from measurement.models import (
    AuditEntry,
    FollowUp,
    FollowUpNote,
    MeasurementCycle,
    PaperSignature,
    Person,
    RowRemark,
    SigningAttempt,
    Stay,
)
from measurement.record import audit
from measurement.record.row_threads import keep_remark
from measurement.rules.dates import clock
from measurement.rules.permissions import may_move_row, may_perform
from measurement.rules.refusals import NotAtThisStep
from measurement.rules.sop import ACTIONS, ARCHIVE, CLOSED, MEASURE, ROW_MOVES, SEND_BACK, State, step_of
from measurement.signing import attempts

from . import voiding, workflow
from .undo_table import KEPT_ACTIONS, ROW_UNDOS, STEP_UNDOS, UNDO_MINUTES, RowUndo, is_undoable
from .workflow import WITHDRAWN_CYCLE

WINDOW = timedelta(minutes=UNDO_MINUTES)
TOO_LATE = f"Waktu untuk membatalkan ({UNDO_MINUTES} menit) sudah lewat."
# what an act leaves in the threads of its rows
THREAD_KINDS = {
    "return": RowRemark.Kind.RETURNED,
    "send": RowRemark.Kind.ANSWERED,
    "excuse": RowRemark.Kind.EXCUSED,
}
ACTED_ON = "Tidak ada yang dibatalkan: sudah ada yang menindaklanjutinya."


@dataclass(frozen=True)
class Undone:
    """What came of an undo: a sentence; whether it had been done before (the same button twice)."""

    sentence: str
    again: bool = False


@dataclass(frozen=True)
class Offer:
    """An act that its actor can still take back."""

    entry: AuditEntry
    words: str

    @property
    def until(self) -> str:
        return clock(last_moment(self.entry))


def last_moment(entry: AuditEntry) -> datetime:
    return entry.at + WINDOW


def offers(cycle: MeasurementCycle, person: Person, trail: list[AuditEntry] | None = None) -> list[Offer]:
    """What this person has just done to the cycle and can still take back, the newest first; from a part of the trail that is at hand, if given."""
    if cycle.state in CLOSED:
        return []
    since = timezone.now() - WINDOW
    found: list[Offer] = []
    lately = list(cycle.audit.filter(at__gt=since).order_by("sequence")) if trail is None else trail
    lately = [entry for entry in lately if entry.at > since]
    for place, entry in enumerate(lately):
        later = lately[place + 1 :]
        mine = entry.actor_id == person.pk and is_undoable(entry.action)
        if not mine or entry.sequence in audit.undone(later) or _brought(entry, lately[:place]):
            continue
        if _still_stands(entry, later):
            found.append(Offer(entry, _words(cycle, entry)))
    return _with_rows_left(cycle, found[::-1])


def _with_rows_left(cycle: MeasurementCycle, found: list[Offer]) -> list[Offer]:
    """Without the acts whose rows have all moved on."""
    touched = {int(pk) for offer in found if offer.entry.action in ROW_UNDOS for pk in _before(offer.entry)}
    now = dict(cycle.rows.filter(pk__in=touched).values_list("pk", "version")) if touched else {}
    return [
        offer
        for offer in found
        if offer.entry.action in STEP_UNDOS
        or any(now.get(int(pk)) == stood["version"] for pk, stood in _before(offer.entry).items())
    ]


def _before(act: AuditEntry) -> dict[str, dict]:
    """How the rows stood; acts recorded before there was an undo don't tell."""
    before: dict[str, dict] = act.data.get("before", {})
    return before


def _still_stands(entry: AuditEntry, later: list[AuditEntry]) -> bool:
    """Whether no step was taken since, nor anything else where the act was a step; but for the step that the act itself brought."""
    rest = later[1:] if later and _brought(later[0], [entry]) else later
    left = [one for one in rest if one.sequence not in audit.undone(rest)]
    if entry.action in STEP_UNDOS or rest is not later:
        return not [one for one in left if one.action != "sign"]
    return not [one for one in left if one.action in ACTIONS]


def _brought(entry: AuditEntry, before: list[AuditEntry]) -> bool:
    """Whether a step was completed by the act just before it: the last row sent ends step 5."""
    last = before[-1] if before else None
    return (
        last is not None
        and entry.action == MEASURE.key
        and last.action in ROW_UNDOS
        and last.actor_id == entry.actor_id
        and last.sequence == entry.sequence - 1
    )


def _words(cycle: MeasurementCycle, entry: AuditEntry) -> str:
    if entry.action in ROW_UNDOS:
        return f"{len(_before(entry))} {ROW_UNDOS[entry.action].done} pukul {clock(entry.at)}"
    return f"{cycle.sop.done_label(entry.action)} pukul {clock(entry.at)}"


@transaction.atomic
def undo(cycle_id: int, actor: Person, entry_id: int) -> Undone:
    """Take back one act of the actor's own. NotAtThisStep where it is too late or somebody acted on it; twice is once."""
    cycle = workflow.lock(cycle_id)
    act = cycle.audit.get(pk=entry_id)
    later = list(cycle.audit.filter(sequence__gt=act.sequence).order_by("sequence"))
    if act.actor_id != actor.pk or not is_undoable(act.action):
        raise PermissionDenied
    if act.sequence in audit.undone(later):
        return Undone("Sudah dibatalkan; tidak ada yang dikerjakan dua kali.", again=True)
    if cycle.state in CLOSED:
        raise NotAtThisStep(KEPT_ACTIONS[ARCHIVE.key] if cycle.is_archived else WITHDRAWN_CYCLE)
    if timezone.now() > last_moment(act):
        raise NotAtThisStep(TOO_LATE, *_instead(act))
    if not _still_stands(act, later):
        raise NotAtThisStep(ACTED_ON, *_instead(act))
    if act.action in ROW_UNDOS:
        return _undo_rows(cycle, actor, act, later)
    _undo_step(cycle, actor, act)
    audit.record(cycle, actor, audit.UNDO, undoes=[act.sequence], act=act.action, void=[act.data["paper"]])
    return Undone(f"Dibatalkan: siklus kembali ke langkah {step_of(act.action).number}. {_void_words(act)}")


def _instead(act: AuditEntry) -> list[str]:
    return [ROW_UNDOS[act.action].instead] if act.action in ROW_UNDOS else []


def _void_words(act: AuditEntry) -> str:
    return f"Naskah {act.data['paper']} dibatalkan dan nomornya tidak dipakai lagi."


# Rows


def _undo_rows(cycle: MeasurementCycle, actor: Person, act: AuditEntry, later: list[AuditEntry]) -> Undone:
    """Every row that is still as the act left it stands again as it stood before; the others stay, and their number is said."""
    what, before = ROW_UNDOS[act.action], _before(act)
    if not may_move_row(what.move, actor, cycle):
        raise PermissionDenied
    brought = [later[0]] if later and _brought(later[0], [act]) else []
    for step in brought:
        _undo_step(cycle, actor, step)
    done = [int(pk) for pk, stood in before.items() if _put_back(cycle, what, int(pk), stood)]
    if not done:
        raise NotAtThisStep(ACTED_ON, what.instead)
    kept = len(before) - len(done)
    facts = {"act": act.action, "rows": done, "kept": kept, "void": [step.data["paper"] for step in brought]}
    audit.record(cycle, actor, audit.UNDO, undoes=[one.sequence for one in (act, *brought)], **facts)
    _tell_threads(cycle, actor, what, done)
    recall.recall_messages([f"dikembalikan:{pk}:{before[str(pk)]['version']}" for pk in done], actor)
    stays = f" {kept} baris sudah ditindaklanjuti dan tetap seperti sekarang." if kept else ""
    void = "".join(f" {_void_words(step)}" for step in brought)
    return Undone(f"Dibatalkan: {len(done)} {what.undone}.{stays}{void}")


def _tell_threads(cycle: MeasurementCycle, actor: Person, what: RowUndo, done: list[int]) -> None:
    """A thread keeps what was written; where the act stands in it, so does its undo."""
    kind = THREAD_KINDS.get(what.move)
    acts = cycle.row_remarks.filter(row__in=done, kind__in=[*THREAD_KINDS.values(), RowRemark.Kind.WITHDRAWN])
    last = {remark.row_id: remark.kind for remark in acts.order_by("pk")}
    for row in cycle.rows.filter(pk__in=[pk for pk in done if kind and last.get(pk) == kind]):
        keep_remark(cycle, row, RowRemark.Kind.WITHDRAWN, actor, what.undone)


def _put_back(cycle: MeasurementCycle, what: RowUndo, pk: int, stood: dict) -> bool:
    """One conditional write: nobody can have come between a look and it."""
    current = cycle.rows.filter(
        pk=pk, version=stood["version"], state=ROW_MOVES[what.move].target, round=cycle.round
    )
    return bool(current.update(**_stood(stood), version=F("version") + 1))


def _stood(stood: dict) -> dict:
    """The state of a row as the trail kept it, with what belongs to the state."""
    return {"state": stood["state"], "verdict_note": stood["note"], "reply": stood.get("reply", "")}


# Steps


def _undo_step(cycle: MeasurementCycle, actor: Person, act: AuditEntry) -> None:
    """The cycle is at the step again in the stay that was left, its paper is withdrawn, and what a sending back unlocked is as it was."""
    step = step_of(act.action)
    if not may_perform(act.action, actor, cycle):
        raise PermissionDenied
    paper = cycle.papers.select_related("void", "replaced_by").get(number=act.data["paper"])
    if PaperSignature.objects.filter(signer__paper=paper).exists():
        raise NotAtThisStep(f"Tidak ada yang dibatalkan: {paper.number} sudah ditandatangani.")
    if SigningAttempt.objects.filter(signer__paper=paper, outcome__in=attempts.UNSETTLED).exists():
        raise NotAtThisStep(f"Tidak ada yang dibatalkan: {paper.number} sedang ditandatangani.")
    here, left = cycle.stays.get(left_at=None), cycle.stays.exclude(left_at=None).latest("pk")
    keys = [f"giliran:{here.pk}", *(f"tanda-tangan:{signer.pk}" for signer in paper.signers.all())]
    if act.action == SEND_BACK:
        keys.append(f"arahan:{cycle.pk}:{cycle.round}")
        _take_back_arahan(cycle, act)
    _move_back(cycle, step.source, act)
    here.delete()
    Stay.objects.filter(pk=left.pk).update(left_at=None, left_by=None, left_as="", action="", note="")
    paper.cycle = cycle
    voiding.withdraw_paper(
        paper, actor, f"Langkah {step.number} dibatalkan pelaksananya dalam {UNDO_MINUTES} menit sesudah naskah terbit."
    )  # fmt: skip
    recall.recall_messages(keys, actor)


def _move_back(cycle: MeasurementCycle, state: State, act: AuditEntry) -> None:
    """One conditional update on (id, state, version) as the act left them: whoever wrote on the next step's page since, acted on it."""
    unchanged = MeasurementCycle.objects.filter(
        pk=cycle.pk, state=cycle.state, version=act.data.get("version")
    )
    moved = unchanged.update(state=state, round=act.data["round"], version=F("version") + 1)
    if not moved:
        raise NotAtThisStep(ACTED_ON)


def _take_back_arahan(cycle: MeasurementCycle, act: AuditEntry) -> None:
    """Rows and money that the arahan unlocked are as they were; the trail keeps the arahan themselves, as the note of the act."""
    for pk, stood in act.data["before"].items():
        row = cycle.rows.filter(pk=pk, version=stood["version"], round=cycle.round)
        if not row.update(
            **_stood(stood),
            round=stood["round"],
            version=F("version") + 1,
        ):
            raise NotAtThisStep(ACTED_ON)
    for pk, stood in act.data["money_before"].items():
        money = cycle.nodes.filter(pk=pk, version=stood["version"], round=cycle.round)
        if not money.update(round=stood["round"]):
            raise NotAtThisStep(ACTED_ON)
    asked = FollowUp.objects.filter(directive__in=cycle.directives.filter(round=cycle.round))
    if FollowUpNote.objects.filter(follow_up__in=asked).exists():
        raise NotAtThisStep(ACTED_ON)
    asked.delete()
    cycle.directives.filter(round=cycle.round).delete()
