"""The part of a worksheet that one person sees and a save touches: their rows, with what the figures and hints of those depend on, and nothing else.

What is said of those is what `calculate` says of them: a test holds both against each other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from measurement.models import Evidence, Level, MeasurementCycle, Person, WorksheetNode, WorksheetRow
from measurement.models.prepared import Prepared
from measurement.models.row_remarks import with_remark_count
from measurement.models.worksheet_loading import load_branches
from measurement.rules.sop import State

from .calculation import Sheet, calculate, office_of
from .hints import LOW_CAPAIAN
from .rows import RowFigures, row_figures
from .twins import is_typed, twin_key

TREE = ("cycle", "parent", "level", "code", "sub_unit", "position", "pagu", "spent_before", "spent")


def _own(cycle: int, owner: int) -> QuerySet[WorksheetRow]:
    return WorksheetRow.objects.filter(cycle=cycle, owner=owner).select_related("node")


def _some_own(cycle: int, owner: int, keys: Collection[int]) -> QuerySet[WorksheetRow]:
    return _own(cycle, owner).filter(pk__in=keys)


def _own_sheet(cycle: int, owner: int) -> QuerySet[WorksheetRow]:
    return with_remark_count(WorksheetRow.objects.filter(cycle=cycle, owner=owner))


def _evidence(cycle: int, owner: int) -> QuerySet[Evidence]:
    """That of a person's rows, and the same files and links where they are the evidence of others."""
    every = Evidence.objects.filter(row__cycle=cycle)
    own = every.filter(row__owner=owner)
    shared = Q(file__in=own.exclude(file=None).values("file")) | Q(url__in=own.exclude(url="").values("url"))
    return every.filter(Q(row__owner=owner) | shared).select_related("file")


def _names(cycle: int) -> QuerySet[WorksheetRow]:
    return WorksheetRow.objects.filter(cycle=cycle).order_by().only("name", "measure")


def _tree(cycle: int) -> QuerySet[WorksheetNode]:
    return WorksheetNode.objects.filter(cycle=cycle).only(*TREE)


def _some(keys: Collection[int]) -> QuerySet[WorksheetRow]:
    return WorksheetRow.objects.filter(pk__in=keys).for_figures()


OWN_ROWS, SOME_OWN_ROWS, OWN_SHEET = Prepared(_own), Prepared(_some_own), Prepared(_own_sheet)
EVIDENCE, NAMES, NODES, SOME_ROWS = (
    Prepared(_evidence),
    Prepared(_names),
    Prepared(_tree),
    Prepared(_some),
)


def own_rows(cycle: MeasurementCycle, owner: Person) -> list[WorksheetRow]:
    """A person's rows with their branches."""
    return _joined(cycle, owner, OWN_ROWS.rows(cycle.pk, owner.pk))


def some_own_rows(cycle: MeasurementCycle, owner: Person, keys: Collection[int]) -> list[WorksheetRow]:
    """Those of them that have these keys."""
    return _joined(cycle, owner, SOME_OWN_ROWS.rows(cycle.pk, owner.pk, keys)) if keys else []


def _joined(cycle: MeasurementCycle, owner: Person, rows: list[WorksheetRow]) -> list[WorksheetRow]:
    for row in rows:
        row.cycle = row.node.cycle = cycle
        row.owner = owner
    return rows


def own_sheet(cycle: MeasurementCycle, owner: Person) -> Sheet:
    """The worksheet of one owner while they measure: all branches, their rows, and those of others that hints compare with theirs.

    Everything is calculated where a row of theirs follows others, and after step 5, when money is asked for by what was returned.
    """
    own = OWN_SHEET.rows(cycle.pk, owner.pk) if cycle.state == State.PENGUKURAN else []
    if not own or any(row.is_follower for row in own):
        return calculate(cycle)
    nodes = {node.pk: node for node in load_branches(cycle)}
    for row in own:
        row.node = nodes[row.node_id]
    return touched_sheet(
        cycle, owner, _joined(cycle, owner, own), [row.pk for row in own], nodes.values(), whole_tree=True
    )


def touched_sheet(
    cycle: MeasurementCycle,
    owner: Person,
    own: list[WorksheetRow],
    touched: Collection[int],
    money: Iterable[WorksheetNode] = (),
    whole_tree: bool = False,
) -> Sheet:
    """A sheet of one owner's rows. Its tree holds the touched ones, what their hints compare them with, and the branches whose money was touched, which
    are all there are where the tree is whole."""
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for item in EVIDENCE.rows(cycle.pk, owner.pk):
        evidence[item.row_id].append(item)
    for row in own:
        row.evidence_items = evidence[row.pk]
    figures = {row.pk: row_figures(row, cycle.number, cycle.rules) for row in own}
    chosen = [figures[pk] for pk in touched]
    others = _compared(cycle, chosen, figures, evidence)
    near = {} if whole_tree else _branches(cycle, chosen, bool(others) or len(chosen) > 1)
    nodes = near | {node.pk: node for node in money}
    placed = sorted([*chosen, *others], key=lambda one: one.row.position)
    return Sheet(cycle, office_of(cycle, list(nodes.values()), placed), figures)


def _compared(
    cycle: MeasurementCycle,
    chosen: list[RowFigures],
    own: dict[int, RowFigures],
    evidence: dict[int, list[Evidence]],
) -> list[RowFigures]:
    """The rows with which hints compare: those of the same name, and those with the same evidence."""
    sources = {item.source for figures in chosen for item in figures.row.evidence_items}
    sharing = {pk for pk, items in evidence.items() if any(item.source in sources for item in items)}
    keys = (_twins(cycle, chosen) | sharing) - {figures.row.pk for figures in chosen}
    found = [own[pk] for pk in keys if pk in own]
    if strange := sorted(keys - set(own)):
        for row in SOME_ROWS.rows(strange):
            row.evidence_items = evidence.get(row.pk, [])
            found.append(row_figures(row, cycle.number, cycle.rules))
    return [figures for figures in found if not figures.row.is_follower]


def _twins(cycle: MeasurementCycle, chosen: list[RowFigures]) -> set[int]:
    names = {twin_key(figures.row) for figures in chosen if is_typed(figures)}
    return {row.pk for row in NAMES.rows(cycle.pk) if twin_key(row) in names} if names else set()


def _branches(cycle: MeasurementCycle, chosen: list[RowFigures], compares: bool) -> dict[int, WorksheetNode]:
    """Those of the chosen rows; the whole tree where rows are compared across it, or where what was spent below a branch is told."""
    nodes = {figures.row.node_id: figures.row.node for figures in chosen}
    return (
        {node.pk: node for node in NODES.rows(cycle.pk)} | nodes
        if compares or any(map(_tells_sum, chosen))
        else nodes
    )


def _tells_sum(figures: RowFigures) -> bool:
    capaian = figures.capaian.shown
    return figures.row.node.level != Level.SUB_KEGIATAN and capaian is not None and capaian <= LOW_CAPAIAN
