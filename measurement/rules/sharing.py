"""Sharing rows out among those who judge them: even, in the order of the plan, and nobody gets a row of their own. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class SharedRow:
    """A row to be judged, by its id, and the id of whoever measured it."""

    key: int
    owner: int


def share_evenly(rows: Sequence[SharedRow], members: Sequence[int]) -> dict[int, int]:
    """Row → member. Neighbours stay together as far as it goes; a row that only its owner could get is left out."""
    if not members:
        return {}
    found: dict[int, int] = {}
    most = -(-len(rows) // len(members))
    waiting = list(rows)
    for member in members:
        mine = [row for row in waiting if row.owner != member][:most]
        found |= {row.key: member for row in mine}
        waiting = [row for row in waiting if row.key not in found]
    for row in waiting:
        if others := [member for member in members if member != row.owner]:
            found[row.key] = _least_laden(found, others)
    return found


def share_to(
    rows: Iterable[SharedRow], chosen: int, members: Sequence[int], load: Counter[int]
) -> dict[int, int]:
    """Everything to the one who was chosen, but their own rows to whoever has the fewest."""
    found: dict[int, int] = {}
    for row in rows:
        others = [member for member in members if member != row.owner]
        if chosen != row.owner:
            found[row.key] = chosen
        elif others:
            found[row.key] = min(others, key=lambda member: load[member])
            load[found[row.key]] += 1
    return found


def _least_laden(found: dict[int, int], members: Sequence[int]) -> int:
    load = Counter(found.values())
    return min(members, key=lambda member: load[member])
