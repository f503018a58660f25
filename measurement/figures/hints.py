"""Anomaly hints (petunjuk): what somebody should look at twice before sending and while evaluating. They never block.

Taken from the one calculation without further queries. Percentages are compared as they are shown, rounded half up to 2 decimals; values exactly.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from measurement.models import MeasurementCycle, WorksheetRow
from measurement.rules.accumulations import ACCUMULATIONS, ratio
from measurement.rules.dates import long_date
from measurement.rules.methods import METHODS, Method
from measurement.rules.numbers import Number, round_half_up, show_percent, show_short
from measurement.rules.requirements import is_said
from measurement.rules.sop import UNTYPED_ROWS, RowState

from .calculation import NodeFigures, Sheet
from .rows import RowFigures
from .twins import Placed, disagreeing_twins

HIGH_SERAPAN = Decimal(90)  # percent: the money is as good as gone …
LOW_CAPAIAN = Decimal(50)  # percent: … and at most half of what it was for is there
# percent of the value of the period before: more than half up or down is rarely the ordinary course of an office
JUMP = Decimal(50)
FAR_ABOVE = Decimal(200)  # percent: a target so far exceeded was set too low, or a number was typed wrong
FAR_BELOW = Decimal(5)  # percent: a hundredth of what was meant, a unit mixed up, or a bad quarter
# Units of what rises and falls in the ordinary course of things; everything else is a count.
NOT_COUNTED = {"%", "persen", "indeks", "nilai", "skor", "poin", "angka", "predikat", "rasio", "rp", "rupiah"}


NOT_ENTERED = frozenset({RowState.DIKECUALIKAN}) | UNTYPED_ROWS


class HintKind(StrEnum):
    """What kind of anomaly; the value is its name for people."""

    MONEY = "Serapan tinggi, capaian rendah"
    JUMP = "Berubah jauh dari periode lalu"
    COPIED = "Sama dengan periode lalu"
    PARTS = "Pembilang melebihi penyebut"
    FALLING = "Angka kumulatif turun"
    FAR_ABOVE = "Capaian di atas 200 %"
    FAR_BELOW = "Capaian di bawah 5 %"
    FRACTION = "Mungkin pecahan dari persen"
    UNSCHEDULED = "Melebihi target setahun sebelum dijadwalkan"
    TWIN = "Berbeda dari indikator yang sama"
    SHARED_FILE = "Bukti yang sama pada dua indikator"
    DATED_OUTSIDE = "Tanggal bukti di luar periode"


@dataclass(frozen=True)
class Hint:
    """One anomaly of one row, as a sentence with the numbers that raised it."""

    kind: HintKind
    sentence: str


@dataclass(frozen=True)
class Case:
    """What a check looks at: a row, the branch it hangs on, which rows, with their branches, share each stored file, and which are its twins."""

    figures: RowFigures
    branch: NodeFigures
    cycle: MeasurementCycle
    sharing: Mapping[int | str, list[tuple[WorksheetRow, NodeFigures]]]
    twins: list[Placed]

    @property
    def row(self) -> WorksheetRow:
        return self.figures.row

    @property
    def period(self) -> str:
        return self.cycle.period_of_year.short

    @property
    def until(self) -> str:
        return self.cycle.period_of_year.to_date

    @property
    def last_period(self) -> str:
        return self.cycle.period_of_year.before[-1].short

    def shown(self, value: Number) -> str:
        """A realisasi with its unit; a word of a scale is none."""
        return self.row.shown(value) if self.row.scores else f"{show_short(value)} {self.row.measure}".strip()


def hints_of(sheet: Sheet) -> dict[int, list[Hint]]:
    """Row id → its hints; only rows that have any. Rows into which nobody enters anything have none."""
    cases = [
        (figures, branch)
        for _, branch in sheet.nodes()
        for figures in branch.rows
        if figures.row.state not in NOT_ENTERED
    ]
    sharing = defaultdict(list)
    for figures, branch in cases:
        for item in figures.row.evidence_items:
            sharing[item.source].append((figures.row, branch))
    twins, found = disagreeing_twins(sheet), {}
    for figures, branch in cases:
        case = Case(figures, branch, sheet.cycle, sharing, twins.get(figures.row.pk, []))
        found[figures.row.pk] = [Hint(kind, sentence) for kind, check in CHECKS for sentence in check(case)]
    return {pk: hints for pk, hints in found.items() if hints}


def is_explained(row: WorksheetRow) -> bool:
    """Whether the owner wrote anything about the hints; how much is up to them."""
    return is_said(row.hint_answer, 1)


def unexplained(sheet: Sheet) -> list[int]:
    """Ids of the rows with hints and without a word about them."""
    return [pk for pk in hints_of(sheet) if not is_explained(sheet.rows[pk].row)]


def money_without_result(case: Case) -> Iterator[str]:
    serapan, capaian = case.branch.serapan.shown, case.figures.capaian.shown
    if serapan is None or capaian is None:
        return
    if serapan >= HIGH_SERAPAN and capaian <= LOW_CAPAIAN:
        yield f"Serapan {case.branch.node.place} {show_percent(serapan)} sedangkan capaian {show_percent(capaian)}."


def jump(case: Case) -> Iterator[str]:
    """This period's value against the one before it; for a ratio, the percentages. A planned jump that came is nothing strange."""
    then, now = _last_two(case)
    if (
        now is None
        or not then
        or not METHODS[case.row.method].varies
        or all(period.realised == period.target for period in case.figures.periods[-2:])
    ):
        return
    change = ratio(abs(Fraction(now) - Fraction(then)), abs(Fraction(then)))
    if change is not None and round_half_up(change) > JUMP:
        word = "naik" if now > then else "turun"
        values = f"Realisasi {case.period} {case.shown(now)}, {case.last_period} {case.shown(then)}"
        yield f"{values}: {word} {show_percent(change)}."


