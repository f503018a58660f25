"""What a file lacks: indicators that are retired, and the pagu of branches whose indicators all go."""

from measurement.rules.numbers import show_money

from .changes import Named, PlanChange
from .keys import IndicatorKey, NodeKey
from .merge import Merge


def leave_out(merge: Merge, kept: set[IndicatorKey], keys: set[NodeKey], unsure: set[str]) -> None:
    """Indicators that the file lacks are retired, if it has all their years; a sub kegiatan whose indicators all go has no pagu any more."""
    retired = _retire(merge, kept, unsure)
    left = retired - {key for (key, _), indicator in merge.stored.indicators.items() if not indicator.retired}
    for (key, year), pagu in list(merge.stored.pagu.items()):
        if key in left and key not in keys and year in merge.years:
            node = merge.stored.nodes[key]
            merge.pagu_gone.append(merge.stored.pagu.pop((key, year)))
            merge.revise_pagu(node, year, pagu.amount, None)
            merge.changed.append(
                PlanChange(0, str(key), node.name, f"pagu {year}", show_money(pagu.amount), "–")
            )


def _retire(merge: Merge, kept: set[IndicatorKey], unsure: set[str]) -> set[NodeKey]:
    """The branches of which an indicator is used no more."""
    retired: set[NodeKey] = set()
    for (key, name), indicator in merge.stored.indicators.items():
        level = merge.stored.nodes[key].level
        if (key, name) in kept or indicator.retired or key.code in unsure or level not in merge.levels:
            continue
        if merge.stored.years.get(indicator.pk, set()) - set(merge.years):
            merge.staying += 1
            continue
        merge.revise_use(key, indicator, "dipakai", "tidak dipakai lagi")
        indicator.retired = True
        indicator.version += 1
        merge.indicators[key, name] = indicator
        merge.gone.append(Named(0, str(key), name))
        retired.add(key)
    return retired
