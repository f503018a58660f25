"""What an import takes away although it was measured or spent already: it stays in every later cycle of the year, and the person confirms it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from measurement.models import Indicator, Pagu
from measurement.record.realised import Realised
from measurement.rules.numbers import show_money

from .keys import NodeKey
from .merge import Merge

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Loss:
    """A branch or an indicator, and what of it is lost."""

    code: str
    name: str
    sentence: str


def losses_of(merge: Merge) -> list[Loss]:
    """Pagu that goes or falls below what was spent, and indicators with realisasi that are used no more."""
    retired = [(key, i) for (key, _), i in merge.indicators.items() if i.retired and i.pk]
    known = [pagu for pagu in merge.pagu if pagu.node_id]
    if not (retired or known or merge.pagu_gone):
        return []
    realised = Realised.of_plan(merge.plan, merge.years)
    return [
        *(loss for pagu in merge.pagu_gone if (loss := _lost_pagu(merge, pagu, NOTHING, realised))),
        *(loss for pagu in known if (loss := _lost_pagu(merge, pagu, pagu.amount, realised))),
        *(loss for key, indicator in retired for loss in _lost_use(merge, key, indicator, realised)),
    ]


def _lost_pagu(merge: Merge, pagu: Pagu, amount: Decimal, realised: Realised) -> Loss | None:
    spent = realised.money.get((pagu.node_id, pagu.year), NOTHING)
    if not spent or amount >= spent:
        return None
    what = f"pagu {pagu.year} menjadi {show_money(amount)}" if amount else f"pagu {pagu.year} hilang"
    key = merge.stored.keys[pagu.node_id]
    return Loss(str(key), merge.stored.nodes[key].name, f"{what}, sudah terealisasi {show_money(spent)}")


def _lost_use(merge: Merge, key: NodeKey, indicator: Indicator, realised: Realised) -> Iterator[Loss]:
    for year in merge.years:
        if periods := realised.periods.get((indicator.pk, year)):
            measured = ", ".join(periods)
            yield Loss(str(key), indicator.name, f"tidak dipakai lagi, sudah ada realisasi {measured} {year}")
