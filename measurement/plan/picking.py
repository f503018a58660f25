"""Branches picked from the nomenclature are added to a plan with what they stand under. What the plan has already stays as it is."""

import logging
from collections.abc import Collection, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from measurement.models import Indicator, Level, Person, Plan, PlanNode
from measurement.rules.methods import Method
from measurement.rules.permissions import may_keep_plan
from measurement.rules.refusals import Incomplete, Stale

from .nomenclature_list import NomenclatureEntry
from .revising import Basis, Revised, approved_years, record_revision
from .table_import.cells import default_accumulation
from .table_import.nomenclature import parent_code

logger = logging.getLogger(__name__)
NOTHING = "Belum ada yang dicentang, atau semuanya sudah ada pada rencana."
NO_PARENT = (
    "{code}: induknya {parent} tidak ada pada daftar maupun pada rencana. Lengkapi daftarnya lebih dahulu."
)
CHANGED = "Rencana berubah sejak daftar ini ditampilkan. Periksa sekali lagi, lalu tambahkan."
LABEL = "bagian rencana"


def entries_to_add(
    plan: Plan, offered: Mapping[str, NomenclatureEntry], codes: Collection[str]
) -> list[NomenclatureEntry]:
    """What the picked codes add to the plan, parents first; Incomplete where a parent is known nowhere."""
    there = set(plan.nodes.values_list("code", flat=True))
    wanted: dict[str, NomenclatureEntry] = {}
    for code in codes:
        entry = offered.get(code)
        while entry is not None and entry.code not in there and entry.code not in wanted:
            wanted[entry.code] = entry
            above = offered.get(entry.parent)
            if entry.parent and above is None and entry.parent not in there:
                raise Incomplete(NO_PARENT.format(code=entry.code, parent=entry.parent))
            entry = above
    return [wanted[code] for code in sorted(wanted)]


@transaction.atomic
def add_entries(
    plan: Plan,
    entries: list[NomenclatureEntry],
    actor: Person,
    sasaran: PlanNode | None = None,
    basis: Basis | None = None,
) -> list[PlanNode]:
    """Write them; new programs stand under the sasaran. With a revision for each approved year, whose basis must be whole (Incomplete).

    PermissionDenied without the role; Stale where the plan has got one of them meanwhile.
    """
    if not may_keep_plan.test(actor, plan):
        raise PermissionDenied
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if not entries:
        raise Incomplete(NOTHING)
    nodes = list(plan.nodes.order_by("position", "pk"))
    by_code = {node.code: node for node in nodes if node.sub_unit_id is None}
    if {node.code for node in nodes} & {entry.code for entry in entries}:
        raise Stale(CHANGED)
    before = {node.pk: node.position for node in nodes}
    made = []
    for entry in entries:
        parent = by_code.get(entry.parent) if entry.parent else sasaran
        node = PlanNode(
            plan=plan,
            parent=parent,
            level=entry.level,
            code=entry.code,
            name=entry.name,
            outcome=entry.outcome,
        )
        by_code[entry.code] = node
        nodes.insert(_place(nodes, node), node)
        made.append(node)
    _write_branches(nodes, made, before)
    Indicator.objects.bulk_create(_indicators(entries, by_code))
    changes = [
        Revised(node, None, year, LABEL, "–", "ditambahkan")
        for year in sorted(approved_years(plan))
        for node in made
    ]
    record_revision(plan, actor, basis, changes)
    logger.info("plan %s: %s branches of the nomenclature by %s", plan.pk, len(made), actor.pk)
    return made


def _place(nodes: list[PlanNode], node: PlanNode) -> int:
    """Where a branch stands in the order of the plan: behind what has a smaller code, below its parent."""
    family = parent_code(node.code)
    behind = [
        index
        for index, other in enumerate(nodes)
        if other.level != Level.SASARAN and other.code < node.code and other.code.startswith(family)
    ]
    if behind:
        return behind[-1] + 1
    later = (i for i, other in enumerate(nodes) if other.level != Level.SASARAN and other.code > node.code)
    return next(later, len(nodes))


def _write_branches(nodes: list[PlanNode], made: list[PlanNode], before: dict[int, int]) -> None:
    """Parents first, so that their children know them; whoever moved gets the new place."""
    for position, node in enumerate(nodes):
        node.position = position
    for level in (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN):
        PlanNode.objects.bulk_create(node for node in made if node.level == level)
    moved = [node for node in nodes if node.pk in before and before[node.pk] != node.position]
    PlanNode.objects.bulk_update(moved, ["position"])


def _indicators(entries: list[NomenclatureEntry], by_code: Mapping[str, PlanNode]) -> list[Indicator]:
    """The official indicator of each branch that has one; its targets are still to be entered."""
    method = Method.MAXIMIZE.value
    return [
        Indicator(
            node=by_code[entry.code],
            name=entry.indicator,
            measure=entry.measure,
            method=method,
            accumulation=default_accumulation(entry.measure, method).value,
        )
        for entry in entries
        if entry.indicator
    ]
