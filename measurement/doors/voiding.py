"""Numbers without a valid paper: papers that are withdrawn, perhaps to be issued again, and numbers that were used outside the system.

A paper can be withdrawn until its cycle is archived. It stays readable, the step that it closed stays closed, and its number is never given
again. It can be issued again only while the cycle waits for the very next step and nobody can have changed a figure since.
"""

from collections.abc import Sequence
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from measurement import papers
from measurement.messages.report_messages import tell_report
from measurement.models import MeasurementCycle, Paper, Person, Unit, VoidNumber
from measurement.papers.kind import Attachment
from measurement.papers.numbering import locked_counter
from measurement.record import audit
from measurement.record.report_receipts import put_before_head
from measurement.rules.dates import moment
from measurement.rules.permissions import may_issue_again, may_skip_numbers, may_void
from measurement.rules.refusals import Incomplete, NotAtThisStep, Stale
from measurement.rules.requirements import is_said
from measurement.rules.sop import APPROVED, MEASURING, STEP_BY_OUTPUT

from . import workflow
from .long_work import order_papers
from .webhooks import tell_of_report

MOST_SKIPPED = 1000
ARCHIVED = "Siklus ini sudah diarsipkan, jadi naskahnya tidak dapat dibatalkan lagi. Kesalahan diperbaiki dengan siklus koreksi."
MOVED_ON = "Naskah ini tidak dapat diterbitkan ulang: siklus sudah melangkah lebih jauh, atau angkanya dapat berubah sejak diterbitkan."


def is_voidable(paper: Paper) -> bool:
    """Whether the paper is the valid one of its kind and still open to withdrawal."""
    return paper.is_valid and paper.cycle.is_under_way


def is_repeatable(paper: Paper) -> bool:
    """Whether the paper would say the same today: its step, if it ends one, was the last one taken, or both it and the cycle are past the approval; and no
    row is open."""
    cycle, step = paper.cycle, STEP_BY_OUTPUT.get(paper.kind)
    here = step is None or cycle.state == step.target or {step.source, cycle.state} <= APPROVED
    unchanged = here and cycle.state not in MEASURING and cycle.round == paper.round
    return unchanged and cycle.is_under_way and not hasattr(paper, "replaced_by")


def void(paper: Paper, actor: Person, reason: str, again: bool = False) -> Paper | None:
    """Withdraw an issued paper; `again` issues it anew in the same act and returns the new paper."""
    return papers.with_files(
        lambda: _ready_files(paper, actor) if again else papers.ReadyFiles(),
        lambda ready: _void(paper, actor, reason, again, ready),
    )


@transaction.atomic
def _void(paper: Paper, actor: Person, reason: str, again: bool, ready: papers.ReadyFiles) -> Paper | None:
    paper = _locked(paper)
    if hasattr(paper, "void"):
        raise NotAtThisStep(
            f"{paper.number} sudah dibatalkan oleh {paper.void.voided_by}, {moment(paper.void.voided_at)}."
        )
    if hasattr(paper, "replaced_by"):
        raise NotAtThisStep(
            f"{paper.number} sudah digantikan oleh {paper.replaced_by.number} dan tidak perlu dibatalkan."
        )
    if paper.cycle.is_archived:
        raise NotAtThisStep(ARCHIVED)
    if not may_void(actor, paper, papers.issuer_of(paper.kind)):
        raise PermissionDenied
    _check_reason(reason, "pembatalan")
    files = _confirmed_files(paper, ready) if again else ()
    withdraw_paper(paper, actor, reason.strip())
    return _issue_again(paper, actor, files) if again else None


def withdraw_paper(paper: Paper, actor: Person, reason: str) -> None:
    """Its number is void from now on; the caller holds the cycle, and has asked whether it may be."""
    VoidNumber.objects.create(
        paper=paper, **_number(paper), reason=reason, voided_at=timezone.now(), voided_by=actor
    )
    audit.record(paper.cycle, actor, "void_paper", paper=paper.number, reason=reason)


