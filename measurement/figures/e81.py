"""Form E.81 (Permendagri 86/2017): columns 6 to 15 of each line and the closing rows, from the figures that `calculation` made.

K (kinerja) is in the indicator's unit, Rp in rupiah; column 15 is in percent of both. A value that is missing is None, never 0.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from measurement.models import Level, WorksheetNode
from measurement.rules.accumulations import ACCUMULATIONS, Accumulation, known_to_date, sum_of, total
from measurement.rules.figure import Gap
from measurement.rules.formulas import Mean, Rules, absorption, mean
from measurement.rules.methods import METHODS, achievement
from measurement.rules.numbers import Number
from measurement.rules.office_rules import cap_words
from measurement.rules.periods import Period
from measurement.rules.plan_years import over_years, plan_to_date
from measurement.rules.spans import sum_of_spans

from .calculation import BranchFigures, NodeFigures, Sheet
from .opening_notes import LAST_PERIOD, marked_notes, opening_years, to_date_sign
from .recap import counted_words
from .rows import RowFigures
from .sub_units import SharedCode, with_sums

DASH = "–"
QUARTER_COLUMNS = (9, 10, 11, 12)
SUMMED = (6, 7, 8, *QUARTER_COLUMNS, 13, 14)
Value = TypeVar("Value")
LONGEST, MOST = 300, 12  # characters of a text and texts under one heading that people still read


@dataclass(frozen=True)
class FormLine:
    """One line: a branch with its money and its first indicator, or a further indicator of the branch above. Values by column number."""

    number: int
    period: Period
    branch: NodeFigures
    is_first: bool
    row: RowFigures | None
    k: dict[int, Number | None]
    rp: dict[int, Number | None]

    def opening_columns(self, of_money: bool) -> set[int]:
        """The columns whose values come from data awal, in part or as a whole."""
        if of_money:
            return set().union(*(_money_columns(node.opening, self.period) for node in _purses(self.branch)))
        return set().union(*(_row_columns(figures, self.period) for figures in self._measured()))

    def _measured(self) -> list[RowFigures]:
        """The indicators whose values make up K: the line's own, or those of the sub units that share it."""
        if not isinstance(self.branch, SharedCode):
            return [self.row] if self.row else []
        return next((rows for rows in self.branch.alike() if self.row in rows), [])


def form_lines(sheet: Sheet) -> Iterator[FormLine]:
    """All branches and indicators in the order of the plan, numbered throughout."""
    number, period = 0, sheet.cycle.period_of_year
    for _, branch in with_sums(sheet.office):
        for place, (row, k) in enumerate(_performances(branch, sheet.cycle.rules, period) or [(None, {})]):
            number += 1
            money = form_money(branch, period) if place == 0 else {}
            yield FormLine(number, period, branch, place == 0, row, k, money)


def _purses(branch: BranchFigures) -> list[WorksheetNode]:
    """The sub kegiatan whose money makes up that of a branch."""
    return [branch.purse] if branch.purse else [node for child in branch.children for node in _purses(child)]


def _quarter_column(period: Period) -> int:
    """The form asks for quarters: a period stands in the quarter in which it ends."""
    return QUARTER_COLUMNS[period.quarter - 1]


def _by_quarter(period: Period, values: Sequence[Value]) -> dict[int, list[Value]]:
    """Column → the values of the periods that end in its quarter, of those of the year up to this one."""
    found: dict[int, list[Value]] = {}
    for then, value in zip(period.so_far, values, strict=True):
        found.setdefault(_quarter_column(then), []).append(value)
    return found


def _money_columns(opening: Collection[str], period: Period) -> set[int]:
    """The columns into which frozen data awal go: their quarters with the year's sum, earlier years, and what both make."""
    numbers = [int(key) for key in opening if int(key) <= LAST_PERIOD]
    quarters = {_quarter_column(period.at(number)) for number in numbers}
    sums = {13} if quarters else set()
    return (
        quarters | sums | ({7} if len(numbers) < len(opening) else set()) | ({14, 15} if opening else set())
    )


def _row_columns(figures: RowFigures, period: Period) -> set[int]:
    """The same of an indicator; what does not add up takes only what is part of its figure to date."""
    found = _money_columns(figures.row.opening, period)
    if to_date_sign(figures):
        return found
    adds_up = ACCUMULATIONS[figures.row.accumulation].adds_up
    return found - ({13} if adds_up else {13, 14, 15})


Performance = dict[int, Number | None]


