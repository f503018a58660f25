"""Form E.81 known by the numbers of its columns, whoever made it: 6 to 15, most of them split into K (kinerja) and Rp."""

import re
from collections.abc import Sequence

from .column_groups import ColumnGroup
from .heading_parts import CAPAIAN, PAGU, REALISED, SERAPAN, SPENT, TARGET
from .table_headings import TableHead

HEAD_WITHIN = 20
COLUMN = re.compile(r"\(?\s*(?P<number>1?[0-9])\s*\)?\s*(?:=.*)?", re.DOTALL)
LEVEL_OF_PLAN = re.compile(r"\(?\s*15\s*\)?\s*=\s*\(?\s*14\b")
SPLIT = range(6, 16)
TARGET_OF_PLAN, TO_DATE, REACHED, LEVEL = 6, 13, 14, 15
QUARTERS = (9, 10, 11, 12)
K, RP = 0, 1
GROUP = {
    TARGET: (TARGET_OF_PLAN, K),
    REALISED: (REACHED, K),
    CAPAIAN: (LEVEL, K),
    PAGU: (TARGET_OF_PLAN, RP),
    SPENT: (REACHED, RP),
    SERAPAN: (LEVEL, RP),
}


def form_head(rows: Sequence[Sequence]) -> TableHead | None:
    """The head of a form whose row of numbers says 15 = 14 ÷ 6, with columns that are split; None for another table."""
    for number, row in enumerate(rows[:HEAD_WITHIN]):
        if any(LEVEL_OF_PLAN.match(str(cell)) for cell in row):
            places = column_places(row)
            split = all(places.get(column + 1, places[column] + 2) - places[column] >= 2 for column in places)
            if set(SPLIT) <= places.keys() and split:
                found = {name: places[column] + half for name, (column, half) in GROUP.items()}
                return TableHead(number, number, (), (ColumnGroup("", found),))
    return None


def column_places(row: Sequence) -> dict[int, int]:
    """The form's number of each split column → the place of its K."""
    found: dict[int, int] = {}
    for place, cell in enumerate(row):
        match = COLUMN.fullmatch(str(cell).strip())
        if match and int(match["number"]) in SPLIT:
            found.setdefault(int(match["number"]), place)
    return found
