"""What Form E.81 says by the numbers of its columns: 13 = 9 + 10 + 11 + 12, 14 = 7 + 13, in K and in Rp, and its closing mean."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from measurement.rules.accumulations import mean_of
from measurement.rules.figure import HUNDRED

from .checked_table import FigureCheck
from .comparing import Check, FigureVerdict, compare_sum, judge
from .computing import Attempt
from .e81_form import QUARTERS, REACHED, RP, TO_DATE, K
from .printed import Printed, PrintedKind, PrintedState
from .table_files import printed_cell
from .table_rows import MEAN, TableRow

BEFORE, YEAR = 7, 8
ACTIVITY = 5  # a kegiatan has a code of five parts
HALVES = {K: "K", RP: "Rp"}
NOT_ADDED = "bukan jumlah; mungkin rasio atau rata-rata menurut sifat indikatornya"
NOT_PRINTED = "menurut keterangan formulir dihitung dengan rumus arah indikatornya, yang tidak dicetak"
TURNED = re.compile(r"Kolom 15 untuk nomor (?P<numbers>[0-9, –-]{1,2000}):")
NUMBERS = re.compile(r"([0-9]{1,5})(?:[–-]([0-9]{1,5}))?")
LAST_LINE = 10_000
BY_METHOD = "bergantung pada arah indikator dan target s.d. periodenya, yang tidak dicetak pada formulir"


def check_form_row(row: TableRow, columns: Mapping[int, int]) -> Iterator[FigureCheck]:
    """Columns 13 and 14 of one row."""
    if MEAN in row.summary:
        return
    for half, word in HALVES.items():
        cells = {number: _cell(row, place + half, half) for number, place in columns.items()}
        sums = ((TO_DATE, QUARTERS), (REACHED, (BEFORE, TO_DATE)))
        for number, parts in sums:
            if cells[number].state == PrintedState.NUMBER:
                check = _added(cells[number], [cells[part] for part in parts], half)
                yield FigureCheck(f"kolom {number} {word}", "", "", "", cells[number].text.strip(), check)


def turned_numbers(rows: Sequence[TableRow]) -> set[str]:
    """The numbers of lines of which our own form says that column 15 follows the method of the indicator and not 14 ÷ 6."""
    texts = (str(cell) for row in rows for cell in row.cells[:1])
    found = next((match for text in texts if (match := TURNED.search(text))), None)
    numbers: set[str] = set()
    for first, last in NUMBERS.findall(found["numbers"]) if found else ():
        numbers |= {str(number) for number in range(int(first), min(int(last or first), LAST_LINE) + 1)}
    return numbers


def by_other_method(row: TableRow, turned: set[str], check: Check) -> Check:
    """A level that the printed formula does not give, on a line that is calculated otherwise: the form does not print how."""
    if check.verdict != FigureVerdict.DIFFERENT or not row.cells or str(row.cells[0]).strip() not in turned:
        return check
    return Check(FigureVerdict.UNCOMPUTABLE, check.computed, check.decimal, (NOT_PRINTED,))


def check_form_mean(
    rows: Sequence[TableRow], place: int, columns: Mapping[int, int]
) -> Iterator[FigureCheck]:
    """The closing mean below column 13: capaian of the year (13 ÷ 8), and serapan as the ratio of the sums."""
    row = rows[place]
    data = [one for one in rows[:place] if one.is_data]
    for half, kind in ((K, "capaian"), (RP, "serapan")):
        published = printed_cell(_raw(row, columns[TO_DATE] + half), PrintedKind.PERCENT)
        if published.state != PrintedState.NUMBER:
            continue
        attempts = _year_capaian(data, columns) if half == K else _year_serapan(data, columns)
        check = judge(attempts, published) if attempts else Check(FigureVerdict.UNCOMPUTABLE)
        if half == K and check.verdict in (FigureVerdict.DIFFERENT, FigureVerdict.UNCOMPUTABLE):
            check = Check(FigureVerdict.UNCOMPUTABLE, notes=(f"rata-rata capaian {BY_METHOD}",))
        yield FigureCheck(f"rata-rata {kind}", "", "", "", published.text.strip(), check)


def _added(cell: Printed, parts: Sequence[Printed], half: int) -> Check:
    """A sum in rupiah must be one; in K the last value or the mean may stand there by the indicator's sifat."""
    values = [Fraction(part.readings[0].value) for part in parts if part.readings]
    if not values:
        return Check(FigureVerdict.UNCOMPUTABLE, notes=("bagian-bagiannya kosong",))
    ways = [(sum(values, Fraction(0)), "")]
    if half == K and len(values) > 1:
        ways += [(values[-1], "posisi akhir"), (sum(values, Fraction(0)) / len(values), "rata-rata")]
    for value, said in ways:
        for reading in cell.readings:
            verdict = compare_sum(reading.shown, reading.places, value)
            if verdict != FigureVerdict.DIFFERENT:
                return Check(verdict, value, notes=(said,) if said else ())
    if half == K:
        return Check(FigureVerdict.UNCOMPUTABLE, notes=(NOT_ADDED,))
    return Check(FigureVerdict.DIFFERENT, ways[0][0])


def _year_capaian(rows: Sequence[TableRow], columns: Mapping[int, int]) -> list[Attempt]:
    """13 ÷ 8, as the mean of all indicators, of the kegiatan (each the mean of its sub kegiatan), or of the sub kegiatan."""
    branches: dict[tuple[int, int], list[Fraction]] = {}
    activity = sub = 0
    for number, row in enumerate(rows):
        activity = number if row.level == ACTIVITY else activity
        sub = number if row.level is not None else sub
        reached, target = _number(row, columns[TO_DATE]), _number(row, columns[YEAR])
        if reached is not None and target:
            branches.setdefault((activity, sub), []).append(reached / target * HUNDRED)
    subs = {place: mean_of(values) for place, values in branches.items()}
    activities = {place: [value for (one, _), value in subs.items() if one == place] for place, _ in subs}
    ways = (
        ("rata-rata kegiatan, kolom 13 ÷ 8", mean_of([mean_of(values) for values in activities.values()])),
        (
            "rata-rata indikator, kolom 13 ÷ 8",
            mean_of([value for values in branches.values() for value in values]),
        ),
    )
    return [Attempt(value, remarks=(said,)) for said, value in ways if value is not None]


def _year_serapan(rows: Sequence[TableRow], columns: Mapping[int, int]) -> list[Attempt]:
    """Of the highest branches alone: a parent's money is that of its children."""
    top = min((row.level for row in rows if row.level is not None), default=None)
    highest = [row for row in rows if row.level == top]
    spent, pagu = (
        sum(filter(None, (_number(row, columns[number] + RP) for row in highest)), Fraction(0))
        for number in (TO_DATE, YEAR)
    )
    return [Attempt(spent / pagu * HUNDRED)] if pagu else []


def _number(row: TableRow, place: int) -> Fraction | None:
    readings = _cell(row, place, K).readings
    return Fraction(readings[0].value) if readings else None


def _cell(row: TableRow, place: int, half: int) -> Printed:
    return printed_cell(_raw(row, place), PrintedKind.MONEY if half == RP else PrintedKind.FIGURE)


def _raw(row: TableRow, place: int):
    return row.cells[place] if place < len(row.cells) else ""
