"""When the indicators of a file are measured: as their schedule says, or as the quarters with a target show."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from measurement.rules.accumulations import ACCUMULATIONS
from measurement.rules.schedules import ROMAN, is_due, schedule_of, schedule_words

from .cells import default_accumulation
from .changes import Stored
from .columns import PlanLayout, WrongPlanCell
from .lines import PlanLine

HALF_FILLED = "Isi target {missing} tahun {year}, kosongkan semua triwulan tahun itu, atau tulis jadwalnya pada kolom jadwal."
NOT_DUE = "Menurut jadwalnya ({schedule}) indikator ini tidak diukur pada {quarter}; kosongkan targetnya, atau ubah kolom jadwal."


def lacks_due(given: Sequence[Decimal | None], schedule: str) -> bool:
    """Whether a quarter in which the indicator is due has no target."""
    return any(value is None and is_due(schedule, 3 * quarter) for quarter, value in enumerate(given, 1))


def settle_schedules(
    lines: list[PlanLine], layout: PlanLayout, stored: Stored
) -> tuple[list[WrongPlanCell], list[str]]:
    """Give a line that names no schedule the one that its quarters show; wrong cells, and remarks on what was concluded."""
    wrong: list[WrongPlanCell] = []
    remarks: list[str] = []
    for line in lines:
        known = stored.indicators.get((line.key, line.indicator))
        schedule = line.schedule if line.schedule is not None else known.schedule if known else ""
        years = [year for year in layout.years if _filled(line, year)]
        shown = _shown_by_targets([_filled(line, year) for year in years])
        if line.schedule is None and not schedule and shown:
            line.schedule = shown
            remarks.append(_conclusion(line, years))
            continue
        for year in years:
            found = list(_wrong_quarters(line, year, schedule, layout))
            wrong += found
            if not found and schedule:
                _drop_undue(line, year, schedule)
    return wrong, remarks


def _filled(line: PlanLine, year: int) -> tuple[int, ...]:
    """The quarters of a year with a target."""
    return tuple(quarter for quarter, value in enumerate(line.quarters(year), 1) if value is not None)


def _shown_by_targets(filled: list[tuple[int, ...]]) -> str:
    """The schedule that all years show alike; one forgotten quarter of four shows none."""
    if len(set(filled)) != 1 or len(filled[0]) == len(ROMAN):
        return ""
    quarters = filled[0]
    is_forgotten = len(quarters) == len(ROMAN) - 1 and quarters[0] == 1
    return "" if is_forgotten else schedule_of(quarters)


def _conclusion(line: PlanLine, years: list[int]) -> str:
    words = schedule_words(line.schedule or "")
    said = f"target triwulan {', '.join(map(str, years))} hanya terisi pada sebagian triwulan, jadi jadwalnya dibaca {words}"
    return f"Baris {line.number}: {said}; triwulan yang lain belum waktunya. Tulis kolom jadwal bila maksudnya lain."


def _wrong_quarters(line: PlanLine, year: int, schedule: str, layout: PlanLayout) -> Iterator[WrongPlanCell]:
    """A blank where the indicator is due, or a target where it is not. Blanks before the first target say that it begins later."""
    given = line.quarters(year)
    adds_up = ACCUMULATIONS[line.accumulation or default_accumulation(line.measure)].adds_up
    holds_always = None not in given and not adds_up  # the same target written in every quarter
    for quarter, value in enumerate(given, 1):
        due = is_due(schedule, 3 * quarter)
        cell = layout.cell(f"tw{quarter}_{year}", line.number, line.level)
        has_begun = any(earlier is not None for earlier in given[: quarter - 1])
        if due and value is None and has_begun:
            missing = f"TW {ROMAN[quarter]}"
            yield WrongPlanCell(cell, "", HALF_FILLED.format(missing=missing, year=year))
        elif not due and value and not holds_always:
            words = {"schedule": schedule_words(schedule), "quarter": f"TW {ROMAN[quarter]}"}
            yield WrongPlanCell(cell, str(value), NOT_DUE.format(**words))


def _drop_undue(line: PlanLine, year: int, schedule: str) -> None:
    for quarter in ROMAN:
        if not is_due(schedule, 3 * quarter):
            setattr(line, f"tw{quarter}_{year}", None)
