"""What a budget change stopped in mid-year: branches and indicators of earlier cycles that the plan has no more, and the words that say so.

They come into every later cycle of the year with what was measured and spent, take no entry, and are left out of means.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from measurement.models import Indicator, MeasurementCycle, PlanNode, Revision, column_length
from measurement.models.worksheet_nodes import WorksheetNode

from .pagu_history import PAGU, document_words
from .past import Past

BY_BUDGET = "Dihentikan dengan perubahan anggaran"
BY_PLAN = "Dihentikan dengan perubahan rencana"
IN_EARLIER_YEARS = "Tidak direncanakan lagi tahun {year}; realisasi tahun sebelumnya tetap dihitung."
STAYS = "Realisasi, target, dan anggaran periode sebelumnya tetap dihitung."
ENDS = ("–", "Rp0", "0", "tidak dipakai lagi")
LONGEST = column_length(WorksheetNode, "stopped") or 0


@dataclass
class Stopped:
    """Of one cycle: the plan nodes that it has only for their past, and the indicators, each with why."""

    nodes: dict[int, str] = field(default_factory=dict)
    indicators: dict[int, Indicator] = field(default_factory=dict)
    documents: dict[int, str] = field(default_factory=dict)

    def of_node(self, node: int) -> str:
        return self.nodes.get(node, "")

    def of_indicator(self, node: int) -> str:
        """Why an indicator of this branch is measured no more."""
        return self.nodes.get(node) or _sentence(BY_PLAN, self.documents.get(node, ""))


def closure(nodes: Iterable[int], parents: Mapping[int, int | None]) -> set[int]:
    """These branches and all above them."""
    found: set[int] = set()
    for below in nodes:
        pk: int | None = below
        while pk and pk not in found:
            found.add(pk)
            pk = parents.get(pk)
    return found


def stopped_in(
    cycle: MeasurementCycle, past: Past, active: set[int], plan_nodes: Iterable[PlanNode]
) -> Stopped:
    """`active` are the branches that are planned or carry money in this cycle, with all above them."""
    parents = {node.pk: node.parent_id for node in plan_nodes}
    gone = past.measured - {indicator.pk for indicator in cycle.indicators_to_measure}
    indicators = {
        indicator.pk: indicator
        for indicator in Indicator.objects.filter(pk__in=gone, node__plan=cycle.plan_id).select_related(
            "owner"
        )
    }
    this_year = {
        node for node, copy in past.nodes.items() if copy.pagu or copy.pagu_first or copy.spent_before
    }
    this_year |= {row.indicator.node_id for row in past.rows.values()} | {
        i.node_id for i in indicators.values()
    }
    this_year |= {node for node in past.spending if any(amount for amount in past.spent(node))}
    documents = _documents(cycle)
    nodes: dict[int, str] = {}
    for node in closure(this_year | past.spending, parents) - active:
        if node in parents:
            nodes[node] = _sentence(BY_BUDGET, documents.get(node, ""))
    earlier_only = closure(past.spending, parents) - closure(this_year, parents) - active
    nodes |= {node: IN_EARLIER_YEARS.format(year=cycle.year) for node in earlier_only if node in parents}
    return Stopped(nodes, indicators, documents)


def _documents(cycle: MeasurementCycle) -> dict[int, str]:
    """Plan node id → the document of the newest revision that took its pagu or an indicator of it away."""
    revisions = Revision.objects.filter(plan=cycle.plan_id, year=cycle.year, new__in=ENDS).order_by("pk")
    return {
        revision.node_id: document_words(revision.document, revision.dated)
        for revision in revisions
        if revision.label in (PAGU, "indikator")
    }


def _sentence(what: str, document: str) -> str:
    return f"{what} ({document})."[:LONGEST] if document else f"{what}."
