"""A worksheet under way learns what is known of the time before it since it was frozen. What was measured in its own period is never touched."""

from dataclasses import dataclass

from measurement.models import MeasurementCycle, WorksheetNode, WorksheetRow

from .opening import missing_opening
from .past import Past, texts

OF_ROW, OF_NODE = (
    ("earlier", "years_before", "opening"),
    ("spent_before", "spent_earlier", "spent_years", "opening"),
)


@dataclass(frozen=True)
class Renewed:
    """The ids of the rows and branches whose past is another now."""

    rows: list[int]
    money: list[int]


def renew_past(cycle: MeasurementCycle) -> Renewed:
    """Ask for earlier periods and years once more, under the cycle's lock; the caller writes the trail and raises the cycle's version."""
    past = Past(cycle)
    rows = [row for row in cycle.rows.all() if _renew(row, _past_of_row(row, past))]
    nodes = [node for node in cycle.nodes.all() if _renew(node, _past_of_node(node, past))]
    WorksheetRow.objects.bulk_update(rows, OF_ROW)
    WorksheetNode.objects.bulk_update(nodes, OF_NODE)
    cycle.opening_missing = missing_opening(cycle)
    return Renewed([row.pk for row in rows], [node.pk for node in nodes])


def _renew(thing: WorksheetRow | WorksheetNode, values: dict) -> bool:
    changed = any(getattr(thing, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(thing, name, value)
    return changed


def _past_of_row(row: WorksheetRow, past: Past) -> dict:
    key = row.indicator_id
    values = (past.earlier(key), past.years_before(key), past.value_marks(key))
    return dict(zip(OF_ROW, values, strict=True))


def _past_of_node(node: WorksheetNode, past: Past) -> dict:
    spent = past.spent(node.plan_node_id)
    before = sum(amount or 0 for amount in spent)
    values = (before, texts(spent), past.spent_years(node.plan_node_id), past.money_marks(node.plan_node_id))
    return dict(zip(OF_NODE, values, strict=True))
