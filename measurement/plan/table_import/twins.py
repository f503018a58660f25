"""Twins: the nomenclature repeats the output of a sub kegiatan at its kegiatan, so that one figure would be typed twice.

An indicator is offered to follow those of the same name and unit below it on its branch – the lowest ones, where the figure comes about – if
their targets are the same, or add up to its own where several (kelurahan) share it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from measurement.models import Indicator, PlanNode
from measurement.rules.accumulations import ACCUMULATIONS, total
from measurement.rules.following import FOLLOW_LABELS, FollowRule

from .checks import RANK
from .columns import plain_heading
from .followers import Followers
from .keys import IndicatorKey, NodeKey
from .merge import Merge

ALL = "semua"  # chosen: every one that is offered


@dataclass(frozen=True)
class Twin:
    """An indicator that could follow others: who, whom, and how."""

    key: str
    follower: IndicatorKey
    sources: tuple[IndicatorKey, ...]
    rule: FollowRule

    @property
    def sentence(self) -> str:
        places = ", ".join(str(key) for key, _ in self.sources)
        how = (
            "" if self.rule == FollowRule.SAME else f" ({FOLLOW_LABELS[self.rule]} {len(self.sources)} baris)"
        )
        return f"Angka diketik sekali pada {places}{how}; {self.follower[0]} mengikuti."


def twins_of(merge: Merge) -> list[Twin]:
    """The twins of the merged plan, in its order; indicators that follow others already are none."""
    alike: dict[tuple, list[IndicatorKey]] = defaultdict(list)
    for key, indicator in merge.stored.indicators.items():
        if not indicator.retired and not indicator.follow_rule:
            alike[_likeness(indicator)].append(key)
    targets = _targets(merge)
    above = {key: frozenset(_above(key, merge)) for key in merge.stored.nodes}
    found = [twin for keys in alike.values() for twin in _among(keys, merge, targets, above)]
    order = {key: position for position, key in enumerate(merge.stored.indicators)}
    return sorted(found, key=lambda twin: order[twin.follower])


def link_twins(followers: Followers, twins: list[Twin], chosen: frozenset[str]) -> None:
    """Let the chosen ones follow."""
    for twin in twins:
        if twin.key in chosen or ALL in chosen:
            followers.link(twin.follower, twin.rule, twin.sources)


def _likeness(indicator: Indicator) -> tuple:
    return (
        plain_heading(indicator.name),
        plain_heading(indicator.measure) or indicator.measure,
        indicator.method,
        indicator.accumulation,
    )


def _targets(merge: Merge) -> dict[int, dict]:
    """By the identity of the indicator – new ones have no id yet –, its annual targets by year."""
    found: dict[int, dict] = defaultdict(dict)
    by_id = {i.pk: i for i in merge.stored.indicators.values() if i.pk}
    for (pk, year), target in merge.stored.targets.items():
        found[id(by_id[pk])][year] = target.annual
    for target in merge.targets:
        found[id(target.indicator)][target.year] = target.annual
    return found


def _among(
    keys: list[IndicatorKey], merge: Merge, targets: dict[int, dict], above: dict[NodeKey, frozenset[NodeKey]]
) -> Iterator[Twin]:
    """`above` says which branches stand above each, so that a thousand alike are not held against each other."""
    below_of: dict[NodeKey, list[IndicatorKey]] = defaultdict(list)
    for other in keys:
        for branch in above[other[0]]:
            below_of[branch].append(other)
    for key in keys:
        below = below_of[key[0]]
        lowest = max((RANK[_level(other, merge)] for other in below), default=0)
        sources = tuple(other for other in below if RANK[_level(other, merge)] == lowest)
        rule = _rule(key, sources, merge, targets)
        if rule:
            told = repr((key, sources))
            yield Twin(hashlib.sha256(told.encode()).hexdigest()[:16], key, sources, rule)


def _level(key: IndicatorKey, merge: Merge) -> str:
    return merge.stored.nodes[key[0]].level


def _above(key: NodeKey, merge: Merge) -> list[NodeKey]:
    """The branches above one, as merged."""
    found: list[NodeKey] = []
    node = _parent(merge.stored.nodes[key], merge)
    while node is not None:
        found.append(NodeKey(node.code))
        node = _parent(node, merge)
    return found


def _parent(node: PlanNode, merge: Merge) -> PlanNode | None:
    """By the id where there is one, so that nothing is asked for again; a new parent hangs on the branch itself."""
    return merge.stored.node_of(merge.stored.code_of(node.parent_id)) if node.parent_id else node.parent


def _rule(
    key: IndicatorKey, sources: tuple[IndicatorKey, ...], merge: Merge, targets: dict[int, dict]
) -> FollowRule | None:
    """How the targets fit; None where they don't."""
    indicator = merge.stored.indicators[key]
    own, given = targets[id(indicator)], [targets[id(merge.stored.indicators[source])] for source in sources]
    if len(sources) == 1:
        return FollowRule.SAME if own == given[0] else None
    summed = {year: total(found.get(year) for found in given) for year in own}
    adds_up = ACCUMULATIONS[indicator.accumulation].adds_up
    return FollowRule.SUM if len(sources) > 1 and adds_up and own == summed else None
