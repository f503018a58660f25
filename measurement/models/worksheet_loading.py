"""How a worksheet is read: each of its queries is written once, and what belongs together looks at the same objects."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models

from .cycle import MeasurementCycle
from .evidence import Evidence
from .prepared import Prepared
from .row_remarks import with_remark_count
from .worksheet import WorksheetRow
from .worksheet_nodes import WorksheetNode

# what nobody asks of the owner of a row
NOT_SHOWN = (
    "password",
    "last_login",
    "date_joined",
    "is_superuser",
    "is_staff",
    "must_change_password",
    "has_drafts",
)


def _people(*columns: str) -> list[str]:
    return [f"{column}__{name}" for column in columns for name in NOT_SHOWN]


def _rows(cycle: int) -> models.QuerySet[WorksheetRow]:
    rows = with_remark_count(WorksheetRow.objects.filter(cycle=cycle)).select_related("owner", "examiner")
    return rows.defer(*_people("owner", "examiner"))


def _nodes(cycle: int) -> models.QuerySet[WorksheetNode]:
    return WorksheetNode.objects.filter(cycle=cycle).select_related("owner").defer(*_people("owner"))


def _evidence(cycle: int) -> models.QuerySet[Evidence]:
    return Evidence.objects.filter(row__cycle=cycle).select_related("file")


def _figure_rows(cycle: int) -> models.QuerySet[WorksheetRow]:
    return WorksheetRow.objects.filter(cycle=cycle).for_figures()


def _figure_nodes(cycle: int) -> models.QuerySet[WorksheetNode]:
    return WorksheetNode.objects.filter(cycle=cycle).for_figures()


def _told_rows(cycles: list[int]) -> models.QuerySet[WorksheetRow]:
    return WorksheetRow.objects.filter(cycle__in=cycles).for_figures(*WorksheetRow.TEXTS, "years_before")


def _told_nodes(cycles: list[int]) -> models.QuerySet[WorksheetNode]:
    return WorksheetNode.objects.filter(cycle__in=cycles).for_figures("spent_earlier", "spent_years")


ROWS, NODES, EVIDENCE = Prepared(_rows), Prepared(_nodes), Prepared(_evidence)
FIGURE_ROWS, FIGURE_NODES = Prepared(_figure_rows), Prepared(_figure_nodes)
TOLD_ROWS, TOLD_NODES = Prepared(_told_rows), Prepared(_told_nodes)


def load_worksheet(cycle: MeasurementCycle) -> None:
    """Rows and branches with owners and evidence."""
    if _is_loaded(cycle):
        return
    rows = ROWS.rows(cycle.pk)
    _keep(cycle, rows, NODES.rows(cycle.pk))
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for item in EVIDENCE.rows(cycle.pk):
        evidence[item.row_id].append(item)
    for row in rows:
        row.evidence_items = evidence[row.pk]


def load_branches(cycle: MeasurementCycle) -> list[WorksheetNode]:
    """The branches alone, for whoever needs few of their rows."""
    nodes = NODES.rows(cycle.pk)
    for node in nodes:
        node.cycle = cycle
    _hold(cycle, "nodes", nodes)
    return nodes


def load_figures(cycle: MeasurementCycle) -> None:
    """Only what the calculation and a recap take; anything else of a row or branch would be asked of the database one by one."""
    if not _is_loaded(cycle):
        _keep(cycle, FIGURE_ROWS.rows(cycle.pk), FIGURE_NODES.rows(cycle.pk))


def load_told(cycles: Iterable[MeasurementCycle]) -> None:
    """Of several cycles what the calculation takes, what their owners wrote, and what data awal say of earlier years; two queries."""
    wanted = {cycle.pk: cycle for cycle in cycles if not _is_loaded(cycle)}
    rows, nodes = by_cycle(TOLD_ROWS.rows(set(wanted))), by_cycle(TOLD_NODES.rows(set(wanted)))
    for key, cycle in wanted.items():
        _keep(cycle, rows[key], nodes[key])


def by_cycle(found: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows of several cycles, in their order, by the key of their cycle."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    for one in found:
        grouped[one.cycle_id].append(one)
    return grouped


def _is_loaded(cycle: MeasurementCycle) -> bool:
    return "rows" in cycle.__dict__.get("_prefetched_objects_cache", ())


def _keep(cycle: MeasurementCycle, rows: list[WorksheetRow], nodes: list[WorksheetNode]) -> None:
    """As Django keeps what it prefetched; each row knows its branch."""
    branches = {node.pk: node for node in nodes}
    for node in nodes:
        node.cycle = cycle
    for row in rows:
        row.cycle, row.node = cycle, branches[row.node_id]
    _hold(cycle, "rows", rows)
    _hold(cycle, "nodes", nodes)


def _hold(cycle: MeasurementCycle, name: str, found: list) -> None:
    kept: Any = getattr(cycle, name).all()
    kept._result_cache, kept._prefetch_done = found, True
    cycle.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept
