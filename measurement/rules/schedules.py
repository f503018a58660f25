"""When an indicator is measured: in every period, each half-year, once a year, or in picked quarters. Pure.

A schedule is the quarters in which the indicator is due, as "2,4"; blank is every period. Where a unit measures by month, an indicator is due in
the last month of such a quarter; where it measures by half-year or year, in the period in which such a quarter ends.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from .dates import MONTHS
from .periods import MONTHS_OF_QUARTER, ROMAN, Frequency, Period, period_named

EVERY, QUARTERLY, HALF_YEARLY, YEARLY = "", "1,2,3,4", "2,4", "4"
WORDS = {
    EVERY: ("setiap", "setiap periode", "tiap periode", "setiap bulan", "tiap bulan", "bulan", "bulanan"),
    QUARTERLY: ("setiap triwulan", "tiap triwulan", "per triwulan", "triwulan", "triwulanan"),
    HALF_YEARLY: ("semester", "semesteran", "setiap semester", "tiap semester", "per semester"),
    YEARLY: ("tahun", "tahunan", "setahun sekali", "setiap tahun", "tiap tahun", "akhir tahun", "per tahun"),
}  # fmt: skip
SCHEDULE_OF = {word: schedule for schedule, words in WORDS.items() for word in words}
NUMERAL = re.compile(r"iv|iii|ii|i|[1-4]")
NAMED = {HALF_YEARLY: "semester", YEARLY: "setahun sekali"}
EVERY_PERIOD = "setiap periode"
BETWEEN = re.compile(r"\s*(?:,|;|/|&|\+|\bdan\b)\s*", re.IGNORECASE)


class ScheduleError(ValueError):
    """The text is no schedule; the message says what to write instead."""


def schedule_of(quarters: Iterable[int]) -> str:
    """The schedule of an indicator that is due in these quarters; none of them is every period."""
    return ",".join(map(str, sorted(set(quarters))))


def settled(schedule: str, frequencies: Collection[Frequency]) -> str:
    """Each quarter is every period, but where some year is measured by month."""
    return EVERY if schedule == QUARTERLY and Frequency.MONTHLY not in frequencies else schedule


def due_quarters(schedule: str) -> tuple[int, ...]:
    """The quarters at whose end an indicator is due; none for one of every period."""
    return tuple(int(number) for number in schedule.split(",") if number)


def is_due(schedule: str, months: range) -> bool:
    """Whether an indicator is due in the period of these months: one in which a quarter ends at whose end it is due."""
    return not schedule or any(MONTHS_OF_QUARTER * quarter in months for quarter in due_quarters(schedule))


def parse_schedule(text: str) -> str:
    """The schedule that a person wrote: "semester", "TW II dan IV", "akhir tahun"; a blank is every period. ScheduleError for all else."""
    text = " ".join(text.lower().split())
    if not text:
        return EVERY
    if text in SCHEDULE_OF:
        return SCHEDULE_OF[text]
    for schedule, name in NAMED.items():
        if re.fullmatch(rf"{name} \(.*\)", text):
            return schedule
    return schedule_of(_written_quarters(BETWEEN.split(text)))


def _written_quarters(parts: list[str]) -> Iterator[int]:
    """The quarters that end with "TW II", "IV", "Juni" or "semester I"; a number alone is of the kind of the one before it."""
    kind = "tw"
    for part in parts:
        period = period_named(f"{kind}{part}" if NUMERAL.fullmatch(part) else part)
        if period is None or not period.ends_quarter:
            raise ScheduleError(
                "Tulis jadwal seperti: setiap periode, semester, tahunan, TW IV, atau TW II dan IV."
            )
        kind = "smt" if period.frequency is Frequency.HALF_YEARLY else "tw"
        yield period.quarter


def due_periods(schedule: str, frequency: Frequency) -> list[Period]:
    """The periods of a year measured that often in which an indicator is due."""
    return [period for period in frequency.periods if is_due(schedule, period.months)]


def is_always_due(schedule: str, frequency: Frequency) -> bool:
    return len(due_periods(schedule, frequency)) == frequency.size


def schedule_words(schedule: str, frequency: Frequency | None = None) -> str:
    """The schedule as people read it: "semester (TW II dan IV)"; in a year measured by month "semester (Juni dan Desember)"."""
    due = due_periods(schedule, frequency or Frequency.QUARTERLY)
    if not schedule or (frequency and is_always_due(schedule, frequency)):
        return EVERY_PERIOD
    names = _names(due)
    periods = " dan ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    named = NAMED.get(schedule)
    return f"{named} ({periods})" if named else periods


def _names(periods: list[Period]) -> list[str]:
    """ "Juni", "Desember"; "TW II", "IV"."""
    if periods[0].frequency is Frequency.MONTHLY:
        return [MONTHS[period.last_month - 1] for period in periods]
    return [periods[0].short, *(ROMAN[period.number] for period in periods[1:])]


def schedule_note(schedule: str, frequency: Frequency) -> str:
    """The same of an indicator that is not measured in every period of such a year; empty for all others."""
    return "" if is_always_due(schedule, frequency) else schedule_words(schedule, frequency)
