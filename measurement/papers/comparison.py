"""This period beside the earlier ones of the year, as they were archived, and beside the target of the whole year."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from measurement.figures.calculation import BranchFigures, Sheet, calculate
from measurement.figures.opening_notes import SIGN, signed
from measurement.figures.opening_sheets import opening_sheets
from measurement.figures.recap import recap_line
from measurement.figures.rows import RowFigures
from measurement.models import Level, newest_archived
from measurement.rules.figure import Figure
from measurement.rules.numbers import round_half_up, show, show_percent
from measurement.rules.periods import first_of_year

from . import tables
from .analysis import numbering, runs
from .charts import Bar, Group, Shade, bar_charts

NO_ARCHIVE, NOT_YET, NO_FIGURE = "tidak ada arsip", "belum diukur", "tidak dapat dihitung"
MOST_COLUMNS = 4  # periods side by side in one table of the report
LEVELS = (Level.SASARAN, Level.PROGRAM)


def sheets_of_year(sheet: Sheet) -> dict[int, Sheet]:
    """Number → its figures: those of this cycle, and for each earlier period of the year those of its newest archived cycle."""
    cycle = sheet.cycle
    past = cycle.unit.cycles.archived().filter(year=cycle.year, number__lt=cycle.number)
    newest = newest_archived(past.select_related("unit", "plan"))
    opening = {number: then for (year, number), then in opening_sheets(sheet).items() if year == cycle.year}
    archived = {number: calculate(found) for (_, number), found in newest.items()}
    return {**opening, **archived, cycle.number: sheet}


def _by_opening(sheet: Sheet, sheets: dict[int, Sheet]) -> list[int]:
    """The earlier periods that only data awal know: they are this cycle's own rows, as they stood then."""
    same = (number for number, found in sheets.items() if found.cycle.pk == sheet.cycle.pk)
    return sorted(number for number in same if number != sheet.cycle.number)


def _named(number: int, sheet: Sheet, sheets: dict[int, Sheet]) -> str:
    return signed(
        sheet.cycle.period_of_year.at(number).short, SIGN if number in _by_opening(sheet, sheets) else ""
    )


def _named_in_full(number: int, sheet: Sheet, sheets: dict[int, Sheet]) -> str:
    sign = SIGN if number in _by_opening(sheet, sheets) else ""
    return signed(sheet.cycle.period_of_year.at(number).to_date_in_full, sign)


def periods(sheet: Sheet, sheets: dict[int, Sheet]) -> dict:
    """Capaian and serapan s.d. each period so far, their changes, and which indicators crossed their target."""
    columns = [_named(number, sheet, sheets) for number in range(1, sheet.cycle.number + 1)]
    lines, sentences = _lines(sheet, sheets), _sentences(sheet, sheets)
    if len(columns) <= MOST_COLUMNS:
        return {"columns": columns, "lines": lines, "sentences": sentences}
    return {"columns": [], "lines": [], "sentences": sentences, "parts": list(_parts(columns, lines))}


def _parts(columns: list[str], lines: list[dict]) -> Iterator[dict]:
    """The table in several, each of as many periods as a page holds; what changed since the period before stands in the last."""
    for first in range(0, len(columns), MOST_COLUMNS):
        here = slice(first, first + MOST_COLUMNS)
        yield {
            "columns": columns[here],
            "lines": [line | {name: line[name][here] for name in ("capaian", "serapan")} for line in lines],
            "is_last": first + MOST_COLUMNS >= len(columns),
        }


def _lines(sheet: Sheet, sheets: dict[int, Sheet]) -> list[dict]:
    if sheet.cycle.number == 1:
        return []
    by_number = {number: _by_plan_node(found) for number, found in sheets.items()}
    branches = [*(branch for _, branch in sheet.nodes() if branch.node.level in LEVELS), sheet.office]
    return [
        _line(branch, [by_number.get(number) for number in range(1, sheet.cycle.number + 1)])
        for branch in branches
    ]


def _by_plan_node(sheet: Sheet) -> dict[int | None, BranchFigures]:
    """The branches by their branch of the plan, which is the same in every cycle; the office by None."""
    return {None: sheet.office, **{branch.node.plan_node_id: branch for _, branch in sheet.nodes()}}


def _line(branch: BranchFigures, by_number: list[dict[int | None, BranchFigures] | None]) -> dict:
    key = branch.node.plan_node_id if branch.node else None
    found = [None if branches is None else branches.get(key) for branches in by_number]
    capaian = [None if past is None else past.capaian.figure.shown for past in found]
    serapan = [None if past is None else past.serapan.shown for past in found]
    line = recap_line(branch)
    return {
        **{name: line[name] for name in ("level", "code", "name")},
        "capaian": [show(value) for value in capaian],
        "capaian_change": change(capaian),
        "serapan": [show(value) for value in serapan],
        "serapan_change": change(serapan),
    }


def change(values: list[Decimal | None]) -> str:
    """ "+2,15": points since the last period before that has a figure, of the values as they are shown."""
    *past, now = values
    before = next((value for value in reversed(past) if value is not None), None)
    if before is None or now is None:
        return "–"
    points = round_half_up(now) - round_half_up(before)
    return f"+{show(points)}" if points > 0 else show(points)