def _performances(
    branch: NodeFigures, rules: Rules, period: Period
) -> list[tuple[RowFigures | None, Performance]]:
    """Its indicators with their K; where sub units share a code, the sums of those that add up."""
    if not isinstance(branch, SharedCode):
        return [(row, performance(row, rules, period)) for row in branch.rows]
    return [
        (rows[0], _summed(rows, rules, period))
        for rows in branch.alike()
        if ACCUMULATIONS[rows[0].row.accumulation].adds_up
    ]


def _summed(rows: Sequence[RowFigures], rules: Rules, period: Period) -> Performance:
    """K of one indicator over the sub units that share it; 15 from the sums."""
    parts = [performance(figures, rules, period) for figures in rows]
    found = {column: sum_of(part.get(column) for part in parts) for column in SUMMED}
    spans = [span for figures in rows if (span := figures.row.plan_span)]
    yardstick = rows[0].row.yardstick(rules.zero_is_met, sum_of_spans(spans))
    return {**found, 15: achievement(yardstick, found[6], found[14]).value}


def performance(figures: RowFigures, rules: Rules, period: Period) -> Performance:
    """K of one indicator; 15 by its own method, so that lower-is-better is not judged upside down."""
    row, so_far = figures.row, figures.to_date.realised
    accumulation = Accumulation(row.accumulation)
    before = over_years(accumulation, [Fraction(row.years_before[year]) for year in sorted(row.years_before)])
    reached = plan_to_date(accumulation, before, so_far)
    quarters = {
        column: known_to_date(accumulation, values).realised
        for column, values in _by_quarter(period, figures.periods).items()
    }
    return {
        6: row.target_plan,
        7: before,
        8: row.target_year,
        **quarters,
        13: so_far,
        14: reached,
        15: achievement(row.yardstick(rules.zero_is_met, row.plan_span), row.target_plan, reached).value,
    }


def form_money(branch: BranchFigures, period: Period) -> dict[int, Number | None]:
    """Rp of a branch: a sub kegiatan's own, the sums above it; 15 is the ratio of the sums."""
    found = _amounts(branch, period)
    found |= {8: branch.pagu, 13: branch.spent_to_date, 14: total([found[7], branch.spent_to_date])}
    return {**found, 15: absorption(found[14], found[6] or Decimal(0)).value}


def _amounts(branch: BranchFigures, period: Period) -> dict[int, Decimal | None]:
    """Columns 6, 7 and 9 to 12 in rupiah."""
    if branch.purse:
        return _own_money(branch.purse, period)
    parts = [_amounts(child, period) for child in branch.children]
    return {column: total(part.get(column) for part in parts) for column in (6, 7, *QUARTER_COLUMNS)}


def _own_money(node: WorksheetNode, period: Period) -> dict[int, Decimal | None]:
    earlier = [None if spent is None else Decimal(spent) for spent in node.spent_earlier]
    earlier += [None] * (len(period.before) - len(earlier))
    quarters = {
        column: total(values) for column, values in _by_quarter(period, [*earlier, node.spent]).items()
    }
    return {6: node.pagu_plan, 7: total(Decimal(spent) for spent in node.spent_years.values()), **quarters}


def closing_mean(sheet: Sheet) -> tuple[Mean, str]:
    """The closing row's capaian against the annual targets, as published forms print it: the mean of all kegiatan, with what it counted;
    none while too few rows were sent."""
    kegiatan = sheet.of_level(Level.KEGIATAN)
    if not sheet.sent.is_enough:
        return mean([sheet.told(sheet.office)]), sheet.sent.too_few_words
    if not kegiatan:
        found = sheet.office.of_year.leading
        return found, counted_words(found, "sasaran")
    found = mean((branch.of_year.leading.figure for branch in kegiatan), sheet.cycle.rules.mean_cap)
    return found, counted_words(found, "kegiatan")


def archived_years(sheet: Sheet) -> list[str]:
    """The earlier years about which column 7 knows anything."""
    texts = [
        *(figures.row.years_before for figures in sheet.rows.values()),
        *(branch.node.spent_years for _, branch in sheet.nodes()),
    ]
    return sorted({year for text in texts for year in text})


GAP_NOTES = {
    Gap.EXCUSED: "dikecualikan dari pengukuran periode ini",
    Gap.NOT_PLANNED: "tidak direncanakan tahun ini",
    Gap.NOT_DUE: "belum waktunya diukur menurut jadwalnya",
    Gap.NOT_SCHEDULED: "targetnya belum dijadwalkan s.d. periode ini",
    Gap.NO_CASES: "tidak ada kasus (0 dari 0)",
    Gap.OUTSIDE_PLAN: "dilaksanakan di luar rencana",
    Gap.BLANK: "belum diisi",
}


