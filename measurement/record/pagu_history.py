"""Pagu murni and perubahan of a year: what the budget was at first, what it was changed to, and the documents that say so.

The first revision of a pagu knows what it was before; where a year was never approved, the year's first archived cycle does.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from measurement.models import Pagu, Plan, PlanApproval, Revision, WorksheetNode, newest_archived
from measurement.rules.dates import long_date

NOTHING = Decimal(0)
PAGU = "pagu"  # the label of its revisions


@dataclass(frozen=True)
class PaguHistory:
    """`changed` is what a plan node had at first where that differs from what it has now; `approved` and `documents` name what they rest on."""

    changed: dict[int, Decimal] = field(default_factory=dict)
    approved: str = ""
    documents: tuple[str, ...] = ()

    def first(self, node: int, now: Decimal) -> Decimal:
        return self.changed.get(node, now)


def pagu_history(plan: Plan, year: int) -> PaguHistory:
    """What a cycle freezes of a year. What was changed before the year was approved is no revision, but the first archived cycle knows it."""
    now = dict(Pagu.objects.filter(node__plan=plan, year=year).values_list("node", "amount"))
    since, archived = _since(plan.approvals.filter(year=year).first()), _archived_at_first(plan, year)
    begun_later = dict.fromkeys(now, NOTHING) if archived else {}
    return PaguHistory(_changed(begun_later | since.changed | archived, now), since.approved, since.documents)


def history_since(approval: PlanApproval | None, now: Mapping[int, Decimal]) -> PaguHistory:
    """What was changed of an approved year by revisions; nothing where it was not approved. `now` is the pagu of each plan node."""
    since = _since(approval)
    return PaguHistory(_changed(since.changed, now), since.approved, since.documents)


def _since(approval: PlanApproval | None) -> PaguHistory:
    """What each branch that was revised had at first, also where it has that again."""
    if approval is None:
        return PaguHistory()
    revisions = list(
        approval.plan.revisions.filter(year=approval.year, label=PAGU, indicator=None).order_by("pk")
    )
    approved = document_words(approval.document, approval.dated)
    return PaguHistory(_first_of(revisions), approved, _documents(revisions))


def first_days(plan: Plan, year: int) -> dict[int, date]:
    """Plan node id → the day from which it has a pagu, of those that had none when the year began: nothing was spent there before.

    That is the date of the document that gave it one; in a year that was never approved, the end of the first archived period, which knows it not.
    """
    if plan.approvals.filter(year=year).exists():
        revisions = plan.revisions.filter(year=year, label=PAGU, indicator=None).order_by("-pk")
        first = {revision.node_id: revision for revision in revisions}
        return {node: found.dated for node, found in first.items() if not re.search(r"[1-9]", found.old)}
    archived = newest_archived(plan.unit.cycles.archived().filter(plan=plan, year=year))
    if not archived:
        return {}
    end = archived[min(archived)].period_of_year.last_day(year)
    return {node: end for node, amount in pagu_history(plan, year).changed.items() if not amount}


def _changed(then: Mapping[int, Decimal], now: Mapping[int, Decimal]) -> dict[int, Decimal]:
    return {node: amount for node, amount in then.items() if now.get(node, NOTHING) != amount}


def _first_of(revisions: Iterable[Revision]) -> dict[int, Decimal]:
    """Plan node id → what its first revision found."""
    found: dict[int, Decimal] = {}
    for revision in revisions:
        found.setdefault(revision.node_id, Decimal(re.sub(r"\D", "", revision.old) or 0))
    return found


def _archived_at_first(plan: Plan, year: int) -> dict[int, Decimal]:
    """Plan node id → its pagu in the year's first archived cycle."""
    archived = newest_archived(plan.unit.cycles.archived().filter(plan=plan, year=year))
    if not archived:
        return {}
    copies = WorksheetNode.objects.filter(cycle=archived[min(archived)], level="sub_kegiatan")
    return {copy.plan_node_id: copy.pagu if copy.pagu_first is None else copy.pagu_first for copy in copies}


def _documents(revisions: Iterable[Revision]) -> tuple[str, ...]:
    """The documents of the changes, each once."""
    return tuple(dict.fromkeys(document_words(revision.document, revision.dated) for revision in revisions))


def document_words(document: str, dated) -> str:
    return f"{document}, {long_date(dated)}"