def _sentences(sheet: Sheet, sheets: dict[int, Sheet]) -> list[str]:
    cycle = sheet.cycle
    if cycle.number == 1:
        return [first_of_year(cycle.period_of_year, cycle.year)]
    missing = [then.name for then in cycle.period_of_year.before if then.number not in sheets]
    last = max((number for number in sheets if number < cycle.number), default=None)
    found = (
        [
            f"Tidak ada angka {', '.join(missing)}, karena pengukuran {cycle.period_of_year.noun} itu tidak ada dalam arsip."
        ]
        if missing
        else []
    )
    if by_opening := _by_opening(sheet, sheets):
        *first, last_one = [cycle.period_of_year.at(number).name for number in by_opening]
        names = " dan ".join(filter(None, (", ".join(first), last_one)))
        found.append(f"Angka {names} ({SIGN}) berasal dari data awal, bukan dari pengukuran yang diarsipkan.")
    return found if last is None else [*found, *_since(sheet, sheets[last])]


def _since(sheet: Sheet, before: Sheet) -> list[str]:
    """What became of capaian, serapan and single indicators since an earlier period."""
    then, now = before.cycle.period_of_year.to_date_in_full, sheet.cycle.period_of_year.to_date_in_full
    measures = (
        ("Capaian kinerja", before.office.capaian.figure, sheet.office.capaian.figure),
        ("Serapan anggaran", before.office.serapan, sheet.office.serapan),
    )
    moved = [
        f"{name} {now} {show_percent(new.shown)}, {then} {show_percent(old.shown)} ({change([old.shown, new.shown])} poin)."
        for name, old, new in measures
        if old.shown is not None and new.shown is not None
    ]
    return moved + _crossings(sheet, before, then)


def _crossings(sheet: Sheet, before: Sheet, then: str) -> list[str]:
    """The indicators that met their target in only one of the two periods."""
    past = {figures.row.indicator_id: figures.counted for figures in before.rows.values()}
    pairs = [(figures, past.get(figures.row.indicator_id, Figure())) for figures in tables.in_order(sheet)]
    both = [
        (figures, old)
        for figures, old in pairs
        if figures.counted.value is not None and old.value is not None
    ]
    up = [figures for figures, was in both if figures.counted.is_met and not was.is_met]
    down = [figures for figures, was in both if was.is_met and not figures.capaian.is_met]
    told = (
        ("Mencapai target, padahal {then} belum", up),
        ("Tidak lagi mencapai target, padahal {then} mencapai", down),
    )
    return [
        f"{text.format(then=then)}: indikator nomor {_numbers(rows, sheet)}." for text, rows in told if rows
    ]


def _numbers(rows: list[RowFigures], sheet: Sheet) -> str:
    numbers = numbering(sheet)
    return runs(numbers[figures.row.pk] for figures in rows)


def periods_chart(sheet: Sheet, sheets: dict[int, Sheet]) -> list[dict]:
    """Capaian and serapan of the office s.d. each period of the year; nothing in the first, which has none before it."""
    if sheet.cycle.number == 1:
        return []
    groups = [
        Group(_named_in_full(number, sheet, sheets), _bars(number, sheets, sheet.cycle.number))
        for number in sheet.cycle.period_of_year.frequency.numbers
    ]
    title = f"Capaian dan serapan tiap {sheet.cycle.period_of_year.noun} tahun {sheet.cycle.year}"
    return bar_charts(title, groups, ((Shade.DARK, "capaian"), (Shade.LIGHT, "serapan")))


def _bars(number: int, sheets: dict[int, Sheet], now: int) -> list[Bar]:
    if number not in sheets:
        return [Bar(None, NOT_YET if number > now else NO_ARCHIVE)]
    return pair(sheets[number].office)


def pair(branch: BranchFigures) -> list[Bar]:
    """Capaian with serapan below it; what has no figure says so."""
    capaian, serapan = branch.capaian.figure.shown, branch.serapan.shown
    return [
        Bar(capaian, f"capaian {NO_FIGURE if capaian is None else show_percent(capaian)}"),
        Bar(serapan, f"serapan {NO_FIGURE if serapan is None else show_percent(serapan)}", Shade.LIGHT),
    ]


def years_compared(sheet: Sheet) -> list[dict]:
    """The recap of each sasaran and program and of all, with how many of their indicators met the target to date, and how many already met that of the year."""
    branches = [*(branch for _, branch in sheet.nodes() if branch.node.level in LEVELS), sheet.office]
    return [recap_line(branch) | _reached(branch) for branch in branches]


def _reached(branch: BranchFigures) -> dict:
    """Counts over all indicators of a branch and below it."""
    rows = branch.all_rows()
    return {
        "met": reached_words(figures.counted for figures in rows),
        "met_year": reached_words(figures.counted_year for figures in rows),
    }


def reached_words(figures: Iterable[Figure]) -> str:
    """ "12 dari 54": how many of those that can be computed are at 100 percent or above."""
    counted = [figure for figure in figures if figure.value is not None]
    return f"{sum(figure.is_met for figure in counted)} dari {len(counted)}"
