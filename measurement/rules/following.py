"""How an indicator takes its realisasi from others, so that one figure is typed once."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from .figure import Gap
from .numbers import Number

Present = tuple[Number | None, Number | None, Number | None]  # realisasi, numerator, denominator
NOTHING: Present = (None, None, None)


@dataclass(frozen=True)
class Followed:
    """What one row gives now to those that follow it, or why it gives nothing. Values are exact."""

    row_id: int
    name: str
    place: str
    values: Present
    gap: Gap | None
    is_draft: bool = False


class FollowRule(StrEnum):
    """What a following indicator makes of those that it follows; none (a blank) is typed for itself."""

    SAME = "sama"
    SUM = "jumlah"
    MEAN = "rata_rata"


FOLLOW_LABELS: dict[str, str] = {
    FollowRule.SAME: "sama dengan",
    FollowRule.SUM: "jumlah dari",
    FollowRule.MEAN: "rata-rata dari",
}
FOLLOW_CHOICES = [(rule.value, FOLLOW_LABELS[rule].capitalize()) for rule in FollowRule]


def follow_words(rule: str, follows: Sequence[Mapping[str, str]]) -> str:
    """ "jumlah dari “Jumlah sarana” (7.01.03.2.02.0001 (Sukamaju)); tidak ikut: …": what a row takes over, as its paper says it."""
    given = [_named(entry) for entry in follows if not entry["lacks"]]
    lacking = [f"{_named(entry)} {entry['lacks']}" for entry in follows if entry["lacks"]]
    label = FOLLOW_LABELS[rule]
    told = f"{label} {' dan '.join(filter(None, (', '.join(given[:-1]), *given[-1:])))}" if given else label
    return told + (f"; tidak ikut: {', '.join(lacking)}" if lacking else "")


def _named(entry: Mapping[str, str]) -> str:
    return f"“{entry['name']}” ({entry['place']})"


Key = TypeVar("Key", bound=Hashable)


def circle_from(start: Key, follows: Mapping[Key, Collection[Key]]) -> list[Key]:
    """The way from a follower back to itself, start and end included; empty where it never comes back."""
    ways = [[start]]
    seen: set[Key] = set()
    while ways:
        way = ways.pop()
        for following in follows.get(way[-1], ()):
            if following == start:
                return [*way, start]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []
