"""The tables of a file: one below another on a sheet, and on several sheets. Each has headings of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from measurement.spreadsheets.money_scale import scale_above

from .column_groups import ColumnGroup
from .e81_form import column_places
from .heading_parts import heading_name
from .printed import PrintedKind, PrintedState
from .table_files import SheetRows, head_within, printed_cell
from .table_headings import TableHead, has_figure, head_around, passed_over

SURPLUS = "di_luar_judul"  # the heading that we give to columns beyond the table's own
MOST_TABLES = 200  # on one sheet
TITLES = 4  # rows above the headings of a further table that may say what its money is counted in


@dataclass(frozen=True)
class TablePart:
    """One table: `rows` of its sheet from `start` on, where `head` counts from the first of them.

    `repeated` are the rows of its headings that come again; `is_scaled`: money is in thousands or millions.
    """

    sheet: str
    start: int
    rows: list[list]
    head: TableHead
    repeated: frozenset[int] = frozenset()
    is_scaled: bool = False

    @property
    def below(self) -> list[list]:
        return self.rows[self.head.last + 1 :]

    @property
    def form(self) -> dict[int, int]:
        """The places of the columns of Form E.81; empty for another table."""
        return {} if self.head.columns else column_places(self.rows[self.head.last])

    @property
    def names(self) -> list[str]:
        return [heading_name(heading) for heading in self.rows[self.head.last]]

    @property
    def passed(self) -> set[int]:
        """The places below the headings of rows that are no data."""
        found = passed_over(self.rows[self.head.last], self.below, self.head.checked_places)
        return found | {place - self.head.last - 1 for place in self.repeated}


def parts_of(sheet: SheetRows) -> list[TablePart]:
    """The tables of one sheet from above; the first also where it has nothing that is known."""
    rows, head = sheet.rows, _first_head(sheet.rows)
    starts: list[tuple[int, TableHead, set[int]]] = [(0, head, set())]
    place, is_below_figures = (
        head.last + 1,
        False,
    )  # without them, what names columns belongs to the headings above
    while head.columns and head.groups and place < len(rows) and len(starts) < MOST_TABLES:
        start, latest, repeated = starts[-1]
        other = head_around(rows, place, latest.last) if is_below_figures else None
        if other is None:
            is_below_figures = is_below_figures or has_figure(rows[place])
            place += 1
            continue
        if _columns(other.groups) == _columns(latest.groups):
            repeated |= set(range(other.first, other.last + 1))
        else:
            starts.append((other.first, other, set()))
        place, is_below_figures = other.last + 1, False
    ends = [start for start, _, _ in starts[1:]] + [len(rows)]
    return [_part(sheet, *found, end) for found, end in zip(starts, ends, strict=True)]


def _first_head(rows: list[list]) -> TableHead:
    """The likeliest headings of the first rows, or those of a smaller table that stands above them."""
    head = head_within(rows)
    for place in range(head.first if head.columns else 0):
        above = head_around(rows, place, -1)
        if above and above.last < head.first and _is_table(above, rows[above.last + 1 : head.first]):
            return above
    return head


def _is_table(head: TableHead, rows: Sequence[list]) -> bool:
    """Whether a percentage is printed below these headings."""
    places = [group.places[name] for group in head.groups for name in group.published]
    cells = (row[place] for row in rows for place in places if place < len(row))
    return any(printed_cell(cell, PrintedKind.PERCENT).state == PrintedState.NUMBER for cell in cells)


def _columns(groups: Sequence[ColumnGroup]) -> list[tuple[str, dict[str, int]]]:
    return [(group.label.casefold(), group.places) for group in groups]


def _part(sheet: SheetRows, start: int, head: TableHead, repeated: set[int], end: int) -> TablePart:
    above = sheet.rows[max(0, head.first - TITLES) if start else 0 : head.last + 1]
    return TablePart(
        sheet.title,
        start,
        sheet.rows[start:end],
        replace(head, first=head.first - start, last=head.last - start),
        frozenset(place - start for place in repeated),
        bool(scale_above(above).words),
    )
