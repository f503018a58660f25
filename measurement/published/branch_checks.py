"""Branches of the plan that print a capaian without a target: sasaran, program and kegiatan as the mean of what stands below them.

By the rule of the office a branch has its own indicators, the mean below, or a weighted mean; each is tried, and what agrees is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from measurement.rules.accumulations import mean_of

from .checked_table import FigureCheck
from .comparing import Check, FigureVerdict, judge
from .computing import Attempt
from .heading_parts import CAPAIAN
from .printed import PrintedState
from .table_rows import TableRow

NOTHING_BELOW = "indikatornya tidak ada pada tabel ini"
OWN_NOT_HERE = "indikatornya sendiri, yang memimpin, tidak ada pada tabel ini"
KEGIATAN = 5  # from here downwards the mean of what stands below leads
OTHER_RULE = "aturan tingkat yang lain, misalnya bobot, tidak tampak pada tabel ini"


def check_branch(rows: Sequence[TableRow], place: int, group: int) -> Check:
    """Capaian of a branch; to be asked from below upwards, since a branch stands on what was computed below it."""
    published = rows[place].cell(group, CAPAIAN)
    if published.state in (PrintedState.BLANK, PrintedState.DASH):
        return Check()
    attempts = list(_attempts(rows, place, group))
    if published.state != PrintedState.NUMBER or not attempts:
        return Check(FigureVerdict.UNCOMPUTABLE, notes=(f"{NOTHING_BELOW}; tidak diperiksa",))
    check = judge(attempts, published)
    if check.verdict != FigureVerdict.DIFFERENT:
        return check
    if _is_led_elsewhere(rows, place):
        return Check(FigureVerdict.UNCOMPUTABLE, notes=(f"{OWN_NOT_HERE}; tidak diperiksa",))
    return replace(check, notes=(*check.notes, OTHER_RULE))


def _is_led_elsewhere(rows: Sequence[TableRow], place: int) -> bool:
    """A sasaran or program in a table of branches alone: its own indicators lead, and they are printed elsewhere."""
    level = rows[place].level
    alone = all(
        row.level is not None and row.own_capaian is None for row in rows if row.is_data and _counts(row)
    )
    return level is not None and level < KEGIATAN and alone


def _counts(row: TableRow) -> bool:
    return any(cell.state == PrintedState.NUMBER for group in row.printed for cell in group.values())


def check_mean_below(rows: Sequence[TableRow], place: int) -> Iterator[FigureCheck]:
    """The mean of what stands below a branch, where a column of its own prints it beside the leading figure."""
    published = rows[place].below
    if published.state != PrintedState.NUMBER:
        return
    below = mean_of([_value(row, 0) for row in _children(rows, place)])
    check = (
        Check(FigureVerdict.UNCOMPUTABLE, notes=(NOTHING_BELOW,))
        if below is None
        else judge([Attempt(below)], published)
    )
    yield FigureCheck("rata-rata di bawahnya", "", "", "", published.text.strip(), check)


def _attempts(rows: Sequence[TableRow], place: int, group: int) -> Iterator[Attempt]:
    own = mean_of([_value(row, group) for row in _own_rows(rows, place)])
    children = _children(rows, place)
    below = mean_of([_value(row, group) for row in children])
    is_both = own is not None and below is not None
    if own is not None:
        yield Attempt(own, remarks=("rata-rata indikatornya sendiri",) if is_both else ())
    if below is not None:
        yield Attempt(below, remarks=("rata-rata di bawahnya",) if is_both else ())
    stated = rows[place].own_capaian
    if stated is not None and below is not None:
        yield Attempt(stated, remarks=("capaian indikatornya sendiri sebagaimana dicetak",))
    weighted = _weighted(children, group)
    if weighted is not None:
        yield Attempt(weighted, remarks=("rata-rata berbobot di bawahnya",))


def _value(row: TableRow, group: int) -> Fraction | None:
    computed = row.computed("capaian", group)
    return row.number_of(group, CAPAIAN) if computed is None and row.level is not None else computed


def _own_rows(rows: Sequence[TableRow], place: int) -> Iterator[TableRow]:
    """The rows of indicators right below a branch."""
    for row in rows[place + 1 :]:
        if row.level is not None or row.summary:
            return
        if row.is_data:
            yield row


def _children(rows: Sequence[TableRow], place: int) -> list[TableRow]:
    """The branches one step below."""
    own, found = rows[place].level, []
    for row in rows[place + 1 :]:
        if row.summary or (own is not None and row.level is not None and row.level <= own):
            break
        if row.level is not None:
            found.append(row)
    highest = min((row.level for row in found if row.level is not None), default=0)
    return [row for row in found if row.level == highest]


def _weighted(children: Sequence[TableRow], group: int) -> Fraction | None:
    """By the column Bobot, of those that have both."""
    found = [
        (row.weight, value) for row in children if row.weight and (value := _value(row, group)) is not None
    ]
    whole = sum((weight for weight, _ in found), Fraction(0))
    return sum((weight * value for weight, value in found), Fraction(0)) / whole if whole else None
