"""A correction of an archived period reaches the cycles after it: those under way take its figures over, archived ones are named as to be corrected.

Only what the correction says about its own period goes on; all else that a later cycle holds stays.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from measurement.figures.following import take_over
from measurement.figures.rows import row_figures
from measurement.models import (
    CorrectionEffect,
    Level,
    MeasurementCycle,
    WorksheetNode,
    WorksheetRow,
    newest_archived,
)
from measurement.rules.numbers import kept_number, kept_text, show_money, show_short
from measurement.rules.sop import RowState

from .past import text_of, text_or_none, values_of

Change = dict[str, str]


@dataclass
class Corrected:
    """What a correction says: by indicator its values in the period and the realisasi of the whole year, by plan node the money of both."""

    cycle: MeasurementCycle
    values: dict[int, dict[str, str | None]] = field(default_factory=dict)
    of_year: dict[int, str] = field(default_factory=dict)
    spent: dict[int, Decimal | None] = field(default_factory=dict)
    spent_of_year: dict[int, str] = field(default_factory=dict)

    @classmethod
    def by(cls, cycle: MeasurementCycle) -> "Corrected":
        found = cls(cycle)
        rows = list(cycle.rows.all())
        take_over(rows)
        for row in rows:
            found.values[row.indicator_id] = {} if row.state == RowState.DIKECUALIKAN else values_of(row)
            realised = row_figures(row, cycle.number, cycle.rules).to_date.realised
            if realised is not None:
                found.of_year[row.indicator_id] = kept_text(realised)
        for node in cycle.nodes.filter(level=Level.SUB_KEGIATAN):
            found.spent[node.plan_node_id] = node.spent
            if node.spent is not None or node.spent_before:
                found.spent_of_year[node.plan_node_id] = text_of(node.spent_before + (node.spent or 0))
        return found


def later_cycles(correction: MeasurementCycle) -> list[MeasurementCycle]:
    """Those of its year after it, and where it closes the year, those of later years of the plan: under way, or the newest archived of their period."""
    of_unit = correction.unit.cycles.standing().exclude(pk=correction.pk)
    later = list(of_unit.filter(year=correction.year, number__gt=correction.number))
    if correction.period_of_year.is_last:
        later += of_unit.filter(year__gt=correction.year, plan=correction.plan_id)
    speaking = {cycle.pk for cycle in newest_archived(later).values()}
    return sorted(
        (cycle for cycle in later if not cycle.is_archived or cycle.pk in speaking),
        key=lambda cycle: (cycle.year, cycle.number, cycle.pk),
    )


def take_correction(later: MeasurementCycle, corrected: Corrected) -> CorrectionEffect | None:
    """Put the corrected figures into a later cycle that is under way, or find what an archived one would have to change; None where nothing differs.

    The caller holds the lock on the cycle, writes the trail and raises its version.
    """
    same_year = later.year == corrected.cycle.year
    renew_row, renew_node = (_row_in_year, _node_in_year) if same_year else (_row_after, _node_after)
    rows, of_rows = _renewed(later.rows.select_related("node"), renew_row, corrected)
    nodes, of_nodes = _renewed(later.nodes.filter(level=Level.SUB_KEGIATAN), renew_node, corrected)
    if not (of_rows or of_nodes):
        return None
    if not later.is_archived:
        WorksheetRow.objects.bulk_update(rows, ["earlier", "years_before", "version"])
        WorksheetNode.objects.bulk_update(nodes, ["spent_before", "spent_earlier", "spent_years", "version"])
    return CorrectionEffect.objects.create(
        correction=corrected.cycle, cycle=later, taken_over=not later.is_archived, changes=[*of_rows, *of_nodes],
        reached_at=timezone.now(),
    )  # fmt: skip


def _renewed(
    things, renew: Callable[[Any, Corrected], Change | None], corrected: Corrected
) -> tuple[list, list[Change]]:
    """The rows or branches that are another now, and what changed."""
    found = [(thing, change) for thing in things if (change := renew(thing, corrected))]
    for thing, _ in found:
        thing.version += 1
    return [thing for thing, _ in found], [change for _, change in found]


def _row_in_year(row: WorksheetRow, corrected: Corrected) -> Change | None:
    place = corrected.cycle.number - 1
    new = corrected.values.get(row.indicator_id)
    if new is None or place >= len(row.earlier) or _same_values(row.earlier[place], new):
        return None
    old, row.earlier[place] = row.earlier[place], new
    return _row_change(
        row, old.get("realised") or old.get("numerator"), new.get("realised") or new.get("numerator")
    )


def _row_after(row: WorksheetRow, corrected: Corrected) -> Change | None:
    year = str(corrected.cycle.year)
    old, new = row.years_before.get(year), corrected.of_year.get(row.indicator_id)
    if row.indicator_id not in corrected.values or _same(old, new):
        return None
    row.years_before = _with(row.years_before, year, new)
    return _row_change(row, old, new)


def _node_in_year(node: WorksheetNode, corrected: Corrected) -> Change | None:
    place = corrected.cycle.number - 1
    if node.plan_node_id not in corrected.spent or place >= len(node.spent_earlier):
        return None
    old, new = node.spent_earlier[place], text_or_none(corrected.spent[node.plan_node_id])
    if _same(old, new):
        return None
    node.spent_earlier[place] = new
    node.spent_before = sum(Decimal(amount) for amount in node.spent_earlier if amount is not None)
    return _money_change(node, old, new)


def _node_after(node: WorksheetNode, corrected: Corrected) -> Change | None:
    year = str(corrected.cycle.year)
    old, new = node.spent_years.get(year), corrected.spent_of_year.get(node.plan_node_id)
    if node.plan_node_id not in corrected.spent or _same(old, new):
        return None
    node.spent_years = _with(node.spent_years, year, new)
    return _money_change(node, old, new)


def _with(years: dict[str, str], year: str, value: str | None) -> dict[str, str]:
    rest = {key: kept for key, kept in years.items() if key != year}
    return rest if value is None else rest | {year: value}


def _same(old: str | None, new: str | None) -> bool:
    return (None if old is None else kept_number(old)) == (None if new is None else kept_number(new))


def _same_values(old: dict, new: dict) -> bool:
    return all(_same(old.get(name), new.get(name)) for name in WorksheetRow.VALUES)


def _row_change(row: WorksheetRow, old: str | None, new: str | None) -> Change:
    shown = [show_short(None if text is None else kept_number(text)) for text in (old, new)]
    return {"place": row.node.place, "indicator": row.name, "old": shown[0], "new": shown[1]}


def _money_change(node: WorksheetNode, old: str | None, new: str | None) -> Change:
    shown = [show_money(None if text is None else Decimal(text)) for text in (old, new)]
    return {"place": node.place, "branch": node.name, "old": shown[0], "new": shown[1]}