def form_notes(sheet: Sheet, lines: Sequence[FormLine]) -> list[str]:
    """How this form's columns came about, and for which lines that differs from what the form says."""
    until = sheet.cycle.period_of_year.to_date
    rows = [(line.number, line.row) for line in lines if line.row]
    shared = _numbers(line.number for line in lines if isinstance(line.branch, SharedCode))
    other = _numbers(n for n, figures in rows if not ACCUMULATIONS[figures.row.accumulation].adds_up)
    turned = _numbers(n for n, figures in rows if not METHODS[figures.row.method].follows_e81)
    gaps = {gap: _numbers(n for n, figures in rows if figures.capaian.gap == gap) for gap in GAP_NOTES}
    stopped = _numbers(
        line.number for line in lines if line.branch.node.stopped or (line.row and line.row.row.stopped)
    )
    following = _numbers(n for n, figures in rows if figures.row.is_follower)
    found = [
        f"K = kinerja dalam satuan indikator, Rp = anggaran dalam rupiah, {DASH} = tidak ada nilai. Anggaran induk adalah jumlah sub kegiatannya.",
        f"Kolom 7: {_earlier_words(sheet)}.",
        shared
        and f"Nomor {shared}: jumlah baris sub unit di bawahnya, menurut kode; induknya menghitung tiap sub unit sekali saja.",
        other
        and f"Kolom 13 dan 14 untuk nomor {other}: bukan penjumlahan; kolom 13 adalah angka {until} menurut sifat indikator "
        "(posisi akhir, rata-rata, atau rasio) dan kolom 14 sama dengan kolom 13.",
        turned
        and f"Kolom 15 untuk nomor {turned}: tingkat capaian dihitung menurut rumus arah indikatornya, bukan 14 ÷ 6.",
        following
        and f"Nomor {following}: realisasi tidak diketik sendiri, tetapi mengikuti indikator lain sebagaimana tertulis pada kertas kerja.",
        *(
            numbers and f"Nomor {numbers}: {GAP_NOTES[gap]}; tidak ikut rata-rata."
            for gap, numbers in gaps.items()
        ),
        stopped
        and f"Nomor {stopped}: dihentikan dalam tahun berjalan; realisasi sebelumnya tetap dihitung, tetapi tidak ikut rata-rata.",
        f"Rata-rata capaian kinerja: realisasi {until} terhadap target setahun (kolom 13 ÷ 8), rata-rata seluruh kegiatan "
        f"{cap_words(sheet.cycle.rules)}. Capaian {until} terhadap target {until} disebut pada baris di bawahnya. "
        "Serapan: realisasi terhadap pagu setahun.",
        *marked_notes(sheet),
        sheet.cycle.plan.source_note,
    ]
    return [note for note in found if note]


def _earlier_words(sheet: Sheet) -> str:
    """Where column 7 comes from: the archive, data awal, or nowhere."""
    by_opening = opening_years(sheet)
    archived = [year for year in archived_years(sheet) if year not in by_opening]
    told = [f"realisasi tahun {', '.join(archived)} menurut arsip akhir tahun"] if archived else []
    told += [f"realisasi tahun {', '.join(by_opening)} menurut data awal"] if by_opening else []
    return "; ".join(told) or "belum ada tahun sebelumnya yang diarsipkan"


def _numbers(numbers: Iterable[int]) -> str:
    """ "1–4, 7": the lines' numbers, runs drawn together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def form_remarks(sheet: Sheet, field: str) -> list[str]:
    """What the owners wrote in a field, each text once with the codes of its branches, shortened to what people read."""
    codes: dict[str, list[str]] = {}
    for _, branch in sheet.nodes():
        for figures in branch.rows:
            text = _shortened(getattr(figures.row, field))
            if text and branch.node.code not in codes.setdefault(text, []):
                codes[text].append(branch.node.code)
    return _limited([f"{_listed(found)}: {text}" for text, found in codes.items()])


def suggestions(sheet: Sheet) -> list[str]:
    """The Sekcam's suggestions, line by line: what is to be followed up in the next Renja."""
    return _limited([_shortened(text) for text in sheet.cycle.suggestions.splitlines() if text.strip()])


def _shortened(text: str) -> str:
    """One line of at most that many characters, cut between words where there are any."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _listed(codes: list[str]) -> str:
    return ", ".join(codes[:4]) + (f", dan {len(codes) - 4} lainnya" if len(codes) > 4 else "")


def _limited(texts: list[str]) -> list[str]:
    rest = len(texts) - MOST
    return (
        [*texts[:MOST], f"… dan {rest} catatan lain, selengkapnya pada kertas kerja."] if rest > 0 else texts
    )
