"""The columns of a published table by its headings, and the rows below them that are no data: column numbers and headings printed again."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from .column_groups import NUMBERED, ColumnGroup, columns_of_headings, groups_of
from .heading_parts import KNOWN, PERCENT_OF_BOTH, ColumnHeading, column_heading, heading_name

HEADER_WITHIN = 10
MOST_DEPTH = 3
# 3, (3), c, (3=2/1), (3)=(2)/(1)x100%, 3 = 2 : 1
COLUMN_NUMBER = re.compile(
    r"[-(]?\s*(?P<own>[0-9]{1,2}|[a-z])\s*\)?(?:\s*=[\s0-9a-z()/:x×*+\-−–÷.,%]{1,60})?", re.IGNORECASE
)
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,2}")  # Excel makes -1 of a typed (1)
UNIT_ROW = re.compile(r"\(?\s*(?:%|persen|rp\.?|rupiah)\s*\)?", re.IGNORECASE)
YEAR = re.compile(r"\(?\s*(?:tahun\s*)?20[0-9]{2}\s*\)?", re.IGNORECASE)
NUMBER = re.compile(r"[-(]?(?:rp\.? ?)?[0-9][0-9.,%()\s]*(?:,-)?", re.IGNORECASE)
NAMED = (*KNOWN[1:], PERCENT_OF_BOTH)
FEWEST_NUMBERS = 3


@dataclass(frozen=True)
class TableHead:
    """The headings of a table: the rows first to last, where the columns stand, and which of them belong together."""

    first: int
    last: int
    columns: tuple[ColumnHeading, ...]
    groups: tuple[ColumnGroup, ...]

    @property
    def checked_places(self) -> frozenset[int]:
        return frozenset(place for group in self.groups for place in group.places.values())

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """How much of a heading this is: the columns that are known, the percentages that can be checked, the groups that have a name, the fewest rows."""
        known = {(heading.name, heading.period) for heading in self.columns}
        published = sum(len(group.published) for group in self.groups if group.is_computable)
        return max(len(known), len(self.checked_places)), published, self._named, self.first - self.last

    @property
    def _named(self) -> int:
        """How many groups are told apart by a name; below 0 where they can only be counted."""
        labels = {group.label for group in self.groups if group.label}
        if any(NUMBERED in label for label in labels):
            return -1
        return len(labels) if len(labels) > 1 else 0

    def place_of(self, name: str) -> int | None:
        """Where a column stands that the whole table shares."""
        return next((heading.place for heading in self.columns if heading.name == name), None)


def head_of(rows: list[list]) -> TableHead:
    """The headings within the first rows; titles may stand above, and a heading may span up to three rows."""
    heads = [
        _head(rows, last - depth, last)
        for last in range(min(len(rows), HEADER_WITHIN))
        for depth in range(min(MOST_DEPTH, last + 1))
    ]
    return max(heads, key=lambda head: head.weight, default=TableHead(0, 0, (), ()))


def _head(rows: list[list], first: int, last: int) -> TableHead:
    columns = tuple(columns_of_headings(rows[first : last + 1]))
    groups = tuple(group for group in groups_of(columns) if group.places.keys() - {"direction"})
    return TableHead(first, last, columns, groups)


def head_around(rows: list[list], place: int, after: int) -> TableHead | None:
    """The headings of another table of which this row is one; rows up to `after` belong to the table before. None for a row of data."""
    if not _names_columns(rows[place]):
        return None
    firsts = [place]
    while firsts[-1] - 1 > after and place - firsts[-1] + 1 < MOST_DEPTH and _may_head(rows[firsts[-1] - 1]):
        firsts.append(firsts[-1] - 1)
    lasts = [place, *([place + 1] if place + 1 < len(rows) and _may_head(rows[place + 1]) else [])]
    heads = [_head(rows, first, last) for last in lasts for first in firsts]
    found = max(heads, key=lambda head: head.weight)
    return found if found.groups else None


def _names_columns(row: list) -> bool:
    """Whether it holds two names of columns at least, and no number."""
    if not _may_head(row):
        return False
    found = [column_heading(place, [_text(cell)]) for place, cell in enumerate(row) if _text(cell)]
    return len({heading.name for heading in found if heading and heading.name in NAMED}) > 1


def _may_head(row: list) -> bool:
    return sum(bool(_text(cell)) for cell in row) > 1 and not has_figure(row)


def has_figure(row: list) -> bool:
    """Whether a number stands in a row that is no year."""
    texts = (_text(cell) for cell in row)
    return any(NUMBER.fullmatch(text) and not YEAR.fullmatch(text) for text in texts)


def columns_within(rows: list[list]) -> int:
    """How many columns the headings within the first rows name."""
    return head_of(rows[:HEADER_WITHIN]).weight[0]


def passed_over(headings: list, rows: list[list], found: Collection[int]) -> set[int]:
    """The places of rows that are no data. What could be data (plain 1, 2, 3 or years) is passed over only right below the headings, when it fills every column."""
    passed, under = set(), True
    for number, row in enumerate(rows):
        texts = [_text(cell) for cell in row]
        ours = [texts[place] if place < len(texts) else "" for place in found]
        if (
            _repeats(row, headings, found)
            or _numbers_columns(texts, plain=under and all(ours))
            or (under and _second_heading(ours))
        ):
            passed.add(number)
            under = True
        elif any(texts):
            under = False
    return passed


def _second_heading(ours: list[str]) -> bool:
    """Units below the headings, names of columns once more, or the same year below each."""
    filled = [text for text in ours if text]
    return bool(filled) and (
        all(UNIT_ROW.fullmatch(text) or column_heading(0, [text]) for text in filled)
        or (all(map(YEAR.fullmatch, ours)) and len(set(ours)) == 1)
    )


def _text(cell) -> str:
    """A number as it is stored: 1 may be shown as 1,00."""
    return str(getattr(cell, "stored", cell)).strip()


def _repeats(row: list, headings: list, found: Collection[int]) -> bool:
    shared = [place for place in found if place < len(headings)]  # a heading above may be wider than the last
    return bool(shared) and all(
        place < len(row) and heading_name(row[place]) == heading_name(headings[place]) for place in shared
    )


def _numbers_columns(texts: list[str], plain: bool) -> bool:
    """(1), (2), (3=2/1): every cell that isn't blank has its own number, one more than the last. Without a bracket or = only where `plain`."""
    filled = [text for text in texts if text]
    marks = [COLUMN_NUMBER.fullmatch(text) for text in filled]
    if len(filled) < FEWEST_NUMBERS or (all(map(PLAIN_NUMBER.fullmatch, filled)) and not plain):
        return False
    own = [
        int(mark["own"]) if mark["own"].isdigit() else ord(mark["own"].lower()) - ord("a") + 1
        for mark in marks
        if mark
    ]
    return len(own) == len(filled) and own == list(range(own[0], own[0] + len(own))) and own[0] <= 2
