"""The part of a worksheet that a save touches: one person's rows, with what the figures and hints of some of them depend on, and nothing else.

What is said of those is what `calculate` says of them: a test holds both against each other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from measurement.models import Evidence, Level, MeasurementCycle, Person, WorksheetNode, WorksheetRow
from measurement.models.prepared import PreparedByKeys
from measurement.rules.sop import OPEN_ROWS

from .calculation import Sheet, office_of
from .hints import LOW_CAPAIAN
from .rows import RowFigures, row_figures
from .twins import is_typed, likeness_of

# what a page shows neither of a row that is being filled in nor beside it
NOT_SHOWN = (*WorksheetRow.SMART, "smart_reason", "years_before", "target_plan", "span_plan")
TREE = ("id", "cycle", "parent", "level", "code", "sub_unit", "position", "pagu", "spent_before", "spent")


def _own(cycle: int, owner: int) -> QuerySet[WorksheetRow]:
    rows = WorksheetRow.objects.filter(cycle=cycle, owner=owner).select_related("node")
    of_node = [
        f"node__{field.name}" for field in WorksheetNode._meta.concrete_fields if field.name not in TREE
    ]
    return rows.defer(*NOT_SHOWN, *of_node)


def _some_own(cycle: int, owner: int, *keys: int) -> QuerySet[WorksheetRow]:
    return _own(cycle, owner).filter(pk__in=keys)


def _evidence(cycle: int, owner: int) -> QuerySet[Evidence]:
    return Evidence.objects.filter(row__cycle=cycle, row__owner=owner).select_related("file")


def _shared(cycle: int, owner: int) -> QuerySet[Evidence]:
    """The same files and links where they are the evidence of others."""
    every = Evidence.objects.filter(row__cycle=cycle)
    own = every.filter(row__owner=owner).order_by()
    same = Q(file__in=own.exclude(file=None).values("file")) | Q(url__in=own.exclude(url="").values("url"))
    return every.exclude(row__owner=owner).filter(same)


def _names(cycle: int) -> QuerySet[WorksheetRow]:
    return WorksheetRow.objects.filter(cycle=cycle).order_by().only("name", "measure")


def _tree(cycle: int) -> QuerySet[WorksheetNode]:
    return WorksheetNode.objects.filter(cycle=cycle).only(*TREE)


def _some(*keys: int) -> QuerySet[WorksheetRow]:
    return WorksheetRow.objects.filter(pk__in=keys).for_figures()


OWN_ROWS, SOME_OWN_ROWS = PreparedByKeys(_own), PreparedByKeys(_some_own)
EVIDENCE, SHARED = PreparedByKeys(_evidence), PreparedByKeys(_shared)
NAMES, NODES, SOME_ROWS = PreparedByKeys(_names), PreparedByKeys(_tree), PreparedByKeys(_some)


def own_rows(cycle: MeasurementCycle, owner: Person) -> list[WorksheetRow]:
    """A person's rows with their branches."""
    return _joined(cycle, owner, OWN_ROWS.rows(cycle.pk, owner.pk))


def some_own_rows(cycle: MeasurementCycle, owner: Person, keys: Collection[int]) -> list[WorksheetRow]:
    """Those of them that have these keys."""
    return _joined(cycle, owner, SOME_OWN_ROWS.rows(cycle.pk, owner.pk, *keys)) if keys else []


def _joined(cycle: MeasurementCycle, owner: Person, rows: list[WorksheetRow]) -> list[WorksheetRow]:
    for row in rows:
        row.cycle = row.node.cycle = cycle
        row.owner = owner
    return rows


def touched_sheet(
    cycle: MeasurementCycle,
    owner: Person,
    own: list[WorksheetRow],
    touched: Collection[int],
    money: Iterable[WorksheetNode] = (),
) -> Sheet:
    """A sheet of one owner's rows. Its tree holds the touched ones, what their hints compare them with, and the branches whose money was touched."""
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for item in EVIDENCE.rows(cycle.pk, owner.pk):
        evidence[item.row_id].append(item)
    for row in own:
        row.evidence_items = evidence[row.pk]
    figures = {row.pk: row_figures(row, cycle.number, cycle.rules) for row in own}
    chosen = [figures[pk] for pk in touched]
    others = _compared(cycle, owner, chosen, figures, evidence)
    nodes = _branches(cycle, chosen, bool(others) or len(chosen) > 1) | {node.pk: node for node in money}
    placed = sorted([*chosen, *others], key=lambda one: one.row.position)
    return Sheet(cycle, office_of(cycle, list(nodes.values()), placed), figures)


def own_sheet(cycle: MeasurementCycle, owner: Person, also: Collection[int] = ()) -> Sheet:
    """The sheet of one owner's rows with all that are still open in its tree, and those with these keys."""
    own = own_rows(cycle, owner)
    return touched_sheet(
        cycle, owner, own, [row.pk for row in own if row.state in OPEN_ROWS or row.pk in also]
    )


def _compared(
    cycle: MeasurementCycle,
    owner: Person,
    chosen: list[RowFigures],
    own: dict[int, RowFigures],
    evidence: dict[int, list[Evidence]],
) -> list[RowFigures]:
    """The rows with which hints compare: those of the same name, and those with the same evidence."""
    sources = {item.source for figures in chosen for item in figures.row.evidence_items}
    for item in SHARED.rows(cycle.pk, owner.pk) if sources else []:
        evidence[item.row_id].append(item)
    sharing = {pk for pk, items in evidence.items() if any(item.source in sources for item in items)}
    keys = (_twins(cycle, chosen) | sharing) - {figures.row.pk for figures in chosen}
    found = [own[pk] for pk in keys if pk in own]
    if strange := sorted(keys - set(own)):
        for row in SOME_ROWS.rows(*strange):
            row.evidence_items = evidence.get(row.pk, [])
            found.append(row_figures(row, cycle.number, cycle.rules))
    return [figures for figures in found if not figures.row.is_follower]


def _twins(cycle: MeasurementCycle, chosen: list[RowFigures]) -> set[int]:
    names = {likeness_of(figures.row.name, figures.row.measure) for figures in chosen if is_typed(figures)}
    every = NAMES.plain_rows(cycle.pk) if names else []
    return {pk for pk, name, measure in every if likeness_of(name, measure) in names}


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
