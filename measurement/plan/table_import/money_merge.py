"""Pagu and anggaran kas of a sub kegiatan, merged from the lines of a file into the plan in memory."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from measurement.models import Pagu, column_label
from measurement.rules.numbers import show_money

from .changes import PlanChange
from .keys import NodeKey
from .lines import PlanLine

if TYPE_CHECKING:
    from .merge import Merge

CASH_FIELDS = ("cash_1", "cash_2", "cash_3", "cash_4")


def take_money(merge: Merge, key: NodeKey, group: list[PlanLine]) -> None:
    """What a sub kegiatan's lines say of its money; blanks change nothing, cash without a pagu is none."""
    node = merge.stored.nodes[key]
    for year in merge.years:
        amount = next((a for line in group if (a := line.figure("pagu", year)) is not None), None)
        pagu = merge.stored.pagu.get((key, year)) or Pagu(node=node, year=year)
        if not pagu.pk and amount is None:
            continue
        touched = _take_cash(merge, group, pagu)
        if amount is not None and amount != pagu.amount:
            old, pagu.amount, touched = pagu.amount, amount, True
            merge.stored.pagu[key, year] = pagu
            merge.revise_pagu(node, year, old, amount)
            if node.pk:
                shown = show_money(old), show_money(amount)
                merge.changed.append(PlanChange(group[0].number, str(key), node.name, f"pagu {year}", *shown))
        merge.pagu += [pagu] if touched else []


def _take_cash(merge: Merge, group: list[PlanLine], pagu: Pagu) -> bool:
    """Anggaran kas of the quarters that the file names; whether anything changed."""
    touched = False
    for quarter, name in enumerate(CASH_FIELDS):
        cash = next((found for line in group if (found := line.cash(pagu.year)[quarter]) is not None), None)
        old: Decimal | None = getattr(pagu, name)
        if cash is None or cash == old:
            continue
        setattr(pagu, name, cash)
        touched = True
        if pagu.pk:
            label = f"{column_label(Pagu, name).removesuffix(' (Rp)')} {pagu.year}"
            shown = show_money(old), show_money(cash)
            merge.changed.append(PlanChange(group[0].number, str(group[0].key), group[0].name, label, *shown))
    return touched