def copied(case: Case) -> Iterator[str]:
    """The very same value again; a target that is met each time, and a 0 that stays 0, are nothing strange."""
    then, now = _last_two(case)
    if not now or now == case.figures.target or not METHODS[case.row.method].varies:
        return
    if not case.row.is_ratio:
        if now == then:
            yield f"Realisasi {case.period} sama dengan {case.last_period}: {case.shown(now)}."
        return
    before, present = case.figures.periods[-2:]
    if (before.numerator, before.denominator) == (present.numerator, present.denominator):
        parts = f"{show_short(present.numerator)} ÷ {show_short(present.denominator)}"
        yield f"Pembilang dan penyebut {case.period} sama dengan {case.last_period}: {parts}."


def _last_two(case: Case) -> tuple[Number | None, Number | None]:
    """Realisasi of the period before and of this one; nothing where this is the first."""
    periods = case.figures.periods
    return (periods[-2].realised, periods[-1].realised) if len(periods) > 1 else (None, None)


def parts_reversed(case: Case) -> Iterator[str]:
    numerator, denominator = case.row.numerator, case.row.denominator
    if case.row.is_ratio and numerator is not None and denominator and numerator > denominator:
        yield f"Pembilang {show_short(numerator)} lebih besar daripada penyebut {show_short(denominator)}."


def falling(case: Case) -> Iterator[str]:
    """A sum that shrinks, or a count of things present that does where more is better."""
    row, before, now = case.row, case.figures.before, case.figures.to_date.realised
    counted = (
        ACCUMULATIONS[row.accumulation].is_position
        and row.method == Method.MAXIMIZE
        and _is_count(row.measure)
    )
    if not (counted or ACCUMULATIONS[row.accumulation].adds_up) or before is None or now is None:
        return
    if now < before:
        yield f"Realisasi {case.until} {case.shown(now)}, lebih kecil daripada s.d. {case.last_period} {case.shown(before)}."


def _is_count(measure: str) -> bool:
    return not NOT_COUNTED & set(measure.lower().replace("%", " % ").split())


def far_above(case: Case) -> Iterator[str]:
    capaian = case.figures.capaian.shown
    if capaian is not None and capaian > FAR_ABOVE:
        yield f"Capaian {show_percent(capaian)} melebihi {show_short(FAR_ABOVE)} %."


def far_below(case: Case) -> Iterator[str]:
    """Next to nothing; a possible fraction is told as such."""
    capaian = case.figures.capaian.shown
    told = METHODS[case.row.method].varies and not _is_fraction(case)
    if told and capaian is not None and capaian < FAR_BELOW:
        yield f"Capaian {show_percent(capaian)} di bawah {show_short(FAR_BELOW)} %."


def fraction(case: Case) -> Iterator[str]:
    if _is_fraction(case):
        meant = show_short(Fraction(case.figures.realised or 0) * 100)
        value = show_short(case.figures.realised)
        yield f"Realisasi {value} % mungkin pecahan: maksudnya {meant} %? Target {show_short(case.figures.target)} %."


def _is_fraction(case: Case) -> bool:
    """Whether 0,95 may have been typed for 95 %."""
    value, target = case.figures.realised, case.figures.target
    in_percent = bool({"%", "persen"} & set(case.row.measure.lower().replace("%", " % ").split()))
    if value is None or target is None or case.row.is_ratio or not in_percent:
        return False
    return 0 < value <= 1 < target


def unscheduled(case: Case) -> Iterator[str]:
    """More than the whole year was to bring, in a quarter that was to bring nothing."""
    done, year = case.figures.to_date.realised, case.row.target_year
    if done is None or not year or case.figures.target != 0 or not METHODS[case.row.method].varies:
        return
    if year > 0 and done > year:
        done_words = f"Realisasi {case.until} {case.shown(done)} melebihi target setahun {case.shown(year)}"
        yield f"{done_words}, padahal target {case.period} 0."


def twin(case: Case) -> Iterator[str]:
    """The same thing, typed twice, as two different figures."""
    own = case.figures.to_date.realised
    for other, branch in case.twins:
        there = other.to_date.realised
        if own is not None and there is not None:
            said = f"Realisasi {case.until} {case.shown(own)}"
            yield f"{said}, sedangkan indikator yang sama pada {branch.node.place} {case.shown(there)}."


def shared_file(case: Case) -> Iterator[str]:
    for item in case.row.evidence_items:
        others = [
            f"“{row.name}” ({branch.node.place})"
            for row, branch in case.sharing[item.source]
            if row.name != case.row.name
        ]
        if others:
            yield f"{item.kind} “{item.name}” juga menjadi bukti indikator {', '.join(others)}."


def dated_outside(case: Case) -> Iterator[str]:
    first, last = case.cycle.first_day, case.cycle.last_day
    for item in case.row.evidence_items:
        if item.dated and not first <= item.dated <= last:
            period = f"{long_date(first)} – {long_date(last)}"
            yield f"Bukti “{item.name}” bertanggal {long_date(item.dated)}, di luar periode {period}."


CHECKS: tuple[tuple[HintKind, Callable[[Case], Iterator[str]]], ...] = (
    (HintKind.MONEY, money_without_result),
    (HintKind.JUMP, jump),
    (HintKind.COPIED, copied),
    (HintKind.PARTS, parts_reversed),
    (HintKind.FALLING, falling),
    (HintKind.FAR_ABOVE, far_above),
    (HintKind.FAR_BELOW, far_below),
    (HintKind.FRACTION, fraction),
    (HintKind.UNSCHEDULED, unscheduled),
    (HintKind.TWIN, twin),
    (HintKind.SHARED_FILE, shared_file),
    (HintKind.DATED_OUTSIDE, dated_outside),
)
