"""When the indicators of a file are measured: as their schedule says, or as the periods with a target show."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from measurement.rules.accumulations import ACCUMULATIONS
from measurement.rules.numbers import show_short
from measurement.rules.periods import Frequency, Period
from measurement.rules.schedules import is_due, schedule_of, schedule_words, settled

from .cells import default_accumulation
from .changes import Stored
from .columns import PlanLayout, WrongPlanCell
from .lines import PlanLine

CUMULATIVE = (
    "Baris {row}: target {noun} {year} ({written}) dibaca kumulatif, jadi target tiap {noun} {apart}."
)
HALF_FILLED = "Isi target {missing} tahun {year}, kosongkan semua {noun} tahun itu, atau tulis jadwalnya pada kolom jadwal."
NOT_DUE = "Menurut jadwalnya ({schedule}) indikator ini tidak diukur pada {period}; kosongkan targetnya, atau ubah kolom jadwal."


def lacks_due(given: Sequence[Decimal | None], schedule: str, frequency: Frequency) -> bool:
    """Whether a period in which the indicator is due has no target."""
    return any(
        value is None and is_due(schedule, period.months)
        for period, value in zip(frequency.periods, given, strict=True)
    )


def settle_schedules(
    lines: list[PlanLine], layout: PlanLayout, stored: Stored
) -> tuple[list[WrongPlanCell], list[str]]:
    """Give a line that names no schedule the one that its periods show; wrong cells, and remarks on what was concluded."""
    wrong: list[WrongPlanCell] = []
    remarks: list[str] = []
    for line in lines:
        if line.schedule is not None:
            line.schedule = settled(line.schedule, stored.frequencies.values())
        known = stored.indicators.get((line.key, line.indicator))
        schedule = line.schedule if line.schedule is not None else known.schedule if known else ""
        years = [year for year in layout.years if _filled(line, year, stored)]
        shown = _shown_by_targets({_filled(line, year, stored) for year in years})
        if line.schedule is None and not schedule and shown:
            if known is None and (begins := _begins_later(years, line, stored)):
                remarks.append(begins)
                continue
            line.schedule = shown
            remarks.append(_conclusion(line, years, stored.frequencies[years[0]]))
            continue
        for year in years:
            found = list(_wrong_periods(line, year, schedule, layout, stored.frequencies[year]))
            wrong += found
            if not found and schedule:
                _drop_undue(line, year, schedule, stored.frequencies[year])
    return wrong, remarks


def _filled(line: PlanLine, year: int, stored: Stored) -> tuple[Period, ...]:
    """The periods of a year with a target."""
    frequency = stored.frequencies[year]
    targets = zip(frequency.periods, line.of_periods(frequency, year), strict=True)
    return tuple(period for period, value in targets if value is not None)


def _shown_by_targets(filled: set[tuple[Period, ...]]) -> str:
    """The schedule that all years show alike; one forgotten period at the end shows none, nor do months within a quarter."""
    if len(filled) != 1:
        return ""
    periods = filled.pop()
    of_year = periods[0].frequency.size
    is_forgotten = len(periods) == of_year - 1 and periods[0].is_first
    if len(periods) == of_year or is_forgotten or not all(period.ends_quarter for period in periods):
        return ""
    return schedule_of(period.quarter for period in periods)


def _begins_later(years: list[int], line: PlanLine, stored: Stored) -> str:
    """What is concluded of a new indicator whose only blank periods are closed ones: it begins after them."""
    for year in years:
        periods = _filled(line, year, stored)
        first = periods[0]
        if (
            len(periods) == first.frequency.size - first.number + 1
            and first.number <= stored.closed_until(year) + 1
        ):
            said = f"target {first.noun} {year} terisi sejak {first.short}, sesudah periode yang sudah diarsipkan, jadi indikatornya dibaca mulai {first.short}"
            return f"Baris {line.number}: {said}, lalu diukur setiap periode. Tulis kolom jadwal bila maksudnya lain."
    return ""


def _conclusion(line: PlanLine, years: list[int], frequency: Frequency) -> str:
    words, noun = schedule_words(line.schedule or "", frequency), frequency.noun
    said = f"target {noun} {', '.join(map(str, years))} hanya terisi pada sebagian {noun}, jadi jadwalnya dibaca {words}"
    return f"Baris {line.number}: {said}; {noun} yang lain belum waktunya. Tulis kolom jadwal bila maksudnya lain."


def _wrong_periods(
    line: PlanLine, year: int, schedule: str, layout: PlanLayout, frequency: Frequency
) -> Iterator[WrongPlanCell]:
    """A blank where the indicator is due, or a target where it is not. Blanks before the first target say that it begins later."""
    given = line.of_periods(frequency, year)
    adds_up = ACCUMULATIONS[line.accumulation or default_accumulation(line.measure, line.method)].adds_up
    holds_always = None not in given and not adds_up  # the same target written in every period
    for period, value in zip(frequency.periods, given, strict=True):
        due = is_due(schedule, period.months)
        cell = layout.cell(f"{period.key}_{year}", line.number, line.level)
        has_begun = any(earlier is not None for earlier in given[: period.number - 1])
        if due and value is None and has_begun:
            told = {"missing": period.short, "noun": frequency.noun, "year": year}
            yield WrongPlanCell(cell, "", HALF_FILLED.format(**told))
        elif not due and value and not holds_always:
            words = {"schedule": schedule_words(schedule, frequency), "period": period.short}
            yield WrongPlanCell(cell, str(value), NOT_DUE.format(**words))


def _drop_undue(line: PlanLine, year: int, schedule: str, frequency: Frequency) -> None:
    for period in frequency.periods:
        if not is_due(schedule, period.months):
            setattr(line, f"{period.key}_{year}", None)


def take_apart(lines: list[PlanLine], layout: PlanLayout, stored: Stored) -> Iterator[str]:
    """Targets of periods that grow up to that of the year can't be added up to it: they are cumulative, and said to be read so."""
    for line in lines:
        accumulation = line.accumulation or default_accumulation(line.measure, line.method)
        for year in layout.years if ACCUMULATIONS[accumulation].adds_up else ():
            frequency = stored.frequencies[year]
            given = [value for value in line.of_periods(frequency, year) if value is not None]
            if not _grows(given, line.figure("target", year), frequency):
                continue
            apart = [later - before for before, later in zip([Decimal(0), *given], given, strict=False)]
            for period, value in zip(frequency.periods, apart, strict=True):
                setattr(line, f"{period.key}_{year}", value)
            told = {"written": _listed(given), "apart": _listed(apart), "noun": frequency.noun, "year": year}
            yield CUMULATIVE.format(row=line.number, **told)


def _grows(given: Sequence[Decimal], annual: Decimal | None, frequency: Frequency) -> bool:
    return (
        len(given) == frequency.size > 1
        and given[0] < given[-1] == annual != sum(given)
        and list(given) == sorted(given)
    )


def _listed(values: Sequence[Decimal]) -> str:
    return ", ".join(map(show_short, values))
