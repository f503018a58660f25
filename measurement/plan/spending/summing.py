"""What was spent on each sub kegiatan: the deepest codes of a table added up, and what the table prints as a sum held against that."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from measurement.rules.numbers import show_money

from ..table_import.sub_units import spelled_sub_unit
from .codes import is_below
from .columns_used import ColumnsUsed
from .lines import PrintedSum, SpendingLine, SpendingTable
from .payments import amount_of

MOST_TOLD = 20


@dataclass
class SpentOn:
    """What a file says of one sub kegiatan in one sub unit."""

    code: str
    name: str
    unit: str
    unit_code: str
    amount: Decimal | None = None
    pagu: Decimal | None = None
    rows: list[int] = field(default_factory=list)
    before: Decimal | None = None  # what the table prints as spent before the period


def spent_on(line: SpendingLine) -> tuple[str, str]:
    return line.code or line.name, line.unit_code or spelled_sub_unit(line.unit)


def leaves(lines: Iterable[SpendingLine], used: ColumnsUsed) -> tuple[list[SpendingLine], list[str]]:
    """Of each sub kegiatan its deepest accounts, or its own row where no account says anything; and remarks where its own row says otherwise."""
    groups: dict[tuple[str, str], list[SpendingLine]] = defaultdict(list)
    for line in lines:
        groups[spent_on(line)].append(line)
    found: list[SpendingLine] = []
    remarks: list[str] = []
    for group in groups.values():
        accounts = [line for line in group if line.account]
        known = {line.account for line in accounts}
        deepest = [line for line in accounts if not any(is_below(line.account, other) for other in known)]
        own = [line for line in group if not line.account]
        if not any(amount_of(line, used) is not None for line in deepest):
            found += own or deepest
            continue
        found += deepest
        remarks += _own_row(own, deepest, used)
    return found, remarks


def _own_row(own: list[SpendingLine], deepest: list[SpendingLine], used: ColumnsUsed) -> Iterator[str]:
    printed = [amount for line in own if (amount := amount_of(line, used)) is not None]
    summed = _total(deepest, used)
    if printed and sum(printed) != summed:
        line = own[0]
        yield (
            f"{line.place[0].upper()}{line.place[1:]}: {line.code} tertulis {show_money(sum(printed, Decimal(0)))}, jumlah rekeningnya {show_money(summed)}; "
            "yang dipakai jumlah itu."
        )


def _total(lines: Iterable[SpendingLine], used: ColumnsUsed) -> Decimal:
    return sum((amount_of(line, used) or Decimal(0) for line in lines), Decimal(0))


def add_up(lines: Iterable[SpendingLine], used: ColumnsUsed) -> list[SpentOn]:
    found: dict[tuple[str, str], SpentOn] = {}
    for line in lines:
        spent = found.setdefault(spent_on(line), SpentOn(line.code, line.name, line.unit, line.unit_code))
        spent.rows.append(line.number)
        spent.name = spent.name or line.name
        spent.amount = _plus(spent.amount, amount_of(line, used))
        spent.pagu = _plus(spent.pagu, line.pagu)
        spent.before = _plus(spent.before, line.amounts.get(used.before) if used.before is not None else None)
    return list(found.values())


def add_own_pagu(spent: list[SpentOn], lines: Iterable[SpendingLine]) -> None:
    """The pagu of a sub kegiatan's own row, where those of its accounts say none."""
    own = {spent_on(line): line.pagu for line in lines if line.is_whole and line.pagu is not None}
    for item in spent:
        if item.pagu is None:
            item.pagu = own.get((item.code or item.name, item.unit_code or spelled_sub_unit(item.unit)))


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one if other is None else other if one is None else one + other


def check_printed_sums(table: SpendingTable, counted: list[SpendingLine], used: ColumnsUsed) -> list[str]:
    """Sentences on printed sums that are none of what the rows add up to."""
    remarks = []
    for place, printed in enumerate(table.sums):
        stated = amount_of(printed.line, used)
        if stated is None:
            continue
        fitting = _fitting(table, place, printed, counted, used)
        if fitting and stated not in fitting:
            place_of, what = printed.line.place, printed.code or "Jumlah"
            told = f"{what} tertulis {show_money(stated)}, jumlah barisnya {show_money(fitting[0])}"
            remarks.append(f"{place_of[0].upper()}{place_of[1:]}: {told}; yang dipakai jumlah baris.")
    return remarks[:MOST_TOLD]


def _fitting(
    table: SpendingTable, place: int, printed: PrintedSum, counted: list[SpendingLine], used: ColumnsUsed
) -> list[Decimal]:
    """What a printed sum may be: of a code, all below it; of a row Jumlah, all rows, or those since another sum, or of one branch above it."""
    if printed.code:
        below = [line for line in counted if is_below(printed.code, line.code)]
        same = [line for line in below if spelled_sub_unit(line.unit) == spelled_sub_unit(printed.line.unit)]
        return [_total(below, used), _total(same, used)] if below else []
    chosen = set(counted)
    totals = [other.after for other in table.sums if not other.code]
    fitting = [_total(counted, used)]
    for start in {0, *totals}:
        part = [
            line
            for line in table.lines[min(start, printed.after) : max(start, printed.after)]
            if line in chosen
        ]
        fitting.append(_total(part, used))
    last = table.lines[printed.after - 1] if printed.after else None
    if last:
        parts = last.code.split(".")
        prefixes = [".".join(parts[:length]) for length in (3, 5, 6)]
        for prefix in prefixes:
            branch = [line for line in counted if line.code == prefix or is_below(prefix, line.code)]
            fitting += [
                _total(branch, used),
                _total([line for line in branch if line.unit == last.unit], used),
            ]
        fitting.append(_total([line for line in counted if line.unit == last.unit], used))
    return fitting
