"""The thread of a worksheet row over all rounds: why it was returned, what its owner answered, the Sekcam's arahan and what was remarked.

Reasons, answers and remarks are `RowRemark`; arahan and their answers stay in `Directive` and are told from there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from measurement.models import Directive, MeasurementCycle, Person, RowRemark, WorksheetRow
from measurement.rules.sop import RowState

from .rounds import RoundDifference, compare_snapshots, row_content

Kind = RowRemark.Kind
ARAHAN, ARAHAN_ANSWERED = "Arahan", "Jawaban Tim SAKIP"
RETURNS = (Kind.RETURNED.label, ARAHAN)


@dataclass(frozen=True)
class ThreadEntry:
    """One entry as people read it."""

    at: datetime
    round: int
    what: str
    text: str
    by: str
    title: str
    before: dict = field(default_factory=dict)

    @property
    def returns(self) -> bool:
        """Whether the row went back to its owner with it."""
        return self.what in RETURNS

    @property
    def is_return(self) -> bool:
        """Whether Tim SAKIP returned it."""
        return self.what == Kind.RETURNED.label

    @property
    def is_remark(self) -> bool:
        """Whether it is neither a reason nor an answer that stands elsewhere on paper."""
        return self.what == Kind.COMMENT.label

    @property
    def is_withdrawal(self) -> bool:
        """Whether it takes back the last act before it."""
        return self.what == Kind.WITHDRAWN.label

    @property
    def is_act(self) -> bool:
        """Whether it can be taken back."""
        return self.what in (Kind.RETURNED.label, Kind.ANSWERED.label, Kind.EXCUSED.label)

    @property
    def answers(self) -> bool:
        """Whether it came again from its owner with it."""
        return self.what == Kind.ANSWERED.label


def keep_remark(
    cycle: MeasurementCycle, row: WorksheetRow, kind: Kind, actor: Person, text: str, before: dict | None = None
) -> RowRemark:  # fmt: skip
    """Append one entry; the caller holds the lock on the cycle."""
    return RowRemark.objects.create(
        cycle=cycle, row=row, round=cycle.round, kind=kind, text=text.strip(), before=before or {}, by=actor,
        by_title=actor.leading_title_in(cycle.unit_id), at=timezone.now(),
    )  # fmt: skip


def keep_return(cycle: MeasurementCycle, row: WorksheetRow, actor: Person, reason: str) -> RowRemark:
    """Tim SAKIP returns a row: the reason, with what the row said then."""
    return keep_remark(cycle, row, Kind.RETURNED, actor, reason, row_content(row))


def threads_of(cycle: MeasurementCycle, row_ids: Iterable[int] | None = None) -> dict[int, list[ThreadEntry]]:
    """Row id → its entries in the order in which they were written; one query beside that of the arahan, however many rows."""
    remarks = RowRemark.objects.filter(cycle=cycle).select_related("by")
    wanted = None if row_ids is None else set(row_ids)
    if wanted is not None:
        remarks = remarks.filter(row__in=wanted)
    found: dict[int, list[ThreadEntry]] = {}
    for remark in remarks:
        entry = ThreadEntry(
            remark.at, remark.round, Kind(remark.kind).label, remark.text, remark.by.name, remark.by_title, remark.before
        )  # fmt: skip
        found.setdefault(remark.row_id, []).append(entry)
    for directive in cycle.all_directives:
        if directive.row_id and (wanted is None or directive.row_id in wanted):
            found.setdefault(directive.row_id, []).extend(_of_directive(directive))
    return {row: sorted(entries, key=lambda entry: entry.at) for row, entries in found.items()}


def _of_directive(directive: Directive) -> list[ThreadEntry]:
    """The arahan of the Sekcam on a row, and what Tim SAKIP answered."""
    given = ThreadEntry(
        directive.given_at, directive.round, ARAHAN, directive.text, directive.given_by.name, ""
    )
    if not (directive.answered_by and directive.answered_at):
        return [given]
    answer = ThreadEntry(
        directive.answered_at,
        directive.round,
        ARAHAN_ANSWERED,
        directive.answer,
        directive.answered_by.name,
        "",
    )
    return [given, answer]


@dataclass(frozen=True)
class SentAgain:
    """A row that came again after it was returned: why it was returned, what its owner answered, and what is different now."""

    reason: ThreadEntry
    reply: ThreadEntry
    differences: list[RoundDifference]


def rows_sent_again(
    cycle: MeasurementCycle, threads: dict[int, list[ThreadEntry]], of_round: Iterable[RoundDifference]
) -> dict[int, SentAgain]:
    """The rows that wait for another verdict, by id. Rows and evidence of the cycle were loaded before; `of_round` is what is different from what
    the Sekcam was shown, which holds for the rows that the Sekcam returned."""
    since_round: dict[int, list[RoundDifference]] = {}
    for item in of_round:
        if item.row_id:
            since_round.setdefault(item.row_id, []).append(item)
    found = {}
    for row in cycle.rows.all():
        pair = _last_pair(threads.get(row.pk, [])) if row.state == RowState.TERKIRIM else None
        if pair:
            reason, reply = pair
            now = _differences(row, reason.before) if reason.before else since_round.get(row.pk, [])
            found[row.pk] = SentAgain(reason, reply, now)
    return found


def without_withdrawn(entries: list[ThreadEntry]) -> list[ThreadEntry]:
    """What counts of a thread: without the acts that were taken back, and without the words that say so."""
    kept: list[ThreadEntry] = []
    for entry in entries:
        if entry.is_withdrawal:
            last = next((place for place in reversed(range(len(kept))) if kept[place].is_act), None)
            if last is not None:
                del kept[last]
        else:
            kept.append(entry)
    return kept


def _last_pair(entries: list[ThreadEntry]) -> tuple[ThreadEntry, ThreadEntry] | None:
    """The last return with the answer that came after it; None where either is missing."""
    reason = reply = None
    for entry in without_withdrawn(entries):
        if entry.returns:
            reason, reply = entry, None
        elif entry.answers:
            reply = entry
    return (reason, reply) if reason and reply else None


def _differences(row: WorksheetRow, before: dict) -> list[RoundDifference]:
    return compare_snapshots({str(row.pk): before}, {str(row.pk): row_content(row)})
