"""The plan import: a table is compared with the plan, shown, and written whole or not at all.

A blank cell never changes what is stored; what the file lacks is retired, never deleted. Few queries, whatever the number of rows.
"""

import logging
from dataclasses import dataclass, field
from decimal import Decimal

import tablib
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ..models import Indicator, Level, Pagu, Person, Plan, PlanNode, Target
from ..permissions import may_keep_plan
from ..refusals import Incomplete
from ..requirements import shortened
from .plan_checks import check_lines, parents
from .plan_columns import Wrong, understand
from .plan_lines import PlanLine, people_of, read_lines
from .plan_merge import Change, Merge, Named, Stored
from .plan_template import template_workbook
from .reading import read_table

__all__ = ["Change", "Named", "Preview", "Wrong", "apply", "preview", "read_table", "template_workbook"]

logger = logging.getLogger(__name__)
LEVEL_ORDER = (Level.SASARAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)


@dataclass
class Preview:
    """What a file would do to a plan. It can be applied when nothing is wrong."""

    new: list[Named] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    gone: list[Named] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    pagu: dict[int, Decimal] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed or self.gone or self.wrong)


def preview(plan: Plan, dataset: tablib.Dataset) -> Preview:
    """What `apply` would do. Nothing is written."""
    return _compare(plan, dataset)[0]


@transaction.atomic
def apply(plan: Plan, dataset: tablib.Dataset, actor: Person) -> Preview:
    """Write the file into the plan. PermissionDenied without the role, Incomplete if anything is wrong; then nothing was written."""
    if not may_keep_plan.test(actor, plan):
        raise PermissionDenied
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    seen, merge = _compare(plan, dataset)
    if seen.wrong:
        raise Incomplete(*shortened([f"{wrong.cell}: {wrong.sentence}" for wrong in seen.wrong], "sel"))
    _write(merge)
    logger.info("plan %s: %s by %s", plan.pk, seen.counts, actor.pk)
    return seen


def _compare(plan: Plan, dataset: tablib.Dataset) -> tuple[Preview, Merge | None]:
    layout = understand(dataset.headers, plan.years)
    if layout.wrong:
        return Preview(wrong=layout.wrong), None
    reading = read_lines(dataset, layout, people_of(plan.unit))
    stored = Stored.of(plan)
    wrong, remarks = check_lines(reading, layout, stored)
    remarks = reading.remarks + remarks
    if layout.ignored:
        remarks.append(f"Kolom yang tidak dipakai dan diabaikan: {', '.join(layout.ignored)}.")
    seen = Preview(wrong=sorted(reading.wrong + wrong, key=_by_row), remarks=remarks)
    if seen.wrong:
        seen.counts = {"lines": len(reading.lines), "wrong": len(seen.wrong)}
        return seen, None
    merge = Merge(plan, stored, layout.years)
    merge.take(reading.lines, parents(reading.lines, reading.codes, stored))
    seen.new, seen.changed, seen.gone = merge.new, merge.changed, merge.gone
    seen.counts = _counts(reading.lines, merge)
    seen.pagu = {year: sum((p.amount for p in stored.pagu.values() if p.year == year), Decimal(0)) for year in layout.years}
    return seen, merge


def _by_row(wrong: Wrong) -> tuple[int, str]:
    return int("".join(filter(str.isdigit, wrong.cell))), wrong.cell


def _counts(lines: list[PlanLine], merge: Merge) -> dict[str, int]:
    return {
        "lines": len(lines),
        "nodes": len({line.code for line in lines}),
        "new": len(merge.new),
        "changed": len({change.row for change in merge.changed}),
        "gone": len(merge.gone),
        "wrong": 0,
    }


def _write(merge: Merge) -> None:
    """Parents first; one statement per table as far as the database's number of parameters allows."""
    for level in LEVEL_ORDER:
        _upsert(PlanNode, [node for node in merge.nodes.values() if node.level == level])
    _upsert(Indicator, merge.indicators.values())
    _upsert(Target, merge.targets)
    _upsert(Pagu, merge.pagu)
    if merge.pagu_gone:
        Pagu.objects.filter(pk__in=[pagu.pk for pagu in merge.pagu_gone]).delete()


def _upsert(model, objects) -> None:
    """Insert what is new, overwrite what is there, by primary key."""
    fields = [column.name for column in model._meta.concrete_fields if not column.primary_key]
    if objects:
        model.objects.bulk_create(objects, update_conflicts=True, unique_fields=["pk"], update_fields=fields)