def issue_again(paper: Paper, actor: Person) -> Paper:
    """A new paper in place of a withdrawn one."""
    return papers.with_files(
        lambda: _ready_files(paper, actor), lambda ready: _replace_withdrawn(paper, actor, ready)
    )


@transaction.atomic
def _replace_withdrawn(paper: Paper, actor: Person, ready: papers.ReadyFiles) -> Paper:
    paper = _locked(paper)
    if not hasattr(paper, "void"):
        raise NotAtThisStep(f"{paper.number} masih berlaku; batalkan lebih dahulu.")
    return _issue_again(paper, actor, _confirmed_files(paper, ready))


def _ready_files(paper: Paper, actor: Person) -> papers.ReadyFiles:
    """None are made for a paper that will not be issued again."""
    found = Paper.objects.select_related("cycle", "replaced_by").get(pk=paper.pk)
    if not is_repeatable(found):
        return papers.ReadyFiles()
    return papers.make_files(found.cycle_id, found.kind, actor)


def _confirmed_files(paper: Paper, ready: papers.ReadyFiles) -> Sequence[Attachment]:
    return papers.confirmed_files(ready, paper.cycle, paper.kind) if is_repeatable(paper) else ()


def _issue_again(paper: Paper, actor: Person, files: Sequence[Attachment]) -> Paper:
    if not is_repeatable(paper):
        raise NotAtThisStep(MOVED_ON)
    if not may_issue_again(actor, paper, papers.issuer_of(paper.kind)):
        raise PermissionDenied
    made = papers.issue(paper.cycle, paper.kind, actor, files=files)
    audit.record(paper.cycle, actor, "issue_again", replaces=paper.number, **papers.issued_facts(made))
    put_before_head(made, actor, actor.title_in(made.unit_id, papers.issuer_of(made.kind)))
    tell_report(made, actor)
    tell_of_report(made)
    transaction.on_commit(partial(order_papers, made.cycle, actor))
    return made


def _locked(paper: Paper) -> Paper:
    """The paper as it is now, with its cycle held."""
    cycle: MeasurementCycle = workflow.lock(paper.cycle_id)
    # read after the lock is held: this is what the last holder left
    found = Paper.objects.select_related("void__voided_by", "replaced_by").get(pk=paper.pk)
    found.cycle = cycle
    return found


def _number(paper: Paper) -> dict:
    return {"unit_id": paper.unit_id, "year": paper.year, "kind": paper.kind, "sequence": paper.sequence}


@transaction.atomic
def skip(unit: Unit, kind: str, upto: int, seen: int, actor: Person, reason: str) -> list[int]:
    """Numbers of this year up to `upto` were used outside the system: they are never given out here.

    `seen` is the last number given out as the person saw it; Stale if another was given out meanwhile, because then it was used twice.
    """
    counter = locked_counter(unit, timezone.localdate().year, kind)
    if not may_skip_numbers.test(actor, counter):
        raise PermissionDenied
    if counter.last != seen:
        raise Stale(
            f"Nomor urut terakhir sekarang {counter.last}, bukan {seen}: ada nomor yang baru diberikan. Periksa lagi lalu ulangi."
        )
    if not counter.last < upto <= counter.last + MOST_SKIPPED:
        raise Incomplete(f"Isi nomor urut antara {counter.last + 1} dan {counter.last + MOST_SKIPPED}.")
    _check_reason(reason, "nomor dipakai di luar sistem")
    skipped, now = list(range(counter.last + 1, upto + 1)), timezone.now()
    common = {
        "unit": unit,
        "year": counter.year,
        "kind": kind,
        "reason": reason.strip(),
        "voided_at": now,
        "voided_by": actor,
    }
    VoidNumber.objects.bulk_create(VoidNumber(sequence=sequence, **common) for sequence in skipped)
    counter.last = upto
    counter.save(update_fields=["last"])
    return skipped


def _check_reason(reason: str, of: str) -> None:
    if not is_said(reason):
        raise Incomplete(f"Tuliskan alasan {of}, paling sedikit 10 huruf.")
