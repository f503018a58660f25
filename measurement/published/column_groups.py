"""The columns of a published table, in groups that belong together: one for a plain table, one for each of the years that stand side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .heading_parts import (
    CAPAIAN,
    KNOWN,
    OTHER_PERCENT,
    PAGU,
    PERCENT_OF_BOTH,
    REALISED,
    SERAPAN,
    SPENT,
    TARGET,
    ColumnHeading,
    column_heading,
)

WORK, MONEY = (TARGET, REALISED, CAPAIAN), (PAGU, SPENT, SERAPAN)
PUBLISHED = {CAPAIAN: WORK, SERAPAN: MONEY}
NUMBERED = "kelompok"  # what groups are called that nothing names
REVISED = "perubahan"  # realisasi is held against the budget as it was changed
TO_DATE = ("s.d", "s/d", "sd ", "sampai", "hingga")


@dataclass(frozen=True)
class ColumnGroup:
    """Columns that are checked together, name → place; `label` says of which year or period, where there are several groups."""

    label: str
    places: dict[str, int]

    @property
    def published(self) -> list[str]:
        return [name for name in PUBLISHED if name in self.places]

    @property
    def is_computable(self) -> bool:
        return any(set(columns[:2]) <= self.places.keys() for columns in PUBLISHED.values())


def columns_of_headings(rows: Sequence[Sequence]) -> list[ColumnHeading]:
    """The columns that are known, of a heading that stands in one row or several; a blank upper cell belongs to what stands left of it."""
    width = max((len(row) for row in rows), default=0)
    filled = [_filled_right(row, width) for row in rows[:-1]]
    own = [*rows[-1], *[""] * (width - len(rows[-1]))] if rows else []
    found = [column_heading(place, [*(row[place] for row in filled), own[place]]) for place in range(width)]
    return _with_money(_with_percent([heading for heading in found if heading]))


def groups_of(headings: Sequence[ColumnHeading]) -> list[ColumnGroup]:
    """The groups in the order of their columns; at least one that is whole comes first."""
    found = [group for period in _periods(headings) for group in _of_period(headings, period)]
    filled = [_completed(group, found) for group in found]
    worth = [group for group in filled if group.published] or [g for g in filled if g.is_computable] or filled
    return _merged(sorted(worth, key=_first_place))


def _first_place(group: ColumnGroup) -> int:
    return min([group.places[name] for name in group.published] or [*group.places.values(), 0])


def _filled_right(row: Sequence, width: int) -> list:
    """A row of headings above others, each repeated over the columns that it spans; one single text is a title and no heading."""
    cells = [*row, *[""] * (width - len(row))]
    if sum(bool(str(cell).strip()) for cell in cells) < 2:
        return [""] * width
    last = ""
    spread = []
    for cell in cells:
        last = str(cell) if str(cell).strip() else last
        spread.append(last)
    return spread


def _with_percent(headings: list[ColumnHeading]) -> list[ColumnHeading]:
    """A bare "%" is the percentage of what stands before it: serapan behind money, capaian behind a realisasi."""
    found: list[ColumnHeading] = []
    for heading in headings:
        if heading.name == PERCENT_OF_BOTH:
            base = next((h for h in reversed(found) if h.name in (TARGET, PAGU)), None)
            found.append(replace(heading, name=_percent_of(base, heading)))
            found = _with_reached(found)
        else:
            found.append(heading)
    return found


def _percent_of(base: ColumnHeading | None, heading: ColumnHeading) -> str:
    if base is None:
        return OTHER_PERCENT
    return SERAPAN if base.name == PAGU or heading.is_money else CAPAIAN


def _with_reached(headings: list[ColumnHeading]) -> list[ColumnHeading]:
    """ "Target, Capaian, %": what is called capaian is what was reached, where no realisasi stands before the percentage."""
    names = [heading.name for heading in headings]
    if names[-2:] != [CAPAIAN, CAPAIAN] or REALISED in names or headings[-2].is_percent:
        return headings
    return [*headings[:-2], replace(headings[-2], name=REALISED), headings[-1]]


def _with_money(headings: list[ColumnHeading]) -> list[ColumnHeading]:
    """A realisasi in rupiah is that of the money, where the target has another one; beside it, one in percent is the serapan."""
    names = {heading.name for heading in headings}
    if PAGU not in names:
        return headings
    if TARGET not in names:
        headings = _of_money_alone(headings, names)
        names = {heading.name for heading in headings}
    plain = any(heading.name == REALISED and not heading.is_money for heading in headings)
    if TARGET not in names or plain:
        headings = [replace(h, name=SPENT) if h.name == REALISED and h.is_money else h for h in headings]
    if SERAPAN in names or not any(h.name == SPENT and not h.is_percent for h in headings):
        return headings
    of_money = (SPENT,) if TARGET in names else (SPENT, REALISED)
    return [replace(h, name=SERAPAN) if h.name in of_money and h.is_percent else h for h in headings]


def _of_money_alone(headings: list[ColumnHeading], names: set[str]) -> list[ColumnHeading]:
    """Without any target, the realisasi beside a pagu is that of the money, and so is the capaian if there is no serapan."""
    renamed = {} if SPENT in names else {REALISED: SPENT}
    if not names & {SERAPAN, TARGET} and not any(
        h.name in (SPENT, REALISED) and h.is_percent for h in headings
    ):
        renamed[CAPAIAN] = SERAPAN
    return [replace(h, name=renamed.get(h.name, h.name)) for h in headings]


def _periods(headings: Sequence[ColumnHeading]) -> list[str]:
    return list(dict.fromkeys(h.period.casefold() for h in headings if h.name in KNOWN))


def _of_period(headings: Sequence[ColumnHeading], period: str) -> list[ColumnGroup]:
    """The columns of one period; where all of them stand there several times, one group for each time."""
    own = [h for h in headings if h.period.casefold() == period and h.name in KNOWN]
    label = next((h.period for h in own), "")
    segments = [_columns(segment) for segment in _segments(own)]
    whole = [one for one in segments if _is_whole(one)]
    if len(whole) < 2:
        return [ColumnGroup(label, _columns(own))]
    names = [_parent(segment) for segment in _segments(own) if _is_whole(_columns(segment))]
    usable = all(names) and len(set(names)) == len(names)
    return [
        ColumnGroup(" ".join(filter(None, [label, names[n] if usable else f"{NUMBERED} {n + 1}"])), one)
        for n, one in enumerate(whole)
    ]


def _parent(segment: Sequence[ColumnHeading]) -> str:
    return next((h.above for h in segment if h.above), "")


def _is_whole(columns: dict[str, int]) -> bool:
    return any(set(names) <= columns.keys() for names in PUBLISHED.values())


def _segments(headings: Sequence[ColumnHeading]) -> list[list[ColumnHeading]]:
    """A new one begins where a target or pagu comes again after a percentage was printed."""
    found: list[list[ColumnHeading]] = [[]]
    for heading in headings:
        names = {h.name for h in found[-1]}
        if heading.name in (TARGET, PAGU) and heading.name in names and names & PUBLISHED.keys():
            found.append([])
        found[-1].append(heading)
    return found


def _columns(headings: Sequence[ColumnHeading]) -> dict[str, int]:
    """Name → place; the exact name wins over one with a unit, among equals the first."""
    places: dict[str, int] = {}
    for heading in sorted(headings, key=lambda h: not h.is_exact):
        places.setdefault(heading.name, heading.place)
    if SPENT in places or PAGU not in places:
        return places
    places |= _realised(headings, places)
    if places.get(SPENT) == places.get(REALISED):
        places.pop(REALISED, None)
    return places


def _realised(headings: Sequence[ColumnHeading], places: dict[str, int]) -> dict[str, int]:
    """ "Target, Realisasi, Pagu, Realisasi": each base has the realisasi behind it; one in rupiah beside another is that of the money."""
    all_of_them = [h for h in headings if h.name == REALISED]
    marked = [h.place for h in all_of_them if h.is_money]
    if len(all_of_them) == 1:
        return {SPENT: all_of_them[0].place} if marked or TARGET not in places else {}
    given = {SPENT: marked[0]} if 0 < len(marked) < len(all_of_them) else {}
    free = [h.place for h in all_of_them if not (given and h.is_money)]
    bases = {TARGET: REALISED, PAGU: SPENT}
    for base in sorted(bases.keys() & places, key=lambda one: places[one]):
        behind = [place for place in free if place > places[base] and place not in given.values()]
        if behind and bases[base] not in given:
            given[bases[base]] = behind[0]
    return given


def _completed(group: ColumnGroup, groups: Sequence[ColumnGroup]) -> ColumnGroup:
    """What a printed percentage lacks is taken from a group without a period, from the one "s.d." a period, or from the only other one."""
    places = dict(group.places)
    for published in group.published:
        inputs = PUBLISHED[published][:2]
        if (
            group.label
            and not places.keys() & set(inputs)
            and _is_printed_elsewhere(published, group, groups)
        ):
            del places[published]
            continue
        for name in inputs:
            if name not in places and (donor := _donor(name, group, groups)):
                places[name] = donor.places[name]
    direction = _donor("direction", group, groups)
    if direction and "direction" not in places:
        places["direction"] = direction.places["direction"]
    return replace(group, places=places)


def _is_printed_elsewhere(name: str, group: ColumnGroup, groups: Sequence[ColumnGroup]) -> bool:
    """A capaian of another year without anything of its own must not borrow the target of this one."""
    return any(name in other.places for other in groups if other is not group)


def _donor(name: str, group: ColumnGroup, groups: Sequence[ColumnGroup]) -> ColumnGroup | None:
    having = [one for one in groups if one is not group and name in one.places]
    general = [one for one in having if not one.label]
    to_date = [one for one in having if one.label.casefold().startswith(TO_DATE)]
    whole = [one for one in having if {TARGET, REALISED} <= one.places.keys()]
    revised = [one for one in having if name == PAGU and one.label.casefold().endswith(REVISED)]
    return next((found[0] for found in (general, to_date, whole, revised, having) if len(found) == 1), None)


def _merged(groups: list[ColumnGroup]) -> list[ColumnGroup]:
    """A group of money alone joins one of work alone that has the same period, or where either is without a period."""
    found: list[ColumnGroup] = []
    for group in groups:
        partner = next((n for n, other in enumerate(found) if _belong_together(other, group)), None)
        if partner is None:
            found.append(group)
        else:
            other = found[partner]
            found[partner] = ColumnGroup(other.label or group.label, group.places | other.places)
    return found


def _belong_together(first: ColumnGroup, second: ColumnGroup) -> bool:
    both = first.places.keys() & second.places.keys()
    is_apart = all(first.places[name] == second.places[name] for name in both)
    return is_apart and not both & PUBLISHED.keys() and (not first.label or not second.label)


def unread_percentages(headings: Sequence[ColumnHeading], groups: Sequence[ColumnGroup]) -> list[int]:
    """The places of printed percentages that no group checks."""
    checked = {place for group in groups for place in group.places.values()}
    percentages = (*PUBLISHED, OTHER_PERCENT)
    return [h.place for h in headings if h.name in percentages and h.place not in checked]
