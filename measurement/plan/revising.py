"""The plan once one of its years is approved: who approves it by which document, and that every later change of a value says why.

A revision is written together with the change that it tells, in the caller's transaction. Cycles keep what was frozen into them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from measurement.models import (
    Indicator,
    Person,
    Plan,
    PlanApproval,
    PlanNode,
    Revision,
    Target,
    column_label,
    column_length,
)
from measurement.rules.dates import long_date
from measurement.rules.numbers import show_short
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import Incomplete
from measurement.rules.requirements import SHORTEST_REASON, is_said
from measurement.rules.schedules import schedule_words

SHORTEST_NAME = 3
LONGEST_VALUE = column_length(Revision, "old") or 0
# what a target means: field of the indicator → its value as people read it
MEANING = {
    "measure": lambda indicator: indicator.measure,
    "method": Indicator.get_method_display,
    "accumulation": Indicator.get_accumulation_display,
    "schedule": lambda indicator: schedule_words(indicator.schedule),
    "low": lambda indicator: show_short(indicator.low),
    "high": lambda indicator: show_short(indicator.high),
    "score_scale": lambda indicator: indicator.score_scale or "–",
}


@dataclass(frozen=True)
class Basis:
    """Why an approved value changes, and the document that says so. `dated` is None only while a form is half filled in."""

    reason: str
    document: str
    dated: date | None


NO_BASIS = Basis("", "", None)


@dataclass(frozen=True)
class Revised:
    """One value that changes: of an indicator, or with `indicator` None of its branch (pagu, induk). `old` and `new` as they are shown."""

    node: PlanNode
    indicator: Indicator | None
    year: int
    label: str
    old: str
    new: str


def changed_meaning(node: PlanNode, was: Indicator, now: Indicator, years: Iterable[int]) -> list[Revised]:
    """What changes the meaning of an indicator's targets, once for each of the years in which it has one."""
    changed = [name for name in MEANING if getattr(was, name) != getattr(now, name)]
    return [
        Revised(
            node,
            now,
            year,
            column_label(Indicator, name),
            MEANING[name](was),
            MEANING[name](now),
        )
        for year in sorted(years)
        for name in changed
    ]


def approved_years(plan: Plan) -> set[int]:
    return set(plan.approvals.values_list("year", flat=True))


def fixed_by(plan: Plan, year: int) -> str:
    """By which document a year was approved, as a sentence."""
    return approval_words(plan.approvals.filter(year=year).first())


def approval_words(approval: PlanApproval | None) -> str:
    return (
        f"Ditetapkan dengan {approval.document} tanggal {long_date(approval.dated)}."
        if approval
        else "Belum ditetapkan."
    )


def document_gaps(document: str, dated: date | None) -> dict[str, str]:
    """What is missing to name a document, by field."""
    gaps = {}
    if not is_said(document, SHORTEST_NAME):
        gaps["document"] = "Sebutkan nama dan nomor dokumennya."
    if dated is None:
        gaps["dated"] = "Isi tanggal dokumennya."
    elif dated > timezone.localdate():
        gaps["dated"] = "Tanggal dokumen tidak boleh sesudah hari ini."
    return gaps


def basis_gaps(basis: Basis | None, approved: date | None = None) -> dict[str, str]:
    """What this basis lacks, by field, for a revision of what was approved that day; empty when it lacks nothing."""
    basis = basis or NO_BASIS
    if approved and basis.dated and basis.dated < approved:
        return {
            "dated": f"Dokumen dasar revisi tidak boleh bertanggal sebelum penetapannya ({long_date(approved)})."
        }
    why = (
        {}
        if is_said(basis.reason)
        else {"reason": f"Tuliskan alasan revisi, paling sedikit {SHORTEST_REASON} huruf."}
    )
    return why | document_gaps(basis.document, basis.dated)


def record_revision(plan: Plan, actor: Person, basis: Basis | None, changes: Sequence[Revised]) -> int:
    """Write a revision for each change of an approved year; returns how many. Incomplete if there are such changes and the basis has gaps.

    To be called within the transaction that writes the changes; nobody can approve a year between the two.
    """
    if not changes:
        return 0
    approved = dict(Plan.objects.select_for_update().get(pk=plan.pk).approvals.values_list("year", "dated"))
    revised = [change for change in changes if change.year in approved]
    if not revised:
        return 0
    basis = basis or NO_BASIS
    gaps = basis_gaps(basis, max(approved[change.year] for change in revised))
    if gaps or basis.dated is None:
        years = ", ".join(str(year) for year in sorted({change.year for change in revised}))
        raise Incomplete(
            f"Rencana tahun {years} sudah ditetapkan: perubahannya harus menyebut dasar revisi.",
            *gaps.values(),
        )
    now = timezone.now()
    rows = [
        Revision(
            plan=plan, year=change.year, node=change.node, indicator=change.indicator, label=change.label,
            old=_short(change.old), new=_short(change.new), reason=basis.reason, document=basis.document, dated=basis.dated,
            made_by=actor, made_at=now,
        )
        for change in revised
    ]  # fmt: skip
    return len(Revision.objects.bulk_create(rows))


def revision_line(revision: Revision) -> dict[str, str]:
    """A revision as page and paper print it."""
    return {
        "where": str(revision.node),
        "indicator": revision.indicator.name if revision.indicator else "",
        "label": revision.label,
        "old": revision.old,
        "new": revision.new,
        "reason": revision.reason,
        "document": f"{revision.document}, {long_date(revision.dated)}",
    }


def _short(text: str) -> str:
    return Truncator(text).chars(LONGEST_VALUE)


@transaction.atomic
def approve(plan: Plan, year: int, actor: Person, document: str, dated: date | None) -> PlanApproval:
    """Record which document fixed the targets of a year. PermissionDenied without the role; Incomplete says what stands in the way."""
    if not may_keep_plan.test(actor, plan):
        raise PermissionDenied
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    hindrances = _hindrances(plan, year) or list(document_gaps(document, dated).values())
    if hindrances or dated is None:
        raise Incomplete(*hindrances)
    return PlanApproval.objects.create(
        plan=plan, year=year, document=document, dated=dated, recorded_by=actor, recorded_at=timezone.now()
    )


def years_with_targets(plan: Plan) -> set[int]:
    return set(
        Target.objects.filter(indicator__node__plan=plan, indicator__retired=False)
        .values_list("year", flat=True)
        .distinct()
    )


def _hindrances(plan: Plan, year: int) -> list[str]:
    """Why a year can't be approved, whatever the document."""
    if year not in plan.years:
        return [f"Tahun {year} tidak termasuk rencana {plan.start_year}–{plan.end_year}."]
    if year in approved_years(plan):
        return [f"Rencana tahun {year} sudah ditetapkan."]
    if year not in years_with_targets(plan):
        return [f"Rencana belum memuat target tahun {year}; isi atau impor targetnya lebih dahulu."]
    return []
